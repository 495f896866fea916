"""The table of the operations of the API: addresses, parameters, answers.

The routes are made from this table, and the OpenAPI document describes it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response

from newsindex.review.review_content import Group, Language
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.parameter_types import choice, count, flag, text
from newsindex.web.parameters import Location, Parameter, Parameters
from newsindex.web.search_parameters import SORTS, search_parameters
from newsindex.web.service import service_of

from . import answers, article_changes
from .csv_download import CSV_TYPE, csv_file
from .review_download import REVIEW_TYPES, review_file
from .search_feed import ATOM_TYPE, RSS_TYPE, atom_feed, rss_feed

Arguments = dict[str, Any]
Answer = Callable[[Searcher, Arguments, Request], Response]
Handler = Callable[[Request, Arguments], Awaitable[Response]]
_JSON_TYPE: Final = "application/json"
_NO_PARAMETERS: Final = Parameters()
COMMON_PROBLEMS: Final = frozenset({400, 414, 500, 503})
_DEFAULT_FEED_ENTRIES: Final = 50
_DEFAULT_SUGGESTIONS: Final = 8
_DEFAULT_REVIEWED: Final = 50
_MAX_SUGGESTIONS: Final = 50


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one address.

    ``schema`` names the JSON Schema of the answer, None for an answer that is not JSON; ``media_types`` are
    those that the answer may have; ``problems`` are the statuses of the answers that are errors; ``body``
    names the schema of the request's body, None for none.
    """

    path: str
    name: str
    summary: str
    handle: Handler
    parameters: Parameters = _NO_PARAMETERS
    method: Literal["GET", "POST", "DELETE"] = "GET"
    schema: str | None = None
    media_types: tuple[str, ...] = (_JSON_TYPE,)
    problems: frozenset[int] = COMMON_PROBLEMS
    body: str | None = None

    async def __call__(self, request: Request) -> Response:
        """Answers a request. Raises QueryError and Problem."""
        given = self.parameters.read(request.scope["query_string"], request.path_params)
        return await self.handle(request, self.parameters.defaults() | given)


def operations(limits: Limits, *, with_changes: bool) -> list[Operation]:
    """Lists all operations; those that change the index only where ``with_changes`` is true."""
    return [*_searches(limits), *_listings(limits), *_status(), *(_changes(limits) if with_changes else ())]


def _searches(limits: Limits) -> list[Operation]:
    search = search_parameters(limits)
    filters = search.without(("facets", "timeline", "after", "highlight", "explain"))
    rows = count("limit", "How many rows at most.", limits.rows, limits.rows)
    return [
        Operation(
            path="/api/search",
            name="search",
            summary="Find articles.",
            handle=reading(answers.search),
            parameters=search,
            schema="Results",
        ),
        Operation(
            path="/api/search.csv",
            name="searchAsCsv",
            summary=f"What a search finds, {limits.rows:,} articles at most, as CSV in UTF-8 "
            "with a byte order mark. An apostrophe stands before a cell that begins with = + - @, tab or CR.",
            handle=reading(csv_file),
            parameters=filters.replacing(rows),
            media_types=(CSV_TYPE,),
        ),
        _review(filters, limits),
        *_feeds(filters, limits),
    ]


def _review(filters: Parameters, limits: Limits) -> Operation:
    articles = min(_DEFAULT_REVIEWED, limits.page)
    return Operation(
        path="/api/review",
        name="review",
        summary="A press review of what a search finds, as a file; near-identical articles are shown once.",
        handle=reading(review_file),
        parameters=filters.without(["collapse", "half_life"]).replacing(
            count("limit", "How many articles at most.", limits.page, articles),
            text("title", "The title; made of the query where none is given.", limits.characters),
            choice("group", "What the parts are made by.", get_args(Group), "section"),
            choice("language", "The language of the review's own words.", get_args(Language), "fr"),
            flag("full", "Show whole articles, not the passage that answers best."),
            choice("format", "The format of the file.", tuple(REVIEW_TYPES), "html"),
        ),
        media_types=tuple(REVIEW_TYPES.values()),
    )


