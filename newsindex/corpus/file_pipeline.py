"""Takes one file from its bytes to its articles: opens it, unpacks it, detects its format and reads it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from newsindex.article import Article
from newsindex.corpus.inputs.file_search import FoundFile
from newsindex.errors import CorpusError

from .error_places import with_place
from .identity import ReadArticles
from .summary import LINE_ABOVE_TABLE, TOTAL_OF_TABLE, Summary

if TYPE_CHECKING:  # a program that only searches starts without the formats
    from newsindex.corpus.fields.field_names import FieldMapping
    from newsindex.corpus.formats.format_input import FormatItems
    from newsindex.corpus.formats.registry import Format
    from newsindex.corpus.inputs.byte_stream import Readable
    from newsindex.corpus.inputs.feed_versions import FeedVersions

_MAX_NESTED_ARCHIVES: Final = 2
_NO_RECORDS: Final = (LINE_ABOVE_TABLE, TOTAL_OF_TABLE)  # a table of nothing else has no record


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How all files of a reading are to be understood; see :func:`newsindex.read` for each option."""

    format: str | None = None
    fields: FieldMapping | None = None
    source: str | None = None
    month_first: bool = False


class FilePipeline:
    """Reads files, each as articles and, in the place of what cannot become one, errors.

    No two articles that ``read_articles`` tells apart have one id. Feed entries go through ``versions``,
    which may hold them back. ``count_bytes`` is called with the number of bytes each time some are taken
    from disk. ``format_name`` is the name of the format of the article given last, ``formats`` counts the
    articles of the file that is read by their format, and ``undated`` those without a date.
    """

    def __init__(
        self,
        options: ReadingOptions,
        versions: FeedVersions,
        read_articles: ReadArticles,
        summary: Summary,
        count_bytes: Callable[[int], object],
    ) -> None:
        self._options = options
        self._summary = summary
        self._versions = versions
        self._read_articles = read_articles
        self.format_name = ""
        self.formats: Counter[str] = Counter()
        self.undated = 0
        self._count_bytes = count_bytes

    def read(self, file: FoundFile) -> FormatItems:
        """The articles and errors of a file; the last may be the error that stopped its reading."""
        self.formats, self.undated = Counter(), 0
        try:
            if file.error:
                yield CorpusError(file.error)
            elif file.path is None:
                yield from self._read_stream(file.name, _standard_input())
            else:
                with open(file.path, "rb") as stream:
                    yield from self._found(file, self._read_stream(file.name, stream))
        except CorpusError as error:
            yield error
        except OSError as error:
            yield CorpusError(f"the file cannot be read: {error.strerror or error}")

    def _found(self, file: FoundFile, items: FormatItems) -> FormatItems:
        """The items of a file; a file found in a folder that can hold no article is counted instead."""
        from newsindex.corpus.formats.refusals import RefusedFile  # a program that only searches needs none

        try:
            yield from items
        except RefusedFile as error:
            if not file.in_folder or error.refusal.holds_articles:
                raise
            self._summary.passed_over[error.refusal.counted_as] += 1

    def _read_stream(self, name: str, raw: Readable, depth: int = 0) -> FormatItems:
        """The items of a stream of bytes; ``depth`` is the number of archives around it."""
        # A program that only searches starts without the formats.
        from newsindex.corpus.formats.format_input import FormatInput
        from newsindex.corpus.formats.refusals import ZIP_REFUSALS, RefusedFile, refuse
        from newsindex.corpus.formats.registry import (
            DAMAGED_BEGINNINGS,
            FORMAT_NAMES,
            detect_format,
            format_named,
        )
        from newsindex.corpus.inputs.byte_stream import is_zip, open_content
        from newsindex.corpus.inputs.tar_archive import is_tar, tar_members
        from newsindex.corpus.inputs.zip_archive import seekable, zip_kind, zip_members

        count_bytes = _count_nothing if depth else self._count_bytes
        stream = open_content(raw, count_bytes, DAMAGED_BEGINNINGS, lambda head: refuse(head, name), name)
        if not stream.peek():
            raise CorpusError("the file is empty")
        named = self._options.format
        if is_zip(stream.peek()):
            stream = seekable(stream)
            named = zip_kind(stream, name)
            if named in ZIP_REFUSALS:
                raise RefusedFile(ZIP_REFUSALS[named])
            if named not in FORMAT_NAMES:
                members = zip_members(stream, self._summary.pass_over)
                yield from self._read_archive(name, members, "zip", depth)
                return
        elif is_tar(stream.peek()):
            yield from self._read_archive(name, tar_members(stream, self._summary.pass_over), "tar", depth)
            return
        options = self._options
        content = FormatInput(
            stream, options.fields, options.source, self._summary, name, month_first=options.month_first
        )
        format = format_named(named, content.head(), name) if named else detect_format(content.head(), name)
        yield from self._read_format(format, format.reader(content), is_archived=depth > 0)

    def _read_format(self, format: Format, items: FormatItems, *, is_archived: bool) -> FormatItems:
        passed_over = self._records_passed_over()
        self.formats[format.name] += 0
        first = next(items, None)
        if first is None:
            if self._records_passed_over() > passed_over:
                return  # a draft, or a file of attachments alone: it is counted
            raise CorpusError("there is no record in this file")
        for item in chain([first], items):
            if not isinstance(item, Article):
                yield item
                continue
            article, is_later = self._read_articles.identify(item, is_archived=is_archived)
            self.format_name = format.name
            if article is None:
                continue
            self.formats[format.name] += 1
            self.undated += article.published is None
            if format.has_versions:
                yield from self._versions.add(article, format.name, is_later=is_later)
                continue
            if is_later:
                self._summary.repeat(article.id)
            yield article

    def _records_passed_over(self) -> int:
        counts = self._summary.passed_over
        return counts.total() - sum(counts[reason] for reason in _NO_RECORDS)

    def _read_archive(
        self, name: str, members: Iterator[tuple[str, Readable | CorpusError]], kind: str, depth: int
    ) -> FormatItems:
        """The items of each file in a zip or tar; an error names the archive and then the file in it."""
        if depth >= _MAX_NESTED_ARCHIVES:
            raise CorpusError(f"this is a {kind} in an archive in an archive: unpack it first")
        passed_over = self._summary.passed_over.total()
        first = next(members, None)
        if first is None:
            if self._summary.passed_over.total() > passed_over:
                return
            raise CorpusError(f"there is no file in this {kind}")
        for member, content in chain([first], members):
            inner = f"{name}/{member}"
            file = FoundFile(inner, in_folder=True)
            try:
                if isinstance(content, CorpusError):
                    raise content
                for item in self._found(file, self._read_stream(inner, content, depth + 1)):
                    yield item if isinstance(item, Article) else with_place(item, file=inner)
            except CorpusError as error:
                yield with_place(error, file=inner)


def _count_nothing(size: int) -> None:
    """Bytes inside an archive were counted as bytes of the archive."""


def _standard_input() -> Readable:
    """Standard input as bytes; a process that was started without it has none."""
    stream: Readable | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise CorpusError("standard input is closed, or gives no bytes")
    return stream
