"""The pages of the words that stand out: those of a search, and those that rise.

They are computed only where a reader asks for them, never with a page of results: they take many times as
long as the search itself. The panel beside the filters shows the list of the first page.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex import DistinctiveWord, DistinctiveWords
from newsindex.dates.minutes import EPOCH
from newsindex.dates.period_expressions import parse_period
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.search_parameters import DEFAULT_PERIOD, trends_parameters, words_parameters
from newsindex.web.service import service_of

from .filter_panel import filter_chips
from .html_rendering import render
from .page_address import PageAddress
from .wording.page_language import Language, choose_language

_OF_A_LIST: Final = ("sort", "collapse", "limit", "after")
_MAX_WORDS: Final = 20
_PERIODS: Final = ("2 jours", "7 jours", "30 jours", "3 mois", "1 an")
"""The periods that the page of trends offers, as a reader would type them."""


def words_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows the words that stand out in what a search finds. Raises QueryError."""
    if not len(searcher):
        return render(request, "empty.html", folder=service_of(request).index_title)
    address, language = _asked(request), choose_language(request)
    words = searcher.words(**_arguments(address, words_parameters(limits), limits))
    return _render(request, words, "words_of", address, address, language)


def trends_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows the words that rose most in a period, which the address names. Raises QueryError."""
    if not len(searcher):
        return render(request, "empty.html", folder=service_of(request).index_title)
    address, language = _asked(request), choose_language(request)
    since = address.get("since") or DEFAULT_PERIOD
    words = searcher.trends(**_arguments(address, trends_parameters(limits), limits))
    first_day = EPOCH + timedelta(minutes=parse_period(since, searcher.zone).start)
    narrowed = address.changed(since=first_day.date().isoformat())
    periods = [(period, address.changed(since=period)) for period in _PERIODS]
    is_offered = since in _PERIODS and not address.get("until")
    named = language.translate(since) if is_offered else language.date_range(since, address.get("until"))
    return _render(
        request, words, "trends", address, narrowed, language, periods=periods, since=since, named=named
    )


def _asked(request: Request) -> PageAddress:
    return PageAddress.from_query(request.query_params).without(*_OF_A_LIST)


def _arguments(address: PageAddress, parameters: Any, limits: Limits) -> dict[str, Any]:
    given = parameters.read(address.query_string()[1:].encode())
    return {**parameters.defaults(), **given, "limit": min(_MAX_WORDS, limits.page)}


def _render(
    request: Request,
    words: DistinctiveWords,
    title: str,
    address: PageAddress,
    searched: PageAddress,
    language: Language,
    **context: Any,
) -> Response:
    """Shows words, each with the address of the articles of the search that have it."""

    def narrowed(word: DistinctiveWord) -> PageAddress:
        return searched.narrowed(word.query, language.translate("and"))

    return render(
        request,
        "words.html",
        **{"periods": [], "since": "", "named": "", **context},
        address=address,
        chips=filter_chips(address, language),
        listed=[(word, narrowed(word)) for word in words],
        searched=searched,
        title=title,
        words=words,
    )
