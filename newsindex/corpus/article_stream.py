"""How do files and folders become a stream of articles, with nothing lost and nothing silent?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from os import PathLike
from typing import TYPE_CHECKING, Final

from newsindex._version import __version__
from newsindex.arguments import shown, text
from newsindex.article import Article
from newsindex.corpus.inputs.feed_versions import FeedVersions, length_of
from newsindex.corpus.inputs.file_search import FoundFile, PathName, find_files, size_of
from newsindex.corpus.inputs.file_state import FileState, Unchanged
from newsindex.errors import CorpusError

_ZIPS_IN_ZIPS: Final = 2

if TYPE_CHECKING:
    from io import BufferedReader

    from newsindex.corpus.fields.language_filter import LanguageFilter
    from newsindex.corpus.formats.format_input import Yielded
    from newsindex.corpus.inputs.byte_stream import Readable


class Corpus(Iterator[Article]):
    """The articles of some files, read as they are asked for.

    ``errors`` lists what could not become an article so far; ``bytes_read`` and ``bytes_total`` are
    bytes on disk, for a progress bar (standard input adds nothing to the total).
    """

    def __init__(
        self,
        files: list[FoundFile],
        format: str | None,
        fields: Mapping[str, str] | None,
        source: str | None,
        on_error: Callable[[CorpusError], object] | None,
        strict: bool,
        language: LanguageFilter | None = None,
    ) -> None:
        self.errors: list[CorpusError] = []
        self.bytes_read = 0
        self.bytes_total = sum(map(size_of, files))
        self._format = format
        self._fields = fields
        self._source = source
        self._on_error = on_error
        self._strict = strict
        self._language = language
        self._snapshots = FeedVersions()
        self._unchanged: Unchanged | None = None
        self._articles = self._read(files)

    def __next__(self) -> Article:
        return next(self._articles)

    def resume(self, known: Mapping[bytes, tuple[bytes, int, int, bytes, str, int]]) -> Unchanged:
        """Pass over files that are as they were; to be called before the first article is asked for."""
        settings = (__version__, self._format, sorted((self._fields or {}).items()), self._source)
        lang = None if self._language is None else self._language.lang
        self._unchanged = Unchanged(known, repr((*settings, lang)))
        return self._unchanged

    def _read(self, files: list[FoundFile]) -> Iterator[Article]:
        held: list[tuple[FoundFile, FileState | None, int]] = []  # files whose entries may wait
        for file in files:
            state = self._unchanged.look(file) if self._unchanged else None
            if self._unchanged and self._unchanged.passes_over(file, state):
                self._count(size_of(file))
                continue
            articles, errors = 0, len(self.errors)
            for item in self._read_file(file):
                if not isinstance(item, Article):
                    self._report(CorpusError(item.reason, item.file or file.name, item.line))
                elif self._keeps(item):
                    articles += 1
                    yield item
            if len(self.errors) == errors:  # else it is read again, and they are told again
                held.append((file, state, articles))
            if not self._snapshots.holds:
                self._note(held)
        yield from filter(self._keeps, self._snapshots.release())
        self._note(held)

    def _note(self, read: list[tuple[FoundFile, FileState | None, int]]) -> None:
        if self._unchanged:
            for file, state, articles in read:
                self._unchanged.note(file, state, articles)
        read.clear()

    def _read_file(self, file: FoundFile) -> Yielded:
        """The articles and errors of a file, and in the end the error that stopped its reading."""
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

    def _read_stream(self, name: str, raw: Readable, depth: int = 0) -> Yielded:
        from newsindex.corpus.formats.format_input import FormatInput
        from newsindex.corpus.formats.registry import (  # a program that only searches starts without formats
            FORMATS,
            format_of,
        )
        from newsindex.corpus.inputs.byte_stream import is_zip, opened

        stream = opened(raw, _nothing if depth else self._count)
        reading = FormatInput(stream, self._fields, self._source)
        if not stream.peek():
            raise CorpusError("the file is empty")
        if is_zip(stream.peek()):
            yield from self._read_zip(name, stream, depth)
            return
        format = FORMATS[self._format or format_of(reading.head(), name)]
        items = format.read(reading)
        first = next(items, None)
        if first is None:
            raise CorpusError("there is no record in this file")
        for item in chain([first], items):
            if format.has_snapshots and isinstance(item, Article):
                yield from self._snapshots.add(item)
            else:
                yield item

    def _read_zip(self, name: str, stream: BufferedReader, depth: int) -> Yielded:
        """The articles of each file in a zip; its errors have the name of that file after the zip's own."""
        from newsindex.corpus.inputs.zip_archive import (
            members,  # a program that only searches starts without it
        )

        if depth >= _ZIPS_IN_ZIPS:
            raise CorpusError("this is a zip in a zip in a zip: unpack it first")
        for member, content in members(stream):
            inner = f"{name}/{member}"
            try:
                if isinstance(content, CorpusError):
                    raise content
                for item in self._read_stream(inner, content, depth + 1):
                    yield item if isinstance(item, Article) else _in_file(item, inner)
            except CorpusError as error:
                yield _in_file(error, inner)

    def _keeps(self, article: Article) -> bool:
        return self._language is None or self._language.keeps(article)

    def is_outdone(self, article: Article, known: Callable[[str], Article | None]) -> bool:
        """Whether an article is an entry of a feed of which a longer version is known by its id."""
        if not self._snapshots.has_met(article.id):
            return False
        version = known(article.id)
        return version is not None and length_of(version) > length_of(article)

    @property
    def unchanged_files(self) -> int:
        """How many files were passed over because they are as an index took them in."""
        return 0 if self._unchanged is None else self._unchanged.files

    @property
    def left_out(self) -> int:
        """How many articles were in another language than the one asked for."""
        return 0 if self._language is None else self._language.left_out

    def _count(self, size: int) -> None:
        self.bytes_read += size

    def _report(self, error: CorpusError) -> None:
        self.errors.append(error)
        if self._on_error is not None:
            self._on_error(error)
        if self._strict:
            raise error


