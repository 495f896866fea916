"""The publication date of a record's value: a date that cannot be read is an error and costs no article."""

from __future__ import annotations

from datetime import date

from newsindex.arguments import shown
from newsindex.dates.publication.unreadable_dates import UnreadableDate
from newsindex.dates.publication_dates import is_no_date, parse_date
from newsindex.errors import CorpusError


def publication_date(value: object) -> tuple[date | None, CorpusError | None]:
    """The day or moment that a value means, else the error that shows the value and says why it is none.

    Both are None for a value that stands where a date is missing, such as ``N/A`` or ``0000-00-00``.
    """
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    try:
        return parse_date(value), None
    except UnreadableDate as unreadable:
        if is_no_date(value):
            return None, None
        return None, CorpusError(
            f"{shown(value)} {unreadable.problem.value}: the article has no date; "
            "write it like 2026-01-31 or 31/01/2026"
        )
