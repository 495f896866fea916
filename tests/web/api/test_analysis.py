"""What counts over many articles is answered as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import create_app


def test_timelines_are_compared(client):
    content = client.get("/api/timeline?q=neige&q=pluie").json()
    assert content.pop("seconds") >= 0
    assert content == {
        "unit": "month", "periods": ["2025-12", "2026-01"], "totals": [1, 2], "notes": [],
        "series": [
            {"query": "neige", "total": 3, "counts": [1, 2], "shares": [1.0, 1.0]},
            {"query": "pluie", "total": 1, "counts": [1, 0], "shares": [1.0, 0.0]},
        ],
    }  # fmt: skip


def test_the_filters_and_the_periods_are_those_that_were_asked_for(client):
    answer = client.get("/api/timeline", params={"q": "neige", "by": "year", "source": "l'écho"})
    assert answer.json()["series"][0]["counts"] == [2]
    assert client.get("/api/timeline?q=neige+pluie&operator=all").json()["series"][0]["total"] == 1


def test_the_file_is_for_spreadsheets_and_has_no_formulas(client):
    answer = client.get("/api/timeline.csv", params={"q": ["neige", "=pluie"], "by": "year"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="timeline.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["period", "articles", "neige", "share of neige", "'=pluie", "share of =pluie"],
        ["2025", "1", "1", "1.0", "1", "1.0"],
        ["2026", "2", "2", "1.0", "0", "0.0"],
    ]


@pytest.mark.parametrize("address", ["/api/timeline", "/api/timeline.csv"])
@pytest.mark.parametrize(
    ("parameters", "detail"),
    [
        ({}, "q is missing"),
        ({"q": ""}, "q is missing"),
        ({"q": " "}, "no empty query"),
        ({"q": ["a"] * 21}, "from 1 to 20 queries, not 21"),
        ({"q": "a" * 2_001}, "2,001 characters"),
        ({"q": "a", "by": "decade"}, "by must be one of day, week, month, year"),
        ({"q": "a", "since": "2999"}, "in the future"),
        ({"q": "a", "limit": "3"}, "there is no parameter 'limit'"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(client, problem, address, parameters, detail):
    assert detail in problem(client.get(address, params=parameters), 400)


def test_a_query_longer_than_an_address_may_be_is_a_problem(client, problem):
    assert "longer than" in problem(client.get("/api/timeline", params={"q": "a" * 60_000}), 414)


@pytest.fixture
def of_snow(make_index):
    """A client of articles on snow of this week, and of others of the weeks before."""
    today = date.today()
    new = [Article(f"La neige {i}", f"Le chasse-neige arrive au village {i}.", id=f"new {i}", source="A",
                   published=today - timedelta(days=1 + i % 3)) for i in range(6)]  # fmt: skip
    old = [Article(f"Un sujet {i}", f"La plaine attend la pluie {i}.", id=f"old {i}", source="B",
                   published=today - timedelta(days=12 + i)) for i in range(9)]  # fmt: skip
    return TestClient(create_app(make_index([*new, *old])))


def test_words_that_stand_out_have_counts_and_an_example(of_snow):
    content = of_snow.get("/api/words?q=neige&limit=3").json()
    assert (content["articles"], content["reference_articles"]) == (6, 9)
    assert len(content["words"]) <= 3
    word = next(word for word in content["words"] if "village" in word["text"])
    assert (word["articles"], word["reference"], word["share"]) == (6, 0, 1.0)
    assert "<mark>" in word["example"]["html"]
    assert of_snow.get("/api/articles", params={"id": word["article_id"]}).status_code == 200


def test_the_filters_of_words_hold(of_snow):
    assert of_snow.get("/api/words?source=a").json()["articles"] == 6
    before = of_snow.get("/api/words", params={"since": "7 jours", "reference": "before"}).json()
    assert before["articles"] == 6


def test_trends_are_of_the_last_seven_days_unless_told_otherwise(of_snow):
    content = of_snow.get("/api/trends").json()
    assert content["articles"] == 6
    assert any("village" in word["text"] for word in content["words"])
    assert of_snow.get("/api/trends", params={"since": "30 jours", "q": "pluie"}).json()["articles"] == 9


@pytest.mark.parametrize("address", ["/api/words", "/api/trends"])
@pytest.mark.parametrize(
    ("parameters", "detail"),
    [
        ({"q": "a" * 2_001}, "2,001 characters"),
        ({"since": "2999"}, "in the future"),
        ({"since": "jamais"}, "is not a date"),
        ({"limit": "1000"}, "limit must be a whole number from 0 to 100"),
        ({"unit": "month"}, "there is no parameter 'unit'"),
    ],
)
def test_what_words_cannot_be_asked_of_is_a_problem(client, problem, address, parameters, detail):
    assert detail in problem(client.get(address, params=parameters), 400)


def test_the_time_before_needs_a_beginning(client, problem):
    assert "give since" in problem(client.get("/api/words?q=neige&reference=before"), 400)
    assert "reference must be one of" in problem(client.get("/api/words?q=neige&reference=x"), 400)