def _in_file(error: CorpusError, name: str) -> CorpusError:
    return CorpusError(error.reason, error.file or name, error.line)


def _nothing(size: int) -> None:
    """What is in a zip was counted as part of the zip."""


def _standard_input() -> Readable:
    """Standard input as bytes; there is none in a process that was started without."""
    stream: Readable | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise CorpusError("standard input is closed, or gives no bytes")
    return stream


def read(
    paths: PathName | Iterable[PathName],
    *,
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
    lang: str | None = None,
    on_error: Callable[[CorpusError], object] | None = None,
    strict: bool = False,
) -> Corpus:
    """Read the articles of files, folders of files, and standard input (``-``).

    The format of each file is told by its content, with its name as a hint: press pages and plain
    text, JSON Lines, JSON and CSV, web pages, feeds, web archives and Parquet, each also gzipped or in
    a zip. ``format`` names one for all instead: "page", "text", "jsonl", "json", "csv", "html", "feed",
    "warc", "parquet"; the last four need extras, as their errors say. In a folder, hidden files and
    documentation (``README*``, ``.md``, ``.rst``) are passed over, and links out of it are not followed.
    Nothing is fetched. An entry of feeds that several snapshots have is read once, as its longest.

    ``fields`` maps a field of Article to the name it has in the files; ``source`` is for articles whose
    file names none; ``lang``, such as "fr", keeps only articles in that language (extra ``lang``), and
    counts the others in ``left_out``. What cannot become an article is added to the ``errors`` of what
    is returned, and ``on_error`` is called with it; ``strict`` raises the first instead.

    Raises CorpusError for a path that does not exist, an unknown format and an unknown field.
    """
    from newsindex.corpus.fields.records import columns
    from newsindex.corpus.formats.registry import FORMATS  # a program that only searches starts without them

    if format is not None and format not in FORMATS:
        raise CorpusError(f"no format {format!r}: choose of {', '.join(FORMATS)}")
    if fields is not None and not isinstance(fields, Mapping):
        raise TypeError(f"fields must map names to names, not be {shown(fields)}")
    if source is not None:
        text("source", source)
    columns(fields or {})
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    files = [file for path in given for file in find_files(path)]
    language = None
    if lang is not None:
        from newsindex.corpus.fields.language_filter import LanguageFilter  # needs an extra

        language = LanguageFilter(text("lang", lang))
    return Corpus(files, format, fields, source, on_error, strict, language)
