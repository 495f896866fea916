"""How do files and folders become a stream of articles, with nothing lost and nothing silent?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Final

from ..article import Article
from ..errors import CorpusError
from .formats import READERS, Reading, format_of
from .stream import unpacked

_STDIN: Final = "-"
_DOCUMENTATION: Final = (".md", ".markdown", ".rst")

PathName = str | PathLike[str]


class Corpus(Iterator[Article]):
    """The articles of some files, read as they are asked for.

    ``errors`` lists what could not become an article so far; ``bytes_read`` and ``bytes_total`` are
    bytes on disk, for a progress bar (standard input adds nothing to the total).
    """

    def __init__(
        self,
        files: list[tuple[str, Path | None]],
        format: str | None,
        fields: Mapping[str, str] | None,
        source: str | None,
        on_error: Callable[[CorpusError], object] | None,
        strict: bool,
    ) -> None:
        self.errors: list[CorpusError] = []
        self.bytes_read = 0
        self.bytes_total = sum(_size(path) for _, path in files if path)
        self._format = format
        self._fields = fields
        self._source = source
        self._on_error = on_error
        self._strict = strict
        self._articles = self._read(files)

    def __next__(self) -> Article:
        return next(self._articles)

    def _read(self, files: list[tuple[str, Path | None]]) -> Iterator[Article]:
        for name, path in files:
            try:
                for item in self._read_file(name, path):
                    if isinstance(item, Article):
                        yield item
                    else:
                        self._report(item, name)
            except CorpusError as error:
                if error.file is not None:  # reported already, in strict mode
                    raise
                self._report(error, name)
            except OSError as error:
                self._report(CorpusError(f"the file cannot be read: {error.strerror or error}"), name)

    def _read_file(self, name: str, path: Path | None) -> Iterator[Article | CorpusError]:
        if path is None:
            yield from self._read_stream(name, sys.stdin.buffer)
        else:
            with open(path, "rb") as file:
                yield from self._read_stream(name, file)

    def _read_stream(self, name: str, raw: object) -> Iterator[Article | CorpusError]:
        stream = unpacked(raw, self._count)  # type: ignore[arg-type]  # both kinds of binary file
        reading = Reading(stream, name, self._fields, self._source)
        head = reading.head()
        if head:
            yield from READERS[self._format or format_of(head, name)](reading)
        else:
            yield CorpusError("the file is empty")

    def _count(self, size: int) -> None:
        self.bytes_read += size

    def _report(self, error: CorpusError, file: str) -> None:
        error = CorpusError(error.reason, file, error.line)
        self.errors.append(error)
        if self._on_error is not None:
            self._on_error(error)
        if self._strict:
            raise error


def read(
    paths: PathName | Iterable[PathName],
    *,
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
    on_error: Callable[[CorpusError], object] | None = None,
    strict: bool = False,
) -> Corpus:
    """Read the articles of files, folders of files, and standard input (``-``).

    The format of each file is told by its content, with its name as a hint: press pages and plain
    text, JSON Lines, JSON and CSV, each also gzipped. ``format`` names one for all instead: "page",
    "text", "jsonl", "json", "csv". In a folder, hidden files and documentation (``.md``, ``.rst``) are passed
    over, and links out of it are not followed.

    ``fields`` maps a field of Article to the name it has in the files; ``source`` is for articles whose
    file names none. What cannot become an article is added to the ``errors`` of what is returned,
    and ``on_error`` is called with it; ``strict`` raises the first instead.

    Raises CorpusError for a path that does not exist and for an unknown format.
    """
    if format is not None and format not in READERS:
        raise CorpusError(f"no format {format!r}: choose of {', '.join(READERS)}")
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    files = [file for path in given for file in _files(os.fspath(path))]
    return Corpus(files, format, fields, source, on_error, strict)


def _files(name: str) -> list[tuple[str, Path | None]]:
    if name == _STDIN:
        return [(name, None)]
    path = Path(name)
    try:
        if path.is_dir():
            return [(str(file), file) for file in _walk(path)]
        if path.exists():
            return [(name, path)]
    except (OSError, ValueError) as error:
        raise CorpusError(f"this path cannot be read: {error}", name) from None
    raise CorpusError("there is no such file or folder", name)


def _walk(folder: Path) -> list[Path]:
    """The files below a folder, sorted."""
    home = folder.resolve()
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.suffix.lower() not in _DOCUMENTATION
        and path.resolve().is_relative_to(home)
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
