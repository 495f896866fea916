"""Decodes the bytes of an XML file and mends what would end its parsing: characters, entities, ampersands.

Exports of sites hold control characters, entities of HTML and bare ampersands, none of which XML allows. No
entity that a file declares is ever resolved: its name stays in the text as it is written.
"""

from __future__ import annotations

import codecs
import re
from html import escape, unescape
from typing import Final

_DECLARATION: Final = re.compile(r"\s*(?:<\?xml\b[^>]{0,400}\?>)?")
_OPEN_DECLARATION: Final = re.compile(r"\s*(?:<(?:\?(?:x(?:m(?:l[^>]{0,400})?)?)?)?)?\Z")
_DECLARED_ENCODING: Final = re.compile(rb"<\?xml\b[^>]{0,400}?encoding\s*=\s*[\"']([\w:.-]+)", re.I)
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MENDED: Final = re.compile(
    r"&(?:(?P<xml>(?:amp|lt|gt|quot|apos);)|(?P<html>(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][\w.-]{0,31});))?"
    r"|<(?=[\s\d=])"
)
_UNFINISHED: Final = re.compile(r"(?:&[#\w.-]{0,33}|<[!\[A-Z]{0,8}|\]{1,2})\Z")
_UNDECODED: Final = re.compile("[\udc80-\udcff]+")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;"}
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


class XmlCleaner:
    """Turns the bytes of a file, a piece at a time, into text that an XML parser takes.

    What is valid UTF-8 is UTF-8; other bytes are characters of the encoding that ``head``, the first bytes
    of the file, declares, or of Windows-1252. The declaration itself is left out; lines keep their numbers.
    """

    def __init__(self, head: bytes) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._codec = _declared_codec(head)
        self._pending = ""
        self._in_cdata = False
        self._is_first = True

    def clean(self, data: bytes, *, is_final: bool = False) -> str:
        """The text of the next bytes, without what the following bytes may still complete."""
        text = self._pending + _UNDECODED.sub(self._decoded, self._decoder.decode(data, is_final))
        if self._is_first and not is_final and _OPEN_DECLARATION.match(text):
            self._pending = text
            return ""
        if self._is_first:
            text = _DECLARATION.sub(lambda prolog: "\n" * prolog[0].count("\n"), text, count=1)
        self._is_first = False
        unfinished = None if is_final else _UNFINISHED.search(text, max(0, len(text) - 64))
        self._pending = unfinished[0] if unfinished else ""
        return _FORBIDDEN.sub("", self._mended(text[: unfinished.start()] if unfinished else text))

    def _decoded(self, undecoded: re.Match[str]) -> str:
        return undecoded[0].encode("ascii", "surrogateescape").decode(self._codec, "replace")

    def _mended(self, text: str) -> str:
        """A text in which entities and ampersands are mended outside CDATA."""
        parts, position = [], 0
        while position < len(text):
            mark = _CDATA_END if self._in_cdata else _CDATA
            end = text.find(mark, position)
            stop = len(text) if end < 0 else end + len(mark)
            part = text[position:stop]
            parts.append(part if self._in_cdata else _MENDED.sub(_mend, part))
            self._in_cdata ^= end >= 0
            position = stop
        return "".join(parts)


def _mend(found: re.Match[str]) -> str:
    """An entity as characters, and what is no entity of XML or HTML as text."""
    text = found[0]
    if found["xml"]:
        return text
    return escape(_FORBIDDEN.sub("", unescape(text))) if found["html"] else _ESCAPES[text]


def _declared_codec(head: bytes) -> str:
    """Python's name of the encoding of one byte a character that a file declares; Windows-1252 by default."""
    declared = _DECLARED_ENCODING.search(head)
    try:
        name = codecs.lookup(declared[1].decode("ascii") if declared else "cp1252").name
        return name if len(bytes(range(128, 256)).decode(name, "replace")) == 128 else "cp1252"
    except (LookupError, ValueError, TypeError):
        return "cp1252"
