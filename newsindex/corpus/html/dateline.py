"""Finds the date of an article in the text of its page, where no data of the page states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

import lxml.html

from newsindex.dates.publication_dates import parse_date

from .boilerplate import DATE_PATTERN, fold, is_dateline

_CLOCK: Final = r"(?:[01]?\d|2[0-3]) ?[h:] ?(?:[0-5]\d\b|\b)"
_MOMENT: Final = re.compile(rf"(?:{DATE_PATTERN})(?:,? ?(?:a|-|–|—|\|)? ?{_CLOCK})?")
_PUBLISHED: Final = re.compile(r"\b(?:publie|poste|mise? en ligne|cree)")
_UPDATED: Final = re.compile(r"\b(?:mise? a jour|actualise|modifie)")
_SIGNED: Final = re.compile(  # a name or a place before a date, as in "Fès, le 12 mars 2024"
    rf"(?P<name>(?:[Pp]ar )?(?:[A-ZÀ-Þ][\w'’.-]*,? (?:et |de |du |la )?){{1,5}})(?:[|•·–—-] )?(?:[Ll]e )?"
    rf"(?:[a-z]{{3,7}}di |dimanche )?(?:{DATE_PATTERN})(?:,? ?(?:a|-|–|—|\|)? ?{_CLOCK})?",
)
_ACCENTS: Final = str.maketrans("éèûà", "eeua")
_BYLINE: Final = re.compile(r"(?:Par|By) (?P<names>(?:[A-ZÀ-Þ][\w'’.-]*(?:, | et | de | )?){2,8})")
_MAX_SIGNED: Final = 100  # characters
_LINES_UNDER_HEADLINE: Final = 12  # in which its date stands


def dateline_date(tree: lxml.html.HtmlElement, headline: str) -> date | None:
    """The date of the dateline under the headline, else of one that speaks of publication, else of any.

    A site may write today's date over the headline, and dates of comments far under it.
    """
    for _, line in sorted(_datelines(tree, fold(headline)), key=lambda ranked: ranked[0]):
        published = _PUBLISHED.search(line)
        for match in _MOMENT.finditer(line, published.start() if published else 0):
            with suppress(ValueError):  # the 31st of June: another line may have a right date
                return parse_date(match[0])
    return None


def is_signed_date(line: str) -> bool:
    """Whether a line is a name or a place and a date, as stands under a headline."""
    return len(line) <= _MAX_SIGNED and _SIGNED.fullmatch(_without_accents(line)) is not None


def names_in_byline(line: str) -> str:
    """The names in a line that is nothing but "Par" and names; empty for any other line."""
    match = _BYLINE.fullmatch(line) if len(line) <= _MAX_SIGNED else None
    return match["names"].replace(" et ", ", ") if match else ""


def _datelines(tree: lxml.html.HtmlElement, headline: str) -> Iterator[tuple[int, str]]:
    """The datelines of a page, folded, each with its rank."""
    left = 0
    body = tree.find(".//body")
    for text in (tree if body is None else body).itertext():
        line = " ".join(text.split())
        if not line:
            continue
        left = _LINES_UNDER_HEADLINE if fold(line) == headline else left - 1
        if left >= 0 and is_signed_date(line):
            yield 0, fold(line)
        elif is_dateline(line):
            folded = fold(line)
            is_published = _PUBLISHED.search(folded) is not None
            is_update = not is_published and _UPDATED.search(folded) is not None
            yield (3 if is_update else 0 if left >= 0 else 1 if is_published else 2), folded


def _without_accents(line: str) -> str:
    """A line with the letters of months as the pattern of dates has them, and with its capitals."""
    return line.translate(_ACCENTS)
