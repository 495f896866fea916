"""Finds elements of XML by their local names, whatever their namespace, and takes their text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from newsindex.corpus.html.html_tree import plain_text

Element = Any  # of lxml, which has no types

_BLOCK_ELEMENTS: Final = frozenset(
    (
        "address", "article", "blockquote", "block", "body", "body.content", "bq", "br", "dd", "div",
        "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hl1", "hl2", "hr", "item", "l", "lb",
        "lg", "li", "list", "note", "ol", "p", "pre", "q", "row", "section", "table", "td", "th", "tr",
        "ul",
    )
)  # fmt: skip
SKIPPED_ELEMENTS: Final = frozenset(
    (
        "media", "figcaption", "figure", "script", "style", "img", "caption", "iframe", "object",
        "video", "audio", "svg", "noscript",
    )
)  # fmt: skip
"""Elements whose text is no text of the article: pictures with their captions, scripts."""
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")


def local_name(element: Element) -> str:
    """The name of an element without its namespace or prefix; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def every(element: Element, path: str) -> Iterator[Element]:
    """The elements at a path of local names, such as ``contentMeta/headline`` or ``.//p``."""
    steps = [step if step in ("", ".") else f"{{*}}{step}" for step in path.split("/")]
    found: Iterator[Element] = element.iterfind("/".join(steps))
    return found


def first(element: Element | None, *paths: str) -> Element | None:
    """The first element at the first of some paths that leads to one."""
    if element is None:
        return None
    return next((found for path in paths for found in every(element, path)), None)


def line(element: Element | None) -> str:
    """The text of an element on one line; empty without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def first_line(element: Element, *paths: str) -> str:
    """The first text that is not empty at some paths, on one line."""
    return next((text for path in paths for found in every(element, path) if (text := line(found))), "")


def lines(element: Element, path: str) -> list[str]:
    """The texts at a path that are not empty, each once and on one line."""
    return list(dict.fromkeys(filter(None, map(line, every(element, path)))))


def block_text(element: Element | None, skipped: Collection[str] = SKIPPED_ELEMENTS) -> str:
    """The text of an element, with a blank line between its paragraphs.

    Without elements inside, a blank line or else a line end parts the paragraphs; HTML that is written as
    text is read.
    """
    if element is None:
        return ""
    if len(element) == 0:
        return text_paragraphs(element.text or "")
    parts: list[str] = []
    _collect(element, skipped, parts)
    collapsed = (" ".join(part.split()) for part in "".join(parts).split("\n"))
    return "\n\n".join(filter(None, collapsed))


def text_paragraphs(text: str) -> str:
    """A text or a piece of HTML, with a blank line between its paragraphs."""
    if "<" not in text and _BLANK_LINE.search(text.strip()):
        text = "\n".join(" ".join(part.split()) for part in _BLANK_LINE.split(text))
    return plain_text(text)


def _collect(element: Element, skipped: Collection[str], parts: list[str]) -> None:
    """Adds the text of an element, in which each line end parts two paragraphs."""
    name = local_name(element).lower()
    if name in skipped:
        return
    end = "\n" if name in _BLOCK_ELEMENTS else ""
    parts += (end, " ".join(_spaced(element.text)))
    for child in element:
        _collect(child, skipped, parts)
        parts.append(" ".join(_spaced(child.tail)))
    parts.append(end)


def _spaced(text: str | None) -> list[str]:
    """The words of a text, with empty ones for white space at its ends."""
    return re.split(r"\s+", text or "")


def without_headline(body: str, headline: str) -> str:
    """A body without the headline that stands as its first paragraph."""
    start, _, rest = body.partition("\n\n")
    return rest if headline and start == headline else body


def lang_code(tag: str) -> str:
    """The first part of a language tag in lower case: "fr-FR" is "fr"."""
    return re.split("[-_]", tag.strip())[0].lower()


def xml_lang(element: Element) -> str:
    """The language that an element declares for its text; empty where it declares none."""
    return lang_code(element.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
