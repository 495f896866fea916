"""The names of months and of days of the week in French, English and Arabic, as dates abbreviate them.

Arabic has three sets of months: that of Egypt and the Gulf, those of the Maghreb (Morocco writes يوليوز where
Tunisia and Algeria write جويلية), and that of the Levant. All keys are levelled by ``plain_date_text``.
"""

from __future__ import annotations

from typing import Final

from newsindex.dates.french_calendar import MONTH_NAMES, WEEKDAY_NAMES

from .levelled_text import plain_date_text

_ENGLISH_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ARABIC_MONTHS: Final = (
    "يناير جانفي ينايير كانون_الثاني",
    "فبراير فيفري فبرائر شباط",
    "مارس آذار",
    "أبريل إبريل أفريل نيسان",
    "ماي مايو أيار",
    "يونيو يونيه جوان حزيران",
    "يوليو يوليوز يوليه جويلية تموز",
    "أغسطس غشت أوت أوغسطس آب",
    "سبتمبر شتنبر شتمبر أيلول",
    "أكتوبر تشرين_الأول",
    "نوفمبر نونبر نوفنبر تشرين_الثاني",
    "ديسمبر دجنبر دجمبر كانون_الأول",
)
_ARABIC_WEEKDAYS: Final = (
    "الاثنين الإثنين اثنين", "الثلاثاء الثلاثا ثلاثاء", "الأربعاء الاربعا أربعاء",
    "الخميس خميس", "الجمعة جمعة", "السبت سبت", "الأحد أحد",
)  # fmt: skip
_SHORT_WEEKDAYS: Final = (
    "lun lu mon", "mar ma tue tues", "mer me wed weds", "jeu je thu thur thurs", "ven ve fri", "sam sa sat",
    "dim di sun",
)  # fmt: skip
_LEVANTINE_PAIRS: Final = {
    plain_date_text(name.replace("_", " ")): plain_date_text(months.split()[0])
    for months in _ARABIC_MONTHS
    for name in months.split()
    if "_" in name
}
_MIN_MONTH_LETTERS: Final = 3  # of an abbreviated month: "oct", "janv"


def _month_names() -> dict[str, int]:
    """The number of each month by its names, and by each beginning of them that begins no other month."""
    names: dict[str, set[int]] = {}
    for number in range(1, 13):
        for name in (MONTH_NAMES[number - 1], _ENGLISH_MONTHS[number - 1]):
            for letters in range(_MIN_MONTH_LETTERS, len(name) + 1):
                names.setdefault(name[:letters], set()).add(number)
        for name in map(plain_date_text, _ARABIC_MONTHS[number - 1].split()):
            names.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}


MONTHS: Final = _month_names()
"""The number of each month, 1 to 12; "jui" is not in it, for it begins two."""
WEEKDAYS: Final = frozenset(
    plain_date_text(name)
    for names in (*WEEKDAY_NAMES, *_ENGLISH_WEEKDAYS, *_ARABIC_WEEKDAYS, *_SHORT_WEEKDAYS)
    for name in names.split()
)
WEEKDAY: Final = rf"(?:يوم )?(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?"
"""A pattern of the name of a day of the week."""


def with_single_month_names(text: str) -> str:
    """A text in which each Levantine month of two words has the one word that Egypt writes."""
    if "كانون" in text or "تشرين" in text:
        for pair, name in _LEVANTINE_PAIRS.items():
            text = text.replace(pair, name)
    return text
