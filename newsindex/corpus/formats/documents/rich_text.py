"""Reads a document in Rich Text Format (RTF) as one article (extra: rtf)."""

from __future__ import annotations

import codecs
import re
from typing import Final

from striprtf.striprtf import rtf_to_text

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .document_article import Document, document_items

_MAX_FILE: Final = 128 << 20  # bytes, pictures included
_MAX_TEXT: Final = 8 << 20  # bytes without pictures; striprtf takes seconds for each million
_BINARY: Final = re.compile(rb"\\bin(\d{1,9}) ?")
_SPACES: Final = re.compile(r"[^\S\t]+")
_PICTURE: Final = re.compile(rb"[0-9a-fA-F\s]{256,}+")
_CELL_END: Final = re.compile(rb"\\(?:nest)?cell(?![a-z])")
_FONT_TABLE: Final = re.compile(rb"\{[^{}]*\\fonttbl")
_FONT: Final = re.compile(rb"(?<!\\)\\f(?=\d)")
_MAX_FONT: Final = 2000  # bytes of the entry of one font
_CODE_PAGE: Final = re.compile(rb"\\ansicpg(\d{3,5})")
_INFO: Final = r"\{\\%s[ \n]((?:[^{}\\]|\\[^{}]|\\[{}]){0,1000})\}"
_TITLE: Final = re.compile(_INFO % "title")
_AUTHOR: Final = re.compile(_INFO % "author")
_INFO_WITHIN: Final = 1 << 20  # characters
_MAX_DEPTH: Final = 1000  # of groups
_BRACE: Final = re.compile(rb"[{}]")
_BRACES: Final = re.compile(rb"\\[{}\\]|[{}]")


def read(content: FormatInput) -> FormatItems:
    """The article of the document, or those of the press database that it was exported from."""
    raw, damage = read_whole(content.stream, _MAX_FILE)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise CorpusError("this is no RTF document")
    raw = _PICTURE.sub(b" ", _without_binary(raw))
    if len(raw) > _MAX_TEXT:
        raise CorpusError(f"the text of the document is larger than {_MAX_TEXT >> 20} MB")
    is_closed = _is_closed(raw)
    encoding = _encoding(raw)
    raw = _prepared(raw)
    source = raw.decode(encoding, "replace")
    text = _text(source, encoding)
    document = Document(
        paragraphs=[_SPACES.sub(" ", line).strip() for line in text.splitlines()],
        title=_info(_TITLE, source, encoding),
        author=_info(_AUTHOR, source, encoding),
    )
    yield from document_items(document, content)
    if damage or not is_closed:
        yield damage or CorpusError("the document is cut short: its last part is missing")


def _text(source: str, encoding: str) -> str:
    text: str = rtf_to_text(source, encoding=encoding, errors="replace")
    return text.replace("\0", "")


def _without_binary(raw: bytes) -> bytes:
    """The document without the bytes of pictures that are not written in hexadecimal digits."""
    pieces, start = [], 0
    while match := _BINARY.search(raw, start):
        pieces.append(raw[start : match.start()])
        start = match.end() + int(match[1])
    return b"".join([*pieces, raw[start:]])


def _prepared(raw: bytes) -> bytes:
    """The document in a form on which the patterns of striprtf take no more than linear time.

    Its pattern for links never matches, so that a link is its words; cells of tables are parted by tabs.
    """
    fonts = _font_table(raw)
    if len(fonts) - fonts.rfind(b";") > _MAX_FONT:
        raise CorpusError("the document is damaged: its table of fonts has no end")
    raw = _CODE_PAGE.sub(b"", raw)  # Python may not know it: the reader gives the encoding
    raw = _CELL_END.sub(rb"\\tab", raw).replace(b"\\fldinst", b"\\fldinst\n")
    return _FONT.sub(b"\n\\\\f", raw)


def _font_table(raw: bytes) -> bytes:
    """The group of the table of fonts as striprtf takes it: to its closing brace, else to the end."""
    start = _FONT_TABLE.search(raw)
    if start is None:
        return b""
    depth = 1
    for brace in _BRACE.finditer(raw, start.end()):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return raw[start.start() : brace.end()]
    return raw[start.start() :]


def _encoding(raw: bytes) -> str:
    match = _CODE_PAGE.search(raw[:4096])
    if b"\\mac" in raw[:100]:
        return "mac_roman"
    try:
        return codecs.lookup(f"cp{match[1].decode()}").name if match else "cp1252"
    except LookupError:
        return "utf-8" if match and match[1] == b"65001" else "cp1252"


def _info(pattern: re.Pattern[str], source: str, encoding: str) -> str:
    """A property of the document, with its characters decoded."""
    match = pattern.search(source, 0, _INFO_WITHIN)
    return " ".join(_text(f"{{\\rtf1\\ansi {match[1]}}}", encoding).split()) if match else ""


def _is_closed(raw: bytes) -> bool:
    """Whether each group of the document has its end."""
    depth = 0
    for brace in _BRACES.findall(raw):
        depth += (brace == b"{") - (brace == b"}")
        if depth > _MAX_DEPTH:
            raise CorpusError("the document is nested too deeply")
    return depth <= 0
