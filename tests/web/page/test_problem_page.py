"""What went wrong is said in the language of the page, with a way on; programs get a problem."""

from __future__ import annotations

import ast
import shutil
import string
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex import (
    AccessDenied,
    Article,
    ClusterUnavailable,
    CursorExpired,
    DeadlineExceeded,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    QueryError,
)
from newsindex.searching.searcher import Searcher
from newsindex.web import Limits, create_app
from newsindex.web.page.wording.page_language import Language
from newsindex.web.page.wording.problem_texts import FRENCH_PROBLEMS, problem_text
from newsindex.web.problems import Problem

PACKAGE = Path(newsindex.__file__).parent
FORM = {"token": "geheim", "name": "neige"}
FRENCH = {"Accept": "text/html", "Accept-Language": "fr"}
ENGLISH = {"Accept": "text/html", "Accept-Language": "en"}
NO_READER_CAUSES = {
    "alerts/definition.py": {"checked_definition"},  # the operator is checked before
    "alerts/notification.py": {"*"},  # the command sends digests
    "alerts/registry.py": {"acknowledge", "new", "latest"},  # the page gives a number and a limit of its own
    "analyzer/lexicon.py": {"*"},  # settings
    "arguments.py": {"number", "seconds"},  # the page gives timeouts of its own
    "backends/opensearch/address_options.py": {"*"},  # the address of a cluster
    "backends/opensearch/addresses.py": {"*"},
    "encoding/export.py": {"*"},
    "index/index.py": {"*"},
    "index/opening.py": {"*"},
    "index_settings.py": {"*"},
    "query/evaluation/bm25f.py": {"*"},  # settings
    "query/evaluation/evaluator.py": {"*"},  # trees that a program made
    "backends/opensearch/searching/querying/query_compiler.py": {"_compile"},
    "query/ranking/search_options.py": {"__post_init__"},  # the address is checked before
    "query/syntax/parser.py": {"parse_query"},  # the operator is checked before
    "query/timeline_comparison.py": {"*"},  # the page has fewer searches, and drops empty ones
    "review/press_review.py": {"*"},  # the API
    "review/review_builder.py": {"*"},
    "review/review_search.py": {"*"},
    "searching/comparing_searcher.py": {"words", "_words"},  # the address is checked before
    "searching/searcher.py": {"suggest"},  # the API
    "web/asgi_app.py": {"*"},
    "web/limits.py": {"*"},
    "web/parameter_types.py": {"days", "read"},  # a page does not give days
    "web/parameters.py": {"*"},  # a page drops what it does not know, and repetitions
}
"""Functions, by module, whose errors come from a program or a command, never from a page."""


def errors_of(modules, *names):
    """The module, function, kind and number of values of each place where an error of a name is made."""
    for path in modules:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                    yield path.relative_to(PACKAGE).as_posix(), function.name, call


def test_every_error_that_a_page_can_show_has_a_french_sentence():
    used = set()
    for module, function, call in errors_of(PACKAGE.rglob("*.py"), "QueryError", "CursorExpired"):
        if len(call.args) == 1:
            excused = NO_READER_CAUSES.get(module, set())
            assert {"*", function} & excused, f"{module}: an error of {function} has no kind"
            continue
        _, kind, *values = call.args
        assert isinstance(kind, ast.Constant), f"{module}: a kind of {function} is no constant"
        check_sentence(kind.value, len(values))
        used.add(kind.value)
    pages = [path for path in (PACKAGE / "web").rglob("*.py") if path.parent.name != "api"]
    for module, _, call in errors_of(pages, "Problem"):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if module == "web/token_check.py":
            continue  # the API
        kind = given["kind"]
        if isinstance(kind, ast.Constant):
            check_sentence(
                kind.value,
                len(given["values"].elts)
                if "values" in given and isinstance(given["values"], ast.Tuple)
                else None,
            )
            used.add(kind.value)
    assert used == set(FRENCH_PROBLEMS), "every sentence is needed"


def check_sentence(kind, values):
    sentence = FRENCH_PROBLEMS[kind]
    places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert sentence[-1] in ".»"
    if values is not None:
        assert places <= set(map(str, range(values))), f"{kind} has {values} values"


