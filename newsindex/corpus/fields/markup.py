"""Makes plain text of values that hold HTML, entities or CDATA, and leaves every other text as it is.

A "<" begins markup only where the name of a known element follows: ``Prix < 5 dirhams`` is text. The work
is linear in the length of the text, however its markup is broken.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

_BLOCKS: Final = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_LINES: Final = frozenset(("br", "li", "option"))
_SPACES: Final = frozenset(("td", "th", "img"))
_DROPPED: Final = frozenset(("script", "style", "template", "svg", "title", "iframe", "noscript", "button"))
_INLINE: Final = {
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "cite", "code", "col", "colgroup", "data",
    "del", "dfn", "em", "embed", "font", "i", "input", "ins", "kbd", "label", "link", "mark", "meta",
    "object", "param", "picture", "q", "s", "samp", "select", "small", "source", "span", "strike",
    "strong", "sub", "sup", "textarea", "time", "tt", "u", "var", "video", "wbr", "o:p",
}  # fmt: skip
_ELEMENTS: Final = _BLOCKS | _LINES | _SPACES | _DROPPED | _INLINE
_TAG: Final = re.compile(  # possessive and bound by the next "<", so that the time stays linear
    r"""<(/?)([a-zA-Z][a-zA-Z0-9:]*)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*'|["'])*+)>"""
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([a-zA-Z][a-zA-Z0-9]{1,31}));")
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>")
_COMMENT_START: Final = "<!--"
_SPACE_RUN: Final = re.compile(r"[ \t\r\f\v\n]+")
_BLANKS_AROUND_LINE_END: Final = re.compile(r"[ \t]*\n[ \t]*")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_PARAGRAPH: Final = "\n\n"
_MAX_LAYERS: Final = 3  # of escaping, each undone in one turn: &amp;lt;p&amp;gt;


def without_markup(text: str) -> str:
    """The plain text of a value: the text itself where there is no markup in it."""
    if "<" not in text and "&" not in text:
        return text
    for layer in range(_MAX_LAYERS):
        text = _CDATA.sub("", text)
        has_elements = _has_elements(text, is_escaped=layer > 0)
        if has_elements:
            text = _without_elements(text)
        plain = _ENTITY.sub(_unescaped, text)
        if not has_elements and _has_elements(plain, is_escaped=True):
            text = plain  # the whole text was escaped
        elif plain != text and any(_is_escaped_character(entity) for entity in _ENTITY.finditer(plain)):
            text = plain
        else:
            return plain
    return text


def _unescaped(entity: re.Match[str]) -> str:
    """The character of an entity; a name that is none stays as it is."""
    name = entity[1]
    return html.unescape(entity[0]) if name is None else html5.get(f"{name};", entity[0])


def _is_escaped_character(entity: re.Match[str]) -> bool:
    """Whether what was an entity once is one still; a text about HTML may write an angle bracket so."""
    return entity[1] not in ("lt", "gt") and _unescaped(entity) != entity[0]


def unescaped_address(address: str) -> str:
    """An address without the escaping of its ampersands."""
    return address.replace("&amp;", "&") if "&" in address else address


def _has_elements(text: str, *, is_escaped: bool) -> bool:
    """Whether there is a tag of a known element; in a text that was escaped, only one that closes or breaks.

    A text about HTML may name an element in escaped brackets.
    """
    return any(
        _is_element(tag) and (not is_escaped or tag[1] or tag[2].lower() == "br")
        for tag in _TAG.finditer(text)
    )


def _is_element(tag: re.Match[str]) -> bool:
    """Whether a tag is one of HTML; ``a<b et c>d`` has none."""
    attributes = tag[3].strip(" /\t\r\n")
    return tag[2].lower() in _ELEMENTS and (not attributes or "=" in attributes or " " not in attributes)


def _without_elements(text: str) -> str:
    """The text between the tags, with a blank line between paragraphs."""
    text = _without_comments(text)
    names = {tag[2].lower() for tag in _TAG.finditer(text) if _is_element(tag)}
    has_blocks = not names.isdisjoint(_BLOCKS | {"br"})  # else the line ends are those of the text
    pieces: list[str] = []
    position = 0
    for start, end, separator in _elements(text):
        piece = text[position:start]
        pieces.append(_SPACE_RUN.sub(" ", piece) if has_blocks else piece)
        pieces.append(separator)
        position = end
    pieces.append(_SPACE_RUN.sub(" ", text[position:]) if has_blocks else text[position:])
    joined = _BLANKS_AROUND_LINE_END.sub("\n", "".join(pieces))
    return _BLANK_LINES.sub(_PARAGRAPH, joined).strip()


def _elements(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each tag begins and ends, or an element whose text is none, and what stands in its place."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    last_ends = {name: lowered.rfind(f"</{name}") for name in _DROPPED}
    dropped, dropped_start = "", 0
    for tag in _TAG.finditer(text):
        name, is_end = tag[2].lower(), bool(tag[1])
        if dropped:
            if is_end and name == dropped:
                yield dropped_start, tag.end(), ""
                dropped = ""
        elif name in _DROPPED and not is_end and last_ends[name] > tag.end():
            dropped, dropped_start = name, tag.start()
        elif _is_element(tag):
            yield tag.start(), tag.end(), _separator(name)
    if dropped:
        yield dropped_start, len(text), ""


def _separator(name: str) -> str:
    """What stands in the text in the place of a tag."""
    if name in _BLOCKS:
        return _PARAGRAPH
    if name in _LINES:
        return "\n"
    return " " if name in _SPACES else ""


def _without_comments(text: str) -> str:
    """The text without comments; one that is not closed is left."""
    pieces: list[str] = []
    position = 0
    while (start := text.find(_COMMENT_START, position)) >= 0:
        end = text.find("-->", start + len(_COMMENT_START))
        if end < 0:
            break
        pieces.append(text[position:start])
        position = end + len("-->")
    pieces.append(text[position:])
    return "".join(pieces)
