"""Which days does one expression name: ``2026-01``, ``1er janvier``, ``la semaine dernière``, ``mardi``?

Libraries that read dates give moments, and an archive is asked for periods: so this is a table of patterns,
each with the function that gives its days. Texts are in plain lower-case letters, without an article
before them. A day or a month without its year, and a day of the week, is the last one not in the future.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple


class Days(NamedTuple):
    """From the first day to the day after the last."""

    first: date
    after: date


_Reader = Callable[[re.Match[str], date], Days]
_READERS: Final[list[tuple[re.Pattern[str], _Reader]]] = []

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil",
            "aout", "septembre sept", "octobre oct", "novembre nov", "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBERS: Final = {
    name: number
    for number, names in {
        1: "un une premier 1er", 2: "deux second deuxieme 2e", 3: "trois troisieme 3e",
        4: "quatre quatrieme 4e", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix",
        11: "onze", 12: "douze", 15: "quinze", 18: "dix-huit", 20: "vingt", 24: "vingt-quatre",
        30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 100: "cent",
    }.items()
    for name in names.split()
}  # fmt: skip
_SEASONS: Final = {"printemps": (3, 20), "ete": (6, 21), "automne": (9, 22), "hiver": (12, 21)}
_UNITS: Final = {
    "jour": "jour", "journee": "jour", "semaine": "semaine", "mois": "mois", "an": "an", "annee": "an"
}  # fmt: skip
_A_FEW: Final = {"jour": 7, "semaine": 4, "mois": 3, "an": 3}
"""How far ``ces derniers jours`` and the like go back."""

_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_COUNT: Final = rf"(?P<count>\d{{1,5}}|{'|'.join(_NUMBERS)})"
_UNIT: Final = rf"(?P<unit>{'|'.join(_UNITS)})s?"
_LAST: Final = r"(?P<last>derniere?|passee?|precedente?|ecoulee?)"
_NEXT: Final = r"(?P<next>prochaine?)"
_THIS: Final = r"(?:en cours|courante?)"
_DAY: Final = r"(?P<day>\d{1,2}|premier|1er)"
_PART: Final = r"(?:(?P<part>debut|mi|fin)(?:[ -]| de | d'))?"
_YEARLESS: Final = re.compile(rf"{_WEEKDAY}|{_PART}(?:{_DAY} )?{_MONTH}|\d{{1,2}} ?/ ?\d{{1,2}}")


def days(text: str, today: date) -> Days | None:
    """The days that an expression names, or None where it names none.

    Raises ValueError or OverflowError for days that no calendar has.
    """
    for pattern, reader in _READERS:
        if found := pattern.fullmatch(text):
            return reader(found, today)
    return None


def lacks_year(text: str) -> bool:
    """Whether an expression is a day of the week, or a day or month, that many years have."""
    return bool(_YEARLESS.fullmatch(text))


def weekday_left_out(text: str) -> str:
    """A date without the day of the week before it: ``mardi 6 janvier`` gives ``6 janvier``."""
    return re.sub(rf"^{_WEEKDAY},? (?=\d|1er|premier)", "", text)


def _reads(*patterns: str) -> Callable[[_Reader], _Reader]:
    """Register a function as the reader of some patterns; of several that fit the first counts."""

    def register(reader: _Reader) -> _Reader:
        _READERS.extend((re.compile(pattern, re.ASCII), reader) for pattern in patterns)
        return reader

    return register


def _number(written: str) -> int:
    return _NUMBERS.get(written) or int(written)


def _one(day: date) -> Days:
    return Days(day, day + timedelta(days=1))


def _first_of(year: int, month: int) -> date:
    """The first day of a month that is counted on beyond its year."""
    more, month = divmod(month - 1, 12)
    return date(year + more, month + 1, 1)


def _months(year: int, month: int, count: int = 1) -> Days:
    return Days(_first_of(year, month), _first_of(year, month + count))


def _week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=7))


def _back(today: date, count: int, unit: str) -> date:
    """The day some units before; in a month too short for it, the last."""
    unit = _UNITS[unit]
    if unit in ("jour", "semaine"):
        return today - timedelta(days=count * (7 if unit == "semaine" else 1))
    first = _first_of(today.year, today.month - count * (1 if unit == "mois" else 12))
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))


def _last_time(day: int, month: int, today: date) -> Days:
    """The last such day that is not in the future."""
    for year in range(today.year, today.year - 9, -1):  # of eight years in a row one has a 29 February
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= today:
            return _one(date(year, month, day))
    raise ValueError


@_reads(r"(?P<year>\d{4})-(?P<number>\d{1,2})", r"(?P<number>\d{1,2}) ?[-/.] ?(?P<year>\d{4})")
def _numeric_month(found: re.Match[str], today: date) -> Days:
    month = int(found["number"])
    if not 1 <= month <= 12:
        raise ValueError
    return _months(int(found["year"]), month)


@_reads(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<day>\d{1,2}) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<year>\d{4}|\d\d)",
)
def _numeric_day(found: re.Match[str], today: date) -> Days:
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _one(date(year, int(found["month"]), int(found["day"])))


@_reads(r"(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})")
def _numeric_day_without_year(found: re.Match[str], today: date) -> Days:
    return _last_time(int(found["day"]), int(found["month"]), today)


@_reads(rf"{_DAY} {_MONTH}(?: (?P<year>\d{{4}})| {_LAST}| {_THIS})?")
def _written_day(found: re.Match[str], today: date) -> Days:
    day, month = _number(found["day"]), _MONTHS[found["month"]]
    return _one(date(int(found["year"]), month, day)) if found["year"] else _last_time(day, month, today)


@_reads(rf"{_PART}{_MONTH}(?: (?P<year>\d{{4}})| {_LAST}| {_NEXT}| {_THIS})?")
def _written_month(found: re.Match[str], today: date) -> Days:
    month = _MONTHS[found["month"]]
    if found["year"]:
        year = int(found["year"])
    elif found["next"]:
        year = today.year + (month <= today.month)
    else:
        year = today.year - (month > today.month or (month == today.month and bool(found["last"])))
    return _part(found["part"], _months(year, month))


@_reads(rf"{_PART}(?:l')?(?:annee )?(?P<year>\d{{4}})")
def _part_of_year(found: re.Match[str], today: date) -> Days:
    year = int(found["year"])
    parts = {None: (1, 12), "debut": (1, 4), "mi": (5, 4), "fin": (9, 4)}
    return _months(year, *parts[found["part"]])


def _part(part: str | None, month: Days) -> Days:
    """The first ten days of a month, the next ten, or the rest; all of it where no part is named."""
    tenth, twentieth = (month.first + timedelta(days=days) for days in (10, 20))
    parts = {
        "debut": Days(month.first, tenth),
        "mi": Days(tenth, twentieth),
        "fin": Days(twentieth, month.after),
    }
    return parts[part] if part else month


@_reads(
    r"(?P<number>1er|premier|2e|deuxieme|second|3e|troisieme|4e|quatrieme) (?P<name>trimestre|semestre)"
    r"(?: de)? (?P<year>\d{4})",
    r"(?P<name>[ts])(?P<number>[1-4]) (?P<year>\d{4})",
)
def _quarter(found: re.Match[str], today: date) -> Days:
    size = 3 if found["name"].startswith("t") else 6
    number = _number(found["number"])
    if size * number > 12:
        raise ValueError
    return _months(int(found["year"]), size * (number - 1) + 1, size)


@_reads(r"(?P<year>\d{4})-?w(?P<week>\d\d)", r"semaine (?P<week>\d{1,2})(?: de)? (?P<year>\d{4})")
def _numbered_week(found: re.Match[str], today: date) -> Days:
    return _week(date.fromisocalendar(int(found["year"]), int(found["week"]), 1))


@_reads(r"annees (?P<century>\d\d)?(?P<decade>\d)0")
def _decade(found: re.Match[str], today: date) -> Days:
    decade = int(found["decade"])
    century = int(found["century"] or (20 if decade < 3 else 19))
    return _months(100 * century + 10 * decade, 1, 120)


@_reads(rf"(?:cet )?(?P<season>printemps|ete|automne|hiver)(?: (?P<year>\d{{4}})| {_LAST})?")
def _season(found: re.Match[str], today: date) -> Days:
    """A season by the astronomers' dates; a winter is named by the year in which it begins."""
    names = list(_SEASONS)
    start = _SEASONS[found["season"]]
    end = _SEASONS[names[(names.index(found["season"]) + 1) % 4]]
    for year in range(int(found["year"] or today.year), 0, -1):
        season = Days(date(year, *start), date(year + (end < start), *end))
        if found["year"] or (season.after if found["last"] else season.first) <= today:
            return season
    raise ValueError


