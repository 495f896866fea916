"""Leaves the compiled kernel out of writing and merging, for the length of a block."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

_MODULES = (
    "newsindex.storage.block_checksums",
    "newsindex.storage.postings_encoder",
    "newsindex.storage.text_store",
    "newsindex.indexer.merging.segment_merger",
)


@contextmanager
def plain_side():
    """Write and merge with numpy and zstandard in the block."""
    with ExitStack() as stack:
        for module in _MODULES:
            stack.enter_context(patch(f"{module}.compiled_kernel", lambda: None))
        yield
