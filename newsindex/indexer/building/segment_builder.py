"""The interface of a place where a segment is built: this process (batch.py) or a worker process."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.segment_writer import Columns


class Block(NamedTuple):
    """Articles that are scanned together."""

    packed: list[bytes]  # as pack_article gives them
    texts: list[str]  # the headline and the body of each


class BatchColumns(NamedTuple):
    """The columns of the articles of a segment to be built.

    ``columns`` are those of the articles that are kept, without the lengths, which only the scan knows;
    ``kept`` says of each article that was scanned whether it is, shape (scanned,).
    """

    columns: Columns
    kept: NDArray[np.bool_]


class SegmentBuilder(Protocol):
    """A place where articles are scanned until they are written as a segment."""

    def scan(self, block: Block) -> None:
        """Scans the articles of a block."""

    def packed_text(self, number: int) -> bytes:
        """The packed article that was scanned as the given number, counted from 0."""

    def is_full(self) -> bool:
        """Whether a segment should be built before more is scanned."""

    def build(self, path: Path, batch: BatchColumns) -> None:
        """Begins to write the articles that are kept as a segment, and starts again with no article."""

    def clear(self) -> None:
        """Drops the scanned articles."""

    def wait(self) -> None:
        """Returns when the segment that was begun last is written; raises what went wrong."""
