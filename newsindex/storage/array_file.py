"""A file of named one-dimensional arrays that is written once and checked by checksums whenever it is read.

FORMAT.md has the grammar. A file is written under its final name, which no commit names yet, and synced;
from then on it never changes. It is memory-mapped when opened, and each 8 KiB block is compared with its
CRC-32 when it is first read, so that a damaged byte raises an error and never gives a wrong answer.

The system ends a process with SIGBUS when it reads a mapped page beyond the end of a file that was
truncated since it was mapped. ``check_size`` finds a truncated file as long as no such page is read; where
files may be truncated at any time, ``mapped=False`` reads the whole file into memory.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from newsindex.errors import IndexCorrupt, NewsIndexError

from .block_checksums import BLOCK, make_block_checksums
from .folder_sync import sync_file
from .system_errors import segment_version_error

MAGIC: Final = b"newsindx"
VERSION: Final = 5
OLDEST_WITH_TEXTS: Final = 4
"""The oldest version whose file and stored articles have the form of today, whatever its other arrays."""
_HEADER: Final = struct.Struct("<8sIIQQI")  # magic, version, 0, start and length of the directory, its CRC
_HEADER_SIZE: Final = 64  # bytes: the header, its own CRC-32, and zeros
_ALIGNMENT: Final = 64  # bytes

Array = NDArray[Any]


def checked_cast(values: Array, dtype: DTypeLike) -> Array:
    """Integers in a narrower type; raises NewsIndexError where one does not fit, which a cast would hide."""
    limits = np.iinfo(dtype)
    if len(values) and (values.min() < limits.min or values.max() > limits.max):
        raise segment_too_large_error()
    return values.astype(dtype)


def segment_too_large_error() -> NewsIndexError:
    """The error for a segment that would hold more than its format can number."""
    return NewsIndexError(
        "a segment would hold more than its format can number: index fewer articles at once"
    )


def part_ends(sizes: Iterable[int], dtype: DTypeLike) -> Array:
    """The bounds of parts that follow one another: 0, and the end of each part; raises NewsIndexError."""
    return checked_cast(np.cumsum([0, *sizes], dtype=np.int64), dtype)


class ArrayFileWriter:
    """Writes a new array file, one array after another; a context manager that closes the file.

    The file can be read once :meth:`finish` has written its directory.
    """

    def __init__(self, path: Path) -> None:
        self._file = open(path, "xb")  # noqa: SIM115 - closed by __exit__
        self._entries: dict[str, list[object]] = {}
        self._checksums = make_block_checksums()
        self._size = 0
        self._append(np.zeros(_HEADER_SIZE, np.uint8))

    def __enter__(self) -> ArrayFileWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, name: str, array: Array) -> None:
        """Appends an array."""
        self.write_chunks(name, array.dtype, [array])

    def write_chunks(self, name: str, dtype: DTypeLike, chunks: Iterable[Array | bytes]) -> None:
        """Appends an array that is given in chunks, each of which is written before the next is asked for."""
        little = np.dtype(dtype).newbyteorder("<")
        start = self._size
        for chunk in chunks:
            values = np.frombuffer(chunk, little) if isinstance(chunk, bytes) else chunk
            self._append(np.ascontiguousarray(values, little).view(np.uint8))
        self._entries[name] = [little.str, (self._size - start) // little.itemsize, start]
        self._append(np.zeros(-self._size % _ALIGNMENT, np.uint8))

    def finish(self, meta: Mapping[str, object]) -> int:
        """Writes the directory with a small JSON-able ``meta``, and syncs; returns the size in bytes."""
        checksums = self._checksums.finish().astype("<u4").tobytes()
        listing = json.dumps({"arrays": self._entries, "meta": dict(meta)}).encode()
        directory = struct.pack("<I", len(checksums)) + checksums + listing
        self._file.write(directory)
        header = _HEADER.pack(MAGIC, VERSION, 0, self._size, len(directory), zlib.crc32(directory))
        self._file.seek(0)
        self._file.write(header + struct.pack("<I", zlib.crc32(header)))
        self._file.flush()
        sync_file(self._file.fileno())
        return self._size + len(directory)

    def _append(self, content: NDArray[np.uint8]) -> None:
        """Writes bytes, and runs them through the checksums of the blocks that they fill."""
        self._file.write(content.data)
        self._checksums.add(content)
        self._size += len(content)


def write_arrays(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, object]) -> int:
    """Writes arrays and a small JSON-able ``meta`` to a new file, synced; returns its size in bytes."""
    with ArrayFileWriter(path) as file:
        for name, array in arrays.items():
            file.write(name, array)
        return file.finish(meta)


class RawFile(NamedTuple):
    """The content of an array file, nothing of which is checked."""

    content: NDArray[np.uint8]
    end: int  # of the arrays, in bytes
    checksums: NDArray[np.uint32]  # of the blocks, shape (blocks,)
    layout: dict[str, tuple[str, int, int]]  # the type, the length and the first byte of each array


class ArrayFile:
    """An array file opened for reading; its arrays are views of the file, never copies.

    Raises FileNotFoundError, IndexCorrupt where the file is not what was written, IndexTooOld or IndexTooNew
    for another version of the format, and NewsIndexError where the system refuses to read it.
    """

    def __init__(self, path: Path, mapped: bool = True, oldest: int = VERSION) -> None:
        """Opens a file; unless ``mapped``, reads all of it into memory.

        ``oldest`` is the oldest version that the caller reads.
        """
        self.path = path
        self._oldest = oldest
        try:
            with open(path, "rb") as file:
                self.size = os.fstat(file.fileno()).st_size
                if self.size < _HEADER_SIZE:
                    raise self.corrupt_error("is cut short", self.size)
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if mapped else None
                self._content = file.read() if self._map is None else self._map
        except FileNotFoundError:  # the caller knows whether the file was expected
            raise
        except OSError as error:
            raise NewsIndexError(f"{path} could not be read ({error}): see to its permissions") from error
        if len(self._content) != self.size:  # it was truncated just now
            raise self.corrupt_error("is cut short", len(self._content))
        directory = self._read_directory()
        (checksums_size,) = struct.unpack_from("<I", directory)
        self._checksums = np.frombuffer(directory, "<u4", checksums_size // 4, 4).astype(np.uint32).data
        self._verified = bytearray(len(self._checksums))  # 1 for each block that was compared
        listing = json.loads(directory[4 + checksums_size :])
        self.meta: dict[str, Any] = listing["meta"]
        self._starts: dict[str, int] = {}  # bytes, by array
        self._arrays: dict[str, Array] = {}
        for name, (dtype, count, start) in listing["arrays"].items():
            self._starts[name] = start
            self._arrays[name] = np.frombuffer(self._content, dtype, count, start)

    def _read_directory(self) -> bytes:
        """Checks the header and the directory; returns the latter."""
        header = self._content[: _HEADER.size]
        magic, version, _, start, length, crc = _HEADER.unpack(header)
        if magic != MAGIC:
            raise self.corrupt_error("is not a newsindex file", 0)
        if zlib.crc32(header) != struct.unpack_from("<I", self._content, _HEADER.size)[0]:
            raise self.corrupt_error("has a damaged header", 0)
        if not self._oldest <= version <= VERSION:
            raise segment_version_error(self.path, version, VERSION, OLDEST_WITH_TEXTS)
        directory = self._content[start : start + length]
        if start + length != self.size or zlib.crc32(directory) != crc:
            raise self.corrupt_error("is cut short or has a damaged directory", start)
        self._end = start  # of the arrays, in bytes
        return directory

    def corrupt_error(self, reason: str, byte: int) -> IndexCorrupt:
        """The error for a file that is not what was written, as seen at a byte of it."""
        return IndexCorrupt(
            f"{self.path} {reason} (byte {byte}): restore the index from a copy, or index again"
        )

    def inconsistent_error(self, name: str, element: int, reason: str) -> IndexCorrupt:
        """The error for values of an array that make no sense, from ``element`` on."""
        byte = self._starts[name] + element * self._arrays[name].itemsize
        return self.corrupt_error(f"makes no sense: the values of {name} {reason}", byte)

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def nbytes(self) -> dict[str, int]:
        """The size of each array in bytes."""
        return {name: array.nbytes for name, array in self._arrays.items()}

    def length(self, name: str) -> int:
        """The number of elements of an array."""
        return len(self._arrays[name])

    def array(self, name: str) -> Array:
        """A whole array, checked."""
        array = self._arrays[name]
        self._verify(self._starts[name], array.nbytes)
        return array

    def part(self, name: str, start: int, stop: int) -> Array:
        """The elements ``start`` to before ``stop`` of an array; only the blocks under them are checked."""
        array = self._arrays[name]
        itemsize = array.itemsize
        self._verify(self._starts[name] + start * itemsize, (stop - start) * itemsize)
        return array[start:stop]

    def raw(self) -> RawFile:
        """What a reader needs that compares the blocks with their checksums itself."""
        layout = {
            name: (array.dtype.str, len(array), self._starts[name]) for name, array in self._arrays.items()
        }
        content = np.frombuffer(self._content, np.uint8)
        return RawFile(content, self._end, np.asarray(self._checksums, np.uint32), layout)

    def _verify(self, start: int, length: int) -> None:
        """Compares each block under some bytes with its checksum, unless that was done before."""
        first, last = start // BLOCK, (start + length - 1) // BLOCK
        if self._verified.find(0, first, last + 1) < 0:
            return
        for block in range(first, last + 1):
            if not self._verified[block]:
                block_start = block * BLOCK
                content = memoryview(self._content)[block_start : min(block_start + BLOCK, self._end)]
                crc = zlib.crc32(content)
                if block == 0:  # the header was written last: its bytes count as zeros
                    crc = zlib.crc32(content[_HEADER_SIZE:], zlib.crc32(bytes(_HEADER_SIZE)))
                if crc != self._checksums[block]:
                    raise self.corrupt_error("is damaged", block_start)
                self._verified[block] = 1

    def release_pages(self) -> None:
        """Lets the system take back the memory of what was read of a mapped file, where it supports that."""
        if self._map is not None and sys.platform != "win32":
            self._map.madvise(mmap.MADV_DONTNEED)

    def check_size(self) -> None:
        """Raises IndexCorrupt where the file is mapped and no longer has the size that it was opened with.

        It costs one system call. A file that was deleted meanwhile keeps its size.
        """
        if self._map is not None and self._map.size() != self.size:
            raise self.corrupt_error("was cut short or grew while it was open", self._map.size())

    def check(self) -> None:
        """Checks every block; raises IndexCorrupt at the first that is damaged."""
        self._verify(0, self._end)
        if any(self._content[_HEADER.size + 4 : _HEADER_SIZE]):
            raise self.corrupt_error("has a damaged header", _HEADER.size + 4)
