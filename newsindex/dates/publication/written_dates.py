"""The whole way from a written date of publication to its day or moment; each step is another module."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import lru_cache

from .calendar_names import with_single_month_names
from .clock_times import cut_clock
from .common_forms import common_date
from .levelled_text import plain_date_text
from .library_dates import library_date
from .surroundings import calendars, without_edges, without_extent, without_label, without_update
from .timestamps import date_of_number, is_number
from .unreadable_dates import DateProblem, UnreadableDate, problem_of
from .written_days import written_day


def read_written(text: str) -> date:
    """The day, or the moment where a time is written, that a text of at most some hundred characters means.

    Raises UnreadableDate.
    """
    found = common_date(text) or _read(text)
    if isinstance(found, DateProblem):
        raise UnreadableDate(found)
    return found


@lru_cache(maxsize=4096)  # articles of one day bear the same date
def _read(text: str) -> date | DateProblem:
    """The date of a text in any form, or why it has none."""
    plain = with_single_month_names(plain_date_text(text))
    try:
        found = _by_grammar(plain)
    except (ValueError, OverflowError):
        return problem_of(plain, has_form=True)
    if found is not None:
        return found
    problem = problem_of(plain)
    if problem is DateProblem.NONE and (found := library_date(plain)):
        return found
    return problem


def _by_grammar(plain: str) -> date | None:
    """The date that the grammar reads; None for a form that it does not know.

    Raises ValueError or OverflowError for what no calendar or clock has.
    """
    for text in calendars(without_update(plain)):
        clock, rest = cut_clock(text)
        day = _day(without_edges(rest)) or _day(without_label(without_extent(rest)))
        if day is not None:
            return clock.on(day) if clock else day
    return None


def _day(text: str) -> date | None:
    if is_number(text):
        with suppress(ValueError):  # other numbers are no day
            return _day_of_number(text)
    return written_day(text)


def _day_of_number(text: str) -> date | None:
    return date_of_number(text) if len(text) == len("20260102") else None
