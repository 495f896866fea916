"""What does the address of a page say of its search, and what is the address of another one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from newsindex.web.api.parameters import search_parameters
from newsindex.web.limits import Limits

FILTERS: Final = ("source", "section", "author", "lang")
PERIOD: Final = ("since", "until")
_NAMES: Final = ("q", *FILTERS, *PERIOD, "sort", "operator", "collapse", "limit", "after")
_PAGE: Final = 20  # hits


@dataclass(frozen=True)
class Address:
    """The parameters of a search that an address gives, as written; those without a value left out."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, parameters: QueryParams) -> Address:
        """Those of an address; what the page does not know is passed over."""
        return cls({name: parameters[name] for name in _NAMES if parameters.get(name, "").strip()})

    def get(self, name: str) -> str | None:
        """What a parameter says."""
        return self.values.get(name)

    @property
    def query(self) -> str:
        """What is searched for, as it was typed."""
        return self.values.get("q", "").strip()

    @property
    def filters(self) -> Mapping[str, str]:
        """The filters that are set."""
        return {name: self.values[name] for name in (*FILTERS, *PERIOD) if name in self.values}

    def changed(self, **changes: str | None) -> Address:
        """With other values, None for none of it; on the first page, unless that is said."""
        values = dict(self.values) | {"after": None} | changes
        return Address({name: value for name in _NAMES if (value := values.get(name))})

    def unfiltered(self) -> Address:
        """Without any filter."""
        return self.changed(**dict.fromkeys((*FILTERS, *PERIOD)))

    def without(self, *names: str) -> Address:
        """Without some of what it says."""
        return Address({name: value for name, value in self.values.items() if name not in names})

    def part(self, **more: str) -> str:
        """The query part of a URL, ``?`` and all; empty if there is nothing to say."""
        values = more | dict(self.values)
        return f"?{urlencode(values)}" if values else ""

    def arguments(self, limits: Limits) -> dict[str, Any]:
        """The arguments of :meth:`newsindex.Index.search`. Raises QueryError."""
        parameters = search_parameters(limits)
        ours = {"limit": min(_PAGE, limits.page), "collapse": True}
        return parameters.defaults() | ours | parameters.read(urlencode(self.values).encode())


def counting(arguments: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The arguments of a search, so that it counts what it finds and gives no hits."""
    return {**arguments, "limit": 0, "after": None, "collapse": False, **changes}
