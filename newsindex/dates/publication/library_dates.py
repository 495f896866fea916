"""Asks dateparser (extra: dates) for dates in forms that the grammar of this package does not know.

It is only asked for a text with a year in figures, and its answer counts where all parts of the date are in
the text: it would complete what is missing from the present day.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any, Final

_MAX_CHARACTERS: Final = 80  # dateparser looks a longer text up word by word, in each language
_YEAR: Final = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)", re.ASCII)
_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")


def library_date(text: str) -> date | None:
    """The day or moment that dateparser reads in a levelled text; None without it, or without an answer."""
    if len(text) > _MAX_CHARACTERS or not (_YEAR.search(text) and _LETTERS.search(text)):
        return None
    parser = _parser()
    if parser is None:
        return None
    try:
        found = parser.get_date_data(text)
    except Exception:  # the library's own mistakes: the text is then no date
        return None
    moment: datetime | None = found.date_obj
    if moment is None or not _is_written(moment, text):
        return None
    has_zone = moment.tzinfo is not None  # every zone whose name has one meaning is known before
    return moment if found.period == "time" and not has_zone else moment.date()


def _is_written(moment: datetime, text: str) -> bool:
    """Whether the year and the day are in the text, the day perhaps as a word."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if moment.year not in numbers:
        return False
    numbers.remove(moment.year)
    return moment.day in numbers or not numbers


@cache
def _parser() -> Any:
    try:
        from dateparser.date import DateDataParser  # an extra, and slow to import
    except ImportError:
        return None
    return DateDataParser(
        languages=["fr", "en", "ar"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "RETURN_TIME_AS_PERIOD": True,
        },
    )
