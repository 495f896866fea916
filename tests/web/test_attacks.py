"""Whatever is sent, nothing runs, nothing leaks, and nothing breaks."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import newsindex
from newsindex import Article, ClusterUnavailable, IndexCorrupt
from newsindex.searching.searcher import Searcher
from newsindex.web import create_app
from newsindex.web.limits import Limits

SCRIPT = "<script>alert(1)</script>"
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}  # fmt: skip
ADDRESSES = [
    "search", "search.csv", "search.rss", "search.atom", "suggest", "similar", "articles", "articles/x",
    "stats", "health", "openapi.json",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    articles = [
        Article(f"neige {SCRIPT}", f'{SCRIPT} neige "><img src=x onerror=alert(1)>', source=SCRIPT,
                url="javascript:alert(1)", section=SCRIPT, author=SCRIPT, id=SCRIPT, abstract=SCRIPT,
                extra={SCRIPT: SCRIPT}),
    ]  # fmt: skip
    with newsindex.create(tmp_path_factory.mktemp("hostile") / "x.newsindex") as index:
        index.add(articles)
        yield TestClient(create_app(index))


@pytest.fixture(scope="module")
def writing(tmp_path_factory):
    with newsindex.create(tmp_path_factory.mktemp("attacks") / "x.newsindex") as index:
        index.add([Article("La neige", "Il neige.", id="x", source="L'Écho")])
        yield TestClient(create_app(index, token="x", limits=Limits(seconds=60)))


def answers_safely(client, request):
    """That a request has an answer of a kind that no browser runs, and that tells nothing of this machine."""
    answer = request(client)
    assert answer.status_code < 500, answer.text
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "permissions-policy" in answer.headers
    assert answer.headers.get("content-type", "").partition(";")[0] in (
        "application/json", "application/problem+json", "text/csv", "application/rss+xml",
        "application/atom+xml",
    )  # fmt: skip
    for told in ("Traceback", "site-packages", ".py", str(client.app.state.service.index.path)):
        assert told not in answer.text
    assert all(value.isprintable() for value in answer.headers.values())
    return answer


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_in_an_article_runs(hostile, path):
    for parameters in ({}, {"q": "neige"}, {"id": SCRIPT}, {"prefix": "<scr"}):
        answers_safely(
            hostile, lambda client, parameters=parameters: client.get(f"/api/{path}", params=parameters)
        )


def test_the_html_of_a_snippet_is_escaped(hostile):
    for hit in hostile.get("/api/search?q=neige&facets=source").json()["hits"]:
        for part in ("headline", "snippet"):
            assert "<" not in hit[part]["html"].replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    "query_string",
    [
        f"q={SCRIPT}", f"{SCRIPT}={SCRIPT}", "q=a%0D%0ASet-Cookie:%20x=1", "q=%00", "q=%FF", "q=%", "q=%zz",
        "&&&=&;", "after=zz", "after=WzEsICJyZWxldmFuY2UiLCAtMS4wLCAwLCA5OTk5LCA5OTk5XQ", "after=%00",
        "after=" + "A" * 1999, "id=../../etc/passwd", "id=%2e%2e%2f", "id=" + "a" * 2000, "id=a%0D%0Ab",
        "prefix=%00", "prefix=" + "%F0%9F%98%80" * 300, "q=" + "(" * 1000, "q=" + "a+" * 900,
        "q=" + "*+" * 900, 'q="""', "q=date:[", "q=:::", "q=^^^", "q=a~99999", "q=%2B-%2B-", "limit=1e999",
        "limit=00000000000", "limit=-0", "limit=" + "1" * 999, "since=0000", "since=9999-99",
        "until=%F0%9F%98%80", "since=99999999999999999999", "sort=__class__",
        "facets=" + ",".join(["source"] * 100), "self=1", "query=x", "index=1", "lang=" + "%CC%81" * 600,
        "source=%ED%A0%80", "q=a&" * 99, "q=a&" * 2000,
    ],
)  # fmt: skip
def test_hostile_parameters_are_refused_or_searched_for(hostile, path, query_string):
    answers_safely(hostile, lambda client: client.get(f"/api/{path}?{query_string}"))


