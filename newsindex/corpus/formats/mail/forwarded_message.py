"""Finds the message that somebody forwarded in the text of theirs: who wrote it, when, and what."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from email.utils import parseaddr
from typing import Final, NamedTuple

from newsindex.dates.publication_dates import parse_date

_NAMES: Final = {
    "sender": r"de|from|von|exp[ée]diteur",
    "date": r"date|envoy[ée](?: le)?|sent|gesendet",
    "subject": r"objet|subject|sujet|betreff",
    "other": r"[àa]|to|an|pour|cc|cci|bcc|r[ée]pondre [àa]|reply-to|importance|destinataires?",
}
_LINE: Final = r"[>* \t]*(?:{})[ \t]?:[* \t]*[^\n]*\n(?:[ \t]*\n)?"  # HTML parts them by empty lines
_BLOCK: Final = re.compile("^(?:" + _LINE.format("|".join(_NAMES.values())) + r"){3,12}", re.M | re.I)
_FIELDS: Final = {
    name: re.compile(rf"^[>* \t]*(?:{names})[ \t]?:[* \t]*([^\n]*)$", re.M | re.I)
    for name, names in _NAMES.items()
}
_MAX_BEFORE: Final = 2000  # characters that somebody writes above what they forward


class Forwarded(NamedTuple):
    """What is indexed of a message."""

    subject: str
    sender: str | None
    published: date | None
    text: str


def forwarded_in(message: Forwarded) -> Forwarded:
    """The message that was forwarded, with what the outer one says for what it does not say itself.

    Without the lines that programs write above a forwarded text, the message itself is given back.
    """
    block = _BLOCK.search(message.text + "\n", 0, _MAX_BEFORE)
    if not block or not (sender := _FIELDS["sender"].search(block[0])):
        return message
    name, address = parseaddr(sender[1].strip("* "))
    subject, written = _FIELDS["subject"].search(block[0]), _FIELDS["date"].search(block[0])
    published = message.published
    with suppress(ValueError):  # a date that no grammar knows: the day of forwarding is near it
        published = parse_date(written[1].strip("* ")) if written else published
    text = _unquoted(message.text[block.end() :]).strip()
    return Forwarded(
        (subject[1].strip("* ") if subject else "") or message.subject,
        name.strip(" \"'") or address.rpartition("@")[2] or message.sender,
        published,
        text or message.text,
    )


def _unquoted(text: str) -> str:
    """A text whose every line is marked as a quotation, without the marks."""
    lines = text.strip().splitlines()
    if any(line.strip() and not line.startswith(">") for line in lines):
        return text
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
