"""Reads a document of Word (DOCX) as one article (extra: docx)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, Final

import docx

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .document_article import Document, document_items
from .packed_document import MAX_XML, member_tree, packed_document

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX: Final = f"{_WORD}txbxContent"
_REMOVED: Final = frozenset(
    f"{_WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")
)
_CHARACTERS: Final = {
    f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-",
}  # fmt: skip
_TITLE_STYLES: Final = ("title", "titre", "titel")
_HEADING_STYLES: Final = ("heading 1", "titre 1", "heading1", "titre1", "überschrift 1")


def read(content: FormatInput) -> FormatItems:
    """The article of the document, or those of the press database that it was exported from.

    A document of which python-docx cannot read a part, such as its styles, is read without its properties.
    """
    with packed_document(content.stream) as archive:
        _check_size(archive)
        root = member_tree(archive, "word/document.xml")
    if root is None:
        raise CorpusError("there is no text in this document")
    content.stream.seek(0)
    word, error = None, None
    try:
        word = docx.Document(content.stream)
    except ValueError:
        pass  # a template, or a document with macros: the text is kept alike
    except Exception as failure:  # of the library, on parts that are damaged
        error = CorpusError(f"a part of the document is damaged: only its text was read ({failure!s:.80})")
    body = root.find(f"{_WORD}body") if word is None else word.element.body
    blocks = list(_blocks(body if body is not None else ()))
    properties = None if word is None else word.core_properties
    document = Document(
        paragraphs=[text for _, text in blocks],
        heading=_heading({} if word is None else _style_names(word), blocks),
        title="" if properties is None else properties.title or "",
        author="" if properties is None else properties.author or "",
    )
    yield from document_items(document, content)
    if error:
        yield error


def _check_size(archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")) and info.file_size > MAX_XML:
            raise CorpusError(f"{info.filename} in the document is larger than {MAX_XML >> 20} MB")


def _blocks(parent: Any) -> Iterator[tuple[Any, str]]:
    """Each paragraph and each row of a table in their order, with its text; a row has tabs between cells."""
    for element in parent:
        if element.tag == f"{_WORD}p":
            yield element, "".join(_characters(element))
            for box in element.iter(_TEXT_BOX):
                if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                    yield from _blocks(box)
        elif element.tag == f"{_WORD}tr":
            cells = (element.iter(f"{_WORD}tc")) if element.find(f".//{_WORD}tbl") is None else element
            texts = (" ".join(text for _, text in _blocks(cell) if text) for cell in cells)
            yield element, "\t".join(filter(None, texts))
        elif isinstance(element.tag, str) and element.tag not in _REMOVED:
            yield from _blocks(element)


def _characters(parent: Any) -> Iterator[str]:
    """The text of a paragraph, without what was deleted, and without its text boxes."""
    for element in parent:
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag in _CHARACTERS:
            yield _CHARACTERS[element.tag]
        elif element.tag not in _REMOVED and element.tag not in (_TEXT_BOX, _FALLBACK):
            yield from _characters(element)


def _style_names(word: Any) -> dict[str, str]:
    """The names of the styles by their ids, in small letters."""
    return {style.style_id: (style.name or "").lower() for style in word.styles}


def _heading(style_names: dict[str, str], blocks: list[tuple[Any, str]]) -> str:
    """The first paragraph in the style of a title, else the first in that of a heading."""
    heading = ""
    for element, text in blocks:
        if not text.strip():
            continue
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        style_id = "" if style is None else style.get(f"{_WORD}val", "")
        name = style_names.get(style_id, style_id.lower())
        if name in _TITLE_STYLES:
            return text
        if name in _HEADING_STYLES and not heading:
            heading = text
    return heading
