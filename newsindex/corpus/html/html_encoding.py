"""Decodes the bytes of a web page.

What is valid UTF-8 is UTF-8, whatever it declares: pages that were saved again often keep an old
declaration. Otherwise the declaration counts, and without one the encoding is guessed from the letters.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_DECLARATION: Final = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml\b[^>]*?encoding=[\"']([\w:.-]+)", re.I
)
_DECLARED_WITHIN: Final = 8192  # bytes; browsers look at 1024
_SAMPLE: Final = 64 << 10  # bytes from which an encoding is guessed
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}  # as browsers read them
_CANDIDATES: Final = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_FRENCH_CHARACTERS: Final = frozenset("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’‘“”«»…–—€°©\u00a0")


def decode_page(content: bytes, declared: str | None = None) -> str:
    """The text of a page; an encoding that came with it, ``declared``, goes before the one that it names."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 3:  # cut short in the middle of a character
            return content.decode(errors="ignore")
    name = _codec(declared) or _codec(_declaration(content))
    if name == "utf-8" and not _is_mostly_utf8(content):
        name = None
    return content.decode(name or _guessed(content), "replace")


def _declaration(content: bytes) -> str | None:
    match = _DECLARATION.search(content, 0, _DECLARED_WITHIN)
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def _codec(name: str | None) -> str | None:
    """Python's name of an encoding of text; None for a name that it does not know."""
    try:
        known = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    if not known._is_text_encoding:  # base64, zip
        return None
    return _SUPERSETS.get(known.name, known.name)


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether most characters beyond ASCII are valid UTF-8: then the others are damage."""
    text = content.decode(errors="replace")
    damaged = text.count("\ufffd")
    return sum(not c.isascii() for c in text) > 2 * damaged


def _guessed(content: bytes) -> str:
    """The encoding in which most bytes beyond ASCII are characters of French."""
    sample = re.sub(rb"<[^<>]*>", b" ", content).translate(None, bytes(range(128)))[:_SAMPLE]
    return max(
        _CANDIDATES, key=lambda name: sum(c in _FRENCH_CHARACTERS for c in sample.decode(name, "replace"))
    )
