"""Pages of a search on a cluster: cursors, orders, counts, collapsed pages, states that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsindex import Article
from newsindex.errors import CursorExpired, NewsIndexError, QueryError

from .conftest import ARTICLES, random_articles


def ids(results):
    return [hit.article.id for hit in results]


def all_pages(index, query, limit, **options):
    """The hits of all pages, one after the other."""
    page = index.search(query, limit, **options)
    found = ids(page)
    while page.next:
        page = index.search(query, limit, after=page.next, **options)
        found += ids(page)
    return found


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "recent"])
@pytest.mark.parametrize("limit", [7, 30, 31])
def test_the_pages_together_are_one_page(pair, sort, limit):
    whole = ids(pair.cluster.search("maroc avocat", 1000, sort=sort))
    assert all_pages(pair.cluster, "maroc avocat", limit, sort=sort) == whole
    assert len(set(whole)) == len(whole) == pair.local.search("maroc avocat").total


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_order_by_date_is_that_of_a_folder(pair, sort):
    dates = [[hit.article.published for hit in index.search("maroc", 1000, sort=sort)] for index in pair]
    assert dates[0] == dates[1]


def test_the_order_by_age_has_the_scores_of_a_folder(pair):
    local, cluster = (index.search("maroc", 10, sort="recent", half_life=90) for index in pair)
    assert [hit.score for hit in cluster] == pytest.approx([hit.score for hit in local], rel=0.02)


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_counts_are_those_of_a_folder(pair, unit):
    options = {"facets": ["source", "section", "author", "lang", "year"], "timeline": unit}
    local, cluster = (index.search("maroc", 3, **options) for index in pair)
    assert cluster.facets == local.facets
    assert list(cluster.timeline.items()) == list(local.timeline.items())


def test_counts_come_without_hits_too(pair):
    found = pair.cluster.search("maroc", 0, facets=["source"])
    assert (len(found), found.next) == (0, None)
    assert found.facets["source"] == pair.local.search("maroc", 0, facets=["source"]).facets["source"]


@pytest.mark.parametrize(
    "query", ["maroc", "avocat interpol", '"porte-parole"', "elec*", "titre:maroc", "CNSS"]
)
def test_hits_show_the_same_marks(pair, query):
    local, cluster = (index.search(query, 200) for index in pair)
    shown = {hit.article.id: (hit.headline.html, hit.snippet.html) for hit in local}
    assert all(shown[hit.article.id] == (hit.headline.html, hit.snippet.html) for hit in cluster)


def test_an_explanation_adds_up_to_the_score(pair):
    for hit in pair.cluster.search("maroc avocat", explain=True):
        assert hit.explanation.value == pytest.approx(hit.score)
        assert pair.cluster.explain("maroc avocat", hit.article.id).value == pytest.approx(hit.score)
    assert pair.cluster.explain("xyzt", "a1") is None


@pytest.mark.parametrize("limit", [7, 20])
def test_collapsed_pages_show_no_copy(pair, limit):
    page = pair.cluster.search("maroc", limit, collapse=True)
    shown, hidden = ids(page), [other.id for hit in page for other in hit.duplicates]
    while page.next:
        page = pair.cluster.search("maroc", limit, collapse=True, after=page.next)
        shown += ids(page)
        hidden += [other.id for hit in page for other in hit.duplicates]
    assert hidden
    assert not set(shown) & set(hidden)
    every = ids(pair.cluster.search("maroc", 1000))
    assert len(shown) == len(set(shown))
    assert set(shown + hidden) <= set(every)
    assert len(set(shown + hidden)) >= 0.97 * len(every)


def test_a_collapsed_page_is_that_of_a_folder(pair):
    local, cluster = (index.search("interpol", 20, collapse=True) for index in pair)
    assert {hit.article.id: {other.id for other in hit.duplicates} for hit in cluster} == {
        hit.article.id: {other.id for other in hit.duplicates} for hit in local
    }


def test_similar_articles_are_those_of_a_folder(pair):
    for article_id in ("a3", "a20", "a111"):
        local, cluster = (index.similar(article_id, 5) for index in pair)
        assert cluster.total == local.total
        assert [hit.score for hit in cluster] == pytest.approx([hit.score for hit in local], rel=0.02)


def test_acronyms_are_learned_from_the_articles(pair):
    assert pair.cluster.acronyms() == pair.local.acronyms()
    assert pair.cluster.search("caisse nationale de sécurité sociale").total == (
        pair.local.search("caisse nationale de sécurité sociale").total
    )


def test_articles_come_in_the_order_of_publication(pair):
    dates = [[article.published for article in index.articles("maroc")] for index in pair]
    assert dates[0] == dates[1]
    assert sorted(article.id for article in pair.cluster) == sorted(a.id for a in random_articles())


def test_an_article_is_got_as_it_was_added(pair):
    (article,) = [article for article in random_articles() if article.id == "a7"]
    assert pair.cluster.get("a7") == pair.local.get("a7") == article
    assert pair.cluster.get("b7") is None
    assert ("a7" in pair.cluster, "" in pair.cluster, len(pair.cluster)) == (True, False, ARTICLES)


def test_identical_texts_are_found(pair):
    for article_id in ("a6", "a13", "a20"):
        local, cluster = ({a.id for a in index.duplicates_of(article_id)} for index in pair)
        assert cluster == local


def test_an_unknown_id_is_an_error(pair):
    for ask in (
        pair.cluster.similar,
        pair.cluster.duplicates_of,
        lambda name: pair.cluster.explain("x", name),
    ):
        with pytest.raises(QueryError, match="no article has the id"):
            ask("b7")


def test_words_are_completed_and_corrected(pair):
    assert pair.cluster.suggest("interp") == pair.local.suggest("interp")
    local, cluster = (index.search("interpool").suggestion for index in pair)
    assert cluster == local == "interpol"


def test_an_unknown_label_is_noted(pair):
    local, cluster = (index.search("source:Nulle maroc").notes for index in pair)
    assert cluster == local != ()


def test_a_searcher_keeps_its_state(pair):
    index = pair.cluster
    with index.snapshot() as searcher:
        index.add([Article("éphémère", "éphémère", id="new")])
        assert index.search("éphémère").total == 1
        assert (searcher.search("éphémère").total, len(searcher)) == (0, ARTICLES)
        index.delete("new")


def test_a_cursor_goes_on_in_the_state_of_its_page(pair):
    index = pair.cluster
    first = index.search("maroc", 5)
    whole = ids(index.search("maroc", 50))
    index.add([Article("maroc maroc", "maroc", id="new")])
    try:
        assert ids(index.search("maroc", 45, after=first.next)) == whole[5:]
    finally:
        index.delete("new")


def test_a_cursor_whose_state_is_gone_is_an_error(pair):
    index = pair.cluster
    page = index.search("maroc", 5)
    with index.snapshot() as searcher:
        backend = searcher._backend
        point = index._backend.current()._pinned.point
        backend._pinned._connection.request("DELETE", "/_search/point_in_time", {"pit_id": [point]})
    with pytest.raises(CursorExpired, match="first page"):
        index.search("maroc", 5, after=page.next)
    assert index.search("maroc", 5).total == page.total


def test_a_pattern_for_too_many_words_is_an_error(cluster, pair):
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"zz{a}{b}{c}" for a in letters for b in letters for c in "aeiou"]
    pair.cluster.add([Article("beaucoup", " ".join(words), id="many")])
    try:
        with pytest.raises(QueryError, match=r"zz\* stands for more than 1,000 words"):
            pair.cluster.search("zz*")
        assert pair.cluster.search("zzab*").total == 1
    finally:
        pair.cluster.delete("many")


@pytest.mark.parametrize(
    "query",
    ["maroc:", "stems:maroc", "a:b", "\\", "[1 TO 2]", "*:*", "_exists_:id", "/maroc/", '{"match_all":{}}'],
)
def test_signs_of_the_cluster_mean_nothing(pair, query):
    local, cluster = (index.search(query) for index in pair)
    assert (cluster.total, cluster.notes) == (local.total, local.notes)


def test_a_deadline_that_is_over_ends_a_search(pair):
    with pytest.raises(NewsIndexError, match="took longer"):
        pair.cluster.search("maroc", timeout=1e-9)


@pytest.mark.parametrize("unit", ["day", "month"])
def test_timelines_of_several_queries_are_those_of_a_folder(pair, unit):
    queries = ["maroc", "avocat interpol", "xyzt"]
    local, cluster = (index.timeline(queries, unit, operator="all") for index in pair)
    assert replace(cluster, seconds=0) == replace(local, seconds=0)


def test_words_that_stand_out_have_the_counts_of_a_folder(pair):
    local, cluster = (index.words("maroc", 30) for index in pair)
    assert cluster.articles == pair.local.search("maroc").total
    known = {word.text.lower(): word for word in local}
    shared = [word for word in cluster if word.text.lower() in known]
    assert len(shared) >= len(cluster) / 2
    for word in cluster:
        assert word.articles == pair.local.search(f"(maroc) ET {word.query}").total
        assert word.reference == pair.local.search(f"({word.query}) SAUF maroc").total
        assert word.example.spans


def test_words_of_a_search_without_articles_are_none(pair):
    words = pair.cluster.words("xyzt")
    assert (len(words), words.articles) == (0, 0)
    assert [note.kind for note in words.notes] == ["no_articles"]
