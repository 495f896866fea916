"""Recognises the parts of a press aggregator's page in its HTML, as aggregator_layout.py does in its text.

The headlines of the ticker are items of a list, or stand in one line as they do in the text.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import Final, NamedTuple

import lxml.html

from newsindex.corpus.html.boilerplate import is_boilerplate
from newsindex.corpus.html.html_tree import BLOCK_ELEMENTS, INVISIBLE_ELEMENTS

from .aggregator_layout import PageParts, own_parts
from .aggregator_lines import (
    Line,
    are_like_headlines,
    author_name,
    comparable,
    has_aggregator_date,
    is_dated_in_source,
    is_like_headline,
    is_notice,
    source_link_end,
)
from .ticker_line import ticker_titles

_SIGN: Final = re.compile(
    r"(?:publiée?|parue?|postée?|diffusée?|mise? en ligne) (?:par [^.]{1,60}? )?"
    r"(?:(?:dans|sur) |le [^.]{1,50}?\d,? (?:par [^.]{1,60}? )?(?:dans|sur) )"
    r"|شرت? (?:في|بجريدة|على) |published in ",
    re.I,
)
_SKIPPED: Final = (
    *INVISIBLE_ELEMENTS,
    "noscript",
    "head",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "iframe",
)
_LISTS: Final = ("ul", "ol")
_OTHER_BLOCKS: Final = ("header", "main", "section", "tbody")
_MAX_NAME_CHARACTERS: Final = 200
_TICKER_NAME: Final = re.compile(
    r"ticker|breaking|flash|marquee|d[eé]fil|urgent|headlines|derni[eè]re|une?-?bar", re.I
)
_HEADINGS: Final = ("h1", "h2", "h3", "title")
_WHITE_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_WIDE_SPACE: Final = re.compile(r"(?<=\S)[ \t]{3,}(?=\S)")
_GAP: Final = "\u00a0" * 4  # between headlines, as in the text of a page
_MAX_LINES_OVER_DATE: Final = 4
_MAX_HEADINGS: Final = 50
_MAX_HEADING_CHARACTERS: Final = 1000
_MIN_TITLES: Final = 2  # of a list without a name


class _Block(NamedTuple):
    """A line of the page's text; the number of the list around it, 0 for none; whether that is a ticker."""

    text: str
    list_number: int = 0
    is_ticker: bool = False


def aggregator_parts(tree: lxml.html.HtmlElement) -> list[PageParts]:
    """The parts of each page in a file; empty for a page of any other site."""
    if not _SIGN.search(" ".join(tree.text_content().split())):
        return []
    texts = (heading.text_content() for heading in islice(tree.iter(*_HEADINGS), _MAX_HEADINGS))
    headings = {comparable(text) for text in texts if len(text) <= _MAX_HEADING_CHARACTERS}
    blocks = _BlockReader(tree).blocks
    pages = []
    owns = [
        (own, dated)
        for dated, block in enumerate(blocks)
        if is_dated_in_source(block.text) and (own := _headline_number(blocks, dated, headings)) is not None
    ]
    start = 0
    for number, (own, dated) in enumerate(owns, 1):
        following = owns[number][0] if number < len(owns) else len(blocks)
        end = next((n for n in range(dated, following) if source_link_end(blocks[n].text)), following)
        tail = blocks[end:] if number == len(owns) else []  # a ticker may stand under the last page
        if parts := _parts(blocks, start, own, dated, end, tail):
            pages.append(parts)
        start = end + (end < following)
    return pages


def _parts(
    blocks: list[_Block], start: int, own: int, dated: int, end: int, tail: list[_Block]
) -> PageParts | None:
    """The parts of the page between two lines; None where it has no sign of an aggregator's page."""
    headline = comparable(blocks[own].text)
    named = [block for block in (*blocks[own:end], *tail) if block.is_ticker]
    ticker = _ticker([*blocks[start:own], *named], headline)
    has_link = end < len(blocks) and source_link_end(blocks[end].text) > 0
    is_marked = has_link or any(is_notice(block.text) for block in blocks[start:end])
    if not (is_marked or headline in map(comparable, ticker) or has_aggregator_date(blocks[dated].text)):
        return None
    lines = [Line(b.text) for b in blocks[own:end] if not b.is_ticker and not _is_left_out(b.text)]
    return own_parts(lines, ticker)