@_reads(r"(?P<name>aujourd'hui|ce jour|avant[- ]hier|hier|apres[- ]demain|demain)")
def _near_day(found: re.Match[str], today: date) -> Days:
    distance = {"avant": -2, "hier": -1, "demai": 1, "apres": 2}.get(found["name"][:5], 0)
    return _one(today + timedelta(days=distance))


@_reads(rf"{_WEEKDAY}(?: {_LAST}| {_NEXT}| {_THIS})?")
def _weekday(found: re.Match[str], today: date) -> Days:
    ago = (today.weekday() - _WEEKDAYS.index(found["weekday"])) % 7
    if found["next"]:
        ago -= 7
    elif found["last"] and ago == 0:
        ago = 7
    return _one(today - timedelta(days=ago))


@_reads(
    r"(?:ce|cet|cette) (?P<unit>semaine|week-end|weekend|mois|annee|trimestre)(?:-ci)?",
    rf"(?P<unit>semaine|week-end|weekend|mois|an|annee|trimestre) (?:{_LAST}|{_NEXT}|{_THIS})",
)
def _this_unit(found: re.Match[str], today: date) -> Days:
    named = found.groupdict()
    by = bool(named.get("next")) - bool(named.get("last"))
    match found["unit"]:
        case "semaine":
            return _week(today + timedelta(days=7 * by))
        case "mois":
            return _months(today.year, today.month + by)
        case "trimestre":
            return _months(today.year, today.month - (today.month - 1) % 3 + 3 * by, 3)
        case "an" | "annee":
            return _months(today.year + by, 1, 12)
    week = _week(today + timedelta(days=7 * by))
    return Days(week.first + timedelta(days=5), week.after)


