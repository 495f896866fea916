"""How is one JSON document read: a list of records, one record, or an object with a list of them?

Documents one after another in a file are each read. In a list that is broken or cut short, a record that
is not JSON costs no other; nor do bytes that are not UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from newsindex.article import Article
from newsindex.corpus.fields.records import has_text, known
from newsindex.corpus.inputs.byte_stream import whole
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded

_DEPTH: Final = 5  # objects around a list of records
_SPACE: Final = re.compile(r"[\s,\ufeff]*")
_FIRST_RECORD: Final = re.compile(r'(?:\{\s*"[^"]*"\s*:\s*)*\[\s*(?=\{)')
_NEXT_RECORD: Final = re.compile(r'\}\s*,?\s*(?=\{\s*")')
_DECODER: Final = json.JSONDecoder()


def read_json(reading: FormatInput) -> Yielded:
    """The article of each record of the documents."""
    content, damage = whole(reading.stream)
    number = 0
    for record in _read(content.decode(errors="surrogateescape"), reading):
        if isinstance(record, CorpusError):
            yield record
            continue
        number += 1
        item = reading.article(record)
        yield item if isinstance(item, Article) else CorpusError(f"record {number}: {item.reason}")
    if damage:
        yield damage


def _read(text: str, reading: FormatInput) -> Iterator[Any]:
    """The records of the documents in a text, and errors in the place of what is not JSON."""
    at = _after_space(text, 0)
    while True:
        try:
            document, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield _not_json(error)
            if first := _FIRST_RECORD.match(text, at):
                yield from _rescued(text, first.end(), getattr(error, "pos", len(text)))
            return
        yield from _records(document, reading)
        at = _after_space(text, end)
        if at == len(text):
            return


def _rescued(text: str, at: int, broken: int) -> Iterator[Any]:
    """The records of a list that is known to be broken at a place, and errors for further such places."""
    following: re.Match[str] | None
    while True:
        try:
            record, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            end = getattr(error, "pos", len(text))
            if end > broken:
                yield _not_json(error)
            following = _NEXT_RECORD.search(text, end)
        else:
            yield record
            following = _NEXT_RECORD.match(text, end - 1)
        if following is None:
            return
        at = following.end()


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _not_json(error: Exception) -> CorpusError:
    line = getattr(error, "lineno", None)
    return CorpusError(f"this is not JSON: {why_not_json(error)}", line=line)


def _records(document: Any, reading: FormatInput) -> list[Any]:
    """The records of a document: itself, unless it is a list or has one in it."""
    if isinstance(document, list):
        return document
    listings = list(_listings(document, reading, _DEPTH))
    if len(listings) == 1:
        return listings[0]
    if listings and not has_text(document, reading.fields):
        raise CorpusError(f"there are {len(listings)} lists of records here: give each a file of its own")
    return [document]


def _listings(value: Any, reading: FormatInput, depth: int) -> Iterator[list[Any]]:
    """The lists of records in an object that is no article itself."""
    if not isinstance(value, dict) or not depth:
        return
    fields = known(value, reading.fields)
    if "body" in fields:
        return
    for inner in value.values():
        if _is_listing(inner, reading):
            yield inner
        elif "headline" not in fields:
            yield from _listings(inner, reading, depth - 1)


def _is_listing(value: Any, reading: FormatInput) -> bool:
    """Whether a value is a list of articles; one of images or of tags is not."""
    return isinstance(value, list) and any(
        isinstance(item, dict) and has_text(item, reading.fields) for item in value
    )


def why_not_json(error: Exception) -> str:
    """What is wrong with JSON, in a few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error)[:100]
