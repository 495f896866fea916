"""Reads a JSON document: a list of records, one record, or an object with a list of records in it.

Several documents one after another in a file are each read. A comma before a closing bracket, which JSON does
not allow, costs nothing. In a list that is broken or cut short, a record
that is not JSON costs no other; nor do bytes that are not UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from newsindex.corpus.formats.detection import FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.plain_text import TEXT_SUFFIXES
from newsindex.corpus.inputs.bounded_reading import decode_mixed, read_whole
from newsindex.errors import CorpusError
from newsindex.forks import cached_property

from .record_lists import find_records
from .record_reader import RecordReader

JSON_SUFFIXES: Final = (".json",)
JSON_LINES_SUFFIXES: Final = (".jsonl", ".ndjson")
_JSON_START: Final = re.compile(r"\{\s*(?:[\"}]|$)|\[\s*(?:[{\[\]\"]|$)")  # "[Tribune] Un titre" is a text
# Possessive and bound to one line or one run of spaces, so that the time stays linear in the length.
_FIRST_KEY: Final = re.compile(r"^(?:[^\S\n]|[\[,])*+\{\s*+\"[^\"\n]*+\"\s*+:", re.M)
_MAX_BROKEN_RECORDS: Final = 1000  # of a document: at each the decoder counts the lines before it again
_SPACE: Final = re.compile(r"[\s,;)\ufeff]*")
_CALL: Final = re.compile(  # before the JSON in a script
    r"\s*+(?:(?:var|let|const)\s++)?+[A-Za-z_$][\w.$]{0,80}+\s*+[=(]\s*+(?=[\[{])"
)
_FIRST_RECORD: Final = re.compile(r'(?:\{\s*"[^"]*"\s*:\s*)*\[\s*(?=\{)')
_NEXT_RECORD: Final = re.compile(r'\}\s*+,?+\s*+(?=\{\s*+")')
_STRING_OR_IDLE_COMMA: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|,(?=\s*[}\]])', re.S)
_DECODER: Final = json.JSONDecoder()


def is_json(head: FileHead) -> bool:
    """Whether a text is JSON: with a name of JSON a bracket is enough, in a text there must be a key."""
    if not head.text.startswith(("{", "[")):
        return False
    if head.suffix in (*JSON_SUFFIXES, *JSON_LINES_SUFFIXES) or _FIRST_KEY.search(head.text):
        return True
    return head.suffix not in TEXT_SUFFIXES and _JSON_START.match(head.text) is not None


def read_json(content: FormatInput) -> FormatItems:
    """The article of each record of the documents."""
    text, damage = read_whole(content.stream)
    reader = RecordReader(content)
    number = 0
    for record in _read(decode_mixed(text), content):
        if isinstance(record, CorpusError):
            yield record
            continue
        number += 1
        yield from reader.items(record, place=f"record {number}")
    if damage:
        yield damage


def _read(text: str, content: FormatInput) -> Iterator[Any]:
    """The records of the documents in a text, and errors in the place of what is not JSON."""
    call = _CALL.match(text)
    position = call.end() if call else _after_space(text, 0)
    documents = _Documents(text)
    while True:
        try:
            document, end = documents.decode(position)
        except (ValueError, RecursionError) as error:
            yield _not_json(error)
            if first := _FIRST_RECORD.match(text, position):
                yield from _rescued(documents, first.end(), getattr(error, "pos", len(text)))
            return
        yield from _records(document, content)
        position = _after_space(text, end)
        if position == len(text):
            return


class _Documents:
    """The JSON in a text; a document that is JSON but for idle commas is read without them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._have_idle_commas = False

    def decode(self, position: int) -> tuple[Any, int]:
        """The document that begins at a position, and where it ends."""
        if self._have_idle_commas and (found := self._decode_without(position)):
            return found
        try:
            return _DECODER.raw_decode(self.text, position)
        except json.JSONDecodeError:
            found = _DECODER.raw_decode(self._without_idle_commas, position)
            self._have_idle_commas = True
            return found

    def _decode_without(self, position: int) -> tuple[Any, int] | None:
        """A document like the one before it, without idle commas; an error would count all lines before it.

        None where a text that is broken further up has other commas taken for idle ones.
        """
        with suppress(json.JSONDecodeError):
            document, end = _DECODER.raw_decode(self._without_idle_commas, position)
            if without_idle_commas(self.text[position:end]) == self._without_idle_commas[position:end]:
                return document, end
        return None

    @cached_property
    def _without_idle_commas(self) -> str:
        return without_idle_commas(self.text)


def _rescued(documents: _Documents, position: int, broken: int) -> Iterator[Any]:
    """The records of a list that is known to be broken at ``broken``, and errors for further breaks."""
    text = documents.text
    following: re.Match[str] | None
    broken_records = 0
    while True:
        try:
            record, end = documents.decode(position)
        except (ValueError, RecursionError) as error:
            end = getattr(error, "pos", len(text))
            if end > broken:
                yield _not_json(error)
            broken_records += 1
            if broken_records > _MAX_BROKEN_RECORDS:
                yield CorpusError(
                    f"more than {_MAX_BROKEN_RECORDS:,} records are not JSON: the rest was not read"
                )
                return
            following = _NEXT_RECORD.search(text, end)
        else:
            yield record
            following = _NEXT_RECORD.match(text, end - 1)
        if following is None:
            return
        position = following.end()


def _after_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _not_json(error: Exception) -> CorpusError:
    line = getattr(error, "lineno", None)
    return CorpusError(f"this is not JSON: {json_error_message(error)}", line=line)


def _records(document: Any, content: FormatInput) -> list[Any]:
    """The records of a document; those of lists beside it are counted."""
    found, others = find_records(document, content.fields)
    if others:
        content.pass_over("record of another list", others)
    return found.records


def without_idle_commas(text: str) -> str:
    """JSON with spaces in the place of the commas that stand before a closing bracket."""
    return _STRING_OR_IDLE_COMMA.sub(lambda found: " " if found[0] == "," else found[0], text)


def json_error_message(error: Exception) -> str:
    """What is wrong with JSON, in a few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at column {error.colno}"
    return str(error)[:100]