def _feeds(filters: Parameters, limits: Limits) -> list[Operation]:
    entries = count("limit", "How many entries.", limits.page, min(_DEFAULT_FEED_ENTRIES, limits.page))
    newest_first = filters.replacing(entries, choice("sort", "The order of the entries.", SORTS, "newest"))
    return [
        Operation(
            path="/api/search.rss",
            name="searchAsRss",
            summary="What a search finds, the newest first, as an RSS 2.0 feed.",
            handle=reading(rss_feed),
            parameters=newest_first,
            media_types=(RSS_TYPE,),
        ),
        Operation(
            path="/api/search.atom",
            name="searchAsAtom",
            summary="What a search finds, the newest first, as an Atom feed.",
            handle=reading(atom_feed),
            parameters=newest_first,
            media_types=(ATOM_TYPE,),
        ),
    ]


def _listings(limits: Limits) -> list[Operation]:
    prefix = text("prefix", "What has been typed so far.", limits.characters, required=True)
    suggestions = count(
        "limit",
        "How many suggestions at most.",
        min(_MAX_SUGGESTIONS, limits.page),
        min(_DEFAULT_SUGGESTIONS, limits.page),
    )
    query_only = ("q", "sort", "operator", "facets", "timeline", "explain", "half_life")
    return [
        Operation(
            path="/api/suggest",
            name="suggest",
            summary="What a reader who types may want to ask.",
            handle=reading(answers.suggest),
            parameters=Parameters([prefix, suggestions]),
            schema="Suggestions",
        ),
        Operation(
            path="/api/similar",
            name="similar",
            summary="Articles like one.",
            handle=reading(answers.similar),
            parameters=search_parameters(limits).without(query_only).replacing(_article_id(limits)),
            schema="Similar",
            problems=COMMON_PROBLEMS | {404},
        ),
        *_article(limits),
    ]


def _status() -> list[Operation]:
    return [
        Operation(
            path="/api/stats",
            name="stats",
            summary="What the index holds.",
            handle=reading(answers.stats),
            schema="Stats",
        ),
        Operation(
            path="/api/health",
            name="health",
            summary="Whether the index can be read.",
            handle=reading(answers.health, while_busy=True),
            schema="Health",
        ),
    ]


def _article(limits: Limits) -> list[Operation]:
    article = Operation(
        path="/api/articles",
        name="article",
        summary="One whole article, and the ids of those with the same text.",
        handle=reading(answers.article),
        parameters=Parameters([_article_id(limits)]),
        schema="Article",
        problems=COMMON_PROBLEMS | {404},
    )
    return [article, _by_path(article, limits)]


def _changes(limits: Limits) -> list[Operation]:
    delete = Operation(
        method="DELETE",
        path="/api/articles",
        name="deleteArticle",
        summary="Delete an article.",
        parameters=Parameters([_article_id(limits)]),
        handle=article_changes.delete,
        schema="Deleted",
        problems=COMMON_PROBLEMS | {401, 404},
    )
    return [
        Operation(
            method="POST",
            path="/api/articles",
            name="addArticles",
            summary="Add or update articles, in one commit; those that cannot be taken are reported.",
            handle=article_changes.add,
            schema="Added",
            problems=COMMON_PROBLEMS | {401, 408, 413, 415, 422},
            body="Records",
        ),
        delete,
        _by_path(delete, limits),
    ]


def reading(answer: Answer, *, while_busy: bool = False) -> Handler:
    """Makes the handler of an answer that only reads the index; see :meth:`Service.respond`."""

    async def handle(request: Request, arguments: Arguments) -> Response:
        return await service_of(request).respond(
            request, lambda searcher: answer(searcher, arguments, request), while_busy=while_busy
        )

    return handle


def _article_id(limits: Limits, location: Location = "query") -> Parameter:
    return text("id", "The article's id.", limits.characters, "article_id", location=location, required=True)


def _by_path(operation: Operation, limits: Limits) -> Operation:
    """Makes the same operation with the id in the path; an id may have slashes there."""
    return replace(
        operation,
        path=operation.path + "/{id}",
        name=operation.name + "ByPath",
        parameters=Parameters([_article_id(limits, "path")]),
    )
