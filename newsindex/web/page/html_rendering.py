"""HTML from templates, in the language of the reader.

Jinja escapes everything that comes from articles and readers; only a snippet brings HTML of its own.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from newsindex._version import __version__
from newsindex.article import Article
from newsindex.display.language_codes import language_code
from newsindex.display.paragraphs import paragraphs
from newsindex.display.web_links import web_address
from newsindex.results import Snippet

from .help_panel import EXAMPLES, KEYS
from .page_address import PageAddress
from .wording.note_texts import note_language, note_text
from .wording.page_language import LANGUAGE_PARAMETER, choose_language

PAGE_HEADERS: Final = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language, Cookie"}
"""The headers of every page: its language depends on the browser, and on a cookie."""

_MAX_HEADLINE_CHARACTERS: Final = 1_000  # of an article in a list
_MAX_ALERT_NAME: Final = 60  # characters of a name that is proposed
_COOKIE_SECONDS: Final = 365 * 24 * 3600  # for which a choice of language is kept


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Renders a template in the reader's language; an address that names one keeps it in a cookie."""
    language, address = choose_language(request), PageAddress.from_query(request.query_params)
    root = quote(request.scope.get("root_path", "").rstrip("/"))
    common = {
        "address": address,
        "article_link": lambda article: f"{root}/article{address.query_string(id=article.id)}",
        "language": language,
        "keys": KEYS,
        "link": lambda address: f"{root}/{address.query_string()}",
        "query_examples": EXAMPLES,
        "root": root,
        "translate": language.translate,
        "switch": _address_in(language.other, request),
        "version": __version__,
    }
    page = _environment().get_template(template).render(common | context)
    headers = {**PAGE_HEADERS, "Content-Language": language.code}
    response = HTMLResponse(page, status, headers)
    if request.query_params.get(LANGUAGE_PARAMETER) == language.code:
        response.set_cookie(
            LANGUAGE_PARAMETER,
            language.code,
            _COOKIE_SECONDS,
            path=root or "/",
            secure=request.scope["scheme"] == "https",
            httponly=True,
            samesite="lax",
        )
    return response


def own_path(request: Request) -> str:
    """Writes the path of a request as an address of this host; two slashes would lead to another one."""
    return quote("/" + request.scope["path"].lstrip("/"))


def _address_in(code: str, request: Request) -> str:
    """Writes the address of this page in another language."""
    values = [
        (name, value) for name, value in request.query_params.multi_items() if name != LANGUAGE_PARAMETER
    ]
    return f"{own_path(request)}?{urlencode([*values, (LANGUAGE_PARAMETER, code)])}"


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
        "alert_name": alert_name,
        "language": language_code,
        "headline": headline,
        "marked": marked,
        "note_language": note_language,
        "note_text": note_text,
        "paragraphs": paragraphs,
        "shorten": shorten,
        "web_address": web_address,
    }
    return environment


def alert_name(query: str) -> str:
    """Returns a name for the alert of a query, which the reader may change: its words without slashes."""
    return " ".join(query.replace("/", " ").split())[:_MAX_ALERT_NAME].strip()


def marked(snippet: Snippet) -> Markup:
    """Returns the HTML of a snippet, which escapes its text itself."""
    return Markup(snippet.html)


def shorten(text: Snippet, max_characters: int = _MAX_HEADLINE_CHARACTERS) -> Snippet:
    """Cuts a text after its first ``max_characters`` characters."""
    if len(text.text) <= max_characters:
        return text
    spans = [(start, min(end, max_characters)) for start, end in text.spans if start < max_characters]
    return Snippet(f"{text.text[:max_characters]}…", tuple(spans))


def headline(article: Article) -> str:
    """Returns the headline of an article, shortened for a list."""
    return shorten(Snippet(article.headline)).text
