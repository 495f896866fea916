"""Reads the header of an e-mail: subject, sender, date and address, decoded, whatever wrote them."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, Final

from newsindex.corpus.inputs.bounded_reading import decode_text
from newsindex.dates.publication_dates import parse_date

_PREFIXES: Final = re.compile(
    r"(?:(?:re|ré|rép|fwd?|tr|rv|aw|wg|rif|enc)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*)+", re.I
)
_COMMENT: Final = re.compile(r"\([^()]*\)")  # "Tue, 12 Mar 2024 14:05:00 +0100 (CET)"
_ENCODED_WORD: Final = re.compile(r"=\?[\w.*-]+\?[bq]\?", re.I)
_ARRIVALS: Final = ("received", "delivery-date")
_MAX_CHARACTERS: Final = 2000  # of a header that is decoded


def subject_of(message: Message[Any, Any]) -> str:
    """The subject without the marks of answers and forwarding: "TR :", "Fwd:", "Re[2]:"."""
    subject = header_text(message, "Subject")
    return subject[match.end() :] if (match := _PREFIXES.match(subject)) else subject


def sender_of(message: Message[Any, Any]) -> str | None:
    """The name of the sender, else the domain of the address."""
    for header in ("From", "Sender", "Reply-To"):
        name, address = _name_and_address(_raw(message, header))
        name = _decoded(name).strip(" \t\"'")
        if name and "@" not in name:
            return name
        if domain := (address or name).rpartition("@")[2].strip("<> \"'"):
            return domain.lower()
    return None


def _name_and_address(raw: str) -> tuple[str, str]:
    try:
        return parseaddr(raw)
    except RecursionError:  # of comments in comments
        return "", ""


def date_of(message: Message[Any, Any]) -> date | None:
    """The date on which the message was sent; None without one. Raises ValueError for what is no date."""
    written = header_text(message, "Date")
    return _date(written) if written else None


def arrival_of(message: Message[Any, Any]) -> date | None:
    """The date on which the first server that took the message noted it; None where none noted one."""
    notes = [str(value) for name, value in message.raw_items() if name.lower() in _ARRIVALS]
    for note in reversed(notes):  # each server writes its own above those before it
        with suppress(ValueError):
            return _date(note[-_MAX_CHARACTERS:].rpartition(";")[2])
    return None


def _date(written: str) -> date | None:
    return parse_date(" ".join(_COMMENT.sub(" ", written).split()))


def identifier_of(message: Message[Any, Any]) -> str:
    """The id that the message was sent with, without its angle brackets; empty without one."""
    return _raw(message, "Message-ID").strip().strip("<>").strip()


def web_address_of(message: Message[Any, Any], header: str) -> str | None:
    """The web address in a header, such as where a list keeps the message."""
    address = "".join(_raw(message, header).split()).strip("<>")
    return address if address.lower().startswith(("http://", "https://")) else None


def header_text(message: Message[Any, Any], name: str) -> str:
    """The decoded text of a header in one line; empty without one."""
    return " ".join(_decoded(_raw(message, name)).split())


def _raw(message: Message[Any, Any], name: str) -> str:
    """A header as it was sent, bytes beyond ASCII decoded: the standard library would replace them."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if raw.isascii():
        return raw[:_MAX_CHARACTERS]
    return decode_text(raw.encode("utf-8", "surrogateescape"))[:_MAX_CHARACTERS]


def _decoded(raw: str) -> str:
    if not _ENCODED_WORD.search(raw):
        return raw
    try:
        parts = decode_header(raw.replace("\r", "").replace("\n", ""))
    except (HeaderParseError, ValueError):
        return raw
    return "".join(part if isinstance(part, str) else _text(part, charset) for part, charset in parts)


def _text(part: bytes, charset: str | None) -> str:
    if charset is None:
        return part.decode(
            "raw-unicode-escape", "replace"
        )  # as decode_header encodes what is no encoded word
    try:
        known = codecs.lookup(charset.partition("*")[0])
        return part.decode(known.name) if known._is_text_encoding else decode_text(part)
    except (LookupError, ValueError):
        return decode_text(part)
