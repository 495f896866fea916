"""The order of the hits of a search as the cluster makes it."""

from __future__ import annotations

from typing import Any, Final

from newsindex.query.ranking.recency_decay import MIN_FACTOR, RecencyDecay
from newsindex.query.ranking.search_options import Sort

from .clauses import Clause

_MINUTES_PER_DAY: Final = 1440
_BY_ID: Final = {"id": {"order": "asc", "missing": "_last"}}
_SORTS: Final[dict[Sort, list[Any]]] = {
    "relevance": [{"_score": "desc"}, {"minutes": {"order": "desc", "missing": "_last"}}, _BY_ID],
    "newest": [{"minutes": {"order": "desc", "missing": "_last"}}, _BY_ID],
    "oldest": [{"minutes": {"order": "asc", "missing": "_last"}}, _BY_ID],
}
BY_PUBLICATION: Final[list[Any]] = [{"minutes": {"order": "asc", "missing": "_first"}}, _BY_ID]
"""The order of publication, in which articles without a date come first."""


def sort_of(sort: Sort) -> list[Any]:
    """Returns the sort of the cluster; articles with equal keys are in the order of their ids."""
    return _SORTS["relevance" if sort == "recent" else sort]


def decayed(query: Clause, decay: RecencyDecay) -> Clause:
    """Returns a query whose scores are multiplied by the factors of a decay."""
    later = 2.0 ** (-(decay.newest - decay.for_later) / _MINUTES_PER_DAY / decay.half_life)
    halved = {"minutes": {"origin": decay.newest, "scale": decay.half_life * _MINUTES_PER_DAY, "decay": 0.5}}
    functions = [
        {"filter": {"range": {"minutes": {"lte": decay.newest}}}, "exp": halved},
        {"filter": {"range": {"minutes": {"gt": decay.newest}}}, "weight": max(later, MIN_FACTOR)},
        {"weight": MIN_FACTOR},
    ]
    return {
        "function_score": {
            "query": query, "functions": functions, "score_mode": "max", "boost_mode": "multiply",
        }
    }  # fmt: skip
