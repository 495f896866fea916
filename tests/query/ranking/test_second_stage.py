"""The best matches are sorted anew by how early they have the words of the query."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex
from newsindex import Article, QueryError
from newsindex.index_settings import GivenSettings, IndexSettings
from newsindex.query.ranking.second_stage import HALF, MAX_RERANKED, SecondStage

FILLER = "Un autre mot encore. " * 20


@pytest.fixture
def news(make_index):
    return make_index(
        [
            Article("Autre titre", f"{FILLER} Le ministre Dupont parle.", id="late"),
            Article("Autre titre", f"Le ministre Dupont parle. {FILLER}", id="early"),
        ]
    )


def ids(results):
    return [hit.article.id for hit in results]


def lead_words(index, query, operator="any"):
    with index.snapshot() as searcher:
        return SecondStage(searcher._parsed(query, operator).tree, searcher._backend.snapshot).words


def test_an_article_that_has_the_words_early_comes_first(news):
    assert ids(news.search("ministre dupont")) == ["early", "late"]


def test_without_the_weight_their_scores_are_equal(make_index, news):
    plain = make_index(list(news), lead=0)
    first, second = plain.search("ministre dupont")
    assert first.score == second.score
    assert "occurs early" not in str(plain.explain("ministre dupont", "early"))


def test_a_word_at_the_beginning_doubles_the_score_and_one_after_forty_words_adds_half(make_index):
    articles = [Article("Dupont", "", id="a"), Article("", f"{'mot ' * int(HALF)}dupont", id="b")]
    factors = {}
    for article in articles:
        with_stage, without = (make_index([article], lead=lead).search("dupont")[0].score for lead in (1, 0))
        factors[article.id] = with_stage / without
    assert factors == pytest.approx({"a": 2.0, "b": 1.5})


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_orders_by_date_stay_as_they_are(make_index, news, sort):
    plain = make_index(list(news), lead=0)
    scores = {hit.article.id: hit.score for hit in plain.search("dupont", sort=sort)}
    assert {hit.article.id: hit.score for hit in news.search("dupont", sort=sort)} == scores


def test_the_blended_order_has_the_factor_too(make_index):
    articles = [
        Article("Autre titre", text, published=date(2020, 1, 1), id=name)
        for name, text in (("late", f"{FILLER} Dupont parle."), ("early", f"Dupont parle. {FILLER}"))
    ]
    assert ids(make_index(articles).search("dupont", sort="recent")) == ["early", "late"]


def test_more_matches_than_are_sorted_anew_follow_with_lower_scores(make_index):
    articles = [
        Article("Titre", f"{'mot ' * (7 * i % 90)}roi {'mot ' * (90 - 7 * i % 90)}", id=str(i))
        for i in range(3 * MAX_RERANKED)
    ]
    index = make_index(articles)
    results = index.search("roi", limit=100)
    scores = [hit.score for hit in results]
    assert scores == sorted(scores, reverse=True)
    assert sorted(ids(results), key=int) == [article.id for article in articles]
    for limit in (1, MAX_RERANKED - 1, MAX_RERANKED, MAX_RERANKED + 1, 50):
        assert ids(index.search("roi", limit=limit)) == ids(results)[:limit]


def test_every_word_counts_once(news):
    words = lead_words(news, 'ministre dupont "ministre dupont" dupont')
    assert [word.term for word in words] == ["ministr", "dupont"]
    assert sum(word.gain for word in words) == pytest.approx(1)


def test_what_is_unwanted_limited_to_a_field_or_no_word_does_not_count(news):
    words = lead_words(news, "dupont titre:autre -ministre source:monde depuis:2020")
    assert [word.term for word in words] == ["dupont"]
    assert not lead_words(news, "titre:autre")
    assert not lead_words(news, "")


def test_the_words_of_a_phrase_count(news):
    assert [word.term for word in lead_words(news, '"ministre dupont"')] == ["ministr", "dupont"]


@pytest.mark.parametrize("operator", ["any", "all"])
def test_other_ways_to_write_a_word_are_no_further_words(make_index, operator):
    index = make_index([Article("Le COVID19", "Une COP 28, un anti-gang, un antigang.", id="a")])
    words = lead_words(index, "covid cop28 anti-gang", operator=operator)
    assert [word.terms for word in words] == [
        ("covid", "covid19"), ("cop28",), ("anti", "antigang"), ("gang", "antigang"),
    ]  # fmt: skip


def test_synonyms_are_no_further_words(tmp_path):
    settings = tmp_path / "mine.toml"
    settings.write_text('[synonyms]\nvoiture = ["automobile"]\n')
    with newsindex.create(tmp_path / "i", settings=settings) as index:
        index.add([Article("Une automobile", "Le prix.", id="a")])
        terms = [word.terms for word in lead_words(index, "voiture prix")]
        assert [len(of_word) for of_word in terms] == [2, 1]


def test_of_very_many_words_the_rarest_count(make_index):
    words = [f"mot{i}" for i in range(40)]
    index = make_index([Article("", " ".join(words[i:]), id=str(i)) for i in range(40)])
    found = {word.term for word in lead_words(index, " ".join(words))}
    assert found == set(words[:32])


def test_the_factor_is_explained(news):
    explanation = news.search("ministre dupont", explain=True)[0].explanation
    assert "ministr occurs early: lead * share * 40 / (40 + position), position 3" in str(explanation)
    assert news.explain("ministre dupont", "early").value == explanation.value


def test_articles_like_another_one_are_not_sorted_anew(news, make_index):
    plain = make_index(list(news), lead=0)
    assert [hit.score for hit in news.similar("late")] == [hit.score for hit in plain.similar("late")]


def test_the_weight_must_not_be_negative(make_index):
    with pytest.raises(QueryError, match="lead must not be negative, not -1"):
        make_index([], lead=-1)


def test_settings_recorded_without_the_weight_have_the_usual_one(tmp_path):
    settings = GivenSettings(None, None, None, {}).with_defaults()
    record = settings.record()
    del record["ranking"]["lead"]
    assert IndexSettings.from_record(record, tmp_path) == settings
