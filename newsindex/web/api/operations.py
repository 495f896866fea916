"""Which addresses has the API, with which parameters and answers?

This table makes the routes, and the OpenAPI document describes it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from newsindex.index import Index
from newsindex.web.limits import Limits
from newsindex.web.service import service_of

from . import (
    answers,
)
from . import (
    article_changes as changes,
)
from . import (
    csv_download as rows,
)
from . import (
    search_feed as feed,
)
from .parameters import SORTS, Parameter, Parameters, choice, count, search_parameters, text

Arguments = dict[str, Any]
Answer = Callable[[Index, Arguments, Request], Response]
_JSON: Final = "application/json"
_NONE: Final = Parameters()
_ALWAYS: Final = frozenset({400, 414, 500, 503})


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one address.

    ``result`` names the schema of its JSON, None for what is not JSON; ``problems`` are the statuses of the
    answers that are errors; ``takes`` names the schema of what it takes as a body.
    """

    path: str
    name: str
    summary: str
    handle: Callable[[Request, Arguments], Awaitable[Response]]
    parameters: Parameters = _NONE
    method: Literal["GET", "POST", "DELETE"] = "GET"
    result: str | None = None
    media_type: str = _JSON
    problems: frozenset[int] = _ALWAYS
    takes: str | None = None

    async def __call__(self, request: Request) -> Response:
        """Answer a request. Raises QueryError and Problem."""
        given = self.parameters.read(request.scope["query_string"], request.path_params)
        return await self.handle(request, self.parameters.defaults() | given)


def operations(limits: Limits, *, with_changes: bool) -> list[Operation]:
    """All that there are; those that change the index only where they are wanted."""
    return [*_searches(limits), *_listings(limits), *(_changes(limits) if with_changes else ())]


def _searches(limits: Limits) -> list[Operation]:
    page = search_parameters(limits)
    hits = page.but(("facets", "timeline", "after", "highlight", "explain"))
    entries = count("limit", "How many entries.", limits.page, min(50, limits.page))
    newest_first = hits.but((), entries, choice("sort", "The order of the entries.", SORTS, "newest"))
    return [
        Operation(
            path="/api/search",
            name="search",
            summary="Find articles.",
            handle=_asking(answers.search),
            parameters=page,
            result="Results",
        ),
        Operation(
            path="/api/search.csv",
            name="searchAsCsv",
            summary=f"What a search finds, {limits.rows:,} articles at most, as CSV in UTF-8 "
            "with a byte order mark. An apostrophe stands before a cell that begins with = + - @, tab or CR.",
            handle=_asking(rows.csv),
            parameters=hits.but((), count("limit", "How many rows at most.", limits.rows, limits.rows)),
            media_type=rows.MEDIA_TYPE,
        ),
        Operation(
            path="/api/search.rss",
            name="searchAsRss",
            summary="What a search finds, the newest first, as an RSS 2.0 feed.",
            handle=_asking(feed.rss),
            parameters=newest_first,
            media_type=feed.RSS,
        ),
        Operation(
            path="/api/search.atom",
            name="searchAsAtom",
            summary="What a search finds, the newest first, as an Atom feed.",
            handle=_asking(feed.atom),
            parameters=newest_first,
            media_type=feed.ATOM,
        ),
    ]


def _listings(limits: Limits) -> list[Operation]:
    typed = text("prefix", "What has been typed so far.", limits.characters, required=True)
    few = count("limit", "How many suggestions at most.", min(50, limits.page), min(8, limits.page))
    of_words = ("q", "sort", "operator", "facets", "timeline", "explain", "half_life")
    article = Operation(
        path="/api/articles",
        name="article",
        summary="One whole article, and the ids of those with the same text.",
        handle=_asking(answers.article),
        parameters=Parameters([_article_id(limits)]),
        result="Article",
        problems=_ALWAYS | {404},
    )
    return [
        Operation(
            path="/api/suggest",
            name="suggest",
            summary="What a reader who types may want to ask.",
            handle=_asking(answers.suggest),
            parameters=Parameters([typed, few]),
            result="Suggestions",
        ),
        Operation(
            path="/api/similar",
            name="similar",
            summary="Articles like one.",
            handle=_asking(answers.similar),
            parameters=search_parameters(limits).but(of_words, _article_id(limits)),
            result="Similar",
            problems=_ALWAYS | {404},
        ),
        article,
        _by_path(article, limits),
        Operation(
            path="/api/stats",
            name="stats",
            summary="What the index holds.",
            handle=_asking(answers.stats),
            result="Stats",
        ),
        Operation(
            path="/api/health",
            name="health",
            summary="Whether the index can be read.",
            handle=_asking(answers.health),
            result="Health",
        ),
    ]


def _changes(limits: Limits) -> list[Operation]:
    delete = Operation(
        method="DELETE",
        path="/api/articles",
        name="deleteArticle",
        summary="Delete an article.",
        parameters=Parameters([_article_id(limits)]),
        handle=changes.delete,
        result="Deleted",
        problems=_ALWAYS | {401, 404},
    )
    return [
        Operation(
            method="POST",
            path="/api/articles",
            name="addArticles",
            summary="Add or update articles, in one commit; those that cannot be taken are reported.",
            handle=changes.add,
            result="Added",
            problems=_ALWAYS | {401, 408, 413, 415, 422},
            takes="Records",
        ),
        delete,
        _by_path(delete, limits),
    ]


def _asking(answer: Answer) -> Callable[[Request, Arguments], Awaitable[Response]]:
    async def handle(request: Request, arguments: Arguments) -> Response:
        return await service_of(request).respond(request, lambda index: answer(index, arguments, request))

    return handle


def _article_id(limits: Limits, place: Literal["query", "path"] = "query") -> Parameter:
    return text("id", "The article's id.", limits.characters, "article_id", place=place, required=True)


def _by_path(operation: Operation, limits: Limits) -> Operation:
    """The same with the id in the path, which some find plainer; ids with slashes may stand there too."""
    return replace(
        operation,
        path=operation.path + "/{id}",
        name=operation.name + "ByPath",
        parameters=Parameters([_article_id(limits, "path")]),
    )
