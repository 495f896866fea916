"""What hits show, how scores are explained, and what is proposed beside them."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Article

from .conftest import ids
from .press import PRESS

QUERIES = (
    "interpol marrakech", '"coopération policière"', "titre:barrage", "gouv*", "tebboun~", "=péché", "ONEE",
    "20 h 30", "cours de l'or",
)  # fmt: skip


def test_headlines_and_snippets_are_marked(presse):
    hit = presse.search("interpol marrakech")[0]
    assert hit.headline.html == "<mark>Interpol</mark> à <mark>Marrakech</mark>"
    assert hit.snippet.html == (
        "L&#x27;assemblée d&#x27;<mark>Interpol</mark> s&#x27;ouvre à <mark>Marrakech</mark>."
    )
    assert hit.snippet.text == "L'assemblée d'Interpol s'ouvre à Marrakech."


@pytest.mark.parametrize("query", QUERIES)
def test_every_hit_of_a_query_shows_a_mark(presse, query):
    results = presse.search(query)
    assert len(results) > 0
    for hit in results:
        assert hit.headline.text == hit.article.headline
        marks = [shown.text[start:end] for shown in (hit.headline, hit.snippet) for start, end in shown.spans]
        assert marks


def test_html_is_escaped(presse):
    hit = presse.search("balises script")[0]
    assert hit.article.id == "balises"
    assert hit.headline.html == "&lt;b&gt;<mark>Balises</mark> &amp; signes&lt;/b&gt;"
    assert "<script>" not in hit.snippet.html
    assert "&lt;<mark>script</mark>&gt;" in hit.snippet.html


def test_marks_are_left_out_where_they_are_not_wanted(presse):
    hit = presse.search("interpol marrakech", highlight=False)[0]
    assert hit.headline.spans == hit.snippet.spans == ()
    assert "<mark>" not in hit.headline.html + hit.snippet.html


def test_a_snippet_is_the_passage_that_answers(make_index):
    filler = " ".join(f"Phrase {i} sans rapport avec la question posée." for i in range(200))
    body = f"{filler} Le barrage de Tiznit se remplit enfin. {filler}"
    index = make_index([Article("Un long article", body, id="long")])
    (hit,) = index.search("barrage Tiznit")
    assert "<mark>barrage</mark> de <mark>Tiznit</mark>" in hit.snippet.html
    assert len(hit.snippet.text) < 500


def test_an_article_is_marked_as_a_whole(presse):
    marked = presse.marked("cooperation", '"coopération policière" madrid')
    assert marked.article.id == "cooperation"
    assert marked.headline.html == "<mark>Coopération policière</mark> renforcée"
    assert "<mark>Madrid</mark>" in marked.body.html
    assert marked.body.text == marked.article.body
    assert presse.marked("onee-nom", "ONEE").body.spans


# Explanations


@pytest.mark.parametrize("query", QUERIES)
def test_an_explanation_adds_up_to_the_score(presse, query):
    for hit in presse.search(query, explain=True):
        assert hit.explanation.value == pytest.approx(hit.score, rel=1e-4)
        assert str(hit.explanation).startswith(f"{hit.explanation.value:.4f}  ")
        assert sum(part.value for part in hit.explanation.details) != 0 or not hit.explanation.details
        assert presse.explain(query, hit.article.id).value > 0


def test_what_does_not_match_has_no_explanation(presse):
    assert presse.explain("interpol", "or") is None
    assert presse.explain("rien-de-tel", "or") is None
    with pytest.raises(newsindex.QueryError, match="no article has the id"):
        presse.explain("interpol", "none")
    assert presse.search("interpol")[0].explanation is None


# Similar articles


def test_similar_articles_begin_with_the_copies(presse):
    results = presse.similar("copie-1", limit=10)
    assert set(ids(results)[:2]) == {"copie-2", "copie-3"}
    assert "copie-1" not in ids(results)
    assert results[0].snippet.spans
    collapsed = presse.similar("copie-1", limit=10, collapse=True)
    assert len(set(ids(collapsed)) & {"copie-2", "copie-3"}) == 1


def test_similar_articles_share_telling_words(journal):
    origin = journal.search("interpol marrakech")[0].article
    results = journal.similar(origin.id, limit=5)
    assert len(results) == 5
    assert results.total >= 5
    assert any("Interpol" in hit.article.headline + hit.article.body for hit in results)
    rest = journal.similar(origin.id, limit=5, after=results.next)
    assert set(ids(rest)).isdisjoint(ids(results))


def test_similar_articles_are_filtered(presse):
    assert ids(presse.similar("copie-1", source="Reuters")) == ["copie-2"]
    assert ids(presse.similar("copie-1", source="Personne")) == []


def test_an_article_that_is_not_there_has_no_similar_ones(presse):
    with pytest.raises(newsindex.QueryError, match="no article has the id"):
        presse.similar("none")


# Completions and corrections


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("interp", "Interpol"), ("gouvernem", "gouvernement"), ("marr", "Marrakech"), ("coop", "coopération"),
     ("CAN 2025 : le mar", None), ("peche", None)],
)  # fmt: skip
def test_what_was_typed_is_completed(presse, prefix, expected):
    found = presse.suggest(prefix)
    assert len(found) <= 8
    if expected is not None:
        assert expected.lower() in [one.lower() for one in found]


def test_completions_are_bounded_and_checked(presse):
    assert presse.suggest("zzzz") == []
    assert len(presse.suggest("l", limit=2)) <= 2
    assert presse.suggest("l", limit=0) == []
    for wrong in (-1, 1001):
        with pytest.raises(newsindex.QueryError, match="limit"):
            presse.suggest("l", limit=wrong)


def test_completions_follow_the_index(make_index):
    index = make_index([Article("Le zouave du pont", id="1")])
    assert index.suggest("zou") == ["zouave"]
    index.add([Article("La zoologie recrute", id="2")])
    assert "zoologie" in index.suggest("zoo")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("marakech", "marrakech"), ("interpole marrakesh", "interpole marrakech"), ("festivall", "festival"),
     ("secheresse barages", "secheresse barrages")],
)  # fmt: skip
def test_a_slip_is_corrected(journal, typed, meant):
    results = journal.search(typed)
    assert results.suggestion == meant
    assert journal.search(meant).total > results.total


def test_a_form_that_no_article_has_is_corrected_to_a_frequent_word_that_sounds_alike(make_index):
    names = ["Philip"] * 6 + ["Philippe"] * 120
    index = make_index([Article("", f"Hier, {name} est venu.", id=str(i)) for i, name in enumerate(names)])
    assert index.search("Edouard Philipe").suggestion == "Edouard Philippe"
    assert index.search("Philip").suggestion is None
    assert index.search("philips").suggestion is None


def test_what_is_written_well_is_not_corrected(journal):
    assert journal.search("interpol marrakech").suggestion is None
    assert journal.search("").suggestion is None


# Ends in time


def test_a_question_ends_at_its_deadline(presse):
    for ask in (
        lambda **timeout: presse.search("marrakech", **timeout),
        lambda **timeout: presse.similar("or", **timeout),
        lambda **timeout: presse.suggest("mar", **timeout),
        lambda **timeout: presse.explain("or", "or", **timeout),
        lambda **timeout: list(presse.articles("or", **timeout)),
    ):
        ask(timeout=60)
        with pytest.raises(newsindex.DeadlineExceeded):
            ask(timeout=0)


def test_results_are_a_sequence_and_a_table(presse):
    results = presse.search("marrakech")
    assert [hit.article.id for hit in results] == [results[0].article.id, results[1].article.id]
    assert len(results[:1]) == 1
    assert "Marrakech" in results._repr_html_()
    assert results.seconds >= 0
    pandas = pytest.importorskip("pandas")
    frame = results.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert sorted(frame["id"]) == ["interpol", "pluies"]


def test_articles_of_a_search_come_in_order_of_date(presse):
    found = [one.id for one in presse.articles("marrakech OU barrage")]
    assert found == ["onee", "onee-seul", "interpol", "pluies"]
    everything = [one.id for one in presse.articles()]
    assert sorted(everything) == sorted(one.id for one in PRESS)
    assert set(everything[:2]) == {one.id for one in PRESS if one.published is None}