def test_values_are_written_as_in_french_and_not_at_length():
    problem = Problem(400, "…", kind="too_many_words", values=(12_345, 1_000))
    assert "12\u202f345 mots" in problem_text(problem, Language("fr"))
    slow = Problem(408, "…", kind="form_too_slow", values=(0.5,))
    assert "0,5 s" in problem_text(slow, Language("fr"))
    long = Problem(400, "…", kind="no_date", values=("x" * 2_000,))
    assert len(problem_text(long, Language("fr"))) < 300


def test_a_text_that_is_too_long_is_told_in_both_languages(client):
    for headers, sentence in (
        (FRENCH, "«\u00a0q\u00a0» a 2\u202f001 caractères"),
        (ENGLISH, "“q” has 2,001 characters, and at most 2,000 are allowed: shorten it."),
    ):
        assert sentence in client.get("/?q=" + "a" * 2_001, headers=headers).text


def test_an_error_without_a_sentence_stays_in_english_and_says_so(ask):
    page = ask(QueryError("a sentence of tomorrow", "kind_of_tomorrow"), FRENCH, 400)
    assert '<p class="detail" lang="en">A sentence of tomorrow.</p>' in page


@pytest.fixture
def client(make_index):
    index = make_index([Article("Neige à Ifrane", "Il a neigé.", id="a"), Article("La neige", id="b")])
    return TestClient(create_app(index, token="geheim"), base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def ask(client, monkeypatch):
    """A function that gets the page of a search which ends with an error."""

    def get(error, headers, status):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr(Searcher, "search", fail)
        answer = client.get("/?q=neige", headers=headers)
        assert answer.status_code == status
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["vary"] == "Accept-Language, Cookie"
        return answer.text

    return get


@pytest.mark.parametrize(
    ("error", "status", "french", "english"),
    [
        (QueryError("…", "too_many_collapsed", 10_000), 400, "10\u202f000 premiers", "first 10,000 results"),
        (DeadlineExceeded("…"), 503, "pris trop de temps", "The answer took too long"),
        (IndexLocked("…"), 503, "Un autre programme écrit", "Another writer"),
        (ClusterUnavailable("http://secret:9200"), 503, "Le cluster qui garde", "The cluster that keeps"),
        (AccessDenied("http://secret:9200"), 500, "n’a pas le droit", "lacks the right"),
        (IndexNotFound("no index in /secret"), 500, "plus à sa place", "not where it was"),
        (IndexCorrupt("/secret/s1"), 500, "ne peut pas être lu", "cannot be read"),
        (CursorExpired("…", "cursor_expired"), 400, "n’est plus gardée", "no longer valid"),
        (KeyError("secret"), 500, "une faute de newsindex", "This is a fault of newsindex"),
        (Problem(503, "too many", kind="busy"), 503, "en même temps", "Too many"),
    ],
)
def test_each_trouble_is_a_page_in_both_languages(ask, error, status, french, english):
    for headers, sentence in ((FRENCH, french), (ENGLISH, english)):
        page = ask(error, headers, status)
        assert sentence in page
        assert "secret" not in page
        language = headers["Accept-Language"]
        assert f'<p class="detail" lang="{language}"' in page
        if status >= 500:
            assert '<a href="/?q=neige">' in page, "the reader can try again"


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "french"),
    [
        ("GET", "/nowhere", {}, 404, "rien à cette adresse"),
        ("GET", "/article?id=x", {}, 404, "Aucun article n’a l’identifiant « x »"),
        ("GET", "/alerts?name=x", {}, 404, "Aucune alerte n’a ce nom"),
        ("POST", "/", {}, 405, "ne prend que GET, HEAD"),
        ("GET", "/?q=" + "a" * 9_000, {}, 414, "plus de 8\u202f192 octets"),
        ("GET", "/?q=neige&limit=2&limit=x", {}, 400, "un nombre entier de 0 à 100, et non « x »"),
        ("POST", "/alerts", {"data": {**FORM, "token": "x"}}, 401, "Le jeton n’est pas celui du serveur"),
        ("POST", "/alerts", {"data": {**FORM, "action": "dance"}}, 400, "Le formulaire est incomplet"),
        ("POST", "/alerts", {"json": {}}, 415, "n’est pas un formulaire"),
        ("POST", "/alerts", {"data": {"x": "y" * 70_000}}, 413, "plus de 64\u202f000 octets"),
        ("POST", "/alerts", {"data": {**FORM, "action": "save", "q": "le"}}, 400, "que des mots qui"),
        ("POST", "/alerts", {"data": {**FORM, "action": "save", "q": "x", "name": "a/b"}}, 400, "oblique"),
    ],
)  # fmt: skip
def test_each_refusal_is_a_page_in_french(client, method, path, options, status, french):
    answer = client.request(method, path, headers=FRENCH, **options)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert french in answer.text
    assert '<p class="detail" lang="fr"' in answer.text
    program = client.request(method, path, headers={"Accept": "*/*"}, **options)
    assert program.status_code == status
    assert program.headers["content-type"] == "application/problem+json"


