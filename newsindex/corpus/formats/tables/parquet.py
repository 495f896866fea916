"""Reads Parquet, some hundred rows at a time (extra: parquet)."""

from __future__ import annotations

import io
from typing import Final

import pyarrow
from pyarrow import parquet

from newsindex.corpus.fields.field_names import has_text_field
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import MAX_DOCUMENT, read_whole
from newsindex.errors import CorpusError

from .header_row import no_known_column

_BATCH_ROWS: Final = 256
_MAX_GROUP: Final = 1 << 30  # bytes unpacked of a row group, which is read as a whole


def read(content: FormatInput) -> FormatItems:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    damage = None
    stream = content.stream
    if not stream.seekable():
        raw, damage = read_whole(stream, MAX_DOCUMENT)
        stream = io.BufferedReader(io.BytesIO(raw))
    try:
        yield from _rows(parquet.ParquetFile(stream), content)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise damage or CorpusError(f"the Parquet file is damaged: {error!s:.200}") from None


def _rows(table: parquet.ParquetFile, content: FormatInput) -> FormatItems:
    names = table.schema_arrow.names
    content.meet_columns(names)
    if not has_text_field(names, content.fields):
        raise no_known_column(names)
    number = 0
    for group in range(table.num_row_groups):
        if table.metadata.row_group(group).total_byte_size > _MAX_GROUP:
            yield CorpusError(f"row group {group + 1} is larger than {_MAX_GROUP >> 30} GB unpacked")
            continue
        for batch in table.iter_batches(_BATCH_ROWS, row_groups=[group], use_threads=False):
            for record in batch.to_pylist():
                number += 1
                yield from content.items(record, place=f"row {number}")
