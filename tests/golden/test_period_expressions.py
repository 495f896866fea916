"""Which period an expression of dates means, case by case: the table is dates.tsv."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import newsindex
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.dates.period_expressions import parse_period

from . import table

PARIS = ZoneInfo("Europe/Paris")
TABLE = table("golden/dates.tsv")
EPOCH = datetime(1970, 1, 1)


def shown(minutes):
    if minutes in (LONG_AGO, FAR_AHEAD):
        return "-"
    return (EPOCH + timedelta(minutes=minutes)).isoformat(" ", "minutes").removesuffix(" 00:00")


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['text']} on {row['now']}" for row in TABLE])
def test_an_expression_means_its_period(row):
    now = datetime.fromisoformat(row["now"])
    if row["start"] == "refused":
        with pytest.raises(
            newsindex.QueryError,
            match=r"is not a date: write 2026, 2026-01|beyond the calendar|ends before it begins",
        ):
            parse_period(row["text"], PARIS, now)
    else:
        period = [shown(minutes) for minutes in parse_period(row["text"], PARIS, now)]
        assert period == [row["start"], row["end"]]
