"""Adds the place where an error arose to the error: each level of reading knows one part of it."""

from __future__ import annotations

from newsindex.errors import CorpusError


def with_place(
    error: CorpusError, *, file: str | None = None, line: int | None = None, record: str | None = None
) -> CorpusError:
    """The same error with a file, line and record; what the error names already is kept."""
    return CorpusError(
        error.reason,
        error.file or file,
        line if error.line is None else error.line,
        record=error.record or record,
    )
