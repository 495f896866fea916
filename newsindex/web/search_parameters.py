"""The table of the parameters of a search, and its arguments, which the page and the API share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from newsindex import Facet, Operator, Sort, TimelineUnit
from newsindex.distinctive_words import Reference
from newsindex.timelines import MAX_QUERIES, timeline_hint

from .limits import Limits
from .parameter_types import choice, choices, count, days, flag, text, texts
from .parameters import Parameters

SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
TIMELINE_UNITS: Final[tuple[TimelineUnit, ...]] = get_args(TimelineUnit)
OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
_DEFAULT_HITS: Final = 10
_DEFAULT_WORDS: Final = 30
DEFAULT_PERIOD: Final = "7 jours"
"""The period of trends, where none is asked for."""
_FILTERS: Final = ("source", "section", "author", "lang", "since", "until", "operator")


def search_parameters(limits: Limits) -> Parameters:
    """Makes the table of the parameters of :meth:`newsindex.Index.search`; ``q`` is its ``query``."""
    max_length = limits.characters
    several = ", or of any of several: repeated"
    query = "The query, in newsindex's query language; all articles without."
    return Parameters(
        [
            text("q", query, max_length, "query", default=""),
            count("limit", "How many hits a page has.", limits.page, min(_DEFAULT_HITS, limits.page)),
            texts(
                "source",
                f"Only articles of this source{several}; case and accents do not matter.",
                max_length,
            ),
            texts("section", f"Only articles of this section{several}.", max_length),
            texts("author", f"Only articles of this author{several}.", max_length),
            texts("lang", f"Only articles in this language{several}.", max_length),
            text("since", "Only from this date on: 2026, 2026-01, 2026-01-31, 31/01/2026.", max_length),
            text("until", "Only up to this date, which is included.", max_length),
            choice("sort", "The order of the hits.", SORTS, "relevance"),
            choice("operator", "What a space between words means.", OPERATORS, "any"),
            choices(
                "facets",
                "Count all matches by these fields; an article without a value is in no count.",
                FACETS,
                timeline_hint,
            ),
            choice("timeline", "Count all matches by these periods.", TIMELINE_UNITS),
            flag("collapse", "Show near-identical articles once."),
            text("after", "The next page: the `next` of the page before.", max_length),
            flag("highlight", "Mark the words of the query.", default=True),
            flag("explain", "Say of each hit how its score came about."),
            days("half_life", "For `recent`: how much older than the newest keeps half of the score."),
        ]
    )


def filter_parameters(limits: Limits) -> Parameters:
    """Makes the table of the filters and the operator, which every question about matches takes."""
    return Parameters([parameter for parameter in search_parameters(limits) if parameter.name in _FILTERS])


def words_parameters(limits: Limits) -> Parameters:
    """Makes the table of the parameters of :meth:`newsindex.Index.words`; ``q`` is its ``query``."""
    reference = "What words are compared with: all other articles, or those of the time before `since`."
    return filter_parameters(limits).replacing(
        text("q", "The query; all articles without.", limits.characters, "query", default=""),
        count("limit", "How many words at most.", limits.page, min(_DEFAULT_WORDS, limits.page)),
        choice("reference", reference, get_args(Reference), "rest"),
    )


def trends_parameters(limits: Limits) -> Parameters:
    """Makes the table of the parameters of :meth:`newsindex.Index.trends`."""
    since = "From this date on: `7 jours`, `2026-01`; compared with the time before, of four weeks or more."
    return (
        words_parameters(limits)
        .without(["reference"])
        .replacing(text("since", since, limits.characters, default=DEFAULT_PERIOD))
    )


def timeline_parameters(limits: Limits) -> Parameters:
    """Makes the table of the parameters of :meth:`newsindex.Index.timeline`."""
    queries = texts("q", "A query to compare with the others, repeated for each.", limits.characters)
    by = choice("by", "The periods.", TIMELINE_UNITS, "month")
    return filter_parameters(limits).replacing(
        replace(
            queries,
            argument="queries",
            required=True,
            schema={**queries.schema, "minItems": 1, "maxItems": MAX_QUERIES},
        ),
        replace(by, argument="unit"),
    )


def counting_arguments(arguments: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Changes the arguments of a search so that it only counts, and returns no hits."""
    return {**arguments, "limit": 0, "after": None, "collapse": False, **changes}
