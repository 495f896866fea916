"""The language of the page, with its texts, dates and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request

from newsindex.dates.local_dates import local_date
from newsindex.dates.timeline_periods import period_days

from .translations import LANGUAGES, TEXTS

LANGUAGE_PARAMETER: Final = "ui"
"""The parameter of an address that chooses the language, and the cookie that keeps the choice."""

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
    """A language of the page: ``code`` is "fr" or "en"."""

    code: str

    @property
    def other(self) -> str:
        """The code of the other language."""
        return next(code for code in LANGUAGES if code != self.code)

    def template(self, key: str) -> str:
        """Return a text with both its forms and its ``{n}``, for the script to fill in."""
        return TEXTS[key][LANGUAGES.index(self.code)]

    def translate(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a text with its values; of a text with two forms, the one for ``n`` things."""
        form = self.template(key)
        if n is not None:
            singular, _, plural = form.partition("|")
            is_singular = n == 1 or (n == 0 and self.code == "fr")
            form = (singular if is_singular else plural) or singular
            values["n"] = self.number(n)
        return form.format(**values) if values else form

    def number(self, number: int) -> str:
        """Write a whole number with separators of thousands."""
        return f"{number:,}".replace(",", _THOUSANDS[self.code])

    def day(self, day: date) -> str:
        """Write a day: ``1er janvier 2026``."""
        return f"{self._day(day, _MONTHS)} {day.year}"

    def _day(self, day: date, months: Mapping[str, Sequence[str]]) -> str:
        first = "er" if self.code == "fr" and day.day == 1 else ""
        return f"{day.day}{first} {months[self.code][day.month - 1]}"

    def moment(self, published: date, zone: ZoneInfo) -> str:
        """Write a day, or a moment as the clocks of ``zone`` show it."""
        local = local_date(published, zone)
        if not isinstance(local, datetime) or not (local.hour or local.minute):
            return self.day(local)
        clock = f"{local.hour} h {local.minute:02d}" if self.code == "fr" else f"{local:%H:%M}"
        return f"{self.day(local)}, {clock}"

    def period(self, period: str) -> str:
        """Write a period such as ``2026-01`` or ``2026-W01``; any other text is returned as it is."""
        span = period_days(period)
        if span is None or len(period) == len("2026"):
            return period
        if "-W" in period:
            return self.translate("week_of", day=self.day(span.first))
        if len(period) == len("2026-01"):
            return f"{_MONTHS[self.code][span.first.month - 1]} {span.first.year}"
        return self.day(span.first)

    def short_period(self, period: str, with_year: bool) -> str:
        """Write a period in few letters: a month with its year, a day or week with it if ``with_year``."""
        span = period_days(period)
        if span is None or len(period) == len("2026"):
            return period
        first = span.first
        if len(period) == len("2026-01"):
            return f"{_SHORT_MONTHS[self.code][first.month - 1]} {first.year}"
        day = self._day(first, _SHORT_MONTHS)
        return f"{day} {first.year}" if with_year else day

    def date_range(self, since: str | None, until: str | None) -> str:
        """Write the time between two bounds, both included; at least one must be given."""
        if since and until:
            if since == until:
                return self.period(since)
            return self.translate("from_to", since=self.period(since), until=self.period(until))
        if since:
            return self.translate("since", day=self.period(since))
        return self.translate("until", day=self.period(until or ""))


def choose_language(request: Request) -> Language:
    """Choose the language of the address, else of the cookie, else of the browser; French by default."""
    explicit = (request.query_params.get(LANGUAGE_PARAMETER), request.cookies.get(LANGUAGE_PARAMETER))
    for code in (*explicit, *_accepted_languages(request.headers.get("accept-language", ""))):
        if code in LANGUAGES:
            return Language(code)
    return Language(LANGUAGES[0])


def _accepted_languages(header: str) -> list[str]:
    """List the languages of an Accept-Language header by descending weight, without their countries."""
    weighted: list[tuple[float, str]] = []
    for item in header.split(","):
        name, _, weight = item.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if quality > 0:
            weighted.append((-quality, name.strip().split("-")[0].lower()))
    return [code for _, code in sorted(weighted, key=lambda item: item[0])]
