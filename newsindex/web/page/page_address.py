"""The address of a search page: the search that it stands for, and the addresses of other searches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from newsindex.web.limits import Limits
from newsindex.web.search_parameters import search_parameters

LABEL_FILTERS: Final = ("source", "section", "author", "lang")
DATE_FILTERS: Final = ("since", "until")
_FILTERS: Final = (*LABEL_FILTERS, *DATE_FILTERS)
_NAMES: Final = ("q", *_FILTERS, "sort", "operator", "collapse", "limit", "after")
_HITS_PER_PAGE: Final = 20
_UNIT = r'(?:[\w=][^\s()":]*|"[^"]*"|\([^()"]*\))'
_CONJUNCTION: Final = re.compile(rf"{_UNIT}(?: (?:AND|ET) {_UNIT})*")
"""A query that needs no parentheses before AND: one word or phrase, or several that are all required."""


@dataclass(frozen=True)
class PageAddress:
    """The parameters of a search in an address, as they are written there; empty ones are left out.

    A label filter may have several values, of which an article must have one.
    """

    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_query(cls, parameters: QueryParams) -> PageAddress:
        """Takes the parameters of an address; those that the page does not know are ignored."""
        values = {}
        for name in _NAMES:
            given = tuple(value for value in parameters.getlist(name) if value.strip())
            if given:
                values[name] = given if name in LABEL_FILTERS else given[-1:]
        return cls(values)

    def get(self, name: str) -> str | None:
        """Returns the value of a parameter; the first one of several."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Returns all values of a parameter."""
        return self.values.get(name, ())

    @property
    def query(self) -> str:
        """The query as it was typed."""
        return (self.get("q") or "").strip()

    @property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """The filters that are set."""
        return {name: self.values[name] for name in _FILTERS if name in self.values}

    def changed(self, **changes: str | None) -> PageAddress:
        """Returns the address with other values, None to remove all; it leads to the first page."""
        values = {**self.values, "after": ()}
        values |= {name: (value,) if value else () for name, value in changes.items()}
        return PageAddress({name: values[name] for name in _NAMES if values.get(name)})

    def without_value(self, name: str, value: str) -> PageAddress:
        """Returns the address without one value of a parameter, on the first page of results."""
        remaining = tuple(other for other in self.all(name) if other != value)
        return PageAddress({**self.changed(**{name: None}).values, name: remaining}).changed()

    def narrowed(self, word: str, conjunction: str) -> PageAddress:
        """Returns the address of the articles of the search that also have a word; ``word`` is a query.

        ``conjunction`` is the operator AND as it is written in the language of the reader.
        """
        query = " ".join(self.query.split())
        if query.count('"') % 2 or query.count("(") != query.count(")"):
            query = " ".join(re.sub(r'[()"]', " ", query).split())  # a search reads them as spaces, too
        if query and not _CONJUNCTION.fullmatch(query):
            query = f"({query})"
        return self.changed(q=f"{query} {conjunction} {word}" if query else word)

    def unfiltered(self) -> PageAddress:
        """Returns the address without any filter."""
        return self.changed(**dict.fromkeys(_FILTERS))

    def without(self, *names: str) -> PageAddress:
        """Returns the address without some parameters."""
        return PageAddress({name: values for name, values in self.values.items() if name not in names})

    def query_string(self, **more: str) -> str:
        """Writes the query string of the URL, with its ``?``; empty if there is no parameter."""
        values = {**more, **self.values}
        return f"?{urlencode(values, doseq=True)}" if values else ""

    def search_arguments(self, limits: Limits) -> dict[str, Any]:
        """Reads the arguments of :meth:`newsindex.Index.search`. Raises QueryError."""
        parameters = search_parameters(limits)
        page_defaults = {"limit": min(_HITS_PER_PAGE, limits.page), "collapse": True}
        given = parameters.read(urlencode(self.values, doseq=True).encode())
        return parameters.defaults() | page_defaults | given
