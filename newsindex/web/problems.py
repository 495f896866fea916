"""Errors as a client reads them: problem details of RFC 9457.

A problem says what happened and what to do. It never names a place in the program or on the disk.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from newsindex.errors import (
    AccessDenied,
    AlertNotFound,
    ClusterUnavailable,
    DeadlineExceeded,
    ExtraNotInstalled,
    IndexLocked,
    IndexNotFound,
    NewsIndexError,
    QueryError,
)

_logger: Final = logging.getLogger(__name__)


class Problem(Exception):
    """An answer that is an error: its HTTP status, what happened, and further members of its JSON.

    ``kind`` names what happened and ``values`` are the names and numbers in the detail, so that the page can
    say the same in another language. A problem that only the API answers with has no kind.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        *,
        kind: str = "",
        values: Sequence[object] = (),
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.kind = kind
        self.values = values
        self.members = members

    @property
    def title(self) -> str:
        """The name of the status."""
        return HTTPStatus(self.status).phrase


class ProblemResponse(Response):
    """A problem as application/problem+json."""

    media_type = "application/problem+json"

    def __init__(self, problem: Problem) -> None:
        body = {
            "type": "about:blank",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            **problem.members,
        }
        super().__init__(
            json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
            problem.status,
            {"Cache-Control": "no-store", **problem.headers},
        )


def unknown_id(article_id: str) -> Problem:
    """Makes the problem that no article has an id."""
    return Problem(404, f"no article has the id {article_id!r:.200}", kind="unknown_id", values=(article_id,))


def _to_problem(error: Exception) -> Problem:
    """Converts an error to the problem that a client reads."""
    match error:
        case Problem():
            return error
        case QueryError():
            return Problem(400, str(error), kind=error.kind, values=error.values)
        case AlertNotFound():
            return Problem(404, "no alert has this name: see the list of alerts", kind="no_alert")
        case IndexLocked():
            return Problem(
                503, "another writer holds the index: try again", {"Retry-After": "1"}, kind="locked"
            )
        case DeadlineExceeded():
            detail = "this took longer than it may: ask for less"
            return Problem(503, detail, {"Retry-After": "5"}, kind="too_slow")
        case ClusterUnavailable():
            detail = "the cluster that keeps the index does not answer now: try again"
            return Problem(503, detail, {"Retry-After": "5"}, kind="cluster_away")
        case AccessDenied():  # the user is that of the server, and not of the client
            detail = "the server lacks the right to do that on the cluster: the server's log says more"
            return Problem(500, detail, kind="access_denied")
        case IndexNotFound():
            detail = "the index is not where it was: the server's log says more"
            return Problem(500, detail, kind="index_away")
        case ExtraNotInstalled():
            detail = "the server lacks a library that this needs: its log says which"
            return Problem(500, detail, kind="library_missing")
        case NewsIndexError():  # its message may name folders
            return Problem(
                500, "the index cannot be read: the server's log says more", kind="index_unreadable"
            )
        case ClientDisconnect():
            return Problem(400, "the request broke off", kind="broke_off")
        case HTTPException(status_code=405):
            allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
            detail = f"this address only takes {allowed}"
            return Problem(405, detail, error.headers, kind="other_method", values=(allowed,))
        case HTTPException(status_code=404):
            return Problem(404, "there is nothing at this address", kind="no_page")
        case HTTPException():
            phrase = HTTPStatus(error.status_code).phrase
            return Problem(error.status_code, phrase, error.headers, kind="other", values=(phrase,))
    return Problem(500, "this is a fault of newsindex: the server's log says more", kind="fault")


def logged_problem(request: Request, error: Exception) -> Problem:
    """Converts the error of a request to a problem, and logs a fault that is not the client's in full."""
    problem = _to_problem(error)
    if problem.status >= 500 and not isinstance(error, Problem):
        _logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem


async def problem_response(request: Request, error: Exception) -> Response:
    """Answers a request that failed."""
    return ProblemResponse(logged_problem(request, error))
