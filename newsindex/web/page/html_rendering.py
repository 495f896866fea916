"""How does what was found become HTML?

Jinja escapes everything that comes from articles and readers; only a snippet brings HTML of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from newsindex._version import __version__
from newsindex.results import Snippet

from .page_address import Address
from .page_language import PARAMETER, spoken

_LINE: Final = re.compile(r"[^\r\n]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")
_REMEMBERED: Final = 365 * 24 * 3600  # seconds that a choice of language holds


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page, in the reader's language."""
    language, address = spoken(request), Address.of(request.query_params)
    root = quote(request.scope.get("root_path", "").rstrip("/"))
    frame = {
        "address": address,
        "article_link": lambda article: f"{root}/article{address.part(id=article.id)}",
        "language": language,
        "link": lambda address: f"{root}/{address.part()}",
        "root": root,
        "say": language.say,
        "switch": _in(language.other, request),
        "version": __version__,
    }
    page = _environment().get_template(template).render(frame | context)
    headers = {
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language, Cookie",
        "Content-Language": language.code,
    }
    response = HTMLResponse(page, status, headers)
    if request.query_params.get(PARAMETER) == language.code:
        response.set_cookie(
            PARAMETER,
            language.code,
            _REMEMBERED,
            path=root or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return response


def _in(code: str, request: Request) -> str:
    """The address of this page in another language."""
    values = [(name, value) for name, value in request.query_params.multi_items() if name != PARAMETER]
    path = quote(request.scope["path"].lstrip("/"))  # two slashes would lead to another host
    return f"/{path}?{urlencode([*values, (PARAMETER, code)])}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newsindex.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "language": language_code,
        "marked": marked,
        "paragraphs": paragraphs,
        "web_address": web_address,
    }
    return environment


def marked(snippet: Snippet) -> Markup:
    """A snippet as HTML; it escapes its text itself."""
    return Markup(snippet.html)


def paragraphs(snippet: Snippet) -> Iterator[Snippet]:
    """Each line of a text that is not blank, with its marks; a mark over a line's end is cut in two."""
    spans, first = snippet.spans, 0
    for line in _LINE.finditer(snippet.text):
        start, end = line.span()
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        inside = []
        for i in range(first, len(spans)):
            low, high = spans[i]
            if low >= end:
                break
            inside.append((max(low, start) - start, min(high, end) - start))
        if not line[0].isspace():
            yield Snippet(line[0], tuple(inside))


def web_address(url: str | None) -> str | None:
    """A url that may become a link: of the web, and not one that would run a script."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def language_code(lang: str | None) -> str:
    """The language of an article for a screen reader: French where it says nothing that is one."""
    return lang if lang and _LANGUAGE.fullmatch(lang) else "fr"
