"""The articles of a JSON document are found wherever they lie, and two lists of them are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.corpus.formats.json.record_lists import find_records
from newsindex.errors import CorpusError
from tests.limits import processor_seconds

from .reading import read_json, read_one

ARTICLES = [{"titre": "Un lac", "texte": "Il se remplit."}, {"titre": "Un phare", "texte": "Il s'éteint."}]


def headlines(tmp_path, document, name="a.json"):
    articles, corpus = read_json(tmp_path, document, name)
    assert not corpus.errors
    return [article.headline for article in articles]


@pytest.mark.parametrize(
    "document",
    [
        {"response": {"status": "ok", "results": ARTICLES}},
        {"data": {"articles": {"edges": [{"cursor": "c", "node": record} for record in ARTICLES]}}},
        {"content": ARTICLES, "pageable": {"sort": {"sorted": True}}},
        {"body": {"items": ARTICLES}},
        [{"page": number, "articles": [record]} for number, record in enumerate(ARTICLES)],
        {"2024-05-06": ARTICLES[:1], "2024-05-07": ARTICLES[1:]},
        {"lac": ARTICLES[0], "phare": ARTICLES[1]},
        {"count": 2, "articles": {"lac": ARTICLES[0], "phare": ARTICLES[1]}},
        {"0": ARTICLES[0], "1": ARTICLES[1]},
        {"columns": ["titre", "texte"], "data": [list(record.values()) for record in ARTICLES]},
        {"columns": [{"name": "titre"}, {"name": "texte"}], "rows": [list(r.values()) for r in ARTICLES]},
        [["titre", "texte"], *(list(record.values()) for record in ARTICLES)],
        {name: [record[name] for record in ARTICLES] for name in ARTICLES[0]},
        {name: {str(n): record[name] for n, record in enumerate(ARTICLES)} for name in ARTICLES[0]},
        {"features": [{"type": "Feature", "geometry": None, "properties": record} for record in ARTICLES]},
        {"rows": [{"row_idx": n, "row": record, "truncated_cells": []} for n, record in enumerate(ARTICLES)]},
        {"rss": {"channel": {"title": "Le Rivage", "description": "Journal", "item": ARTICLES}}},
        {"articles": ARTICLES, "related": [{"titre": "Autre", "url": "x"}]},
        {"articles": ARTICLES, "comments": [{"author": "x", "text": "Bravo", "date": "2024-05-06"}]},
        ARTICLES,
    ],
)
def test_the_one_list_of_records_is_found(tmp_path, document):
    assert headlines(tmp_path, document) == ["Un lac", "Un phare"]


def test_the_names_of_objects_are_ids_and_the_numbers_of_rows_are_none(tmp_path):
    articles, _ = read_json(tmp_path, {"lac": ARTICLES[0], "phare": ARTICLES[1]})
    assert [article.id for article in articles] == ["lac", "phare"]
    articles, _ = read_json(tmp_path, {"1": ARTICLES[0], "2": ARTICLES[1]})
    assert "1" not in {article.id for article in articles}
    articles, _ = read_json(tmp_path, {"lac": {**ARTICLES[0], "id": "a"}, "phare": ARTICLES[1]})
    assert [article.id for article in articles] == ["a", "phare"]


def test_records_of_other_lists_are_counted(tmp_path):
    document = {"articles": ARTICLES, "related": [{"titre": "Autre", "url": "x"}] * 3}
    _, corpus = read_json(tmp_path, document)
    assert corpus.summary.passed_over == {"record of another list": 3}


def test_two_lists_of_articles_are_refused_by_their_places(tmp_path):
    for document in ({"articles": ARTICLES, "depeches": ARTICLES}, {"data": {"a": ARTICLES}, "b": ARTICLES}):
        articles, corpus = read_json(tmp_path, document)
        assert not articles
        assert "2 lists of records" in str(corpus.errors[0])
    assert "data.a" in str(corpus.errors[0])


def test_an_article_with_related_articles_is_one_article(tmp_path):
    related = [{"title": "Autre", "url": "x"}]
    article = read_one(tmp_path, {"title": "Un lac", "date": "2024-05-06", "url": "y", "related": related})
    assert (article.headline, article.extra["related.title"]) == ("Un lac", "Autre")
    article = read_one(tmp_path, {"status": "ok", "article": ARTICLES[0], "suite": related})
    assert article.headline == "Un lac"
    photos = [{"title": "La rive", "url": "x.jpg", "date": "2024-05-06", "author": "N"}]
    assert headlines(tmp_path, {"title": "Un lac", "date": "2024-05-06", "images": photos}) == ["Un lac"]


def test_what_surrounds_a_list_says_the_source_and_the_language_of_its_records(tmp_path):
    document = {
        "source": "Le Rivage",
        "language": "fr",
        "articles": [*ARTICLES[:1], {**ARTICLES[1], "source": "P"}],
    }
    articles, _ = read_json(tmp_path, document)
    assert [(article.source, article.lang) for article in articles] == [("Le Rivage", "fr"), ("P", "fr")]


def test_hits_of_search_engines_are_the_records_in_them(tmp_path):
    hits = [{"_index": "presse", "_id": str(n), "_score": 1.5, "_source": {**record, "id": "x"}}
            for n, record in enumerate(ARTICLES)]  # fmt: skip
    articles, _ = read_json(tmp_path, {"took": 1, "hits": {"total": 2, "hits": hits}})
    assert [article.id for article in articles] == ["0", "1"]
    assert dict(articles[0].extra) == {"_index": "presse", "id": "x"}
    lines = "\n".join(map(json.dumps, hits))
    assert [article.id for article in read_json(tmp_path, lines, "dump.json")[0]] == ["0", "1"]
    several = {"responses": [{"hits": {"hits": [hit]}} for hit in hits]}
    assert headlines(tmp_path, several) == ["Un lac", "Un phare"]


def test_solr_meilisearch_and_algolia_are_read(tmp_path):
    record = {"title": ["Un lac"], "content": ["Il se remplit."], "id": "7"}
    solr = {"responseHeader": {"status": 0}, "response": {"numFound": 1, "docs": [record]},
            "highlighting": {"7": {"title": ["<em>Un</em> lac"]}}}  # fmt: skip
    meilisearch = {
        "hits": [{"id": 7, "title": "Un lac", "_formatted": {"title": "<em>Un</em> lac"}}],
        "query": "",
    }
    algolia = {"hits": [{"objectID": "7", "title": "Un lac", "_highlightResult": {"title": {"value": "Un"}}}]}
    for document in (solr, meilisearch, algolia):
        article = read_one(tmp_path, document)
        assert (article.headline, article.id, dict(article.extra)) == ("Un lac", "7", {})


def test_a_bulk_request_gives_its_documents_with_their_ids(tmp_path):
    lines = [
        {"index": {"_index": "presse", "_id": "a"}},
        ARTICLES[0],
        {"create": {}},
        ARTICLES[1],
        {"delete": {"_id": "z"}},
        {"update": {"_id": "c"}},
        {"doc": {"titre": "Trois", "texte": "c"}},
    ]
    articles, corpus = read_json(tmp_path, "\n".join(map(json.dumps, lines)) + "\n", "bulk.ndjson")
    assert [article.headline for article in articles] == ["Un lac", "Un phare", "Trois"]
    assert [articles[0].id, articles[2].id] == ["a", "c"]
    assert corpus.summary.passed_over == {"deletion": 1}
    assert not corpus.errors


def test_a_broken_line_of_a_bulk_request_gives_its_id_to_no_other(tmp_path):
    lines = '{"index": {"_id": "a"}}\n{"titre": "coupé\n' + json.dumps(ARTICLES[1])
    (article,), corpus = read_json(tmp_path, lines, "bulk.jsonl")
    assert (article.headline, article.id != "a", corpus.error_count) == ("Un phare", True, 1)


def test_lines_that_are_pages_of_results_are_read(tmp_path):
    lines = "\n".join(json.dumps({"page": n, "articles": [record]}) for n, record in enumerate(ARTICLES))
    assert headlines(tmp_path, lines, "a.jsonl") == ["Un lac", "Un phare"]


def test_a_list_of_pages_in_a_line_that_has_two_lists_is_an_error_of_that_line(tmp_path):
    lines = json.dumps({"a": ARTICLES, "b": ARTICLES}) + "\n" + json.dumps(ARTICLES[0])
    articles, corpus = read_json(tmp_path, lines, "a.jsonl")
    assert [article.headline for article in articles] == ["Un lac"]
    assert corpus.errors[0].line == 1


def _nested(value, depth):
    for _ in range(depth):
        value = {"a": value}
    return value


HOSTILE = {
    "keys": {f"k{i}": i for i in range(100_000)},
    "lists": {f"k{i}": ARTICLES for i in range(25_000)},
    "by id": {f"k{i}": ({"title": "A", "url": "x"} if i else {"x": 1}) for i in range(25_000)},
    "envelopes": {
        "title": "A",
        **{f"k{i}": i for i in range(50_000)},
        **{name: {"x": {"y": 1}} for name in ("data", "doc", "node", "row", "item", "meta")},
    },
    "deep": [_nested(ARTICLES, 400)] * 20,
    "blocks": {"title": "A", "body": [{"role": "x", "value": "y"}] * 100_000},
    "people": {"title": "A", "body": "b", "author": [{"data": {"data": {"name": "x"}}}] * 100_000},
    "references": {
        "@graph": [
            {"@type": "Article", "headline": "A", "author": [{"@id": str(i)} for i in range(50_000)]},
            *({"@id": str(i), "name": "x"} for i in range(50_000)),
        ]
    },
    "spaces": [{"title": "A", "urlToImage": "", "content": " " * 200_000 + "[+1"}],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_in_a_time_in_proportion_to_their_length(tmp_path, name):
    with processor_seconds(8):
        articles, corpus = read_json(tmp_path, HOSTILE[name])
    assert articles or corpus.errors


_NAMES = st.sampled_from(
    [
        "title",
        "texte",
        "date",
        "_source",
        "data",
        "items",
        "hits",
        "@type",
        "@id",
        "@graph",
        "columns",
        "rows",
        "content",
        "rendered",
        "value",
        "role",
        "author",
        "doc",
        "index",
        "extra",
        "headlines",
        "issued",
        "date-parts",
        "status",
        "date_gmt",
        "itemType",
        "uri",
        "x",
    ]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["A", "<p>a&b", "", "NewsArticle", "fr"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5),
    max_leaves=20,
)


@given(_VALUES, st.sampled_from(["a.json", "a.jsonl"]))
def test_whatever_a_document_holds_its_reading_ends_with_articles_errors_or_counts(tmp_path, document, name):
    articles, corpus = read_json(tmp_path, json.dumps(document), name)
    assert articles or corpus.errors or corpus.summary.passed_over


@given(_VALUES)
def test_the_search_for_records_gives_a_list_or_refuses_the_document(document):
    try:
        found, others = find_records(document, None)
    except CorpusError:
        return
    assert isinstance(found.records, list)
    assert others >= 0


def test_an_object_beside_a_text_gives_it_what_it_lacks_unless_it_may_be_another_article(tmp_path):
    article = read_one(
        tmp_path, {"texte": "Il se remplit.", "metadata": {"titre": "Un lac", "auteur": "Nora"}}
    )
    assert (article.headline, article.author) == ("Un lac", "Nora")
    article = read_one(tmp_path, {"texte": "Il se remplit.", "post": {"titre": "Un phare"}})
    assert (article.headline, dict(article.extra)) == ("", {"post.titre": "Un phare"})


@pytest.mark.parametrize("script", ["callback({});", "var articles = {};\n", "window.articles={}"])
def test_a_list_in_a_script_is_read(tmp_path, script):
    articles, corpus = read_json(tmp_path, script.replace("{}", json.dumps(ARTICLES)))
    assert (len(articles), corpus.errors) == (len(ARTICLES), [])
