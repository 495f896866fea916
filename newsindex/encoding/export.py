"""Writes articles to a file or stream as JSON Lines or CSV, which ``newsindex.read`` reads as they were."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, BinaryIO, Final, cast

from newsindex.arguments import PathName, shown
from newsindex.article import RECORD_FIELDS, Article
from newsindex.deadline import check_deadline
from newsindex.errors import QueryError

from .article_codec import article_to_dict
from .file_replacement import replace_file

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ARTICLES_BETWEEN_CHECKS: Final = 256  # of the deadline
CSV_HEADER: Final = ",".join(f'"{name}"' for name in RECORD_FIELDS).encode()


def export(articles: Iterable[Article], output: PathName | BinaryIO, format: str | None = None) -> int:
    """Writes articles, one after another, and returns how many there were.

    ``output`` is a path or a binary stream. A file is complete at the end, or stays as it was before
    (see :func:`replace_file`); it is gzipped if its name ends in ``.gz``. Without a ``format``, "jsonl" or
    "csv", the name decides; a stream, and a file whose name has no ending, gets JSON Lines.

    Raises QueryError for another format or ending, NewsIndexError where the file cannot be written, and
    DeadlineExceeded where the time of the surrounding deadline is over.
    """
    name = os.fspath(output) if isinstance(output, str | PathLike) else ""
    if not name and not hasattr(output, "write"):
        raise TypeError(f"output must be a path or a binary stream, not {shown(output)}")
    if format is None:
        format = _format_of_name(name)
    if format not in _FORMATS:
        raise QueryError(f"format must be one of {', '.join(_FORMATS)}, not {shown(format)}")
    if not name:
        return _write(articles, cast(BinaryIO, output), format)
    with replace_file(name) as stream:
        if not name.lower().endswith(".gz"):
            return _write(articles, stream, format)
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream) as packed:
            return _write(articles, cast(BinaryIO, packed), format)


def _format_of_name(name: str) -> str:
    """The format of a file by the ending of its name. Raises QueryError for an ending of another format."""
    _, dot, ending = os.path.basename(name).lower().removesuffix(".gz").rpartition(".")
    if not dot or not ending:
        return "jsonl"
    if ending in _FORMATS_OF_ENDINGS:
        return _FORMATS_OF_ENDINGS[ending]
    hint = (
        "JSON Lines is named .jsonl" if ending == "json" else "name the file so, or give the format as well"
    )
    raise QueryError(
        f"articles are exported as .jsonl or .csv, or gzipped as .jsonl.gz or .csv.gz, "
        f"not as {shown(f'.{ending}')}: {hint}"
    )


def _write(articles: Iterable[Article], stream: BinaryIO, format: str) -> int:
    count = -1  # the first piece is the header
    for piece in encode_articles(articles, format):
        stream.write(piece)
        count += 1
    return count


def encode_articles(articles: Iterable[Article], format: str) -> Iterator[bytes]:
    """The pieces of a file of articles: first its header, which may be empty, then one for each article.

    Raises DeadlineExceeded where the time of the surrounding deadline is over.
    """
    header, encode = _FORMATS[format]
    yield header
    for number, article in enumerate(articles):
        if number % _ARTICLES_BETWEEN_CHECKS == 0:
            check_deadline()
        yield encode(article_to_dict(article))


def _json_line(record: dict[str, Any]) -> bytes:
    return _JSON.encode(record).encode() + b"\n"


def _csv_row(record: dict[str, Any]) -> bytes:
    extra = _JSON.encode(record["extra"]) if record["extra"] else ""
    cells = ((value or "").replace('"', '""') for value in {**record, "extra": extra}.values())
    return ",".join(f'"{cell}"' for cell in cells).encode() + b"\n"


_FORMATS_OF_ENDINGS: Final = {"jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv"}
_FORMATS: Final = {"jsonl": (b"", _json_line), "csv": (CSV_HEADER + b"\n", _csv_row)}
