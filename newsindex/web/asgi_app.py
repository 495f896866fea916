"""The page and the JSON API of an index as one ASGI application."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from newsindex.arguments import shown
from newsindex.errors import NewsIndexError, QueryError
from newsindex.index import Index

from .api.api_routes import api_routes
from .guard import Guard
from .limits import Limits
from .page.page_routes import page_routes
from .page.problem_page import answer_problem
from .problems import Problem
from .service import Service

_DEFAULT_LIMITS: Final = Limits()


def create_app(
    index: Index,
    *,
    token: str | None = None,
    hosts: Collection[str] | None = None,
    limits: Limits = _DEFAULT_LIMITS,
) -> Starlette:
    """Makes an ASGI application that shows an index; it may be mounted under any path of another one.

    It refreshes the index, so that the commits of other processes are seen; closing the index is left to the
    caller.

    Args:
        index: The index, open.
        token: A secret that requests must send to add and delete articles and to change alerts. Without a
            token nobody can.
        hosts: The names, without port, that a request may be addressed to; None allows any.
        limits: What one request may ask for.

    Raises:
        QueryError: The token is empty.
        TypeError: ``index`` is not an Index.
    """
    if not isinstance(index, Index):
        raise TypeError(f"create_app needs an index, as newsindex.open gives it, not {shown(index)}")
    if token is not None and not (isinstance(token, str) and token.strip()):
        raise QueryError("the token is empty: give one that cannot be guessed, or none")
    app = Starlette(
        routes=[*api_routes(limits, with_changes=token is not None), *page_routes()],
        middleware=[Middleware(Guard, answer_problem, limits.address, hosts)],
        exception_handlers=dict.fromkeys((Problem, HTTPException, NewsIndexError), answer_problem),
    )
    app.state.service = Service(index, limits, token and token.strip())
    return app
