"""Recognises the workbooks that are no zips: those of Excel before 2007."""

from __future__ import annotations

from typing import Final

from newsindex.corpus.formats.detection import FileHead

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of all files of Office before 2007
_OLE_TEXT: Final = OLE_MAGIC.decode("cp1252", "replace")  # as the head of a file is decoded
_SUFFIXES: Final = (".xls", ".xlt", ".xlw")
_STREAMS: Final = ("Workbook", "Book")  # one of them holds the cells of a workbook
_STREAM_NAMES: Final = tuple("".join(f"{letter}\0" for letter in name) for name in _STREAMS)


def is_workbook(head: FileHead) -> bool:
    """Whether a file of Office before 2007 is a workbook, by its directory or by its name."""
    if not head.text.startswith(_OLE_TEXT):
        return False
    return head.suffix in _SUFFIXES or any(name in head.text for name in _STREAM_NAMES)
