"""Writes a press review in Markdown (CommonMark): marks are bold, and all else is shown as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from newsindex.article import Article
from newsindex.display.paragraphs import paragraphs
from newsindex.display.web_links import web_address
from newsindex.results import Snippet

from .count_tables import CountTable, count_tables
from .entry_lines import byline, copy_name, summary
from .review_content import ReviewContent, ReviewEntry
from .review_wording import ReviewWording

_SIGN: Final = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")
_BLOCK_START: Final = re.compile(r"(?<![^\s])(?:[-+=]|\d{1,9}(?=[.)]))", re.ASCII)
"""What would begin a list, a rule or a heading at the start of a line."""
_SAFE_IN_ADDRESS: Final = ":/?#@!$&'*+,;=%-._~"


def markdown_document(review: ReviewContent) -> str:
    """The Markdown of a review."""
    return "\n\n".join(_blocks(review, ReviewWording(review.language))) + "\n"


def _blocks(review: ReviewContent, wording: ReviewWording) -> Iterator[str]:
    yield f"# {_escaped(review.title)}"
    about = (
        wording.write("made", day=wording.moment(review.made, review.zone)),
        review.period,
        summary(review, wording),
    )
    yield _escaped(" · ".join(part for part in about if part))
    if review.query:
        yield _escaped(wording.write("search", query=review.query))
    if not review.total:
        yield _escaped(wording.write("nothing"))
    if review.sections:
        yield f"## {_escaped(wording.write('contents'))}"
        yield "\n".join(_contents(review, wording))
    for table in count_tables(review, wording):
        yield f"## {_escaped(table.title)}"
        yield "\n".join(_table(table, wording))
    for section in review.sections:
        yield f"## {_escaped(section.title)}"
        for entry in section.entries:
            yield from _entry(entry, review, wording)
    yield "---"
    yield _escaped(wording.write("rights"))


def _contents(review: ReviewContent, wording: ReviewWording) -> Iterator[str]:
    for section in review.sections:
        yield f"- {_escaped(section.title)} ({wording.number(len(section.entries))})"
        for entry in section.entries:
            yield f"  - {_escaped(entry.headline.text) or wording.write('untitled')}"


def _table(table: CountTable, wording: ReviewWording) -> Iterator[str]:
    yield f"| {_escaped(table.label)} | {_escaped(wording.write('articles'))} |"
    yield "| --- | ---: |"
    for name, count in table.rows:
        yield f"| {_escaped(name)} | {wording.number(count)} |"


def _entry(entry: ReviewEntry, review: ReviewContent, wording: ReviewWording) -> Iterator[str]:
    headline = _marked(entry.headline) or wording.write("untitled")
    yield f"### {_linked(entry.article, headline)}"
    yield f"*{_escaped(byline(entry.article, review, wording))}*"
    for paragraph in paragraphs(entry.text):
        if text := _marked(paragraph):
            yield text
    if entry.copies:
        copies = ", ".join(_linked(copy, _escaped(copy_name(copy, wording))) for copy in entry.copies)
        yield f"{_escaped(wording.write('copies'))} : {copies}"


def _linked(article: Article, content: str) -> str:
    url = web_address(article.url)
    return content if url is None else f"[{content}](<{quote(url, safe=_SAFE_IN_ADDRESS)}>)"


def _marked(snippet: Snippet) -> str:
    """A text in one line, its marks in bold; a mark is of letters, so that its stars count as such."""
    parts, previous_end = [], 0
    for start, end in snippet.spans:
        parts += [snippet.text[previous_end:start], snippet.text[start:end]]
        previous_end = end
    parts.append(snippet.text[previous_end:])
    escaped = [_SIGN.sub(r"\\\g<0>", part) for part in parts]
    escaped[1::2] = [f"**{part.strip()}**" if part.strip() else part for part in escaped[1::2]]
    return _one_line("".join(escaped))


def _escaped(text: str) -> str:
    """A text in one line, without any sign that Markdown would read."""
    return _one_line(_SIGN.sub(r"\\\g<0>", text))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    start = _BLOCK_START.match(line)
    if start is None:
        return line
    sign = start[0]
    return f"\\{line}" if sign in "-+=" else f"{sign}\\{line[len(sign) :]}"
