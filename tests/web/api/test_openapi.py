"""The OpenAPI document is valid, says all there is, and is true."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode, checks
from starlette.testclient import TestClient

import newsindex
from newsindex import Article
from newsindex.web import create_app
from newsindex.web.api.analysis_operations import analysis_operations
from newsindex.web.api.api_routes import api_routes
from newsindex.web.api.operations import operations
from newsindex.web.limits import Limits

TOKEN = {"Authorization": "Bearer x"}
TRUE_OF_EVERY_ANSWER = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with newsindex.create(tmp_path_factory.mktemp("openapi") / "x.newsindex") as index:
        index.add([Article("La neige", "Il neige.", id="x", source="L'Écho"), Article("Le gel", id="y")])
        yield create_app(index, token="x", limits=Limits(seconds=60))


@pytest.fixture(scope="module")
def api(app):
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def test_the_document_is_valid(app, index):
    validate(TestClient(app).get("/api/openapi.json").json())
    validate(TestClient(create_app(index)).get("/api/openapi.json").json())


def test_every_route_is_in_the_document(app):
    described = TestClient(app).get("/api/openapi.json").json()["paths"]
    routed = {route.path.replace("{id:path}", "{id}") for route in api_routes(Limits(), with_changes=True)}
    assert routed == {*described, "/api/openapi.json", "/api/{path:path}"}


def test_limits_are_in_the_document(index):
    app = create_app(index, limits=Limits(page=7, characters=11, rows=13))
    paths = TestClient(app).get("/api/openapi.json").json()["paths"]
    search = {
        parameter["name"]: parameter["schema"] for parameter in paths["/api/search"]["get"]["parameters"]
    }
    assert (search["limit"]["maximum"], search["limit"]["default"], search["q"]["maxLength"]) == (7, 7, 11)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        (operation.method, operation.path, mode)
        for operation in [*operations(Limits(), with_changes=True), *analysis_operations(Limits())]
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or operation.body or list(operation.parameters)
    ],
)
def test_every_answer_is_as_the_document_says(api, method, path, mode):
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=12, derandomize=True, database=None)
    def answers(case):
        case.call_and_validate(headers=TOKEN, checks=TRUE_OF_EVERY_ANSWER)

    answers()


@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_each_format_of_a_review_has_its_media_type_in_the_document(app, ending):
    client = TestClient(app)
    described = client.get("/api/openapi.json").json()["paths"]["/api/review"]["get"]["responses"]["200"]
    assert client.get(f"/api/review?q=neige&format={ending}").headers["content-type"] in described["content"]
