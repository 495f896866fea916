"""Chooses the headline of a web page: what its data, headings and title agree on, without the site's name."""

from __future__ import annotations

import re
from typing import Final

import lxml.html

from .boilerplate import fold
from .structured_data import PageData

_SEPARATOR: Final = re.compile(r"\s+[|–—•·:-]+\s+|\s*[|•]\s*")
_CUT_MARKS: Final = ("…", "...")


def page_headline(tree: lxml.html.HtmlElement, data: PageData) -> str:
    """The headline of a page without the name of the site after it; empty where there is none.

    A headline that is cut short is completed from another that begins as it does.
    """
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    titles = [" ".join(element.text_content().split()) for element in tree.xpath("//head/title")]
    candidates = [*filter(None, [*data.titles(), *(titles if data.titles() else [*headings[:1], *titles])])]
    if not candidates:
        return next(iter(headings), "")
    headline = candidates[0]
    if headline.endswith(_CUT_MARKS):
        headline = next(
            (longer for longer in candidates + headings if _continues(headline, longer)), headline
        )
    own = next((title for title in headings if _is_before_separator(title, headline)), None)
    return own or _without_site(headline, data.site)


def _continues(cut: str, title: str) -> bool:
    return len(title) > len(cut) and fold(title).startswith(fold(cut.rstrip("…. ")))


def _is_before_separator(title: str, headline: str) -> bool:
    """Whether a heading is the part of a headline before a separator, as in "Heading | Site"."""
    parts = _SEPARATOR.finditer(headline)
    return bool(title) and any(fold(headline[: part.start()]) == fold(title) for part in parts)


def _without_site(headline: str, site: str) -> str:
    for part in _SEPARATOR.finditer(headline):
        if site and part.start() and fold(headline[part.end() :]) == fold(site):
            return headline[: part.start()]
    return headline
