"""Reads a news sitemap: the headline, date, newspaper and address of each article (extra: html)."""

from __future__ import annotations

from dataclasses import replace

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .xml_elements import Element, first_line, lang_code
from .xml_stream import read_elements


def read(content: FormatInput) -> FormatItems:
    """An article without a body for each address with news data; other addresses are counted.

    Raises CorpusError for a sitemap of addresses alone.
    """
    content = replace(content, fields=None)
    articles = number = 0
    damage = None
    for element in read_elements(content.stream, {"url"}):
        if isinstance(element, CorpusError):
            damage = element
            continue
        number += 1
        if not first_line(element, "news/title"):
            continue
        articles += 1
        yield from content.items(_record(element), place=f"url {number}")
    if not articles and not damage:
        raise CorpusError(
            "this is a sitemap, a list of addresses without news: newsindex reads articles and fetches "
            "nothing; save the pages and give it their files"
        )
    if number > articles:
        content.pass_over("address without news", number - articles)
    if damage:
        yield damage


def _record(url: Element) -> dict[str, object]:
    return {
        "headline": first_line(url, "news/title"),
        "source": first_line(url, "news/publication/name"),
        "lang": lang_code(first_line(url, "news/publication/language")),
        "published": first_line(url, "news/publication_date", "lastmod"),
        "url": first_line(url, "loc"),
    }
