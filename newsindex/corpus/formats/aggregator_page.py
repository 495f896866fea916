"""Reads a press aggregator's page that was saved as text.

The page gives its own article first, and then each other headline of its ticker as an article without a
body. Pages concatenated in one file are each read. The layout of a page is in aggregator_layout.py.
"""

from __future__ import annotations

from newsindex.article import Article
from newsindex.corpus.fields.publication import publication_date
from newsindex.errors import CorpusError

from .aggregator_layout import PageParts, comparable, has_page_signs, page_lines, split_pages
from .detection import FileHead
from .format_input import FormatInput, FormatItems
from .plain_text import whole_text


def is_aggregator_page(head: FileHead) -> bool:
    """Whether a text has the signs of an aggregator's page."""
    return has_page_signs(page_lines(head.text))


def read_aggregator_page(content: FormatInput) -> FormatItems:
    """Each page's own article, then the other headlines; a wrong date is an error beside its article."""
    text, damage = whole_text(content)
    seen: set[str] = set()  # headlines, as they are compared
    for page in split_pages(page_lines(text)):
        yield from _articles(page, content.source, seen)
    if damage:
        yield damage


def _articles(page: PageParts, source: str | None, seen: set[str]) -> FormatItems:
    if page.headline or not page.ticker:
        published, wrong_date = publication_date(page.published.get("date"))
        seen.add(comparable(page.headline))
        try:
            yield Article(
                page.headline,
                "\n\n".join(page.paragraphs),
                source=page.published.get("source") or source,
                published=published,
                author=page.published.get("author"),
            )
        except CorpusError as refused:
            yield refused
        else:
            if wrong_date:
                yield wrong_date
    for headline in page.ticker:
        if comparable(headline) not in seen:
            seen.add(comparable(headline))
            yield Article(headline)
