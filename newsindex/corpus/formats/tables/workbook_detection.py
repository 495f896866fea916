"""Recognises the workbooks that are no zips: those of Excel before 2007."""

from __future__ import annotations

from typing import Final

from newsindex.corpus.formats.detection import FileHead, is_html

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of all files of Office before 2007
_OLE_TEXT: Final = OLE_MAGIC.decode("cp1252", "replace")  # as the head of a file is decoded
_SUFFIXES: Final = (".xls", ".xlt", ".xlw", ".xlsx")
_STREAM_NAMES: Final = tuple(  # of which one holds the cells of a workbook
    name.encode("utf-16-le").decode() for name in ("Workbook", "Book")
)
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def is_workbook(head: FileHead) -> bool:
    """Whether a file of Office before 2007 is a workbook, by its directory or by its name."""
    if not head.text.startswith(_OLE_TEXT):
        return False
    return head.suffix in _SUFFIXES or any(name in head.text for name in _STREAM_NAMES)


def is_page_of_table(head: FileHead) -> bool:
    """Whether a content is a page of HTML, or a table of one, in a file that is named as a workbook."""
    return head.suffix in _SUFFIXES and (is_html(head) or head.text[:6].lower() == "<table")


def is_encrypted(content: bytes) -> bool:
    """Whether a workbook is protected by a password, with which Excel makes another kind of file of it."""
    return content.startswith(OLE_MAGIC) and _ENCRYPTED in content
