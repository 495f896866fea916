"""Chooses the headline of a web page: what its data, headings and title agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

import lxml.html

from .boilerplate import fold
from .site_names import SEPARATOR, SiteNames, is_logo, last_part, name_in_title, split_title
from .structured_data import PageData

_CUT_MARKS: Final = ("…", "...")
_MAX_HEADINGS: Final = 20  # of a page that are looked at
_MAX_ELEMENT_CHARACTERS: Final = 100_000  # a longer heading is one that is not closed
_MAX_CHARACTERS: Final = 1000  # in a longer headline the name of the site is not looked for
_TITLE_CLASS: Final = re.compile(r"\b(?:article|post|entry|news)[-_]*(?:title|titre|headline)\b", re.I)
_MAX_ELEMENTS: Final = 5000  # of a page that are looked at for their class
_MAX_CLASS: Final = 200
_MIN_FULL_WORDS: Final = 3  # a headline of fewer words may be a kicker
_NO_HEADLINE: Final = re.compile(
    r"(?:page d')?accueil|home ?(?:page)?|actualites?|article|news|sans titre|untitled(?: document)?"
    r"|document|index|\W*"
)


class PageHeadline:
    """The headline of a page, and the name of the site that its title has after it; both may be empty.

    A headline that is cut short is completed from another that begins as it does. A logo, the name of the
    section and a kicker are a headline only where the page has no other.
    """

    def __init__(self, tree: lxml.html.HtmlElement, data: PageData) -> None:
        headings = list(islice(tree.iter("h1"), _MAX_HEADINGS))
        logos = [heading for heading in headings if is_logo(heading)]
        logo_names = list(filter(None, map(_logo_name, logos)))
        subheadings = list(islice(tree.iter("h2", "h3"), _MAX_HEADINGS))
        self._titles = _texts(tree.xpath("//head/title")[:_MAX_HEADINGS])
        self._headings = _texts(heading for heading in headings if heading not in logos)
        self._subheadings = _texts([*filter(_is_of_article, subheadings), *_named_titles(tree)])
        self._other_subheadings = _texts(subheadings)
        stated = data.titles()
        marked = [] if headings or subheadings else islice(tree.iter("b", "strong", "font"), _MAX_HEADINGS)
        written = [*stated, *_texts(headings), *_texts(subheadings), *_texts(marked)]
        known = {fold(text) for text in written if text}
        in_titles = [name_in_title(title, known) for title in self._titles if len(title) <= _MAX_CHARACTERS]
        names = [*map(last_part, in_titles), *logo_names]
        self._site = SiteNames([*data.site_names(), *in_titles, *names], data.url)
        self._section = fold(data.section)
        self.text = self._chosen(stated) or next(iter(_texts(headings)), "")
        self.site = next(filter(None, names), "")

    def _chosen(self, stated: list[str]) -> str:
        """The first of the titles that is whole and no name of the site."""
        stated = self._cleaned(stated)
        headings = self._cleaned(self._headings)
        candidates = [*stated, *self._agreed(headings), *headings, *self._cleaned(self._plain_titles())]
        if not candidates:
            return self._subheading()
        headline = self._whole(candidates[0], candidates)
        if len(headline) > _MAX_CHARACTERS:
            return headline
        parts = _before_separators(headline)
        return next((heading for heading in headings if fold(heading) in parts), headline)

    def _subheading(self) -> str:
        """The first of the headings below the first level; a kicker of one word only if none is longer."""
        own = self._cleaned(self._subheadings)
        first = next(iter([*own, *self._cleaned(self._other_subheadings)]), "")
        return first if " " in first else next(filter(_is_full, own), first)

    def _whole(self, headline: str, candidates: list[str]) -> str:
        """The headline, or another where it is cut short, or is a kicker and the title has more."""
        if headline.endswith(_CUT_MARKS):
            longer = (text for text in [*candidates, *self._headings] if _continues(headline, text))
            return next(longer, headline)
        if _is_full(headline):
            return headline
        full = self._agreed([*candidates, *self._subheadings])
        if " " not in headline:  # a kicker, if anything else is a headline
            full += filter(_is_full, [*self._cleaned(self._headings), *self._subheadings])
        return next(iter(full), headline)

    def _agreed(self, texts: list[str]) -> list[str]:
        """The full headlines of a list that the title of the page begins with, or is the end of."""
        agreed = []
        for title in self._titles:
            if len(title) <= _MAX_CHARACTERS:
                parts = _before_separators(title) | {fold(title), fold(self._site.without(title))}
                agreed += [text for text in texts if _is_full(text) and fold(text) in parts]
                own = self._site.without(title)
                is_end = any(
                    fold(text).endswith(fold(own)) and fold(text) != fold(own) for text in texts
                )  # after a kicker
                agreed += [own] if is_end and _is_full(own) else []
        return agreed

    def _plain_titles(self) -> list[str]:
        """The titles of the page, each without what its last separator parts from it as a name."""
        plain = []
        for title in self._titles:
            own = title
            if len(title) <= _MAX_CHARACTERS:
                own = split_title(self._site.without(title))[0]
            plain.append(own)
        return plain

    def _cleaned(self, texts: list[str]) -> list[str]:
        """Texts without the name of the site; those that are nothing else are left out."""
        cleaned = [self._site.without(text) if len(text) <= _MAX_CHARACTERS else text for text in texts]
        return [text for text in cleaned if text and not self._is_no_headline(text)]

    def _is_no_headline(self, text: str) -> bool:
        folded = fold(text)
        is_section = folded == self._section and not _is_full(text)
        return self._site.has(text) or is_section or _NO_HEADLINE.fullmatch(folded) is not None


def _is_of_article(heading: lxml.html.HtmlElement) -> bool:
    """Whether a heading stands in an article, and is no link to another."""
    is_link = heading.find(".//a[@href]") is not None
    return not is_link and next(heading.iterancestors("article"), None) is not None


def _named_titles(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The elements that are no headings and whose class says that they are the title of an article."""
    return [
        element
        for element in islice(tree.iter("div", "p", "span"), _MAX_ELEMENTS)
        if _TITLE_CLASS.search(element.get("class", "")[:_MAX_CLASS])
        and next(element.iterancestors("a"), None) is None
    ][:_MAX_HEADINGS]


def _logo_name(logo: lxml.html.HtmlElement) -> str:
    """The name of the site in a logo, from its text or the words for its image."""
    images = (image.get("alt", "") for image in logo.iterfind(".//img"))
    return next(filter(None, [*_texts([logo]), *images]), "")[:_MAX_CHARACTERS]


def _is_full(headline: str) -> bool:
    return len(headline.split()) >= _MIN_FULL_WORDS


def _texts(elements: Iterable[lxml.html.HtmlElement]) -> list[str]:
    """The texts of elements, runs of white space made one space; one too long for a headline is empty."""
    texts = (element.text_content() for element in elements)
    return [" ".join(text.split()) if len(text) <= _MAX_ELEMENT_CHARACTERS else "" for text in texts]


def _continues(cut: str, title: str) -> bool:
    return len(title) > len(cut) and fold(title).startswith(fold(cut.rstrip("…. ")))


def _before_separators(headline: str) -> set[str]:
    """The parts of a headline before each separator, as in "Heading | Site", folded, without kickers."""
    parts = ((headline[: found.start()], found[0]) for found in SEPARATOR.finditer(headline))
    return {fold(part) for part, separator in parts if ":" not in separator or _is_full(part)}