@_reads(r"debut (?:de l'(?P<annee>annee)|du (?P<mois>mois)|de la (?P<semaine>semaine))")
def _beginning(found: re.Match[str], today: date) -> Days:
    """From the beginning of the unit that is running, today included."""
    if found["semaine"]:
        first = _week(today).first
    else:
        first = today.replace(day=1, month=1 if found["annee"] else today.month)
    return Days(first, today + timedelta(days=1))


@_reads(rf"il y a {_COUNT} {_UNIT}")
def _ago(found: re.Match[str], today: date) -> Days:
    return _one(_back(today, _number(found["count"]), found["unit"]))


@_reads(
    rf"(?:ces )?{_COUNT} {_LAST}s? {_UNIT}",
    rf"(?:ces )?{_LAST}s? {_COUNT} {_UNIT}",
    rf"(?:ces )?{_COUNT} {_UNIT} {_LAST}s?",
    rf"{_COUNT} {_UNIT}",
)
def _last_units(found: re.Match[str], today: date) -> Days:
    """``ces 7 derniers jours``, or ``7 jours`` as after *depuis*: from that many days ago, today included."""
    return Days(_back(today, _number(found["count"]), found["unit"]), today + timedelta(days=1))


@_reads(rf"(?:ces )?{_LAST}s {_UNIT}")
def _last_few_units(found: re.Match[str], today: date) -> Days:
    count = _A_FEW[_UNITS[found["unit"]]]
    return Days(_back(today, count, found["unit"]), today + timedelta(days=1))
