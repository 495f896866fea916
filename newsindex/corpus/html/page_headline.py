"""Chooses the headline of a web page: what its data, headings and title agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

import lxml.html

from .boilerplate import fold
from .structured_data import PageData

_SEPARATOR: Final = re.compile(r"\s+[|–—•·:-]+\s+|\s*[|•]\s*")
_CUT_MARKS: Final = ("…", "...")
_MAX_HEADINGS: Final = 20  # of a page that are looked at
_MAX_ELEMENT_CHARACTERS: Final = 100_000  # a longer heading is one that is not closed
_MAX_HEADLINE_CHARACTERS: Final = 1000  # in a longer headline the name of the site is not looked for


def page_headline(tree: lxml.html.HtmlElement, data: PageData) -> str:
    """The headline of a page without the name of the site after it; empty where there is none.

    A headline that is cut short is completed from another that begins as it does.
    """
    headings = _texts(islice(tree.iter("h1"), _MAX_HEADINGS))
    titles = _texts(tree.xpath("//head/title")[:_MAX_HEADINGS])
    candidates = [*filter(None, [*data.titles(), *(titles if data.titles() else [*headings[:1], *titles])])]
    if not candidates:
        return next(iter(headings), "")
    headline = candidates[0]
    if headline.endswith(_CUT_MARKS):
        headline = next(
            (longer for longer in candidates + headings if _continues(headline, longer)), headline
        )
    if len(headline) > _MAX_HEADLINE_CHARACTERS:
        return headline
    parts = _before_separators(headline)
    own = next((heading for heading in headings if heading and fold(heading) in parts), None)
    return own or _without_site(headline, data.site)


def _texts(elements: Iterable[lxml.html.HtmlElement]) -> list[str]:
    """The texts of elements, runs of white space made one space; one too long for a headline is empty."""
    texts = (element.text_content() for element in elements)
    return [" ".join(text.split()) if len(text) <= _MAX_ELEMENT_CHARACTERS else "" for text in texts]


def _continues(cut: str, title: str) -> bool:
    return len(title) > len(cut) and fold(title).startswith(fold(cut.rstrip("…. ")))


def _before_separators(headline: str) -> set[str]:
    """The parts of a headline before each separator, as in "Heading | Site", folded."""
    return {fold(headline[: separator.start()]) for separator in _SEPARATOR.finditer(headline)}


def _without_site(headline: str, site: str) -> str:
    for part in _SEPARATOR.finditer(headline):
        if site and part.start() and fold(headline[part.end() :]) == fold(site):
            return headline[: part.start()]
    return headline
