"""Computes the checksums of the blocks of an array file while it is written."""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import compiled_kernel
from newsindex.compiled.writing_protocols import BlockChecksumsHandle

BLOCK: Final = 1 << 13
"""Bytes under one checksum."""


class BlockChecksums:
    """The CRC-32 of each block of a file that is given one part after another."""

    def __init__(self) -> None:
        self._finished: list[int] = []
        self._block = 0  # the CRC-32 of the block that is not finished
        self._filled = 0  # its bytes

    def add(self, content: NDArray[np.uint8]) -> None:
        """Adds the next bytes of the file."""
        view = content.data
        done = 0
        while done < len(view):
            step = min(BLOCK - self._filled, len(view) - done)
            self._block = zlib.crc32(view[done : done + step], self._block)
            self._filled += step
            done += step
            if self._filled == BLOCK:
                self._finished.append(self._block)
                self._block = self._filled = 0

    def finish(self) -> NDArray[np.uint32]:
        """The checksum of each block; nothing can be added afterwards."""
        return np.array([*self._finished, *([self._block] if self._filled else [])], np.uint32)


def make_block_checksums() -> BlockChecksums | BlockChecksumsHandle:
    """Checksums that the kernel computes, where it is in use."""
    kernel = compiled_kernel()
    return BlockChecksums() if kernel is None else kernel.BlockChecksums()
