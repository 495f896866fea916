"""Regular expressions for the parts of expressions of days, and the table that registers whole ones.

Texts are in lower case without accents (see ``french_calendar.plain_letters``), with one space between words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from .day_range import DayRange
from .french_calendar import MONTH_NUMBERS, WEEKDAY_NAMES

_NUMBER_WORDS: Final = {
    name: number
    for number, names in {
        1: "un une premier 1er", 2: "deux second deuxieme 2e", 3: "trois troisieme 3e",
        4: "quatre quatrieme 4e", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix",
        11: "onze", 12: "douze", 15: "quinze", 18: "dix-huit", 20: "vingt", 24: "vingt-quatre",
        30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 100: "cent",
    }.items()
    for name in names.split()
}  # fmt: skip

DAY: Final = r"(?P<day>\d{1,2}|premier|1er)"
MONTH: Final = rf"(?P<month>{'|'.join(MONTH_NUMBERS)})\.?"
WEEKDAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAY_NAMES)})"
COUNT: Final = rf"(?P<count>\d{{1,5}}|{'|'.join(_NUMBER_WORDS)})"
UNIT_OF_WORD: Final = {
    "jour": "jour", "journee": "jour", "semaine": "semaine", "mois": "mois", "an": "an", "annee": "an"
}  # fmt: skip
"""The unit of time that each word says."""
UNIT: Final = rf"(?P<unit>{'|'.join(UNIT_OF_WORD)})s?"
PART: Final = r"(?:(?P<part>debut|mi|fin)(?:[ -]| de | d'))?"
"""The beginning, the middle or the end of a month or a year, or nothing."""
LAST: Final = r"(?P<last>derniere?|passee?|precedente?|ecoulee?)"
NEXT: Final = r"(?P<next>prochaine?)"
CURRENT: Final = r"(?:en cours|courante?)"

LEAP_CYCLE: Final = 9
"""Years, of which at least one has a 29 February, also around 1900 and 2100."""

Reader = Callable[[re.Match[str], date], DayRange]
"""Gives the days of a match, where the second argument is today."""


class PatternTable:
    """Patterns of whole expressions, each with the function that gives the days of a match."""

    def __init__(self) -> None:
        self._readers: list[tuple[re.Pattern[str], Reader]] = []

    def reads(self, *patterns: str) -> Callable[[Reader], Reader]:
        """A decorator that registers a function as the reader of some patterns."""

        def register(reader: Reader) -> Reader:
            self._readers.extend((re.compile(pattern, re.ASCII), reader) for pattern in patterns)
            return reader

        return register

    def days(self, text: str, today: date) -> DayRange | None:
        """The days of the first pattern that the whole text matches, None where none does.

        Raises ValueError or OverflowError for days that no calendar has.
        """
        for pattern, reader in self._readers:
            if match := pattern.fullmatch(text):
                return reader(match, today)
        return None


def number_of(written: str) -> int:
    """The number that digits or a French number word say."""
    return _NUMBER_WORDS.get(written) or int(written)
