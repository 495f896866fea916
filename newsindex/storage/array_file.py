"""How are named arrays laid out in one file that is written once and checked whenever it is read?

The grammar is in FORMAT.md. A file is written beside its final name and synced; from then on it never
changes. It is memory-mapped when opened; each 8 KiB block is checked against its CRC-32 when it
is first touched, so that a damaged byte is met by an error and never by a wrong answer.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.errors import IndexCorrupt, NewsIndexError

from .system_errors import other_format

MAGIC: Final = b"newsindx"
VERSION: Final = 4
BLOCK: Final = 1 << 13
_HEADER: Final = struct.Struct("<8sIIQQI")  # magic, version, reserved, directory at, its length, its CRC
_HEADER_SIZE: Final = 64  # the header, its own CRC-32, and zeros
_ALIGNMENT: Final = 64

Array = NDArray[Any]


def write_arrays(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, object]) -> int:
    """Write arrays (of one dimension) and a small JSON-able ``meta`` to a new file, synced.

    Returns the size of the file in bytes.
    """
    entries = {}
    checksums: list[int] = []
    with open(path, "xb") as file:
        file.write(bytes(_HEADER_SIZE))
        at, crc = _HEADER_SIZE, zlib.crc32(bytes(_HEADER_SIZE))
        for name, array in arrays.items():
            little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
            entries[name] = [little.dtype.str, len(little), at]
            padding = bytes(-little.nbytes % _ALIGNMENT)
            for part in (little.view(np.uint8).data, memoryview(padding)):
                file.write(part)
                at, crc = _extend(checksums, at, crc, part)
        if at % BLOCK:
            checksums.append(crc)
        sums = np.array(checksums, "<u4").tobytes()
        listing = json.dumps({"arrays": entries, "meta": dict(meta)}).encode()
        directory = struct.pack("<I", len(sums)) + sums + listing
        file.write(directory)
        header = _HEADER.pack(MAGIC, VERSION, 0, at, len(directory), zlib.crc32(directory))
        file.seek(0)
        file.write(header + struct.pack("<I", zlib.crc32(header)))
        file.flush()
        os.fsync(file.fileno())
    return at + len(directory)


def _extend(checksums: list[int], at: int, crc: int, part: memoryview) -> tuple[int, int]:
    """Run a part that is written at ``at`` through the checksums of the blocks it fills."""
    done = 0
    while done < len(part):
        step = min(BLOCK - at % BLOCK, len(part) - done)
        crc = zlib.crc32(part[done : done + step], crc)
        at += step
        done += step
        if at % BLOCK == 0:
            checksums.append(crc)
            crc = 0
    return at, crc


class ArrayFile:
    """An array file opened for reading; its arrays are views of the file, never copies.

    Raises IndexCorrupt where the file is not what was written, IndexTooOld for another version.
    """

    def __init__(self, path: Path, mapped: bool = True) -> None:
        self.path = path
        try:
            with open(path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < _HEADER_SIZE:
                    raise self._corrupt("is cut short", size)
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if mapped else file.read()
        except FileNotFoundError:  # what that means is known to who opens it
            raise
        except OSError as error:
            raise NewsIndexError(f"{path} could not be read ({error}): see to its permissions") from error
        self.size = size
        header = self._map[: _HEADER.size]
        magic, version, _, at, length, crc = _HEADER.unpack(header)
        if magic != MAGIC:
            raise self._corrupt("is not a newsindex file", 0)
        if zlib.crc32(header) != struct.unpack_from("<I", self._map, _HEADER.size)[0]:
            raise self._corrupt("has a damaged header", 0)
        if version != VERSION:
            raise other_format(path, version, VERSION)
        directory = self._map[at : at + length]
        if at + length != size or zlib.crc32(directory) != crc:
            raise self._corrupt("is cut short or has a damaged directory", at)
        (sums,) = struct.unpack_from("<I", directory)
        self._checksums = np.frombuffer(directory, "<u4", sums // 4, 4).astype(np.uint32).data
        self._verified = bytearray(len(self._checksums))
        listing = json.loads(directory[4 + sums :])
        self.meta: dict[str, Any] = listing["meta"]
        self._end = at
        self._at: dict[str, int] = {}
        self._arrays: dict[str, Array] = {}
        for name, (dtype, count, offset) in listing["arrays"].items():
            self._at[name] = offset
            self._arrays[name] = np.frombuffer(self._map, dtype, count, offset)

    def check_size(self) -> None:
        """Check that the file has its size of then still. Raises IndexCorrupt, FileNotFoundError."""
        if (size := os.stat(self.path).st_size) != self.size:
            raise self._corrupt("has another size than when it was opened", min(size, self.size))

    def _corrupt(self, what: str, at: int) -> IndexCorrupt:
        return IndexCorrupt(f"{self.path} {what} (byte {at}): restore the index from a copy, or index again")

    def fault(self, name: str, element: int, what: str) -> IndexCorrupt:
        """What to say where the values of an array, from one of them on, make no sense."""
        at = self._at[name] + element * self._arrays[name].itemsize
        return self._corrupt(f"makes no sense: the values of {name} {what}", at)

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def nbytes(self) -> dict[str, int]:
        """The size of each array in bytes."""
        return {name: array.nbytes for name, array in self._arrays.items()}

    def array(self, name: str) -> Array:
        """A whole array, checked."""
        array = self._arrays[name]
        self._verify(self._at[name], array.nbytes)
        return array

    def part(self, name: str, start: int, stop: int) -> Array:
        """The elements ``start`` to ``stop`` of an array; only the blocks under them are checked."""
        array = self._arrays[name]
        item = array.itemsize
        self._verify(self._at[name] + start * item, (stop - start) * item)
        return array[start:stop]

    def _verify(self, at: int, length: int) -> None:
        first, last = at // BLOCK, (at + length - 1) // BLOCK
        if self._verified.find(0, first, last + 1) < 0:
            return
        for block in range(first, last + 1):
            if not self._verified[block]:
                start = block * BLOCK
                content = memoryview(self._map)[start : min(start + BLOCK, self._end)]
                crc = zlib.crc32(content)
                if block == 0:  # the header was written last: its place counts as zeros
                    crc = zlib.crc32(content[_HEADER_SIZE:], zlib.crc32(bytes(_HEADER_SIZE)))
                if crc != self._checksums[block]:
                    raise self._corrupt("is damaged", start)
                self._verified[block] = 1

    def check(self) -> None:
        """Check every block; raises IndexCorrupt at the first that is damaged."""
        self._verify(0, self._end)
        if any(self._map[_HEADER.size + 4 : _HEADER_SIZE]):
            raise self._corrupt("has a damaged header", _HEADER.size + 4)
