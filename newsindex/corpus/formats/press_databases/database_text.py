"""Tells the exports of press databases in plain text, and gives the reader of each.

The text may be that of a file, or what a Word or RTF document was converted to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsindex.corpus.formats.detection import Detector, FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems, Reader
from newsindex.corpus.formats.plain_text import whole_text

from .factiva.factiva_text import is_factiva_text, read_factiva_text
from .iramuteq_corpus import is_iramuteq_text, read_iramuteq_text
from .nexis.nexis_text import is_nexis_text, read_nexis_text
from .nexis.nexis_uni_text import is_nexis_uni_text, read_nexis_uni_text

DatabaseReader = Callable[[str, FormatInput], FormatItems]
"""Reads the articles of a text; it yields errors in the place of those that cannot be read."""

_READERS: Final[tuple[tuple[Callable[[str], bool], DatabaseReader], ...]] = (
    (is_iramuteq_text, read_iramuteq_text),
    (is_nexis_text, read_nexis_text),
    (is_nexis_uni_text, read_nexis_uni_text),
    (is_factiva_text, read_factiva_text),
)
_OTHER_SUFFIXES: Final = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".md", ".markdown")
_OTHER_BEGINNINGS: Final = ("{", "[", "<")


def recognise_database_text(text: str) -> DatabaseReader | None:
    """The reader of a text of a press database or of a corpus of IRaMuTeQ; None for any other text."""
    return next((reader for is_database, reader in _READERS if is_database(text)), None)


def text_detector(is_database: Callable[[str], bool]) -> Detector:
    """A detector of plain text that a database wrote; tables and JSON may hold such texts in their cells."""

    def detect(head: FileHead) -> bool:
        is_text = head.suffix not in _OTHER_SUFFIXES and not head.text.startswith(_OTHER_BEGINNINGS)
        return is_text and is_database(head.text.replace("\r\n", "\n").replace("\r", "\n"))

    return detect


def text_reader(read: DatabaseReader) -> Reader:
    """A reader of files for a reader of texts."""

    def read_file(content: FormatInput) -> FormatItems:
        """The articles of the file, and the damage that cut it short if there was any."""
        text, damage = whole_text(content)
        yield from read(text, content)
        if damage:
            yield damage

    return read_file


def is_any_nexis_text(text: str) -> bool:
    """Whether a text is an export of Nexis, older or newer."""
    return is_nexis_text(text) or is_nexis_uni_text(text)


def read_any_nexis_text(text: str, content: FormatInput) -> FormatItems:
    """The articles of a text of Nexis, older or newer."""
    return (read_nexis_uni_text if is_nexis_uni_text(text) and not is_nexis_text(text) else read_nexis_text)(
        text, content
    )
