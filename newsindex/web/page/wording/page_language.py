"""The language of the page, with its texts; dates and numbers are those of DateWording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from unicodedata import bidirectional

from starlette.requests import Request

from newsindex.dates.date_wording import DateWording

from .translations import LANGUAGES, TEXTS

LANGUAGE_PARAMETER: Final = "ui"
"""The parameter of an address that chooses the language, and the cookie that keeps the choice."""
_FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_POP_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
_DIRECTIONS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The invisible characters that begin and end a direction."""


@dataclass(frozen=True)
class Language(DateWording):
    """A language of the page: ``code`` is "fr" or "en"."""

    @property
    def other(self) -> str:
        """The code of the other language."""
        return next(code for code in LANGUAGES if code != self.code)

    def template(self, key: str) -> str:
        """Returns a text with both its forms and its ``{n}``, for the script to fill in."""
        return TEXTS[key][LANGUAGES.index(self.code)]

    def translate(self, key: str, n: int | None = None, **values: object) -> str:
        """Returns a text with its values; of a text with two forms, the one for ``n`` things."""
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = isolated(value)
        return self.fill(self.template(key), n, **values)

    def date_range(self, since: str | None, until: str | None) -> str:
        """Writes the time between two bounds, both included; at least one must be given."""
        if since and until:
            if since == until:
                return self.period(since)
            return self.translate("from_to", since=self.period(since), until=self.period(until))
        if since:
            return self.translate("since", day=self.period(since))
        return self.translate("until", day=self.period(until or ""))


def isolated(text: str) -> str:
    """Returns a text as it stands in a sentence; it does not reorder the words around it.

    A text in Arabic letters keeps its direction; a direction that the text begins and does not end, which
    would turn the rest of the sentence round, is left out.
    """
    text = text.translate(_DIRECTIONS)
    has_other_direction = any(bidirectional(character) in ("R", "AL") for character in text)
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if has_other_direction else text


def choose_language(request: Request) -> Language:
    """Chooses the language of the address, else of the cookie, else of the browser; French by default."""
    explicit = (request.query_params.get(LANGUAGE_PARAMETER), request.cookies.get(LANGUAGE_PARAMETER))
    for code in (*explicit, *_accepted_languages(request.headers.get("accept-language", ""))):
        if code in LANGUAGES:
            return Language(code)
    return Language(LANGUAGES[0])


def _accepted_languages(header: str) -> list[str]:
    """Lists the languages of an Accept-Language header by descending weight, without their countries."""
    weighted: list[tuple[float, str]] = []
    for item in header.split(","):
        name, _, weight = item.partition(";")
        try:
            quality = float(weight.strip().lower().removeprefix("q=") or 1)
        except ValueError:
            continue
        if quality > 0:
            weighted.append((-quality, name.strip().split("-")[0].lower()))
    return [code for _, code in sorted(weighted, key=lambda item: item[0])]
