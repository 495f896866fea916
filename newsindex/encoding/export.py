"""How is an article written so that it is read again as it was, to the last character?

As a record that has every field of Article by its own name. Such a record is read as it stands, where any
other is understood: nothing is trimmed, and no date is guessed.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from newsindex.arguments import shown
from newsindex.article import FIELDS, Article
from newsindex.corpus.inputs.file_search import PathName
from newsindex.errors import CorpusError, NewsIndexError, QueryError

_NAMES: Final = (
    "id", "headline", "published", "source", "section", "author", "lang", "url", "abstract", "body", "extra",
)  # fmt: skip
_EVERY: Final = frozenset(FIELDS)
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
CSV_HEADER: Final = ",".join(f'"{name}"' for name in _NAMES).encode()


def export(articles: Iterable[Article], output: PathName | BinaryIO, format: str | None = None) -> int:
    """Write articles, one after another; returns how many there were.

    ``output`` is a path or a binary stream. A file is there whole in the end, or as it was before;
    it is gzipped if its name ends in ``.gz``. Without a ``format``, "jsonl" or "csv", the name tells it.

    Raises QueryError for another format, and NewsIndexError where the file cannot be written.
    """
    name = os.fspath(output) if isinstance(output, str | PathLike) else ""
    if not name and not hasattr(output, "write"):
        raise TypeError(f"output must be a path or a binary stream, not {shown(output)}")
    if format is None:
        format = "csv" if name.lower().removesuffix(".gz").endswith(".csv") else "jsonl"
    if format not in _FORMATS:
        raise QueryError(f"format must be one of {', '.join(_FORMATS)}, not {shown(format)}")
    if not name:
        return _write(articles, cast(BinaryIO, output), format)
    with _replacing(name) as stream:
        if not name.lower().endswith(".gz"):
            return _write(articles, stream, format)
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream) as packed:
            return _write(articles, cast(BinaryIO, packed), format)


@contextmanager
def _replacing(name: str) -> Iterator[BinaryIO]:
    """A file to write, which takes its place when all is in it; a pipe or device is written as it is."""
    try:
        path = Path(os.path.realpath(name))
        if path.exists() and not path.is_file():
            with open(path, "wb") as stream:
                yield stream
            return
        making = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            with open(making, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(making, path)
        finally:
            making.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise NewsIndexError(f"{name!r} cannot be written ({error}): name another file") from error


def _write(articles: Iterable[Article], stream: BinaryIO, format: str) -> int:
    count = -1
    for piece in encoded(articles, format):
        stream.write(piece)
        count += 1
    return count


def encoded(articles: Iterable[Article], format: str) -> Iterator[bytes]:
    """The pieces of a file of articles: what it begins with, which may be nothing, then each article."""
    begin, encode = _FORMATS[format]
    yield begin
    for article in articles:
        yield encode(_record(article))


def _json_line(record: dict[str, Any]) -> bytes:
    return _JSON.encode(record).encode() + b"\n"


def _csv_row(record: dict[str, Any]) -> bytes:
    extra = _JSON.encode(record["extra"]) if record["extra"] else ""
    cells = ((value or "").replace('"', '""') for value in {**record, "extra": extra}.values())
    return ",".join(f'"{cell}"' for cell in cells).encode() + b"\n"


_FORMATS: Final = {"jsonl": (b"", _json_line), "csv": (CSV_HEADER + b"\n", _csv_row)}


def _record(article: Article) -> dict[str, Any]:
    """An article by field name; its date in ISO form."""
    record = {name: getattr(article, name) for name in _NAMES}
    record["extra"] = dict(article.extra)
    if article.published is not None:
        record["published"] = article.published.isoformat()
    return record


def as_exported(record: Mapping[str, object]) -> Article | None:
    """The article of a record as it was exported; None for any other record."""
    if record.keys() != _EVERY:
        return None
    values: dict[str, Any] = dict(record)
    try:
        values["published"] = _published(values["published"])
        if isinstance(values["extra"], str):
            values["extra"] = json.loads(values["extra"] or "{}")
        return Article(**values)
    except (CorpusError, ValueError, RecursionError):
        return None


def _published(written: object) -> date | None:
    if not written:
        return None
    if not isinstance(written, str):
        raise ValueError
    if len(written) == len("2026-01-02"):
        return date.fromisoformat(written)
    return datetime.fromisoformat(written)
