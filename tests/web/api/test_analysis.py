"""What counts over many articles is answered as JSON and as CSV."""

from __future__ import annotations

import csv
import io

import pytest


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
