"""The rows of the tables of alerts, with their checksums."""

from __future__ import annotations

import zlib
from enum import IntEnum
from typing import Final, NamedTuple

_PRIME: Final = 2305843009213693951  # 2^61 - 1


class Kind(IntEnum):
    """What a key of an alert says where a batch of articles has it."""

    ALWAYS = 0
    """The alert is run on every batch; its key is empty."""
    TELLING = 1
    """An article that matches has one of the alert's telling keys, or one of its variants."""
    VARIANT = 2
    """Another way to write the query's words may match, if the condition holds."""


class AlertKey(NamedTuple):
    """A key of an alert; ``condition`` is what else must be so, in the form of who made the key."""

    key: bytes
    kind: int
    condition: bytes = b""


class AlertRow(NamedTuple):
    """An alert: ``body`` is its query and its filters, and ``tree`` what these are parsed to, both as JSON.

    ``tree`` is empty where the query is to be parsed each time.
    """

    id: int
    name: str
    body: str
    created: str
    seen: int
    seen_at: str
    key_version: str
    tree: str


class MatchRow(NamedTuple):
    """A match of an alert; ``article`` is the hash of the article's id, 64 bits without a sign."""

    sequence: int
    alert: int
    article: int
    folded: int
    commit: int


def stored_match(match: MatchRow) -> tuple[int, int, int, int, int, int]:
    """The values of a match's row in the database, with their checksum.

    The checksum is arithmetic, since a commit may bring a hundred thousand matches; a change of one value
    changes it.
    """
    sequence, alert, article, folded, commit = match
    checksum = (
        sequence * 0x9E3779B1 + alert * 0x85EBCA6B + article * 0xC2B2AE35 + folded * 31 + commit
    ) % _PRIME
    return alert, sequence, signed(article), folded, commit, checksum


def signed(article: int) -> int:
    """A hash as SQLite keeps it, in 64 bits with a sign."""
    return article - (1 << 64) if article >> 63 else article


def row_checksum(*values: object) -> int:
    """The CRC-32 of some values as Python writes a tuple of them."""
    return zlib.crc32(repr(values).encode())


def alert_checksum(name: str, body: str, created: str, tree: str) -> int:
    """What is fixed of an alert; what was seen changes."""
    return row_checksum(name, body, created, tree)
