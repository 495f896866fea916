"""The rows of the tables of alerts, with their checksums."""

from __future__ import annotations

import zlib
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What a key of an alert says where a batch of articles has it."""

    ALWAYS = 0
    """The alert is run on every batch; its key is empty."""
    TELLING = 1
    """An article that matches has one of the alert's telling keys, or one of its variants."""
    VARIANT = 2
    """Another way to write the query's words may match."""


class AlertRow(NamedTuple):
    """An alert: ``body`` is its query and its filters, as JSON."""

    id: int
    name: str
    body: str
    created: str
    seen: int
    seen_at: str
    key_version: str


class MatchRow(NamedTuple):
    """A match of an alert; ``article`` is the hash of the article's id, 64 bits without a sign."""

    sequence: int
    alert: int
    article: int
    folded: int
    commit: int


def stored_match(match: MatchRow) -> tuple[int, ...]:
    """The values of a match's row in the database, with their checksum."""
    values = (match.sequence, match.alert, signed(match.article), match.folded, match.commit)
    return (*values, row_checksum(*values))


def signed(article: int) -> int:
    """A hash as SQLite keeps it, in 64 bits with a sign."""
    return article - (1 << 64) if article >> 63 else article


def row_checksum(*values: object) -> int:
    """The CRC-32 of some values as Python writes a tuple of them."""
    return zlib.crc32(repr(values).encode())


def alert_checksum(name: str, body: str, created: str) -> int:
    """What is fixed of an alert; what was seen changes."""
    return row_checksum(name, body, created)
