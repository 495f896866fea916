"""Reads JSON Lines: one record a line; a broken line costs no other."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from typing import Final

from newsindex.corpus.formats.detection import FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import decode_mixed, line_too_long, read_lines
from newsindex.errors import CorpusError

from .bulk_lines import BulkLines
from .json_document import (
    JSON_LINES_SUFFIXES,
    JSON_SUFFIXES,
    is_json,
    json_error_message,
    without_idle_commas,
)
from .record_reader import RecordReader

_LIST_OF_OBJECTS: Final = re.compile(r"\[\s*\{")
_UNFINISHED_LINE_ENDS: Final = ("[", "{", ",")  # no line that ends so is a whole record


def read_json_lines(content: FormatInput) -> FormatItems:
    """The article of each line that is not blank."""
    reader = RecordReader(content, finds_lists=True)
    bulk = BulkLines(content)
    decode = json.JSONDecoder().raw_decode
    for number, raw_line in read_lines(content.stream):
        if raw_line is None:
            yield CorpusError(line_too_long(), line=number)
        elif line := raw_line.strip().removeprefix(BOM_UTF8):  # concatenated files have it inside
            try:
                text = _decoded(line)
                try:
                    record, end = decode(text)
                except json.JSONDecodeError:
                    text = without_idle_commas(text)
                    record, end = decode(text)
                if end != len(text):
                    record = json.loads(text)  # which says what follows the record
            except (ValueError, RecursionError) as error:
                yield CorpusError(f"this line is not JSON: {json_error_message(error)}", line=number)
                bulk.forget()
            else:
                if bulk.concerns(record):
                    record = bulk.document(record)
                    if record is None:
                        continue
                yield from reader.items(record, line=number)


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return decode_mixed(line)


def is_json_lines(head: FileHead) -> bool:
    """Whether a text is JSON with a record a line, and not one document."""
    if not is_json(head):
        return False
    text = head.text
    if head.suffix in JSON_LINES_SUFFIXES:
        return not _LIST_OF_OBJECTS.match(text)
    if text.startswith("["):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        return not lines[0].rstrip().endswith(_UNFINISHED_LINE_ENDS) and any(map(_is_object, lines[:2]))
    return head.suffix not in JSON_SUFFIXES and not _LIST_OF_OBJECTS.search(text)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
