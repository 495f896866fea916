"""The engines that are measured, each behind the same few methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it


class Peer(Protocol):
    """An engine: built once in an empty folder, then opened and asked."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        """Index articles with texts and positions, committed and merged."""

    def open(self, folder: Path) -> None:
        """Open what was built, ready for the first query."""

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        """What the engine can be asked, by kind of query."""

    def ranked(self, question: str, limit: int) -> list[str]:
        """The ids of the best articles for a question as typed, best first; whoosh is not asked any."""


def peer(name: str) -> Peer:
    """The engine of that name."""
    return import_module(f"benchmarks.peers.{name}_peer").Engine()  # type: ignore[no-any-return]  # by contract


_WORD = re.compile(r"\w+")


def plain_words(question: str) -> list[str]:
    """The words of a question, none of them an operator: for engines whose syntax it may break."""
    return _WORD.findall(question.lower())


NAMES = ("newsindex", "newsindex_arrays", "tantivy", "fts5", "bm25s", "whoosh")