@pytest.mark.parametrize(
    "path",
    [
        "/api/../../etc/passwd", "/api/..%2f..%2fetc/passwd", "/api/articles/..%2f..%2f..%2fetc%2fpasswd",
        "/api/articles//etc/passwd", "/api/articles/%00", "/api/articles/%0d%0aX: y", "/api/articles/%ff",
        "//api//search",
        "/api/articles/" + "a" * 3000, "/api/" + "a" * 9000, "/api/search/%2e%2e/%2e%2e/", "/api/%73earch%00",
    ],
)  # fmt: skip
def test_no_path_leads_out(hostile, path):
    answer = answers_safely(hostile, lambda client: client.get("http://testserver" + path))
    assert "root:" not in answer.text


@pytest.mark.parametrize("host", ["a b", "a/b", "[", "a:b", "a@b", "é", "a:123456", "", "[::1", "a\tb"])
def test_a_host_that_is_none_is_refused(client, problem, host):
    problem(client.get("/api/search.rss", headers={"Host": host.encode()}), 400)


@pytest.mark.parametrize("host", ["testserver", "presse.example:8000", "[::1]:8000", "127.0.0.1"])
def test_a_host_may_be_a_name_or_an_address(client, host):
    assert f"http://{host}/" in client.get("/api/search.rss", headers={"Host": host}).text


def test_only_the_hosts_that_were_named_are_served(index, problem):
    client = TestClient(create_app(index, hosts=["localhost", "[::1]"]))
    for host in ("localhost", "LOCALHOST:8000", "[::1]:80"):
        assert client.get("/api/health", headers={"Host": host}).status_code == 200
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1"):
        assert "whoever runs the server can add it with --allow-host" in problem(
            client.get("/api/health", headers={"Host": host}), 400
        )


def test_a_long_address_is_a_problem(client, problem):
    assert "8,192 bytes" in problem(client.get("/api/search?q=" + "a" * 8200), 414)


def test_a_cluster_that_does_not_answer_is_told_without_its_address(index, problem, monkeypatch):
    def search(searcher, **arguments):
        raise ClusterUnavailable("no host of opensearch://secret:9200/presse answers")

    monkeypatch.setattr(Searcher, "search", search)
    client = TestClient(create_app(index))
    answer = client.get("/api/search?q=x")
    assert "try again" in problem(answer, 503)
    assert "secret" not in answer.text
    assert answer.headers["retry-after"] == "5"
    assert client.get("/?q=x").status_code == 503


@pytest.mark.parametrize("error", [RuntimeError, IndexCorrupt, OSError, MemoryError, RecursionError])
def test_a_fault_is_told_to_the_log_and_not_to_the_client(index, problem, monkeypatch, caplog, error):
    def search(searcher, **arguments):
        raise error(f"{index.path}/segment is broken")

    monkeypatch.setattr(Searcher, "search", search)
    with caplog.at_level(logging.ERROR, "newsindex.web"):
        answer = TestClient(create_app(index)).get("/api/search?q=x")
    assert "the server's log says more" in problem(answer, 500)
    assert str(index.path) not in answer.text
    assert f"{index.path}/segment is broken" in caplog.text
    assert HEADERS.items() <= dict(answer.headers).items()


def test_a_file_that_breaks_off_is_not_taken_for_whole(index, monkeypatch):
    index.add(Article(f"neige {i}", id=f"n{i}") for i in range(600))
    app = create_app(index)
    search, calls = Searcher.search, []

    def breaking(searcher, **arguments):
        calls.append(arguments)
        if len(calls) > 1:
            raise RuntimeError("broken")
        return search(searcher, **arguments)

    monkeypatch.setattr(Searcher, "search", breaking)
    with pytest.raises(RuntimeError, match="broken"):  # which makes a server cut the connection
        TestClient(app).get("/api/search.csv?q=neige")


@given(
    path=st.sampled_from(ADDRESSES),
    names=st.lists(
        st.sampled_from(["q", "id", "prefix", "limit", "after", "since", "facets", "sort", "source"])
    ),
    data=st.data(),
)
def test_any_values_are_answered(writing, path, names, data):
    parameters = {name: data.draw(st.text(max_size=40)) for name in names}
    answers_safely(writing, lambda client: client.get(f"/api/{path}", params=parameters))


@given(st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["headline", "body", "date", "extra", "id", "url", "author"]) | st.text(), inner),
))  # fmt: skip
def test_any_json_is_answered(writing, body):
    content = json.dumps(body).encode()
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    answer = writing.post("/api/articles", content=content, headers=headers)
    assert answer.status_code in (200, 422), answer.text
    for part in ("", ".csv", ".rss", ".atom"):
        assert writing.get(f"/api/search{part}").status_code == 200