def test_a_name_that_an_alert_has_is_refused_in_both_languages(client):
    data = {**FORM, "action": "save", "q": "neige"}
    assert client.post("/alerts", data=data, headers=FRENCH).status_code == 303
    again = client.post("/alerts", data=data, headers=FRENCH)
    assert again.status_code == 409
    assert "Une alerte nommée « neige » existe déjà" in again.text
    english = client.post("/alerts", data=data, headers=ENGLISH)
    assert "There is an alert named “neige” already: choose another name." in english.text


def test_a_form_that_is_refused_is_not_told_as_a_search_to_correct(client):
    data = {**FORM, "action": "save", "q": "neige", "name": "a/b"}
    page = client.post("/alerts", data=data, headers=ENGLISH).text
    assert "This request was not accepted" in page
    assert "Correct the search above" not in page
    assert "Correct the search above" in client.get("/?q=neige^0", headers=ENGLISH).text


def test_a_host_that_is_not_served_is_a_page_for_a_reader(make_index):
    client = TestClient(create_app(make_index([Article("Neige")]), hosts=["localhost"]))
    answer = client.get("/", headers={**FRENCH, "Host": "elsewhere.example"})
    assert (answer.status_code, "ne répond pas à ce nom" in answer.text) == (400, True)
    assert "Cette demande n’a pas été acceptée" in answer.text
    assert "Corrigez la recherche" not in answer.text
    assert client.get("/?ui=fr", headers={**FRENCH, "Host": "[::"}).status_code == 400


def test_the_api_answers_a_browser_as_it_answers_programs(client):
    answer = client.get("/api/search?since=x", headers=FRENCH)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "is not a date" in answer.json()["detail"]


@pytest.mark.parametrize("cursor", ["nonsense", "other query", "other order"])
def test_a_cursor_of_another_search_leads_to_the_first_page(client, cursor):
    queries = {"nonsense": "", "other query": "?q=ifrane+neige&limit=1", "other order": "?q=neige&limit=1"}
    after = "nonsense"
    if queries[cursor]:
        after = client.get(f"/api/search{queries[cursor]}&collapse=true").json()["next"]
    for headers, title in ((FRENCH, "n’est plus valable"), (ENGLISH, "no longer valid")):
        address = {"q": "neige", "sort": "newest", "limit": "1", "after": after}
        answer = client.get("/", params=address, headers=headers)
        assert answer.status_code == 400
        assert title in answer.text
        assert 'href="/?q=neige&amp;sort=newest&amp;limit=1"' in answer.text


def test_an_index_that_is_deleted_under_the_server_is_a_page_that_says_so(make_index):
    index = make_index([Article("Neige", "Il neige.")])
    client = TestClient(create_app(index, limits=Limits(refresh=1e-9)), base_url="http://localhost")
    assert client.get("/?q=neige", headers=FRENCH).status_code == 200
    shutil.rmtree(index.path)
    answer = client.get("/?q=neige", headers=FRENCH)
    assert answer.status_code == 500
    assert "L’index ne peut pas être lu" in answer.text
    assert str(index.path) not in answer.text
