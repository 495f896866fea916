"""Which fields has a query, and which kind of node does newsindex add to Whoosh's?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from whoosh import query as whoosh_query

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO

TEXT_FIELDS: Final = ("text", "headline", "body")
"""Searched by words; ``text`` is headline and body together."""
LABEL_FIELDS: Final = ("source", "section", "author", "lang", "id")
"""Compared whole, without case or accents."""
ALIASES: Final = {
    "titre": "headline", "title": "headline", "texte": "body", "corps": "body", "rubrique": "section",
    "auteur": "author", "langue": "lang", "depuis": "since", "avant": "before", "until": "until",
}  # fmt: skip
DATE_FIELDS: Final = ("date", "since", "before", "until")


class WordQuery(whoosh_query.Term):  # type: ignore[misc]  # whoosh has no types
    """A word: ``text`` is its term, ``spelling`` the word as typed, in lower case.

    ``place`` says which word of its group it is, stop words counted. The first word of a group knows the
    others that only count where the query matches: ``beside``, stop words, and ``quoted``, words of phrases.
    Words that differ in these three only are equal.
    """

    def __init__(self, fieldname: str, text: str, spelling: str, boost: float = 1.0) -> None:
        super().__init__(fieldname, text, boost)
        self.spelling = spelling
        self.place: int | None = None
        self.beside: tuple[WordQuery, ...] = ()
        self.quoted: tuple[WordQuery, ...] = ()

    def __eq__(self, other: object) -> bool:
        return (
            bool(super().__eq__(other)) and isinstance(other, WordQuery) and self.spelling == other.spelling
        )

    __hash__ = whoosh_query.Term.__hash__


class ExactWordQuery(WordQuery):
    """A word in this spelling only, accents and all."""

    def __str__(self) -> str:
        return f"{self.fieldname}:={self.spelling}"


class DateRangeQuery(whoosh_query.Query):  # type: ignore[misc]  # whoosh has no types
    """Articles published from ``start`` to before ``end``, in minutes since 1970, local time."""

    boost = 1.0

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateRangeQuery) and (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"DateRangeQuery({self.start}, {self.end})"

    def __str__(self) -> str:
        return f"date:[{_shown(self.start)} TO {_shown(self.end)}}}"

    def is_leaf(self) -> bool:
        return True

    def field(self) -> Any:
        return "date"


def _shown(minutes: int) -> str:
    if minutes in (LONG_AGO, FAR_AHEAD):
        return ""
    return (datetime(1970, 1, 1) + timedelta(minutes=minutes)).isoformat(" ", "minutes")
