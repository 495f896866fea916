"""Reads the text of a PDF as one article (extra: pdf).

A PDF has letters at places, and no paragraphs: they are put together from the places and sizes of its lines.
A scanned PDF has no letters, and is refused.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from math import sqrt
from time import monotonic
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError
from newsindex.optional import install_with

from .document_article import Document, document_items
from .page_lines import Line, heading_of, paragraphs_of

_MAX_FILE: Final = 256 << 20  # bytes
_MAX_PAGES: Final = 5000
_MAX_PAGE_SECONDS: Final = 30.0
_MAX_SECONDS: Final = 600.0
_BEGINNING: Final = 12  # paragraphs in which the headline stands
_LIGATURES: Final = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\0": "",
})  # fmt: skip
_ENCRYPTED: Final = "this PDF is encrypted: save it without a password"
_NO_LIBRARY: Final = (
    f"this PDF is encrypted with AES, which needs cryptography, which is not installed: {install_with('pdf')}"
)
_NO_TEXT: Final = (
    "this PDF has no text, as a scan has none: recognise its text first, for example with ocrmypdf"
)

# pypdf logs what it mends; a program that sets up no logging would print that.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read(content: FormatInput) -> FormatItems:
    """The article of the document, and errors for the pages that could not be read."""
    raw, damage = read_whole(content.stream, _MAX_FILE)
    reader = _opened(raw)
    errors: list[CorpusError] = []
    pages = list(_pages(reader, errors))
    paragraphs = paragraphs_of(pages)
    if not paragraphs:
        raise damage or (errors[0] if errors else CorpusError(_NO_TEXT))
    if without_text := sum(1 for lines in pages if not lines) - len(errors):
        content.pass_over("page without text", without_text)
    document = Document(
        paragraphs=[paragraph.text for paragraph in paragraphs],
        heading=heading_of(paragraphs, _BEGINNING),
        title=_property(reader, "title"),
        author=_property(reader, "author"),
    )
    yield from document_items(document, content)
    yield from errors
    if damage:
        yield damage


def _opened(raw: bytes) -> PdfReader:
    """The reader of a PDF. Raises CorpusError for one that is encrypted, damaged, or too long."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CorpusError(_ENCRYPTED)
        count = len(reader.pages)
    except DependencyError:
        raise CorpusError(_NO_LIBRARY) from None
    except PyPdfError as error:
        raise CorpusError(f"the PDF is damaged or cut short: {error!s:.120}") from None
    if count > _MAX_PAGES:
        raise CorpusError(f"the PDF has more than {_MAX_PAGES:,} pages: split it")
    return reader


def _pages(reader: PdfReader, errors: list[CorpusError]) -> Iterator[list[Line]]:
    """The lines of each page; an error is added for a page that cannot be read."""
    end = monotonic() + _MAX_SECONDS
    for number in range(len(reader.pages)):
        if monotonic() > end:
            errors.append(CorpusError(f"reading took more than {_MAX_SECONDS:.0f} seconds: split the PDF"))
            return
        try:
            yield list(_lines(reader.pages[number]))
        except DependencyError:
            raise CorpusError(_NO_LIBRARY) from None
        except Exception as error:  # of the library: a page costs no other
            errors.append(
                CorpusError(f"this page cannot be read: {error!s:.120}", record=f"page {number + 1}")
            )
            yield []


def _lines(page: Any) -> Iterator[Line]:
    pieces: list[tuple[str, float, float]] = []
    end = monotonic() + _MAX_PAGE_SECONDS

    def check_time(*_: object) -> None:
        if monotonic() > end:
            raise CorpusError(f"it takes more than {_MAX_PAGE_SECONDS:.0f} seconds")

    def keep(text: str, shift: list[float], place: list[float], font: object, size: float) -> None:
        if text:
            scale = sqrt(
                abs((place[0] * place[3] - place[1] * place[2]) * (shift[0] * shift[3] - shift[1] * shift[2]))
            )
            height = place[4] * shift[1] + place[5] * shift[3] + shift[5]
            pieces.append((text, float(size) * sqrt(scale), height))

    page.extract_text(visitor_operand_before=check_time, visitor_text=keep)
    check_time()
    yield from _joined_pieces(pieces)


def _joined_pieces(pieces: list[tuple[str, float, float]]) -> Iterator[Line]:
    """The lines of a page from its pieces, which have line ends in them, each in its main size."""
    words: list[str] = []
    sizes: dict[float, int] = {}
    height = 0.0
    for text, size, piece_height in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield from _line(words, sizes, height)
                words, sizes = [], {}
            if part.strip():
                height = height if sizes else piece_height
                sizes[size] = sizes.get(size, 0) + len(part)
            words.append(part)
    yield from _line(words, sizes, height)


def _line(words: list[str], sizes: dict[float, int], height: float) -> Iterator[Line]:
    if sizes:
        text = " ".join("".join(words).translate(_LIGATURES).split())
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Line(text, max(sizes, key=lambda size: sizes[size]), height)


def _property(reader: PdfReader, name: str) -> str:
    """A property of the document; empty where it has none, or a damaged one."""
    try:
        value = getattr(reader.metadata, name, None)
    except Exception:  # of the library, on bytes that nobody foresaw: the text is worth more
        return ""
    return value.replace("\0", "") if isinstance(value, str) else ""
