"""The French names of months, weekdays, seasons and parts of the day, in plain lower-case letters."""

from __future__ import annotations

import unicodedata
from typing import Final

MONTH_NAMES: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
"""The months from January to December."""
_MONTH_ABBREVIATIONS: Final = {
    "janvier": "janv jan", "fevrier": "fevr fev", "avril": "avr", "juillet": "juil", "septembre": "sept",
    "octobre": "oct", "novembre": "nov", "decembre": "dec",
}  # fmt: skip
MONTH_NUMBERS: Final = {
    name: number
    for number, month in enumerate(MONTH_NAMES, start=1)
    for name in (month, *_MONTH_ABBREVIATIONS.get(month, "").split())
}
"""The number of each month, 1 to 12, by its name and its usual abbreviations."""
WEEKDAY_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""The days of the week from Monday, as :meth:`datetime.date.weekday` counts them."""
SEASON_STARTS: Final = {"printemps": (3, 20), "ete": (6, 21), "automne": (9, 22), "hiver": (12, 21)}
"""The month and the day on which astronomers let each season begin, in the order of the year."""
DAY_PART_HOURS: Final = {"matin": (0, 12), "apres-midi": (12, 18), "soir": (18, 24)}
"""The hours of each part of the day, the end not included."""


def plain_letters(text: str) -> str:
    """The text in lower case and compatible Unicode, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
