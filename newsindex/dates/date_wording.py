"""Writes days, periods, numbers and what is counted for readers, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from .local_dates import local_date
from .timeline_periods import period_days

_MONTHS: Final = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT_MONTHS: Final = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août",
           "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}  # fmt: skip
_THOUSANDS: Final = {"fr": "\N{NARROW NO-BREAK SPACE}", "en": ","}
_WEEK: Final = {"fr": "semaine du {}", "en": "week of {}"}


@dataclass(frozen=True)
class DateWording:
    """How a language writes dates: ``code`` is "fr" or "en"."""

    code: str

    def fill(self, form: str, n: int | None, **values: object) -> str:
        """Writes a text with its values; of two forms, parted by ``|``, the one for ``n`` things."""
        if n is not None:
            singular, _, plural = form.partition("|")
            is_singular = n == 1 or (n == 0 and self.code == "fr")
            form = (singular if is_singular else plural) or singular
            values["n"] = self.number(n)
        return form.format(**values) if values else form

    def number(self, number: int) -> str:
        """Writes a whole number with separators of thousands."""
        return f"{number:,}".replace(",", _THOUSANDS[self.code])

    def percent(self, share: float) -> str:
        """Writes a share from 0 to 1 in percent: ``3,4 %``."""
        figures = f"{share * 100:.1f}"
        return f"{figures.replace('.', ',')}{_THOUSANDS['fr']}%" if self.code == "fr" else f"{figures}%"

    def day(self, day: date) -> str:
        """Writes a day: ``1er janvier 2026``."""
        return f"{self._day(day, _MONTHS)} {day.year}"

    def _day(self, day: date, months: Mapping[str, Sequence[str]]) -> str:
        first = "er" if self.code == "fr" and day.day == 1 else ""
        return f"{day.day}{first} {months[self.code][day.month - 1]}"

    def moment(self, published: date, zone: ZoneInfo) -> str:
        """Writes a day, or a moment as the clocks of ``zone`` show it."""
        local = local_date(published, zone)
        if not isinstance(local, datetime) or not (local.hour or local.minute):
            return self.day(local)
        clock = f"{local.hour} h {local.minute:02d}" if self.code == "fr" else f"{local:%H:%M}"
        return f"{self.day(local)}, {clock}"

    def period(self, period: str) -> str:
        """Writes a period such as ``2026-01`` or ``2026-W01``; any other text is returned as it is."""
        span = period_days(period)
        if span is None or len(period) == len("2026"):
            return period
        if "-W" in period:
            return _WEEK[self.code].format(self.day(span.first))
        if len(period) == len("2026-01"):
            return f"{_MONTHS[self.code][span.first.month - 1]} {span.first.year}"
        return self.day(span.first)

    def short_period(self, period: str, with_year: bool) -> str:
        """Writes a period in few letters: a month with its year, a day or week with it if ``with_year``."""
        span = period_days(period)
        if span is None or len(period) == len("2026"):
            return period
        first = span.first
        if len(period) == len("2026-01"):
            return f"{_SHORT_MONTHS[self.code][first.month - 1]} {first.year}"
        day = self._day(first, _SHORT_MONTHS)
        return f"{day} {first.year}" if with_year else day
