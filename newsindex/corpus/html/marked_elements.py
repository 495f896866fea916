"""Finds the elements that a page marks as its headline, its author's name and its date of publication.

Each function evaluates a path of one step and looks at few elements more closely. libxml2 evaluates unions,
and paths with several steps to descendants, in quadratic time.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

import lxml.html

_MAX_AUTHORS: Final = 20  # elements that are searched for a name

_MAX_HEADLINES: Final = 3


def marked_author(tree: lxml.html.HtmlElement) -> list[str]:
    """The first text in what a page marks as the name of its author; empty without one."""
    for element in tree.xpath('//*[@itemprop="author" or (self::a and @rel="author")]')[:_MAX_AUTHORS]:
        names = [element] if element.get("rel") == "author" else element.iterfind('.//*[@itemprop="name"]')
        for name in names:
            if texts := name.xpath(".//text()"):
                return [str(texts[0])]
    return []


def marked_headlines(tree: lxml.html.HtmlElement) -> list[str]:
    """The texts of the elements that a page marks as its headline."""
    marked = (element for element in tree.iter() if element.get("itemprop") == "headline")
    return [element.get("content") or element.text_content() for element in islice(marked, _MAX_HEADLINES)]


def marked_dates(tree: lxml.html.HtmlElement) -> list[str]:
    """The dates of the elements that a page marks as its date of publication."""
    dates = []
    marks = '//*[@itemprop="datePublished" or (@datetime and contains(@class, "published"))]'
    for element in tree.xpath(marks):
        is_property = element.get("itemprop") == "datePublished"
        dates += [element.get("content") if is_property else None, element.get("datetime")]
    return [date for date in dates if date is not None]


def first_time(tree: lxml.html.HtmlElement) -> list[str]:
    """The date of the first element of time in an article, else on the page; empty without one."""
    times = tree.xpath("//time[@datetime]")
    inside = (time for time in times if next(time.iterancestors("article"), None) is not None)
    first = next(inside, times[0] if times else None)
    return [] if first is None else [first.get("datetime")]
