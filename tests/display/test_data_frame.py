"""Results become a table."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone

import pytest

import newsindex
from newsindex import Article

COLUMNS = [
    "id", "headline", "source", "published", "section", "author", "lang", "url", "abstract", "body",
    "score", "snippet", "duplicates",
]  # fmt: skip


def test_each_hit_is_a_row(make_index):
    pandas = pytest.importorskip("pandas")
    moment = datetime(2026, 1, 2, 10, 30, tzinfo=timezone(timedelta(hours=3)))  # 8:30 in the index's zone
    index = make_index(
        [
            Article("Un pont", "Le pont.", "Hespress", moment, id="1", extra={"page": "3"}),
            Article("Un pont", "Le pont.", published=date(9999, 12, 31), id="2"),
            Article("Sans date, un pont", id="3"),
        ]
    )
    results = index.search("pont", sort="oldest", collapse=True)
    table = results.to_pandas()
    assert list(table.columns) == COLUMNS
    assert list(table["id"]) == [hit.article.id for hit in results]
    by_id = table.set_index("id")
    assert by_id.loc["1", "published"] == pandas.Timestamp("2026-01-02 08:30")
    assert pandas.isna(by_id.loc["3", "published"])
    assert by_id.loc["1", "snippet"] == "Le pont."
    assert by_id["duplicates"].sum() == 1
    assert by_id.loc["1", "score"] == next(hit.score for hit in results if hit.article.id == "1")
    year = index.search("pont", sort="newest").to_pandas()["published"].dt.year
    assert list(year)[:2] == [9999, 2026]


def test_no_hits_are_a_table_without_rows(make_index):
    pytest.importorskip("pandas")
    table = make_index().search("pont").to_pandas()
    assert list(table.columns) == COLUMNS
    assert len(table) == 0
    assert str(table["published"].dtype) == "datetime64[us]"


def test_without_pandas_the_error_names_the_extra(make_index, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(newsindex.NewsIndexError, match="install newsindex with its extra `pandas`"):
        make_index().search("pont").to_pandas()
