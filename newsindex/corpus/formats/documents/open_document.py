"""Reads a text of OpenDocument (ODT), as LibreOffice writes it, as one article (extra: html, for lxml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .document_article import Document, document_items
from .packed_document import member_bytes, member_tree, packed_document

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META: Final = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS: Final = (f"{_TEXT}p", f"{_TEXT}h")
_REMOVED: Final = (
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_OFFICE}forms",
    f"{_TEXT}table-of-content", f"{_TEXT}sequence-decls",
)  # fmt: skip
_MAX_SPACES: Final = 100  # that one element stands for


def read(content: FormatInput) -> FormatItems:
    """The article of the text, or those of the press database that it was exported from."""
    with packed_document(content.stream) as archive:
        if b"encryption-data" in (member_bytes(archive, "META-INF/manifest.xml") or b""):
            raise CorpusError("the document is encrypted: save it without a password")
        root = member_tree(archive, "content.xml")
        meta = member_tree(archive, "meta.xml")
    text = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise CorpusError("there is no text in this document")
    blocks = list(_blocks(text))
    document = Document(
        paragraphs=[words for _, words in blocks],
        heading=_heading(root, blocks),
        title=_property(meta, f"{_DUBLIN_CORE}title"),
        author=_property(meta, f"{_META}initial-creator") or _property(meta, f"{_DUBLIN_CORE}creator"),
    )
    yield from document_items(document, content)


def _blocks(parent: Any) -> Iterator[tuple[Any, str]]:
    """Each paragraph and each row of a table in their order, with its text; a row has tabs between cells."""
    for element in parent:
        if element.tag in _PARAGRAPHS:
            yield element, "".join(_characters(element))
        elif element.tag == f"{_TABLE}table-row":
            cells = (" ".join(text for _, text in _blocks(cell)) for cell in element)
            yield element, "\t".join(filter(None, cells))
        elif element.tag not in _REMOVED:
            yield from _blocks(element)


def _characters(element: Any) -> Iterator[str]:
    """The text of a paragraph, with the notes in it."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (min(int(count), _MAX_SPACES) if count.isdecimal() else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag == f"{_TEXT}note":
            yield f" ({' '.join(''.join(_characters(child)).split())})"
        elif child.tag not in _REMOVED:
            yield from _characters(child)
        yield child.tail or ""


def _heading(root: Any, blocks: list[tuple[Any, str]]) -> str:
    """The first paragraph in the style of a title, else the first heading."""
    parents = {
        style.get(f"{_STYLE}name"): style.get(f"{_STYLE}parent-style-name")
        for style in root.iter(f"{_STYLE}style")
    }
    heading = ""
    for element, text in blocks:
        name = element.get(f"{_TEXT}style-name")
        if "Title" in (name, parents.get(name)) and text.strip():
            return text
        if element.tag == f"{_TEXT}h" and not heading:
            heading = text
    return heading


def _property(meta: Any, name: str) -> str:
    element = None if meta is None else meta.find(f".//{name}")
    return "" if element is None else element.text or ""
