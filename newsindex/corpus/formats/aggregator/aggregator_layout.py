"""Splits a press aggregator's page that was saved as text into its parts.

A page has headlines on a line or a line each (the ticker); notices about a reported image; a headline and
perhaps the author's name over the line ``Publié dans SOURCE le DD - MM - YYYY``, perhaps with a standfirst
between them; paragraphs, a line each; a line that links to the source. Any of these may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from .aggregator_lines import (
    Line,
    are_like_headlines,
    author_name,
    comparable,
    has_aggregator_date,
    is_dated_in_source,
    is_like_headline,
    is_notice,
    published,
    source_link_end,
)
from .ticker_line import is_spaced_ticker, is_ticker, ticker_titles

_MAX_LINES_OVER_HEADLINE: Final = 3  # lines of the site that may stand over a headline
_MAX_LINES_OVER_DATE: Final = 3  # a headline, a standfirst and an author's name


class PageParts(NamedTuple):
    """The parts of a page; ``published`` has the source, author and date as written, where they stand."""

    ticker: list[str]  # headlines
    published: dict[str, str]
    headline: str
    paragraphs: list[str]


def has_page_signs(lines: Sequence[Line], start: int = 0) -> bool:
    """Whether lines from ``start`` begin with a ticker, or one stands only in an aggregator's page."""
    return start < len(lines) and (
        is_ticker(lines[start].text)
        or _is_only_ticker(lines, start)
        or any(_is_page_sign(lines[number].text) for number in range(start, len(lines)))
    )


def _is_page_sign(line: str) -> bool:
    return published(line) is not None or source_link_end(line) > 0 or is_notice(line)


def _is_only_ticker(lines: Sequence[Line], start: int) -> bool:
    """Whether a line alone is a ticker parted by ordinary spaces: a table would go on as it begins."""
    first, *following = (is_spaced_ticker(line.text) for line in lines[start : start + 3])
    return first and not any(following)


def split_pages(lines: list[Line]) -> Iterator[PageParts]:
    """The page that begins with the first line, and those that follow it.

    A page ends with the link to its source, or where the next begins. What follows the last link without
    the signs of a page is the site's own text, and is left out.
    """
    start = 0
    while start < len(lines):
        end = next((n for n in range(start, len(lines)) if source_link_end(lines[n].text)), len(lines))
        if start < end or not start:  # between two links there is no page
            yield from map(page_parts, _unlinked_pages(lines[start:end]))
        if end == len(lines):
            return
        if following := lines[end].text[source_link_end(lines[end].text) :]:
            lines[end] = Line(following, follows_blank=True)  # a concatenated file has its first line there
            start = end
        else:
            start = end + 1
        if not has_page_signs(lines, start):
            return
    if not lines:
        yield page_parts([])


def _unlinked_pages(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each page of several that follow one another without a link between them."""
    starts = [0]
    dated = [number for number, line in enumerate(lines) if is_dated_in_source(line.text)]
    listed = {comparable(line.text) for line in lines[: dated[0]]} if dated else set()
    for before, own in pairwise(dated):
        start = _page_start(lines, before + 1, own, listed)
        if start is not None:
            starts.append(start)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:end]


def _page_start(lines: list[Line], first: int, dated: int, listed: set[str]) -> int | None:
    """Where the page begins of which a line has the date, after the line ``first``; None for no new page.

    ``listed`` has the lines over the date of an earlier page: later pages repeat the headlines among them.
    """
    start = _headline_over_date(lines, first, dated)
    if start is None:
        return None
    listed = listed | {comparable(lines[start].text)}
    is_below_notice = False
    while start > first:
        line = lines[start - 1].text
        if is_notice(line):
            is_below_notice = True
        elif not (
            ticker_titles(line) or comparable(line) in listed or (is_below_notice and is_like_headline(line))
        ):
            break
        start -= 1
    return start


def _headline_over_date(lines: list[Line], first: int, dated: int) -> int | None:
    """The first of the lines that stand directly over a date and may be a headline; None without one."""
    start = dated
    while start > max(first, dated - _MAX_LINES_OVER_DATE):
        line = lines[start - 1].text
        if not is_like_headline(line) or is_notice(line) or is_ticker(line):
            break
        start -= 1
        if lines[start].follows_blank:
            break
    return start if start < dated else None


def page_parts(lines: list[Line]) -> PageParts:
    """The parts of one page."""
    ticker, text = _ticker(lines)
    return own_parts(text, ticker)


def own_parts(lines: list[Line], ticker: list[str]) -> PageParts:
    """The parts of a page by its lines after the ticker and without notices.

    The lines over its date are text too, apart from its headline and the name of its author.
    """
    text = list(lines)
    dated = next((number for number, line in enumerate(text) if published(line.text)), None)
    details = dict((published(text.pop(dated).text) if dated is not None else None) or {})
    own = _headline_number(text, dated or 0, ticker)
    is_under_headline = dated is not None and own < dated - 1 and not text[dated - 1].follows_blank
    name = author_name(text[dated - 1].text) if dated and is_under_headline else None
    if dated and name:
        details.setdefault("author", name)
        del text[dated - 1]
    headline = text.pop(own).text if text else ""
    return PageParts(ticker, details, headline, [line.text for line in text])


def _ticker(lines: list[Line]) -> tuple[list[str], list[Line]]:
    """The headlines of the ticker, and the lines after it without the notices."""
    notice = next((number for number, line in enumerate(lines) if is_notice(line.text)), 0)
    over_notice = [line.text for line in lines[:notice]]
    text = [line for line in lines if not is_notice(line.text)]
    ticker_lines = list(takewhile(bool, (ticker_titles(line.text) for line in text)))
    if ticker_lines:
        return [title for titles in ticker_lines for title in titles], text[len(ticker_lines) :]
    if not any(map(published, over_notice)) and are_like_headlines(over_notice):
        return over_notice, text[notice:]
    own = _listed_headline(text)
    return [line.text for line in text[:own]], text[own:]


def _listed_headline(text: list[Line]) -> int:
    """The number of a page's own headline under other headlines, a line each; 0 where it is the first."""
    dated = next((number for number, line in enumerate(text) if is_dated_in_source(line.text)), 0)
    own = _headline_over_date(text, 0, dated)
    if own is None or dated + 1 == len(text):
        return 0
    over = [line.text for line in text[:own]]
    is_own_listed = comparable(text[own].text) in map(comparable, over)
    is_listed = len(over) > 1 or is_own_listed or has_aggregator_date(text[dated].text)
    return own if is_listed and are_like_headlines(over) else 0


def _headline_number(text: list[Line], dated: int, ticker: list[str]) -> int:
    """The number of the headline of a page: the one that is in the ticker, else the first line."""
    known = set(map(comparable, ticker))
    over_date = text[: min(dated, _MAX_LINES_OVER_HEADLINE)]
    return next((number for number, line in enumerate(over_date) if comparable(line.text) in known), 0)
