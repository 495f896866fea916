"""The address of a page that compares searches: the searches, the periods and the filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from newsindex.errors import QueryError
from newsindex.web.limits import Limits
from newsindex.web.search_parameters import timeline_parameters

from .page_address import PageAddress

MAX_COMPARED: Final = 5
"""The largest number of searches that one chart overlays."""
SHARE: Final = "share"
_OF_ONE_SEARCH: Final = ("q", "sort", "collapse", "limit", "after")


@dataclass(frozen=True)
class ComparisonAddress:
    """The parameters of a comparison in an address; those that the page does not know are ignored.

    ``by`` is the unit of the periods as it was asked for, "" where the page chooses; ``show`` is "share" or
    "" for counts; ``filters`` are those of all searches, and their operator.
    """

    queries: tuple[str, ...]
    filters: PageAddress
    by: str = ""
    show: str = ""

    @classmethod
    def from_query(cls, parameters: QueryParams) -> ComparisonAddress:
        """Takes the parameters of an address; a search that is given twice counts once."""
        queries = [query.strip() for query in parameters.getlist("q")]
        return cls(
            queries=tuple(dict.fromkeys(filter(None, queries))),
            filters=PageAddress.from_query(parameters).without(*_OF_ONE_SEARCH),
            by=parameters.get("by", ""),
            show=SHARE if parameters.get("show") == SHARE else "",
        )

    @property
    def path(self) -> str:
        """The address below the root of the application."""
        return "/compare" + self._query_string(by=self.by, show=self.show)

    def download(self, unit: str) -> str:
        """The address of the same figures as CSV, by some unit."""
        return "/api/timeline.csv" + self._query_string(by=unit)

    def showing(self, show: str) -> ComparisonAddress:
        """Returns the address that shows "share", or "" for counts."""
        return replace(self, show=show)

    def without(self, query: str) -> ComparisonAddress:
        """Returns the address without one of the searches."""
        return replace(self, queries=tuple(other for other in self.queries if other != query))

    def filtered(self, filters: PageAddress) -> ComparisonAddress:
        """Returns the address with other filters."""
        return replace(self, filters=filters)

    def search(self, query: str, **changes: str | None) -> PageAddress:
        """Returns the address of one of the searches by itself."""
        return self.filters.changed(q=query, **changes)

    def timeline_arguments(self, limits: Limits) -> dict[str, Any]:
        """Reads the arguments of :meth:`newsindex.Index.timeline`, without the unit where the page chooses.

        There must be a search. Raises QueryError.
        """
        if len(self.queries) > MAX_COMPARED:
            raise QueryError(
                f"a page compares up to {MAX_COMPARED} searches, not {len(self.queries):,}: leave some out",
                "too_many_compared",
                MAX_COMPARED,
                len(self.queries),
            )
        return timeline_parameters(limits).read(self._query_string(by=self.by)[1:].encode())

    def _query_string(self, **more: str) -> str:
        given = {name: value for name, value in more.items() if value}
        values = {"q": self.queries, **given, **self.filters.values}
        return f"?{urlencode(values, doseq=True)}"
