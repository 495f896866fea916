"""The API answers as Python does, under the same names."""

from __future__ import annotations

import codecs
import csv
import io
import sys

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

import newsindex
from newsindex import Article, QueryError
from newsindex.encoding.result_json import results_dict
from newsindex.web import create_app
from newsindex.web.limits import Limits


def test_a_search_answers_as_in_python(client, index):
    options = {"source": "l'echo", "sort": "newest", "limit": 1, "facets": "source", "timeline": "month"}
    answer = client.get("/api/search", params={"q": "neige", **options})
    expected = results_dict("neige", index.search("neige", **options))
    assert {**answer.json(), "seconds": 0} == {**expected, "seconds": 0, "notes": []} | {
        "hits": [{**hit, "headline": _listed(hit["headline"]), "snippet": _listed(hit["snippet"])}
                 for hit in expected["hits"]]
    }  # fmt: skip
    assert answer.json()["facets"] == {"source": {"L'Écho": 2}}


def _listed(snippet):
    return {**snippet, "spans": [list(span) for span in snippet["spans"]]}


def test_pages_follow_each_other(client):
    first = client.get("/api/search?q=neige&limit=2").json()
    second = client.get("/api/search", params={"q": "neige", "limit": 2, "after": first["next"]}).json()
    ids = [hit["article"]["id"] for page in (first, second) for hit in page["hits"]]
    assert len(ids) == len(set(ids)) == first["total"] == 3
    assert second["next"] is None


def test_an_empty_query_finds_everything(client, index):
    assert client.get("/api/search").json()["total"] == len(index)


def test_an_article_is_found_by_its_id_in_either_place(client):
    for article_id in ("https://echo.example/neige?page=1&b=2", "pluie/1", "sans date"):
        by_query = client.get("/api/articles", params={"id": article_id})
        quoted = article_id.replace("?", "%3F").replace("%20", " ")
        by_path = client.get(f"/api/articles/{quoted}")
        assert by_query.json() == by_path.json()
        assert by_query.json()["id"] == article_id
        assert by_query.json()["body"]


def test_an_article_names_those_with_the_same_text(make_index):
    text = "Un texte, deux fois."
    index = make_index([Article("A", text, id="a"), Article("B", text, id="b")])
    assert TestClient(create_app(index)).get("/api/articles?id=a").json()["duplicates"] == ["b"]


def test_there_is_a_problem_where_there_is_no_article(client, problem):
    for path in ("/api/articles?id=nix", "/api/articles/nix", "/api/similar?id=nix"):
        assert problem(client.get(path), 404) == "no article has the id 'nix'"


def test_similar_articles_and_suggestions_are_those_of_python(client, index):
    similar = client.get("/api/similar", params={"id": "pluie/1", "limit": 2}).json()
    expected = index.similar("pluie/1", 2)
    assert [hit["article"]["id"] for hit in similar["hits"]] == [hit.article.id for hit in expected]
    assert client.get("/api/suggest?prefix=nei&limit=3").json() == {
        "prefix": "nei",
        "suggestions": list(index.suggest("nei", 3)),
    }


def test_figures_and_health(client, index):
    assert client.get("/api/stats").json()["bytes"] == index.stats().bytes
    health = client.get("/api/health")
    assert health.json() == {
        "status": "ok", "articles": 4, "commit": index.commit, "version": newsindex.__version__,
    }  # fmt: skip
    assert health.headers["cache-control"] == "no-store"


def test_an_explanation_stands_where_it_was_asked_for(client):
    plain, explained = (
        client.get(f"/api/search?q=neige&explain={flag}").json()["hits"][0] for flag in ("false", "true")
    )
    assert "explanation" not in plain
    assert explained["explanation"]["value"] == pytest.approx(explained["score"])
    assert explained["explanation"]["details"]


