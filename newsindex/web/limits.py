"""The limits of what one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass, fields

from newsindex.arguments import number, shown, whole_number
from newsindex.errors import QueryError


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of an application. Raises QueryError for a value that is not above zero.

    ``page``: hits of one page; ``article``: characters of each text of an article that its page shows;
    ``characters``: of a query, an id, or any other text; ``address`` and
    ``body``: bytes of a request's URL and body; ``records``: articles in a body, and ``values``: JSON values
    in it; ``rows``: of a CSV file; ``seconds``: for one answer, and for a body to arrive; ``change``: seconds
    to take in the articles of a body; ``searches``: at once, and ``waiting``: those that may wait for their
    turn; ``refresh``: seconds after which the application looks for the commits of others.
    """

    page: int = 100
    article: int = 200_000
    characters: int = 2_000
    address: int = 8_192
    body: int = 10_000_000
    records: int = 10_000
    values: int = 1_000_000
    rows: int = 10_000
    seconds: float = 10.0
    change: float = 60.0
    searches: int = 8
    waiting: int = 64
    refresh: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type == "float":
                number(field.name, value)
            else:
                whole_number(field.name, value)
            if value <= 0:
                raise QueryError(f"{field.name} must be more than 0, not {shown(value)}")
