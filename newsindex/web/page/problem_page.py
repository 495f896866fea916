"""The page of a request that failed: what happened, in the language of the reader, and the ways on."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.web.problems import Problem, logged_problem, problem_response

from .html_rendering import own_path, render
from .wording.page_language import choose_language
from .wording.problem_texts import problem_language, problem_text

_STALE: Final = ("cursor_expired", "no_cursor", "other_cursor", "version_gone")
_SLOW: Final = ("busy", "locked", "too_slow")
_NO_SEARCH: Final = ("broke_off", "no_host", "other_host")  # what is wrong is not in the search


async def answer_problem(request: Request, error: Exception) -> Response:
    """Answers a request that failed with a page where a reader asked for one, else as programs read it."""
    path = _path_in_application(request)
    is_reader = "text/html" in request.headers.get("accept", "")
    if is_reader and not path.startswith(("/api/", "/static/")):
        return problem_page(request, error)
    return await problem_response(request, error)


def _path_in_application(request: Request) -> str:
    """Returns the path of a request without the one under which the application is mounted."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "").rstrip("/"))


def problem_page(request: Request, error: Exception) -> Response:
    """Shows what went wrong as a page."""
    problem, language = logged_problem(request, error), choose_language(request)
    response = render(
        request,
        "problem.html",
        problem.status,
        title=_title(problem, request.method),
        detail=problem_text(problem, language),
        detail_language=problem_language(problem, language),
        again=_same_address(request) if problem.status >= 500 and request.method == "GET" else None,
        about_alerts=_path_in_application(request) == "/alerts",
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(problem.headers)
    return response


def _same_address(request: Request) -> str:
    query = request.scope["query_string"].decode("latin-1")
    path = own_path(request)
    return f"{path}?{query}" if query else path


def _title(problem: Problem, method: str) -> str:
    """The key of the title of the page; a form, which is sent by POST, is no search that can be corrected."""
    if problem.kind in _STALE:
        return "stale_page"
    if problem.kind in _SLOW:
        return "too_slow"
    match problem.status:
        case 400 if method != "POST" and problem.kind not in _NO_SEARCH:
            return "bad_query"
        case 404:
            return "no_article" if problem.kind == "unknown_id" else "no_page"
        case status if status >= 500:
            return "trouble"
    return "refused"
