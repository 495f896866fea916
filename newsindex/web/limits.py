"""The limits of what one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass, fields

from newsindex.arguments import number, shown, whole_number
from newsindex.errors import QueryError


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of an application.

    Args:
        page: Hits of one page.
        article: Characters of each text of an article that its page shows.
        characters: Characters of a query, an id, or any other text.
        address: Bytes of the URL of a request.
        body: Bytes of the body of a request.
        records: Articles in a body.
        values: JSON values in a body.
        rows: Rows of a CSV file.
        seconds: Seconds for one answer, and for a body to arrive.
        change: Seconds to take in the articles of a body.
        searches: Searches that run at once.
        waiting: Searches that may wait for their turn.
        refresh: Seconds after which the application looks for the commits of others.

    Raises:
        QueryError: A value is not above zero.
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
