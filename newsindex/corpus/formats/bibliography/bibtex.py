"""Refuses BibTeX by its name: its text is markup of TeX, and the same programs export RIS."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.detection import FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

BIBTEX_SUFFIXES: Final = (".bib", ".bibtex")
_ENTRY: Final = re.compile(
    r"(?:%[^\n]*+\n|\s)*+@(?:article|misc|online|book|newspaper|electronic|inproceedings|incollection|string|comment|preamble"
    r"|techreport|unpublished|phdthesis)\s*[{(]",
    re.I,
)


def is_bibtex(head: FileHead) -> bool:
    """Whether a text begins with an entry of BibTeX."""
    return _ENTRY.match(head.text) is not None


def refuse_bibtex(content: FormatInput) -> FormatItems:
    """Raises CorpusError, which says what to export instead."""
    raise CorpusError("this is BibTeX, a list of references: export it as RIS or CSL-JSON")
