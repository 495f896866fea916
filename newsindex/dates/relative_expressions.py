"""Expressions that name days from today: ``hier``, ``mardi``, ``ces 7 derniers jours``.

A day of the week is the last one that is not in the future.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from .day_patterns import COUNT, CURRENT, LAST, NEXT, UNIT, UNIT_OF_WORD, WEEKDAY, PatternTable, number_of
from .day_range import DayRange, first_of_month, last_of_month, months, one_day, week
from .french_calendar import WEEKDAY_NAMES

RELATIVE_EXPRESSIONS: Final = PatternTable()
_reads: Final = RELATIVE_EXPRESSIONS.reads

_LAST_FEW: Final = {"jour": 7, "semaine": 4, "mois": 3, "an": 3}
"""How many units ``ces derniers jours`` and the like go back."""
_DAYS_FROM_TODAY: Final = {"avant": -2, "hier": -1, "demai": 1, "apres": 2}
"""The distance in days of a near day by the first five letters of its name."""


@_reads(r"(?P<name>aujourd'hui|ce jour|avant[- ]hier|hier|apres[- ]demain|demain)")
def _near_day(match: re.Match[str], today: date) -> DayRange:
    return one_day(today + timedelta(days=_DAYS_FROM_TODAY.get(match["name"][:5], 0)))


@_reads(rf"{WEEKDAY}(?: {LAST}| {NEXT}| {CURRENT})?")
def _weekday(match: re.Match[str], today: date) -> DayRange:
    days_ago = (today.weekday() - WEEKDAY_NAMES.index(match["weekday"])) % 7
    if match["next"]:
        days_ago -= 7
    elif match["last"] and days_ago == 0:
        days_ago = 7
    return one_day(today - timedelta(days=days_ago))


@_reads(
    r"(?:ce|cet|cette) (?P<unit>semaine|week-end|weekend|mois|annee|trimestre)(?:-ci)?",
    rf"(?P<unit>semaine|week-end|weekend|mois|an|annee|trimestre) (?:{LAST}|{NEXT}|{CURRENT})",
)
def _neighbouring_unit(match: re.Match[str], today: date) -> DayRange:
    """The unit that holds today, the one before it or the one after it."""
    groups = match.groupdict()
    step = bool(groups.get("next")) - bool(groups.get("last"))
    match match["unit"]:
        case "semaine":
            return week(today + timedelta(days=7 * step))
        case "mois":
            return months(today.year, today.month + step)
        case "trimestre":
            return months(today.year, today.month - (today.month - 1) % 3 + 3 * step, 3)
        case "an" | "annee":
            return months(today.year + step, 1, 12)
    sunday = week(today + timedelta(days=7 * step)).last
    return DayRange(sunday - timedelta(days=1), sunday)


@_reads(r"debut (?:de l'(?P<year>annee)|du (?P<month>mois)|de la (?P<week>semaine))")
def _unit_to_date(match: re.Match[str], today: date) -> DayRange:
    """From the beginning of the unit that holds today, to today."""
    if match["week"]:
        return DayRange(week(today).first, today)
    return DayRange(today.replace(day=1, month=1 if match["year"] else today.month), today)


@_reads(rf"il y a {COUNT} {UNIT}")
def _days_ago(match: re.Match[str], today: date) -> DayRange:
    return one_day(_units_before(today, number_of(match["count"]), match["unit"]))


@_reads(
    rf"(?:ces )?{COUNT} {LAST}s? {UNIT}",
    rf"(?:ces )?{LAST}s? {COUNT} {UNIT}",
    rf"(?:ces )?{COUNT} {UNIT} {LAST}s?",
    rf"{COUNT} {UNIT}",
)
def _last_units(match: re.Match[str], today: date) -> DayRange:
    """``ces 7 derniers jours``, or ``7 jours`` as after *depuis*: from that many days ago to today."""
    return DayRange(_units_before(today, number_of(match["count"]), match["unit"]), today)


@_reads(rf"(?:ces )?{LAST}s {UNIT}")
def _last_few_units(match: re.Match[str], today: date) -> DayRange:
    count = _LAST_FEW[UNIT_OF_WORD[match["unit"]]]
    return DayRange(_units_before(today, count, match["unit"]), today)


def _units_before(today: date, count: int, unit_word: str) -> date:
    """The day some units before today; the last of a month that is too short for it."""
    unit = UNIT_OF_WORD[unit_word]
    if unit in ("jour", "semaine"):
        return today - timedelta(days=count * (7 if unit == "semaine" else 1))
    month = today.month - count * (1 if unit == "mois" else 12)
    first, last = first_of_month(today.year, month), last_of_month(today.year, month)
    return first.replace(day=min(today.day, last.day))
