"""How is Parquet read? A row a record, some hundred rows at a time."""

from __future__ import annotations

import io
from typing import Final

import pyarrow
from pyarrow import parquet

from newsindex.article import Article
from newsindex.corpus.fields.records import has_text
from newsindex.corpus.inputs.byte_stream import MAX_DOCUMENT, whole
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded

_ROWS: Final = 256
_MAX_GROUP: Final = 1 << 30  # bytes unpacked of a row group, which is read as a whole


def read(reading: FormatInput) -> Yielded:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    damage = None
    source = reading.stream
    if not source.seekable():
        content, damage = whole(source, MAX_DOCUMENT)
        source = io.BufferedReader(io.BytesIO(content))
    try:
        yield from _rows(parquet.ParquetFile(source), reading)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise damage or CorpusError(f"the Parquet file is damaged: {error!s:.200}") from None


def _rows(table: parquet.ParquetFile, reading: FormatInput) -> Yielded:
    names = table.schema_arrow.names
    if not has_text(names, reading.fields):
        raise CorpusError(f"no column is known as headline or body: {', '.join(names):.200}")
    number = 0
    for group in range(table.num_row_groups):
        if table.metadata.row_group(group).total_byte_size > _MAX_GROUP:
            yield CorpusError(f"row group {group + 1} is larger than {_MAX_GROUP >> 30} GB unpacked")
            continue
        for batch in table.iter_batches(_ROWS, row_groups=[group], use_threads=False):
            for record in batch.to_pylist():
                number += 1
                item = reading.article(record)
                yield item if isinstance(item, Article) else CorpusError(f"row {number}: {item.reason}")
