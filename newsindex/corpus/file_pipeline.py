"""Takes one file from its bytes to its articles: opens it, unpacks it, detects its format and reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from newsindex.article import Article
from newsindex.errors import CorpusError

from .error_places import with_place
from .summary import Summary

if TYPE_CHECKING:  # a program that only searches starts without the formats
    from io import BufferedReader

    from newsindex.corpus.fields.field_names import FieldMapping
    from newsindex.corpus.formats.format_input import FormatItems
    from newsindex.corpus.formats.registry import Format
    from newsindex.corpus.inputs.byte_stream import Readable
    from newsindex.corpus.inputs.feed_versions import FeedVersions
    from newsindex.corpus.inputs.file_search import FoundFile

_MAX_NESTED_ZIPS: Final = 2


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How all files of a reading are to be understood; see :func:`newsindex.read` for each option."""

    format: str | None = None
    fields: FieldMapping | None = None
    source: str | None = None


class FilePipeline:
    """Reads files, each as articles and, in the place of what cannot become one, errors.

    Feed entries go through ``versions``, which may hold them back. ``count_bytes`` is called with the
    number of bytes each time some are taken from disk.
    """

    def __init__(
        self,
        options: ReadingOptions,
        versions: FeedVersions,
        summary: Summary,
        count_bytes: Callable[[int], object],
    ) -> None:
        self._options = options
        self._summary = summary
        self._versions = versions
        self._count_bytes = count_bytes

    def read(self, file: FoundFile) -> FormatItems:
        """The articles and errors of a file; the last may be the error that stopped its reading."""
        try:
            if file.error:
                yield CorpusError(file.error)
            elif file.path is None:
                yield from self._read_stream(file.name, _standard_input())
            else:
                with open(file.path, "rb") as stream:
                    yield from self._read_stream(file.name, stream)
        except CorpusError as error:
            yield error
        except OSError as error:
            yield CorpusError(f"the file cannot be read: {error.strerror or error}")

    def _read_stream(self, name: str, raw: Readable, depth: int = 0) -> FormatItems:
        """The items of a stream of bytes; ``depth`` is the number of zips around it."""
        # A program that only searches starts without the formats.
        from newsindex.corpus.formats.format_input import FormatInput
        from newsindex.corpus.formats.registry import (
            DAMAGED_BEGINNINGS,
            FORMAT_NAMES,
            detect_format,
            format_named,
        )
        from newsindex.corpus.inputs.byte_stream import is_zip, open_content
        from newsindex.corpus.inputs.zip_archive import seekable, zip_kind

        count_bytes = _count_nothing if depth else self._count_bytes
        stream = open_content(raw, count_bytes, DAMAGED_BEGINNINGS)
        if not stream.peek():
            raise CorpusError("the file is empty")
        named = self._options.format
        if is_zip(stream.peek()):
            stream = seekable(stream)
            named = zip_kind(stream)
            if named not in FORMAT_NAMES:
                yield from self._read_zip(name, stream, depth)
                return
        content = FormatInput(stream, self._options.fields, self._options.source, self._summary, name)
        format = format_named(named, content.head(), name) if named else detect_format(content.head(), name)
        yield from self._read_format(format, format.reader(content))

    def _read_format(self, format: Format, items: Iterator[Article | CorpusError]) -> FormatItems:
        first = next(items, None)
        if first is None:
            raise CorpusError("there is no record in this file")
        for item in chain([first], items):
            if format.has_versions and isinstance(item, Article):
                yield from self._versions.add(item)
            else:
                yield item

    def _read_zip(self, name: str, stream: BufferedReader, depth: int) -> FormatItems:
        """The items of each file in a zip; an error names the zip and then the file in it."""
        from newsindex.corpus.inputs.zip_archive import (
            zip_members,  # a program that only searches starts without it
        )

        if depth >= _MAX_NESTED_ZIPS:
            raise CorpusError("this is a zip in a zip in a zip: unpack it first")
        for member, content in zip_members(stream):
            inner = f"{name}/{member}"
            try:
                if isinstance(content, CorpusError):
                    raise content
                for item in self._read_stream(inner, content, depth + 1):
                    yield item if isinstance(item, Article) else with_place(item, file=inner)
            except CorpusError as error:
                yield with_place(error, file=inner)


def _count_nothing(size: int) -> None:
    """Bytes inside a zip were counted as bytes of the zip."""


def _standard_input() -> Readable:
    """Standard input as bytes; a process that was started without it has none."""
    stream: Readable | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise CorpusError("standard input is closed, or gives no bytes")
    return stream
