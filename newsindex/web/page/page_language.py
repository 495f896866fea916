"""In which language does the page speak, and how does it write dates and numbers there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request

from newsindex.dates.timeline_periods import period_days

from .translations import LANGUAGES, TEXTS

PARAMETER: Final = "ui"
"""In an address, the language to speak from now on; also the name of the cookie that remembers it."""

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


@dataclass(frozen=True)
class Language:
    """A language of the interface: ``code`` is "fr" or "en"."""

    code: str

    @property
    def other(self) -> str:
        """The code of the other language."""
        return next(code for code in LANGUAGES if code != self.code)

    def both(self, key: str) -> str:
        """A text with its two forms and its ``{n}``, for the script to fill in."""
        return TEXTS[key][LANGUAGES.index(self.code)]

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """A text of the interface; of one with two forms, that for ``n`` things."""
        form = self.both(key)
        if n is not None:
            one, _, many = form.partition("|")
            form = (one if n == 1 or (n == 0 and self.code == "fr") else many) or one
            values["n"] = self.number(n)
        return form.format(**values) if values else form

    def number(self, number: int) -> str:
        """A whole number, its thousands apart."""
        return f"{number:,}".replace(",", _THOUSANDS[self.code])

    def day(self, day: date) -> str:
        """A day: ``1er janvier 2026``."""
        return f"{self._day(day, _MONTHS)} {day.year}"

    def _day(self, day: date, months: Mapping[str, Sequence[str]]) -> str:
        first = "er" if self.code == "fr" and day.day == 1 else ""
        return f"{day.day}{first} {months[self.code][day.month - 1]}"

    def moment(self, published: date, zone: ZoneInfo) -> str:
        """A day, or a moment as the clocks of ``zone`` show it."""
        if not isinstance(published, datetime):
            return self.day(published)
        local = published
        if published.tzinfo:
            with suppress(OverflowError):  # at the ends of the calendar a moment keeps its own clock
                local = published.astimezone(zone)
        if not (local.hour or local.minute):
            return self.day(local)
        clock = f"{local.hour} h {local.minute:02d}" if self.code == "fr" else f"{local:%H:%M}"
        return f"{self.day(local)}, {clock}"

    def period(self, period: str) -> str:
        """A period as a timeline names it, ``2026-01`` or ``2026-W01``; any other text as it is."""
        bounds = period_days(period)
        if bounds is None or len(period) == len("2026"):
            return period
        if "-W" in period:
            return self.say("week_of", day=self.day(bounds.first))
        if len(period) == len("2026-01"):
            return f"{_MONTHS[self.code][bounds.first.month - 1]} {bounds.first.year}"
        return self.day(bounds.first)

    def short(self, period: str, with_year: bool) -> str:
        """A period of a timeline in few letters: months with their year, days and weeks only where asked."""
        bounds = period_days(period)
        if bounds is None or len(period) == len("2026"):
            return period
        first = bounds.first
        if len(period) == len("2026-01"):
            return f"{_SHORT_MONTHS[self.code][first.month - 1]} {first.year}"
        day = self._day(first, _SHORT_MONTHS)
        return f"{day} {first.year}" if with_year else day

    def span(self, since: str | None, until: str | None) -> str:
        """What two bounds include: ``janvier 2026``, or ``de janvier 2026 à mars 2026``."""
        if since and until:
            if since == until:
                return self.period(since)
            return self.say("from_to", since=self.period(since), until=self.period(until))
        if since:
            return self.say("since", day=self.period(since))
        return self.say("until", day=self.period(until or ""))


def spoken(request: Request) -> Language:
    """The language that the address asks for, else the cookie, else the browser; French if none is ours."""
    asked = (request.query_params.get(PARAMETER), request.cookies.get(PARAMETER))
    for code in (*asked, *_accepted(request.headers.get("accept-language", ""))):
        if code in LANGUAGES:
            return Language(code)
    return Language(LANGUAGES[0])


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, the dearest first, without their countries."""
    weighed: list[tuple[float, str]] = []
    for item in header.split(","):
        name, _, weight = item.partition(";")
        try:
            worth = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if worth > 0:
            weighed.append((-worth, name.strip().split("-")[0].lower()))
    return [code for _, code in sorted(weighed, key=lambda item: item[0])]
