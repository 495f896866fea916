"""Reads an e-mail, as a newsletter: its subject is the headline, its sender the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import Message
from typing import Any, Final

from newsindex.article import Article
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.html.boilerplate import fold
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .forwarded_message import Forwarded, forwarded_in
from .letter_frame import without_frame
from .mail_headers import (
    arrival_of,
    date_of,
    header_text,
    identifier_of,
    sender_of,
    subject_of,
    web_address_of,
)
from .message_text import attachments_of, leaves, text_of

MAX_MESSAGE: Final = 64 << 20  # bytes
_MAX_MULTIPARTS: Final = 50  # one in another; the parser looks for the end of each in every line
_MULTIPART: Final = re.compile(rb"^content-type:\s*multipart/", re.I | re.M)
_APPLE_LENGTH: Final = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_MAX_ATTACHED: Final = 1000  # messages in a digest
_MAX_COVER: Final = 300  # characters of a note that goes with the messages that it forwards
_HEADLINE_CHARACTERS: Final = 200  # of a first line that is the headline of a message without a subject


def read(content: FormatInput) -> FormatItems:
    """The article of a message, or of each message of a digest."""
    raw, damage = read_whole(content.stream, MAX_MESSAGE)
    if match := _APPLE_LENGTH.match(raw):  # Apple Mail writes the length first, and its own notes last
        raw = raw[match.end() : match.end() + int(match[1])]
    yield from message_items(raw, content)
    if damage:
        yield damage


def message_items(raw: bytes, content: FormatInput) -> FormatItems:
    """The articles of a message's bytes, and errors for what could not be read of it."""
    if len(_MULTIPART.findall(raw)) > _MAX_MULTIPARTS:
        raise CorpusError(f"the message has more than {_MAX_MULTIPARTS} parts that have parts")
    message = message_from_bytes(raw.lstrip())
    if not any(message.get(name) for name in ("From", "Sender", "Subject", "Date", "Content-Type")):
        raise CorpusError("this is no e-mail: it has no sender, subject or date")
    letters = list(_letters(message))
    if message not in letters and text_of(message):
        content.pass_over("letter round a forwarded message")
    for letter in letters:
        yield from _items(letter, content)


def _letters(message: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    """The message itself, and the messages in it; these alone where it has little else, as in a digest."""
    attached = [part for part in leaves(message) if part.get_content_type() == "message/rfc822"]
    is_digest = message.get_content_type() == "multipart/digest" or "digest" in [
        part.get_content_subtype() for part in message.walk() if part.is_multipart()
    ]
    if not attached or (not is_digest and len(text_of(message)) > _MAX_COVER):
        yield message
    for part in attached[:_MAX_ATTACHED]:
        payload = part.get_payload()
        yield from (inner for inner in payload if isinstance(inner, Message))


def _items(message: Message[Any, Any], content: FormatInput) -> FormatItems:
    if attachments := attachments_of(message):  # messages in it are read by themselves
        content.pass_over("attachment", attachments)
    published, error = _published(message)
    subject, text = subject_of(message), text_of(message)
    letter = Forwarded(subject, sender_of(message), published, text)
    if subject != header_text(message, "Subject"):
        letter = forwarded_in(letter)
    framed = without_frame(letter.text)
    if framed.lines:
        content.pass_over("line before or after the text of a letter", framed.lines)
    headline, body = _headline_and_body(letter.subject, framed.text)
    address = web_address_of(message, "Archived-At") or web_address_of(message, "Snapshot-Content-Location")
    yield Article(
        headline,
        body,
        source=letter.sender or content.source,
        published=letter.published,
        url=address,
        id=identifier_of(message),
        lang=header_text(message, "Content-Language")[:2].lower() or None,
    )
    if error:
        yield error


def _published(message: Message[Any, Any]) -> tuple[date | None, CorpusError | None]:
    """The date of a message, else that of its arrival, and the error of a date that cannot be read."""
    try:
        return date_of(message) or arrival_of(message), None
    except ValueError:
        arrival = arrival_of(message)
        instead = "that of its arrival" if arrival else "none"
        written = header_text(message, "Date")
        return arrival, CorpusError(f"{written!r:.80} is not a date: the message has {instead}")


def _headline_and_body(subject: str, text: str) -> tuple[str, str]:
    """The headline and the text without it; without a subject the first line is the headline."""
    first, _, rest = text.partition("\n")
    if not subject and len(first) <= _HEADLINE_CHARACTERS:
        return first.strip(), rest.strip()
    return subject, rest.strip() if fold(first) == fold(subject) else text
