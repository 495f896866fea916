"""Ranges of days: their last day is included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.dates.day_range import DayRange, first_of_month, last_of_month, months, one_day, week
from newsindex.dates.timeline_periods import period_days, period_names, search_bounds

days = st.dates()


@given(days)
def test_a_month_ends_on_the_day_before_the_next(day):
    first, last = months(day.year, day.month)
    assert first <= day <= last
    assert last == date.max or (last + timedelta(days=1)).day == 1


def test_months_are_counted_beyond_their_year():
    assert first_of_month(2026, 0) == date(2025, 12, 1)
    assert last_of_month(2026, 14) == date(2027, 2, 28)
    assert months(2025, 11, 4) == DayRange(date(2025, 11, 1), date(2026, 2, 28))
    with pytest.raises(ValueError, match="year"):
        months(9999, 12, 2)


def test_a_week_begins_on_monday_and_ends_on_sunday():
    assert week(date(2026, 1, 1)) == (date(2025, 12, 29), date(2026, 1, 4))
    with pytest.raises(OverflowError):
        week(date.max)


@given(days, st.sampled_from(["day", "week", "month", "year"]))
def test_the_period_of_a_day_holds_the_day(day, unit):
    (name,) = period_names(unit, one_day(day))
    period = period_days(name)
    if period is not None:  # the last week of the calendar is cut
        assert period.first <= day <= period.last
        assert list(period_names(unit, period)) == [name]
    else:
        assert unit == "week"


def test_only_a_week_is_searched_by_its_days():
    assert search_bounds("2026-W01") == ("2025-12-29", "2026-01-04")
    assert search_bounds("2026") == ("2026", "2026")
