"""Finds how many of the words that follow the name of a date field are one period.

Readers leave the quotation marks out: ``date:janvier à mars 2025``. The longest run of words that means a
period is one; what comes after it is searched for, though it may have been meant as a part of the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .french_calendar import MONTH_NAMES, WEEKDAY_NAMES, plain_letters
from .period_expressions import is_period

MAX_WORDS: Final = 10
"""The most words of a period, as in ``du lundi 5 janvier 2026 au vendredi 9 janvier 2026``."""
_CLOCK: Final = re.compile(r"(?P<days>.+?),? [0-9]{1,2} ?(?:h|heures?|(?P<colon>:)) ?(?:[0-9]{2})?")
_HOUR: Final = re.compile(r"[0-9]{1,2}(?:h|:)(?:[0-9]{2})?")
_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:er)?")
_FIGURES: Final = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{1,2}){0,2}|(?:[0-9]{1,2}[/.]){1,2}[0-9]{2,4}")
_CONNECTIVES: Final = frozenset(("a", "au", "et", "ou", "-", "–", "jusqu'a", "jusqu'au", "jusqu'en"))
_NAMES: Final = frozenset((*MONTH_NAMES, *WEEKDAY_NAMES))


def period_length(words: Sequence[str]) -> int:
    """How many of the first words are a period: the most that are, and 0 where no number of them is.

    A time of the day needs its *à*, or a colon and a date in figures before it: that of ``hier 20 h`` may be
    one that the articles speak of.
    """
    for length in range(min(len(words), MAX_WORDS), 0, -1):
        text = " ".join(words[:length])
        if is_period(text) and not _has_bare_clock(text):
            return length
    return 0


def unread_date(words: Sequence[str]) -> str | None:
    """What seems to be a part of a date at the beginning of the words after a period, None for nothing."""
    if not words:
        return None
    plain = [plain_letters(word).replace("’", "'") for word in words]
    is_joined = plain[0] in _CONNECTIVES
    word, following = [*plain[is_joined:], "", ""][:2]
    typed = words[is_joined] if len(words) > is_joined else ""
    if word in _NAMES or _HOUR.fullmatch(word) or (is_joined and _FIGURES.fullmatch(word)):
        return typed
    is_day = _NUMBER.fullmatch(word) and (following in MONTH_NAMES or following in ("h", "heures"))
    return f"{typed} {words[is_joined + 1]}" if is_day else None


def _has_bare_clock(text: str) -> bool:
    """Whether a text is a period with a time of the day after it, and no *à* between them."""
    match = _CLOCK.fullmatch(text)
    if match is None or (match["colon"] and _FIGURES.fullmatch(match["days"])):
        return False
    return is_period(match["days"])
