"""Who bears the token adds and deletes articles, and nobody else."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.testclient import TestClient

from newsindex.web import create_app
from newsindex.web.limits import Limits

JSON = {"Content-Type": "application/json"}
TOKEN = {"Authorization": "Bearer x"}
POST = {
    "type": "http",
    "method": "POST",
    "path": "/api/articles",
    "query_string": b"",
    "headers": [(b"authorization", b"Bearer x"), (b"content-type", b"application/json")],
}


@pytest.fixture
def writing(index):
    client = TestClient(create_app(index, token="sésame", limits=Limits(body=1_000)))
    client.headers.update({"Authorization": "Bearer sésame".encode()})
    return client


def test_an_article_is_added_and_updated_and_skipped(writing, index):
    article = {"titre": "Gel à Midelt", "texte": "Il gèle.", "date": "2026-01-09", "id": "gel"}
    kinds = [writing.post("/api/articles", json=article).json() for _ in range(2)]
    kinds.append(writing.post("/api/articles", json={**article, "texte": "Il dégèle."}).json())
    assert [(kind["added"], kind["updated"], kind["skipped"]) for kind in kinds] == [
        (1, 0, 0), (0, 0, 1), (0, 1, 0),
    ]  # fmt: skip
    assert kinds[0]["articles"] == len(index) == 5
    assert index.get("gel").body == "Il dégèle."
    assert writing.get("/api/search?q=degele").json()["total"] == 1


def test_of_several_those_that_are_none_are_reported(writing, index):
    answer = writing.post("/api/articles", json=[{"headline": "Un"}, {"date": "x"}, 3]).json()
    assert (answer["added"], answer["failed"]) == (1, 2)
    assert [(error["record"], error["reason"].split(":")[0]) for error in answer["errors"]] == [
        (2, "an article needs a headline or a body"),
        (3, "an article must be an Article or a mapping, not 3"),
    ]


def test_an_article_whose_date_cannot_be_read_is_added_without_it_and_reported(writing, index):
    answer = writing.post("/api/articles", json=[{"headline": "Un", "date": "mars 2024", "id": "un"}]).json()
    assert (answer["added"], answer["failed"]) == (1, 0)
    assert [error["reason"].split(":")[0] for error in answer["errors"]] == ["vague date"]
    assert index.get("un").published is None


def test_of_many_errors_the_first_are_shown(index):
    client = TestClient(create_app(index, token="x"))
    records = [{"headline": "Un"}, *({} for _ in range(300))]
    answer = client.post("/api/articles", json=records, headers={"Authorization": "Bearer x"}).json()
    assert (answer["failed"], len(answer["errors"])) == (300, 100)


def test_an_empty_list_changes_nothing(writing, index):
    assert writing.post("/api/articles", json=[]).json()["articles"] == len(index)


@pytest.mark.parametrize(
    "body", [b"{}", b"[3]", b"[[]]", b'{"headline": "\\ud800"}', b'[{"headline": 1, "body": {}}]']
)
def test_what_is_no_article_is_a_problem_with_its_errors(writing, problem, index, body):
    answer = writing.post("/api/articles", content=body, headers=JSON)
    problem(answer, 422)
    assert answer.json()["errors"]
    assert (len(index), index.commit) == (4, 1)


@pytest.mark.parametrize("body", [b"3", b'"x"', b"null"])
def test_a_body_of_another_kind_is_a_problem(writing, problem, body):
    assert "must be an article" in problem(writing.post("/api/articles", content=body, headers=JSON), 422)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a": 1}x',
        b"[" * 900,
        b'{"headline": ' + b"9" * 900 + b"e999999",
        b'{"headline": NaN}',
        b'{"headline": "x", "n": -Infinity}',
    ],
)
def test_what_is_not_json_is_a_problem(writing, problem, body):
    assert "not valid JSON" in problem(writing.post("/api/articles", content=body, headers=JSON), 400)


def test_a_body_of_another_type_is_a_problem(writing, problem):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        problem(writing.post("/api/articles", content=b"{}", headers={"Content-Type": kind}), 415)


def test_a_long_body_is_a_problem(writing, problem):
    pieces = (b"[" * 100 for _ in range(100))
    problem(writing.post("/api/articles", content=b"[" * 1001, headers=JSON), 413)
    problem(writing.post("/api/articles", content=pieces, headers=JSON), 413)


def test_a_body_that_is_announced_as_long_is_not_read(writing, problem):
    never = (pytest.fail("read") for _ in range(1))
    problem(writing.post("/api/articles", content=never, headers={**JSON, "Content-Length": "1001"}), 413)
    problem(writing.post("/api/articles", content=b"[]", headers={**JSON, "Content-Length": "9" * 5000}), 413)


def test_a_request_that_breaks_off_is_no_fault(index, caplog):
    async def scenario():
        sent = []

        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        await create_app(index, token="x")(dict(POST), receive, send)
        return sent[0]["status"]

    assert asyncio.run(scenario()) == 400
    assert not caplog.records


def test_an_id_that_no_address_takes_is_reported(index):
    client = TestClient(create_app(index, token="x", limits=Limits(characters=20)))
    records = [{"headline": "Un", "id": "a" * 21}, {"headline": "Deux", "id": "a" * 20}]
    answer = client.post("/api/articles", json=records, headers={"Authorization": "Bearer x"}).json()
    assert (answer["added"], answer["failed"]) == (1, 1)
    assert answer["errors"] == [
        {"record": 1, "reason": "the id has 21 characters and the limit is 20: shorten it"}
    ]


def test_a_body_that_does_not_arrive_is_waited_for_no_longer_than_an_answer(index):
    async def scenario():
        sent = []

        async def receive():
            await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        await create_app(index, token="x", limits=Limits(seconds=0.01))(dict(POST), receive, send)
        return sent[0]["status"]

    assert asyncio.run(scenario()) == 408


def test_an_article_is_deleted_once(writing, problem, index):
    for path in ("/api/articles?id=pluie/1", "/api/articles/https://echo.example/route"):
        assert writing.delete(path).json()["deleted"] == 1
        assert "no article has the id" in problem(writing.delete(path), 404)
    assert len(index) == 2


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer sesame",
        "Bearer sésamé",
        "Basic sésame",
        "sésame",
        "Bearer  \xff",
    ],
)
def test_without_the_token_nothing_changes(index, problem, authorization):
    client = TestClient(create_app(index, token="sésame"))
    headers = {} if authorization is None else {"Authorization": authorization.encode("utf-8")}
    for answer in (
        client.post("/api/articles", json={"headline": "x"}, headers=headers),
        client.delete("/api/articles?id=pluie/1", headers=headers),
    ):
        problem(answer, 401)
        assert answer.headers["www-authenticate"] == 'Bearer realm="newsindex"'
    assert len(index) == 4


def test_without_a_token_set_nobody_can_write(client, problem, index):
    headers = {"Authorization": "Bearer "}
    problem(client.post("/api/articles", json={"headline": "x"}, headers=headers), 405)
    problem(client.delete("/api/articles/pluie/1", headers=headers), 405)
    assert len(index) == 4
    assert "post" not in client.get("/api/openapi.json").json()["paths"]["/api/articles"]


def test_a_locked_index_says_when_to_try_again(index, problem):
    client = TestClient(create_app(index, token="x", limits=Limits(seconds=0.01)))
    with index.writer():
        answer = client.post("/api/articles", json={"headline": "x"}, headers={"Authorization": "bearer x"})
    assert "another writer" in problem(answer, 503)
    assert answer.headers["retry-after"] == "1"


def test_numbers_that_no_float_holds_are_kept_as_text(writing, index):
    body = json.dumps({"headline": "x", "id": "n"})[:-1] + ', "n": 1e999}'
    writing.post("/api/articles", content=body.encode(), headers=JSON)
    assert index.get("n").extra == {"n": "inf"}


def test_a_list_of_too_many_records_is_a_problem(index, problem):
    client = TestClient(create_app(index, token="x", limits=Limits(records=3)), headers=TOKEN)
    assert client.post("/api/articles", json=[{"headline": "Un"}] * 3).status_code == 200
    detail = problem(client.post("/api/articles", json=[{"headline": "Un"}] * 4), 413)
    assert detail == "the body has 4 articles and the limit is 3: send fewer at once"


@pytest.mark.parametrize(
    "body", [b"[" + b"1," * 20 + b"1]", b"[" + b"{}," * 12 + b"1]", b'{"a":' + b"[" * 30]
)
def test_a_body_of_too_many_values_is_refused_before_it_is_parsed(index, problem, monkeypatch, body):
    client = TestClient(create_app(index, token="x", limits=Limits(values=20)), headers=TOKEN)
    monkeypatch.setattr(json, "loads", lambda *arguments, **options: pytest.fail("parsed"))
    answer = client.post("/api/articles", content=body, headers={"Content-Type": "application/json"})
    monkeypatch.undo()
    assert "more than 20 values" in problem(answer, 413)


def test_of_many_errors_the_first_hundred_are_listed_and_all_are_counted(index):
    client = TestClient(create_app(index, token="x"), headers=TOKEN)
    answer = client.post("/api/articles", json=[1] * 250).json()
    assert (answer["status"], answer["failed"]) == (422, 250)
    assert [error["record"] for error in answer["errors"]] == list(range(1, 101))
    answer = client.post("/api/articles", json=[*[1] * 250, {"headline": "Un"}]).json()
    assert (answer["added"], answer["failed"], len(answer["errors"])) == (1, 250, 100)


def test_what_takes_too_long_to_take_in_changes_nothing(index, problem):
    client = TestClient(create_app(index, token="x", limits=Limits(change=1e-9)), headers=TOKEN)
    assert "send fewer at once" in problem(client.post("/api/articles", json=[{"headline": "Un"}] * 50), 503)
    assert len(index) == 4
