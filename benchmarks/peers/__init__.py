"""The engines that are measured, each behind the same few methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it


class PeerUnavailable(Exception):
    """An engine cannot be measured on this machine; the message says what it needs."""


class Taken(NamedTuple):
    """The milliseconds that one query took, and those for which processors were used."""

    wall: float
    processor: float


class Peer(Protocol):
    """An engine: built once in an empty folder, then opened and asked."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> float | None:
        """Indexes articles with texts and positions, committed and merged.

        An engine that is a program of its own gives the seconds that it took, without waiting for articles.
        """

    def open(self, folder: Path) -> None:
        """Opens what was built, ready for the first query."""

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        """What the engine can be asked, by kind of query.

        The kinds any, all and phrase give the ten best articles, as soon as the engine can, and those that
        end in " + total" the exact number of all matches too.
        """

    def ranked(self, question: str, limit: int) -> list[str]:
        """The ids of the best articles for a question as typed, best first; whoosh is not asked any."""


@runtime_checkable
class TimedPeer(Protocol):
    """An engine that takes its own times."""

    def times(self, kind: str, lists: Sequence[list[str]]) -> list[Taken]:
        """What each query of a kind takes once all have been asked."""


def peer(name: str) -> Peer:
    """The engine of that name."""
    return import_module(f"benchmarks.peers.{name}_peer").Engine()  # type: ignore[no-any-return]  # by contract


_WORD = re.compile(r"\w+")


def plain_words(question: str) -> list[str]:
    """The words of a question, none of them an operator: for engines whose syntax it may break."""
    return _WORD.findall(question.lower())


NAMES = ("newsindex", "newsindex_arrays", "tantivy", "lucene", "fts5", "bm25s", "whoosh")
