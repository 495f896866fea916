"""Finds the standfirst of a page's article: the paragraphs between its headline and its text.

Pages set it outside of the text, under names such as "chapo" or "lead", in the header of the article, or as
the heading under the headline. A caption, a teaser of another article and an invitation are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import lxml.html

from .boilerplate import fold, is_boilerplate
from .html_tree import element_text

_LEAD_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:chap[oô]|chapeau|lead|lede|standfirst|stand-first|intro|introduction|excerpt|accroche|dek"
    r"|summary|resume|subtitle|sub-?heading|sub-?headline|sous-?titre|descri(?:ption|ptif)|kicker-?text)"
    r"(?:$|[\s_-])",
    re.I,
)
_OTHER_NAME: Final = re.compile(
    r"media|image|figure|photo|video|caption|legend|credit|newsletter|abonn|subscri|related|teaser|card"
    r"|comment|author|auteur|signature|bio(?:$|[\s_-])|promo|pub(?:$|[\s_-])|sidebar|share|social|forum|podcast"
    r"|modal|cookie|consent|banner|menu|breadcrumb|similar|read-?(?:also|more)|lire|widget|offer|login|paywall",
    re.I,
)
_EXCLUDED: Final = frozenset(
    ("a", "figure", "figcaption", "aside", "nav", "footer", "form", "li", "button", "table", "blockquote")
)
_HEADINGS: Final = ("h1", "h2", "h3")
_LEAD_ELEMENTS: Final = frozenset(("p", "div", "h2", "h3", "h4", "section", "header", "strong", "span", "em"))
_SENTENCE_END: Final = (".", "!", "?", "…", "»", "”", '"')
_MIN_CHARACTERS: Final = 20
_MIN_UNNAMED_CHARACTERS: Final = 40
_MAX_CHARACTERS: Final = 1200
_MAX_LINKED_SHARE: Final = 0.5  # of a text; a teaser is a link
_MAX_ELEMENTS: Final = 400  # between the headline and the text
_MAX_DESCENDANTS: Final = 200  # of a standfirst
_MAX_HEADINGS: Final = 50
_MAX_ANCESTORS: Final = 12
_MAX_NAME: Final = 200  # characters
_COMPARED_CHARACTERS: Final = 60
_COMPARED_LINES: Final = 10  # of the body
_MAX_HEADING: Final = 1000  # characters


def standfirst(tree: lxml.html.HtmlElement, headline: str, body: list[str]) -> list[str]:
    """The paragraphs of the standfirst that are not in the lines of the body."""
    heading = _headline_element(tree, headline)
    if heading is None:
        return []
    text = fold(" ".join(body[:_COMPARED_LINES]))
    first = fold(body[0])[:_COMPARED_CHARACTERS] if body else ""
    found: list[str] = []
    taken: list[lxml.html.HtmlElement] = []
    for element in islice(_following(heading), _MAX_ELEMENTS):
        is_large = next(islice(element.iter(), _MAX_DESCENDANTS, None), None) is not None
        if is_large or element.tag not in _LEAD_ELEMENTS:
            continue
        own = _beginning(element)
        if first and fold(own[: 2 * _COMPARED_CHARACTERS]).startswith(first):
            break
        is_inside = any(around in taken for around in element.iterancestors())
        if not is_inside and _is_lead(element, own, heading):
            taken.append(element)
            lines = element_text(element).split("\n\n")
            found += [line for line in lines if not _is_known(line, text, headline)]
    return found


def _headline_element(tree: lxml.html.HtmlElement, headline: str) -> lxml.html.HtmlElement | None:
    """The first heading that is the headline, or ends with it after a kicker."""
    wanted = fold(headline)
    if not wanted or len(wanted) > _MAX_HEADING:
        return None
    headings = islice(tree.iter(*_HEADINGS), _MAX_HEADINGS)
    return next((heading for heading in headings if fold(_beginning(heading)).endswith(wanted)), None)


def _beginning(element: lxml.html.HtmlElement) -> str:
    """The text of an element, or so much of it that it is too long for a standfirst."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece[: 2 * _MAX_CHARACTERS])
        size += len(piece)
        if size > 2 * _MAX_CHARACTERS:
            break
    return " ".join("".join(pieces).split())


def _following(heading: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The elements after a heading, in the order of the page, in the part of the page that it heads.

    A standfirst may stand directly over the headline: that element comes first.
    """
    above = heading.getprevious()
    if above is not None and _LEAD_NAME.search(_names(above)):
        yield above
    around = heading
    while around is not None and around.tag not in ("body", "html"):
        for sibling in around.itersiblings():
            yield from sibling.iter()
        if around.tag in ("article", "main"):
            return
        around = around.getparent()


def _is_lead(element: lxml.html.HtmlElement, text: str, heading: lxml.html.HtmlElement) -> bool:
    if not _MIN_CHARACTERS <= len(text) <= _MAX_CHARACTERS or _is_excluded(element, heading):
        return False
    if any(is_boilerplate(line) for line in element_text(element).split("\n\n")):
        return False
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if linked > len(text) * _MAX_LINKED_SHARE or next(element.iter(*_HEADINGS), element) is not element:
        return False
    is_named = _LEAD_NAME.search(_names(element)) or element.get("itemprop") in ("description", "abstract")
    return bool(is_named) or _is_unnamed_lead(element, text, heading)


def _is_unnamed_lead(element: lxml.html.HtmlElement, text: str, heading: lxml.html.HtmlElement) -> bool:
    """Whether an element is a sentence in the header of the headline, or the heading that follows it."""
    if len(text) < _MIN_UNNAMED_CHARACTERS:
        return False
    if element.tag in ("h2", "h3"):
        return heading.getnext() is element
    in_header = any(around.tag == "header" for around in heading.iterancestors())
    is_beside = in_header and any(around.tag == "header" for around in element.iterancestors())
    return element.tag == "p" and is_beside and text.endswith(_SENTENCE_END)


def _is_excluded(element: lxml.html.HtmlElement, heading: lxml.html.HtmlElement) -> bool:
    """Whether an element is, or stands in, a part of the page that is no text of this article."""
    around_heading = set(islice(heading.iterancestors(), _MAX_ANCESTORS))
    for around in (element, *islice(element.iterancestors(), _MAX_ANCESTORS)):
        if around in around_heading:
            return False
        if around.tag in _EXCLUDED or around.tag == "article" or _OTHER_NAME.search(_names(around)):
            return True
        if any(title.find(".//a[@href]") is not None for title in around.iter(*_HEADINGS)):
            return True  # a teaser
    return False


def _names(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.get(name, "")[:_MAX_NAME] for name in ("class", "id", "data-testid", "data-qa"))


def _is_known(line: str, body: str, headline: str) -> bool:
    """Whether a line is empty, the headline, or already in the body."""
    folded = fold(line)
    start = folded[:_COMPARED_CHARACTERS].strip(" .…")
    return not folded or folded == fold(headline) or start in body
