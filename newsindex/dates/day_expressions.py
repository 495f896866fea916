"""The days that one French expression names: ``2026-01``, ``1er janvier``, ``la semaine dernière``.

Libraries that read dates give moments, and an archive is asked for ranges. So the grammar is two tables of
patterns, each with the function that gives its days: ``calendar_expressions`` and ``relative_expressions``.
Texts are in lower case without accents, and without an article before them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from .calendar_expressions import CALENDAR_EXPRESSIONS
from .day_patterns import DAY, MONTH, PART, WEEKDAY
from .day_range import DayRange
from .relative_expressions import RELATIVE_EXPRESSIONS

_YEARLESS: Final = re.compile(rf"{WEEKDAY}|{PART}(?:{DAY} )?{MONTH}|\d{{1,2}} ?/ ?\d{{1,2}}")
_LEADING_WEEKDAY: Final = re.compile(rf"^{WEEKDAY},? (?=\d|1er|premier)")


def expressed_days(text: str, today: date) -> DayRange | None:
    """The days that an expression names, or None where it names none.

    Raises ValueError or OverflowError for days that no calendar has.
    """
    return CALENDAR_EXPRESSIONS.days(text, today) or RELATIVE_EXPRESSIONS.days(text, today)


def lacks_year(text: str) -> bool:
    """Whether an expression is a day of the week, a day or a month without its year."""
    return bool(_YEARLESS.fullmatch(text))


def without_weekday(text: str) -> str:
    """A date without the day of the week before it: ``mardi 6 janvier`` gives ``6 janvier``."""
    return _LEADING_WEEKDAY.sub("", text)
