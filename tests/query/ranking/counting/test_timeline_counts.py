"""A timeline counts matches by period, from the first with a match to the last."""

from __future__ import annotations

from datetime import date

import pytest

from newsindex import Article


def test_a_timeline_over_thousands_of_periods_leaves_the_empty_ones_out(make_index):
    index = make_index(
        [Article("Un", published=date(2026, 1, 2)), Article("Deux", published=date(6000, 12, 31))]
    )
    assert index.search("", timeline="day").timeline == {"2026-01-02": 1, "6000-12-31": 1}
    assert index.search("", timeline="month").timeline == {"2026-01": 1, "6000-12": 1}
    assert len(index.search("", timeline="year").timeline) == 3_975, "but not of fewer"


@pytest.mark.parametrize(
    ("unit", "name"),
    [("day", "1969-12-28"), ("week", "1969-W52"), ("month", "1969-12"), ("year", "1969")],
)
def test_periods_before_1970_are_counted(make_index, unit, name):
    index = make_index(
        [Article("Un", published=date(1969, 12, 28)), Article("Deux", published=date(1970, 1, 5))]
    )
    timeline = index.search("", timeline=unit).timeline
    assert next(iter(timeline)) == name
    assert sum(timeline.values()) == 2


def test_undated_matches_are_not_on_a_timeline(make_index):
    index = make_index([Article("Un"), Article("Un", published=date(2026, 1, 2), id="dated")])
    assert index.search("un", timeline="year").timeline == {"2026": 1}
    assert index.search("deux", timeline="year").timeline == {}