def test_csv_has_all_hits_in_the_order_of_the_search(index):
    index.add(Article(f"Neige {i}", "x", id=f"n{i}") for i in range(1_100))
    client = TestClient(create_app(index))
    answer = client.get("/api/search.csv?q=neige&sort=oldest")
    found = [row["id"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
    assert found == [hit.article.id for hit in index.search("neige", limit=2000, sort="oldest")]
    assert len(found) == 1_103
    assert answer.headers["content-disposition"] == 'attachment; filename="articles.csv"'
    assert client.get("/api/search.csv?q=neige&limit=700").text.count("\n") == 701


def test_csv_opens_in_a_spreadsheet_as_text_with_accents(make_index):
    formulas = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"]
    index = make_index([Article(f"{text} é", "Neige", id=str(i)) for i, text in enumerate(formulas)])
    content = TestClient(create_app(index)).get("/api/search.csv").content
    assert content.startswith(codecs.BOM_UTF8)
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert sorted(row["headline"] for row in rows) == sorted(f"'{text} é" for text in formulas)
    assert content.count(codecs.BOM_UTF8) == 1


def test_csv_ends_at_its_cap(index, problem):
    client = TestClient(create_app(index, limits=Limits(rows=2)))
    assert client.get("/api/search.csv").text.count("\n") == 3
    problem(client.get("/api/search.csv?limit=3"), 400)


def test_what_is_indexed_from_a_csv_is_the_same_article(client, index, tmp_path):
    (tmp_path / "articles.csv").write_bytes(client.get("/api/search.csv").content)
    assert sorted(newsindex.read(tmp_path / "articles.csv"), key=repr) == sorted(index, key=repr)


def test_the_app_works_under_any_path_of_another(index):
    outer = TestClient(Starlette(routes=[Mount("/presse", create_app(index))]))
    assert outer.get("/presse/api/search?q=neige").json()["total"] == 3
    assert outer.get("/presse/api/openapi.json").json()["servers"] == [{"url": "/presse"}]
    assert (
        "<link>http://testserver/presse/?q=neige</link>" in outer.get("/presse/api/search.rss?q=neige").text
    )


def test_two_apps_share_an_index(index):
    outer = TestClient(Starlette(routes=[Mount("/a", create_app(index)), Mount("/b", create_app(index))]))
    assert outer.get("/a/api/health").json() == outer.get("/b/api/health").json()


def test_only_an_index_can_be_shown(index):
    with pytest.raises(TypeError, match=r"create_app needs an index, as newsindex\.open gives it, not 'x'"):
        create_app("x")
    with pytest.raises(QueryError, match="the token is empty"):
        create_app(index, token=" ")
    with pytest.raises(QueryError, match="page must be more than 0, not 0"):
        Limits(page=0)


def test_head_is_get_without_a_body(client):
    answer = client.head("/api/search?q=neige")
    assert answer.status_code == 200
    assert answer.headers["etag"] == client.get("/api/search?q=neige").headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(client, problem, method):
    for path in ("/api/search?q=neige", "/api/openapi.json"):
        answer = client.request(method, path)
        assert "GET" in problem(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD"


def test_an_address_of_nothing_is_a_problem(client, problem):
    for path in ("/api/", "/api/nix", "/api/search/x", "/api/openapi.yaml"):
        problem(client.get(path), 404)


@pytest.mark.parametrize("path", ["search", "similar"])
def test_a_filter_has_several_values(client, path):
    query = {"search": "q=neige", "similar": "id=https://echo.example/route"}[path]
    both = client.get(f"/api/{path}?{query}&source=le+phare&source=L'Écho").json()
    one = client.get(f"/api/{path}?{query}&source=le+phare").json()
    assert {hit["article"]["source"] for hit in both["hits"]} == {"L'Écho", "Le Phare"}
    assert {hit["article"]["source"] for hit in one["hits"]} == {"Le Phare"}
    described = client.get("/api/openapi.json").json()["paths"][f"/api/{path}"]["get"]["parameters"]
    (source,) = [parameter for parameter in described if parameter["name"] == "source"]
    assert source["schema"] == {"type": "array", "items": {"type": "string", "maxLength": 2000}}
    assert "repeated" in source["description"]


@pytest.mark.parametrize("query_string", ["", "?sort=oldest"])
def test_downloads_take_several_values(client, query_string):
    for form in ("csv", "rss", "atom"):
        text = client.get(f"/api/search.{form}?q=neige&source=le+phare&source=L'Écho").text
        assert "Pluie" in text
        assert "Ifrane" in text


UNKNOWN = ["nobody", "a/b", "é", "%00", "https://echo.example/none"]


@pytest.mark.parametrize("article_id", UNKNOWN)
def test_an_id_that_no_article_has_is_404_everywhere(index, problem, article_id):
    client = TestClient(create_app(index, token="x"), headers={"Authorization": "Bearer x"})
    for path in (f"articles?id={article_id}", f"articles/{article_id}", f"similar?id={article_id}"):
        assert "no article has the id" in problem(client.get(f"/api/{path}"), 404)
    for path in (f"articles?id={article_id}", f"articles/{article_id}"):
        assert "no article has the id" in problem(client.delete(f"/api/{path}"), 404)
    assert client.get(f"/article?id={article_id}").status_code == 404
    assert len(index) == 4


def test_a_review_is_a_download_in_the_format_that_is_asked_for(client, index, problem, monkeypatch):
    answer = client.get("/api/review?q=neige&title=Hiver&group=source")
    assert answer.headers["content-disposition"] == 'attachment; filename="revue.html"'
    assert '<h1 dir="auto">Hiver</h1>' in answer.text
    assert client.get("/api/review?q=neige&format=md&language=en").text.startswith("# Press review: neige")
    assert client.get("/api/review?q=neige&format=docx").content.startswith(b"PK")
    problem(client.get("/api/review?format=pdf"), 400)
    monkeypatch.setitem(sys.modules, "docx", None)
    assert "lacks a library" in problem(client.get("/api/review?q=neige&format=docx"), 500)
    assert 'href="/api/review?language=fr&amp;q=neige"' in client.get("/?q=neige").text
