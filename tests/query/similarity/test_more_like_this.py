"""Articles about the same as one are found, and the article itself is not."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex
from newsindex import Article
from newsindex.query.similarity.more_like_this import MAX_TELLING_WORDS, telling_words
from tests.conftest import ROOT

NEWS = [
    Article("Sécheresse : les barrages à moitié vides", "La sécheresse vide les barrages. La pluie manque.",
            "L'Écho", date(2025, 1, 5), id="dry"),
    Article("Les barrages se vident", "Faute de pluie, la sécheresse dure dans le Souss.",
            "L'Écho", date(2025, 2, 5), id="dry2", section="Eau"),
    Article("La pluie remplit un barrage", "La pluie met fin à la sécheresse.",
            "Le Soir", date(2025, 3, 5), id="rain"),
    Article("Finale de la Coupe", "Le gardien arrête deux penalties en finale.",
            "Le Soir", date(2025, 3, 6), id="cup"),
    Article("Le gardien de la finale", "Deux penalties, et la Coupe est à Rabat.",
            "Le Soir", date(2025, 3, 7), id="cup2"),
    Article("Rien de tel", "Onze mots qui ne sont nulle part ailleurs.", id="alone"),
]  # fmt: skip


@pytest.fixture
def news(make_index):
    return make_index(NEWS)


def ids(results):
    return [hit.article.id for hit in results]


def test_articles_about_the_same_are_found_without_the_article_itself(news):
    assert ids(news.similar("dry")) == ["dry2", "rain"]
    assert ids(news.similar("cup")) == ["cup2"]
    assert ids(news.similar("alone")) == []
    assert news.similar("alone").total == 0


def test_the_words_that_are_shared_are_marked(news):
    first = news.similar("dry")[0]
    assert "<mark>barrages</mark>" in first.headline.html
    assert "<mark>sécheresse</mark>" in first.snippet.html
    assert not news.similar("dry", highlight=False)[0].headline.spans


def test_limits_pages_and_filters_are_those_of_a_search(news):
    assert ids(news.similar("dry", 1)) == ["dry2"]
    page = news.similar("dry", limit=1)
    assert page.total == 2
    assert ids(news.similar("dry", limit=1, after=page.next)) == ["rain"]
    assert ids(news.similar("dry", source="le soir")) == ["rain"]
    assert ids(news.similar("dry", section="eau")) == ["dry2"]
    assert ids(news.similar("dry", since="2025-03")) == ["rain"]
    assert ids(news.similar("dry", until=date(2025, 2, 28))) == ["dry2"]
    assert ids(news.similar("dry", author="Personne")) == []
    assert ids(news.similar("dry", lang="ar")) == []


def test_copies_come_first_and_with_collapse_once(make_index):
    text = " ".join(f"récit{i} de{i}" for i in range(40))
    copies = [Article("Un récit", text, source=f"s{i}", id=f"copy{i}") for i in range(3)]
    index = make_index([*copies, Article("Un autre récit", "récit1 récit2 récit3", id="other")])
    assert ids(index.similar("copy0")) == ["copy1", "copy2", "other"]
    (first, other) = index.similar("copy0", collapse=True)
    assert ([article.id for article in first.duplicates], other.article.id) == (["copy2"], "other")


def test_deleted_articles_are_neither_found_nor_asked_for(news):
    news.delete("dry2")
    assert ids(news.similar("dry")) == ["rain"]
    with pytest.raises(newsindex.QueryError, match="no article has the id 'dry2'"):
        news.similar("dry2")


@pytest.mark.parametrize("article_id", ["", "zz", "\ud800", "x" * 10_000, "\x00"])
def test_an_id_that_no_article_has_is_refused(news, article_id):
    with pytest.raises(newsindex.QueryError, match="no article has the id"):
        news.similar(article_id)


def test_bad_arguments_are_refused(news):
    with pytest.raises(TypeError, match="article_id"):
        news.similar(None)
    with pytest.raises(newsindex.QueryError, match="limit"):
        news.similar("dry", -1)
    with pytest.raises(TypeError, match="source"):
        news.similar("dry", source=1)


def test_several_segments_are_one_collection(make_index):
    index = make_index(*[[article] for article in NEWS])
    assert index.stats().segments > 1
    assert ids(index.similar("dry")) == ["dry2", "rain"]
    assert ids(index.similar("cup2")) == ["cup"]


def test_the_telling_words_are_rare_and_frequent_in_the_article_and_no_stop_words_or_numbers(make_index):
    body = "Le barrage, le barrage, le barrage en 2025, et la pluie."
    index = make_index([
        Article("Pluie", body, id="1"),
        Article("Pluie", "Le barrage de 2025.", id="2"),
        *[Article("Pluie", "La pluie.", id=f"r{i}") for i in range(5)],
    ])  # fmt: skip
    words = telling_words(index.snapshot()._backend.snapshot, "Pluie", body)
    assert [word.spelling for word in words] == ["barrage", "pluie"]


def test_the_words_of_a_long_article_are_limited(make_index):
    body = " ".join(f"parole{i}" for i in range(500))
    index = make_index([Article("Un", body, id="1"), Article("Deux", body, id="2")])
    assert len(telling_words(index.snapshot()._backend.snapshot, "Un", body)) == MAX_TELLING_WORDS
    assert ids(index.similar("1")) == ["2"]


def test_an_article_without_words_is_like_none(make_index):
    index = make_index(
        [Article("", "😀 …", id="1"), Article("Le la", "les", id="2"), Article("Le", "", id="3")]
    )
    assert [ids(index.similar(one)) for one in "123"] == [[], [], []]


def test_an_article_with_any_characters_in_its_id_is_left_out(make_index):
    strange = 'http://h.example/?a="b" OR *:*'
    index = make_index(
        [Article("Le barrage", "de Tanger", id=strange), Article("Un barrage", "à Fès", id="2")]
    )
    assert ids(index.similar(strange)) == ["2"]


def test_versions_of_a_story_of_the_sample_corpus_find_each_other(make_index):
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    index = make_index(newsindex.read(ROOT / "sample_corpus"))
    groups = [hit for hit in index.search("", limit=300, collapse=True, sort="newest") if hit.duplicates]
    stories = [[hit.article.id, *(article.id for article in hit.duplicates)] for hit in groups]
    assert len(stories) > 5
    for first, *others in stories:
        assert not set(others).isdisjoint(ids(index.similar(first, 2)))


def test_of_a_very_long_headline_the_beginning_is_read(make_index):
    headline = " ".join(f"parole{i}" for i in range(5000))
    index = make_index([Article(headline, id="1"), Article(f"parole4999 {headline[:100]}", id="2")])
    spellings = [word.spelling for word in telling_words(index.snapshot()._backend.snapshot, headline, "")]
    assert "parole1" in spellings
    assert "parole4999" not in spellings
