"""Tells messages, mailboxes and saved pages (MHTML) by the header lines that they begin with."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.detection import FileHead

_HEADER: Final = r"[!-9;-~]{1,76}:[^\n]*+\n(?:[ \t]+[^\n]*+\n)*+"
_HEADERS: Final = re.compile(rf"(?:{_HEADER})++")
_NAME: Final = re.compile(r"^([!-9;-~]{1,76}):", re.M)
_APPLE_LENGTH: Final = re.compile(r"\d{1,10}[ \t]*\n")
_ENVELOPE: Final = re.compile(r"From [^\n]{1,300}\d\d:\d\d[^\n]{0,60}\n>?[!-9;-~]{1,76}:")
_SENDERS: Final = frozenset({"from", "sender", "return-path"})
_OTHER_NAMES: Final = frozenset(
    {"received", "message-id", "mime-version", "delivered-to", "date", "subject", "to", "content-type"}
)
_MIN_OTHER_NAMES: Final = 2
_SAVED_PAGE: Final = re.compile(
    r"^(?:Snapshot-Content-Location|X-MAF-Information|X-MAF):"
    r"|^From:[ \t]*(?:\"?<?)?(?:Saved by|Enregistr|Gespeichert|Guardado|Salvat)",
    re.M | re.I,
)
_RELATED: Final = re.compile(r"^Content-Type:[ \t]*multipart/related", re.M | re.I)
_ADDRESSEE: Final = frozenset({"to", "cc", "bcc", "received", "delivered-to", "return-path"})


def is_message(head: FileHead) -> bool:
    """Whether a content begins with the header of an e-mail: a sender, and two other names of one."""
    names = _header_names(head)
    return not names.isdisjoint(_SENDERS) and len(names & _OTHER_NAMES) >= _MIN_OTHER_NAMES


def is_mailbox(head: FileHead) -> bool:
    """Whether a content is an mbox: its first line names a sender and a time, its second is of a header."""
    return _ENVELOPE.match(_lines(head)) is not None


def is_saved_page(head: FileHead) -> bool:
    """Whether a content is a web page that a browser saved as a message with its pictures."""
    names = _header_names(head)
    if "mime-version" not in names and "content-type" not in names:
        return False
    header = _header(head)
    is_sent = not names.isdisjoint(_ADDRESSEE)
    return _SAVED_PAGE.search(header) is not None or (_RELATED.search(header) is not None and not is_sent)


def _lines(head: FileHead) -> str:
    return head.text.replace("\r\n", "\n").replace("\r", "\n")


def _header(head: FileHead) -> str:
    text = _lines(head)
    length = _APPLE_LENGTH.match(text)  # Apple Mail writes the length of the message before it
    match = _HEADERS.match(text, length.end() if length else 0)
    return match[0] if match else ""


def _header_names(head: FileHead) -> set[str]:
    """The names of the header, in small letters."""
    return {name.lower() for name in _NAME.findall(_header(head))}
