"""Reads a press aggregator's page that was saved as text.

The page gives its own article first, and then each other headline of its ticker as an article without a
body. Pages concatenated in one file are each read. The layout of a page is in aggregator_layout.py.
"""

from __future__ import annotations

from newsindex.article import Article
from newsindex.corpus.fields.publication import publication_date
from newsindex.corpus.formats.detection import FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.plain_text import whole_text
from newsindex.errors import CorpusError

from .aggregator_layout import PageParts, has_page_signs, split_pages
from .aggregator_lines import comparable, page_lines


def is_aggregator_page(head: FileHead) -> bool:
    """Whether a text has the signs of an aggregator's page."""
    return has_page_signs(page_lines(head.text))


def read_aggregator_page(content: FormatInput) -> FormatItems:
    """Each page's own article, then the other headlines; a wrong date is an error beside its article."""
    text, damage = whole_text(content)
    pages = list(split_pages(page_lines(text)))
    seen = {comparable(page.headline) for page in pages}
    for page in pages:
        yield from aggregator_articles(page, seen, source=content.source)
    if damage:
        yield damage


def aggregator_articles(
    page: PageParts,
    seen: set[str],
    *,
    source: str | None,
    url: str | None = None,
    lang: str | None = None,
) -> FormatItems:
    """The articles of a page's parts; headlines in ``seen``, as they are compared, are passed over.

    ``source``, ``url`` and ``lang`` are of the page's own article; a source that its text states goes first.
    """
    if page.headline or not page.ticker:
        published, wrong_date = publication_date(page.published.get("date"))
        try:
            yield Article(
                page.headline,
                "\n\n".join(page.paragraphs),
                source=page.published.get("source") or source,
                published=published,
                author=page.published.get("author"),
                url=url,
                lang=lang,
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