def _is_left_out(text: str) -> bool:
    return is_notice(text) or (is_boilerplate(text) and not is_dated_in_source(text))


class _BlockReader:
    """Collects the lines of a page's text in their order."""

    def __init__(self, tree: lxml.html.HtmlElement) -> None:
        self.blocks: list[_Block] = []
        self._pieces: list[str] = []
        self._lists = 0
        self._is_preformatted = False
        self._read(tree, _Block(""))

    def _read(self, element: lxml.html.HtmlElement, around: _Block) -> None:
        """Collects the lines in an element; ``around`` says of which list they are."""
        if element.tag in _SKIPPED:
            return
        outside = around
        is_ticker = _is_named_ticker(element)
        if is_ticker or element.tag in _LISTS:
            self._lists += 1
            around = _Block("", self._lists, is_ticker or around.is_ticker)
        is_block = is_ticker or element.tag in BLOCK_ELEMENTS or element.tag in _OTHER_BLOCKS
        if is_block:
            self._end_block(outside)
        self._is_preformatted = element.tag == "pre"
        self._pieces.append(element.text or "")
        for child in element:
            self._read(child, around)
            gap = _GAP if child.tag in ("a", "span") and around.is_ticker else ""
            self._pieces.append(gap + (child.tail or ""))
        if is_block:
            self._end_block(around)
            self._is_preformatted = False

    def _end_block(self, around: _Block) -> None:
        text = _WIDE_SPACE.sub(_GAP, "".join(self._pieces))
        self._pieces.clear()
        for line in text.splitlines() if self._is_preformatted else [text]:
            if stripped := _WHITE_SPACE.sub(" ", line).strip(" \u00a0\u202f"):
                self.blocks.append(around._replace(text=stripped))


def _is_named_ticker(element: lxml.html.HtmlElement) -> bool:
    """Whether an element is named as a list of headlines that move."""
    if element.tag == "marquee":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"[:_MAX_NAME_CHARACTERS]
    return element.tag not in ("html", "body") and _TICKER_NAME.search(names) is not None


def _headline_number(blocks: list[_Block], dated: int, headings: set[str]) -> int | None:
    """The line over the date that is a heading or the title of the page, else the nearest that may be one."""
    over = [
        number
        for number in range(dated - 1, max(-1, dated - 1 - _MAX_LINES_OVER_DATE), -1)
        if is_like_headline(blocks[number].text) and not blocks[number].list_number
    ]
    texts = {number: comparable(blocks[number].text) for number in over}
    unsigned = [number for number in over if author_name(blocks[number].text) is None]
    stated = [
        number
        for number in over
        if texts[number] in headings
        or (are_like_headlines([texts[number]]) and any(texts[number] in heading for heading in headings))
    ]
    return next(iter([*stated, *unsigned]), None)


def _ticker(blocks: list[_Block], headline: str) -> list[str]:
    """The headlines of the lists and lines of a page that are tickers, each once."""
    titles: dict[str, str] = {}
    for number, group in groupby(blocks, key=lambda block: block.list_number):
        lines = list(group)
        is_list = lines[0].is_ticker or _is_list_of_headlines(lines, headline, is_marked=bool(number))
        for block in lines:
            parts = ticker_titles(block.text) or ([block.text] if is_list else [])
            titles.update(
                (comparable(title), title)
                for title in parts
                if is_like_headline(title) and not is_notice(title)
            )
    return list(titles.values())


def _is_list_of_headlines(lines: list[_Block], headline: str, *, is_marked: bool) -> bool:
    """Whether lines are headlines, and no menu; lines that no list marks have the page's own among them."""
    texts = [line.text for line in lines if not is_notice(line.text)]
    if headline in map(comparable, texts):
        return is_marked or are_like_headlines(texts)
    return is_marked and len(texts) >= _MIN_TITLES and are_like_headlines(texts)
