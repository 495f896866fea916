"""A timeline as bars."""

from __future__ import annotations

from datetime import date

import pytest

from newsindex.dates.day_range import DayRange
from newsindex.dates.timeline_periods import period_days, period_names
from newsindex.web.page.timeline_chart import HEIGHT, charted_days, make_chart, unit_for
from newsindex.web.page.wording.page_language import Language

FRENCH = Language("fr")

TODAY = date(2026, 3, 14)


def test_bars_stand_side_by_side_and_the_highest_fills_the_chart():
    drawn = make_chart({"2025-12": 2, "2026-01": 0, "2026-02": 8, "2026-03": 4}, "month", FRENCH)
    assert [bar.x for bar in drawn.bars] == [0, 25, 50, 75]
    assert [bar.height for bar in drawn.bars] == [HEIGHT / 4, 0, HEIGHT, HEIGHT / 2]
    assert drawn.max_count == 8


def test_one_article_beside_thousands_is_still_seen():
    drawn = make_chart({"2025": 1, "2026": 9000}, "year", FRENCH)
    assert drawn.bars[0].height == 2


def test_one_period_is_one_bar_with_its_name_below():
    drawn = make_chart({"2026-01-05": 3}, "day", FRENCH)
    assert (len(drawn.bars), drawn.bars[0].width, drawn.bars[0].height) == (1, 100, HEIGHT)
    assert [label.text for label in drawn.labels] == ["5 janv. 2026"]


def test_a_chosen_period_is_shown_whole():
    assert charted_days({"2026-03": 1}, period_days("2026"), TODAY) == period_days("2026")


def test_of_more_than_sixty_years_those_with_most_articles_are_shown():
    months = {"1066-10": 2, "1970-01": 3, "2024-02": 5, "2026-01": 1, "9999-12": 6}
    assert charted_days(months, None, TODAY) == (date(1970, 1, 1), date(2026, 1, 31))
    assert charted_days({"1066-10": 2}, period_days("1066"), TODAY) == period_days("1066")
    assert charted_days({"0001-01": 1, "9999-12": 2}, DayRange(date.min, date.max), TODAY) == period_days(
        "9999-12"
    )


@pytest.mark.parametrize(
    ("unit", "named"),
    [
        ("day", "2025-12-31 2026-01-01"),
        ("week", "2026-W01"),
        ("month", "2025-12 2026-01"),
        ("year", "2025 2026"),
    ],
)
def test_periods_reach_from_the_first_day_to_the_last(unit, named):
    assert list(period_names(unit, DayRange(date(2025, 12, 31), date(2026, 1, 1)))) == named.split()
    assert len(list(period_names(unit, DayRange(date(9999, 12, 30), date.max)))) == 1 + (unit == "day")


@pytest.mark.parametrize("periods", [2, 5, 6, 7, 31, 60, 84])
def test_at_most_six_labels_stand_below_from_the_first_period_to_the_last(periods):
    drawn = make_chart({f"{2000 + i}": 1 for i in range(periods)}, "year", FRENCH)
    texts = [label.text for label in drawn.labels]
    assert len(texts) == len(set(texts)) == min(6, periods)
    assert (texts[0], texts[-1]) == ("2000", str(1999 + periods))
    assert (drawn.labels[0].anchor, drawn.labels[-1].anchor) == ("start", "end")
    assert sum(not label.is_minor for label in drawn.labels) <= 3


@pytest.mark.parametrize(
    ("last", "unit"),
    [("2000-01", "day"), ("2000-02", "day"), ("2000-03", "week"), ("2003-04", "month"), ("2024-12", "year")],
)
def test_the_longer_the_time_the_longer_the_unit(last, unit):
    assert unit_for(DayRange(date(2000, 1, 1), period_days(last).last)) == unit
