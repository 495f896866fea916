"""Reads a mailbox (mbox), a message at a time; a damaged message costs no other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from newsindex.corpus.error_places import with_place
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .mail_message import MAX_MESSAGE, message_items

_ENVELOPE: Final = re.compile(rb"From .{1,300}\d\d:\d\d.{0,60}\r?\n$")
_QUOTED_ENVELOPE: Final = re.compile(rb"^>(?=>*From )", re.M)


def read(content: FormatInput) -> FormatItems:
    """The article of each message."""
    for number, raw in enumerate(_messages(content.stream), 1):
        place = f"message {number}"
        if isinstance(raw, CorpusError):
            yield with_place(raw, record=place)
            continue
        try:
            for item in message_items(raw, content):
                yield with_place(item, record=place) if isinstance(item, CorpusError) else item
        except CorpusError as error:
            yield with_place(error, record=place)
        except Exception as error:  # of the library: a message costs no other
            yield CorpusError(f"this message cannot be read: {error!r:.120}", record=place)


def _messages(stream: io.BufferedReader) -> Iterator[bytes | CorpusError]:
    """The bytes of each message without the line before it, or the error of one that is too large."""
    lines: list[bytes] = []
    size, after_blank = 0, True
    damage = None
    while True:
        try:
            line = stream.readline(MAX_MESSAGE)
        except CorpusError as error:
            damage, line = error, b""
        if not line or (after_blank and _ENVELOPE.match(line)):
            if size > MAX_MESSAGE:
                yield CorpusError(f"the message is larger than {MAX_MESSAGE >> 20} MB")
            elif any(map(bytes.strip, lines)):
                yield _QUOTED_ENVELOPE.sub(b"", b"".join(lines))
            lines, size = [], 0
            if not line:
                break
        else:
            size += len(line)
            if size <= MAX_MESSAGE:
                lines.append(line)
        after_blank = not line.strip()
    if damage:
        yield damage
