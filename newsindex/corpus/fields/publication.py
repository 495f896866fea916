"""The publication date of a record's value: a date that cannot be read is an error and costs no article."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from newsindex.arguments import shown
from newsindex.dates.publication.unreadable_dates import DateProblem, UnreadableDate
from newsindex.dates.publication_dates import is_no_date, parse_date
from newsindex.errors import CorpusError

from .markup import without_markup
from .mojibake import mended

_FIRST_DAY: Final = datetime(1899, 12, 30)  # of Excel's numbers, which count a day too many before 1900-03
_SERIAL_NUMBERS: Final = (7000, 80000)  # that are taken for days: of 1919 to 2119
_SERIAL_TEXT: Final = re.compile(r"\d{5}(?:[.,]\d{1,12})?", re.ASCII)
_FIELD: Final = "published"
_SENTENCES: Final = {
    DateProblem.RELATIVE: "counts from a day that is not known",
    DateProblem.VAGUE: "names no single day of a year",
    DateProblem.IMPOSSIBLE: "is on no calendar or clock",
    DateProblem.NONE: "is not a date",
}


def publication_date(value: object, name: str = _FIELD) -> tuple[date | None, CorpusError | None]:
    """The day or moment that a value means, else the error that shows the value and says why it is none.

    ``name`` is that of the value in its record, which the error names too.

    The error's reason begins with its kind, such as "vague date", so that errors can be counted by it. Both
    are None for a value that stands where a date is missing, such as ``N/A`` or ``0000-00-00``.
    """
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and "<" in value:  # as <time>12 mars 2024</time>
        value = without_markup(value)
    try:
        return parse_date(value), None
    except UnreadableDate as unreadable:
        if isinstance(value, str) and (found := _date_of_altered_text(value.strip())):
            return found, None
        if is_no_date(value):
            return None, None
        problem = unreadable.problem
        place = "" if name == _FIELD else f" in {shown(name)}"
        return None, CorpusError(
            f"{problem.value}: {shown(value)}{place} {_SENTENCES[problem]}, so the article has no date: "
            "write it like 2026-01-31 or 31/01/2026"
        )


def date_of_serial_number(number: float) -> date | None:
    """The day of a number of Excel, or the minute where it has a fraction; None for any other number."""
    first, last = _SERIAL_NUMBERS
    if not first < number < last:
        return None
    moment = _FIRST_DAY + timedelta(seconds=round(number * 86400))
    return moment.date() if float(number).is_integer() else moment


def _date_of_altered_text(text: str) -> date | None:
    """The date that Excel wrote as its serial number, or whose letters were decoded wrongly."""
    if _SERIAL_TEXT.fullmatch(text):
        return date_of_serial_number(float(text.replace(",", ".")))
    if (right := mended(text)) == text:
        return None
    try:
        return parse_date(right)
    except UnreadableDate:
        return None
