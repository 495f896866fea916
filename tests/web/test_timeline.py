"""A timeline as bars."""

from __future__ import annotations

import pytest

from newsindex.web.language import Language
from newsindex.web.timeline import HEIGHT, chart, unit_for

FRENCH = Language("fr")


def test_bars_stand_side_by_side_and_the_highest_fills_the_chart():
    drawn = chart({"2025-12": 2, "2026-01": 0, "2026-02": 8, "2026-03": 4}, "month", FRENCH)
    assert [bar.x for bar in drawn.bars] == [0, 25, 50, 75]
    assert [bar.height for bar in drawn.bars] == [HEIGHT / 4, 0, HEIGHT, HEIGHT / 2]
    assert drawn.most == 8


def test_one_article_beside_thousands_is_still_seen():
    drawn = chart({"2025": 1, "2026": 9000}, "year", FRENCH)
    assert drawn.bars[0].height == 2


@pytest.mark.parametrize("timeline", [{}, {"2026": 3}])
def test_less_than_two_periods_are_no_chart(timeline):
    assert chart(timeline, "year", FRENCH) is None


@pytest.mark.parametrize("periods", [2, 5, 6, 7, 31, 60, 84])
def test_at_most_six_labels_stand_below_from_the_first_period_to_the_last(periods):
    drawn = chart({f"{2000 + i}": 1 for i in range(periods)}, "year", FRENCH)
    texts = [label.text for label in drawn.labels]
    assert len(texts) == len(set(texts)) == min(6, periods)
    assert (texts[0], texts[-1]) == ("2000", str(1999 + periods))
    assert (drawn.labels[0].anchor, drawn.labels[-1].anchor) == ("start", "end")
    assert sum(not label.is_minor for label in drawn.labels) <= 3


@pytest.mark.parametrize(
    ("months", "unit"), [(1, "day"), (2, "day"), (3, "week"), (40, "month"), (300, "year")]
)
def test_the_longer_the_time_the_longer_the_unit(months, unit):
    assert unit_for(months) == unit
