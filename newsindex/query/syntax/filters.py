"""How do the filters of a search join its query?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from whoosh import query as whoosh_query

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.dates.period_expressions import parse_period

from .nodes import DateRangeQuery
from .parser import ParsedQuery


def restricted(
    parsed: ParsedQuery,
    labels: Mapping[str, str | None],
    since: str | date | None,
    until: str | date | None,
    zone: ZoneInfo,
    everything: bool,
) -> ParsedQuery:
    """The query within some labels and dates; ``everything``: all articles instead of the query."""
    parts = [whoosh_query.Term(name, value) for name, value in labels.items() if value is not None]
    if since is not None or until is not None:
        start = LONG_AGO if since is None else parse_period(since, zone).start
        end = FAR_AHEAD if until is None else parse_period(until, zone).end
        parts.append(DateRangeQuery(start, end))
    tree = whoosh_query.Every() if everything else parsed.tree
    if parts:
        tree = whoosh_query.And([tree, *parts])
    return ParsedQuery(tree, parsed.notes)
