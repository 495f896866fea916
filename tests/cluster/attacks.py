"""Kills, stops and pauses nodes while articles are written and searched, and verifies that nothing is lost.

The writer keeps a model of what every block that ended well has left. A block that failed is repeated, as its
error says, until it ends well; so in the end the index must hold exactly what the model says.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import newsindex
from newsindex import Article, ClusterUnavailable, Index

from .nodes import Nodes

_ADDED: Final = 150  # articles of a block
_CHANGED: Final = 30
_DELETED: Final = 20
_STATIC: Final = 200
_WORD: Final = "constante"
_PATIENCE: Final = 300.0  # seconds in which a writer must go on


class Failure(AssertionError):
    """Something was lost, or a wrong answer was told."""


class Writer(threading.Thread):
    """Adds, changes and deletes articles in blocks until it is stopped."""

    def __init__(self, address: str, seed: int) -> None:
        super().__init__(name="writer", daemon=True)
        self.model: dict[str, str] = {}
        self.blocks = self.repeated = 0
        self.error: BaseException | None = None
        self._address = address
        self._rng = random.Random(seed)
        self._stopping = threading.Event()
        self._number = 0

    def run(self) -> None:
        """Write until :meth:`finish` is called."""
        try:
            with newsindex.open(self._address) as index:
                while not self._stopping.is_set():
                    self._write_block(index)
        except BaseException as error:
            self.error = error

    def finish(self) -> None:
        """Let the block that is being written come to its end. Raises what went wrong."""
        self._stopping.set()
        self.join(_PATIENCE)
        if self.is_alive():
            raise Failure(f"the writer did not go on within {_PATIENCE:.0f} s")
        self.check()

    def check(self) -> None:
        """Raise what went wrong so far."""
        if self.error is not None:
            raise self.error

    def _write_block(self, index: Index) -> None:
        known = sorted(self.model)
        changed = self._rng.sample(known, min(_CHANGED, len(known)))
        deleted = self._rng.sample(
            sorted(set(known) - set(changed)), min(_DELETED, max(0, len(known) - _CHANGED))
        )
        added = [f"a{self._number + i}" for i in range(_ADDED)]
        self._number += _ADDED
        texts = {name: f"Version {self.blocks} de {name}" for name in added + changed}
        while True:
            try:
                with index.writer() as writer:
                    for name, headline in texts.items():
                        writer.add(Article(headline, f"Le corps de {name}, du bloc {self.blocks}.", id=name))
                    for name in deleted:
                        writer.delete(name)
                if writer.report.errors:
                    raise Failure(f"the cluster refused articles for good: {writer.report.errors[:3]}")
                break
            except ClusterUnavailable:
                self.repeated += 1
                time.sleep(0.5)
        self.model.update(texts)
        for name in deleted:
            del self.model[name]
        self.blocks += 1


class Reader(threading.Thread):
    """Asks the same question again and again; each answer is whole, says what it lacks, or is an error."""

    def __init__(self, address: str) -> None:
        super().__init__(name="reader", daemon=True)
        self.figures: Counter[str] = Counter()
        self.error: BaseException | None = None
        self._address = address
        self._stopping = threading.Event()

    def run(self) -> None:
        """Search until :meth:`finish` is called."""
        try:
            with newsindex.open(self._address) as index:
                while not self._stopping.is_set():
                    self._ask(index)
        except BaseException as error:
            self.error = error

    def finish(self) -> None:
        """Stop. Raises what went wrong."""
        self._stopping.set()
        self.join(_PATIENCE)
        self.check()

    def check(self) -> None:
        """Raise what went wrong so far."""
        if self.error is not None:
            raise self.error

    def _ask(self, index: Index) -> None:
        try:
            results = index.search(_WORD, limit=10)
            shown = [hit.headline.html for hit in results]
        except ClusterUnavailable:
            self.figures["searches refused"] += 1
            time.sleep(0.1)
            return
        if results.total == _STATIC and len(shown) == 10:
            self.figures["searches answered"] += 1
        elif any(getattr(note, "kind", "") == "partial" for note in results.notes):
            self.figures["searches that said what they lack"] += 1
        else:
            raise Failure(f"a search found {results.total} of {_STATIC} articles and said nothing of it")


@contextmanager
def _under_load(address_of: Callable[[str], str], seed: int) -> Iterator[tuple[Writer, Reader]]:
    """A writer and a reader at work; afterwards what they left and told is verified."""
    written, read = address_of("ecrit"), address_of("lu")
    newsindex.create(written + "?shards=3&replicas=1&timeout=10").close()
    with newsindex.create(read + "?shards=3&replicas=1&timeout=10") as index:
        index.add(
            [Article(f"Une dépêche {i}", f"Le texte est une {_WORD}.", id=str(i)) for i in range(_STATIC)]
        )
    writer, reader = Writer(written + "?timeout=10", seed), Reader(read + "?timeout=10")
    writer.start()
    reader.start()
    yield writer, reader
    writer.finish()
    verify(written, writer.model)
    reader.finish()


def verify(address: str, model: dict[str, str]) -> None:
    """Compare an index with what it must hold. Raises Failure."""
    with newsindex.open(address) as index:
        found = {article.id: article.headline for article in index}
        lost = [name for name in model if name not in found]
        returned = [name for name in found if name not in model]
        stale = [name for name in model if name in found and found[name] != model[name]]
        if lost or returned or stale:
            raise Failure(
                f"of {len(model):,} articles {len(lost)} are lost ({lost[:3]}), {len(stale)} are older "
                f"versions ({stale[:3]}), and {len(returned)} that were deleted are there ({returned[:3]})"
            )
        if len(index) != len(model) or index.search("corps", limit=0).total != len(model):
            raise Failure(f"the counts are not those of {len(model):,} articles")


def kill_nodes(nodes: Nodes, address_of: Callable[[str], str], kills: int, seed: int = 7) -> Counter[str]:
    """Kill one node after another under load, each once the cluster is whole again.

    Returns how many articles were verified and how searches ended. Raises Failure.
    """
    rng = random.Random(seed)
    with _under_load(address_of, seed) as (writer, reader):
        for _ in range(kills):
            _await_blocks(writer, 2)
            reader.check()
            node = rng.choice(nodes.nodes)
            time.sleep(rng.uniform(0, 0.5))
            node.kill()
            time.sleep(rng.uniform(0.5, 3))
            node.start()
            nodes.wait_until_green()
    return _figures(writer, reader, {"nodes killed": kills})


def stop_all_nodes(nodes: Nodes, address_of: Callable[[str], str], seed: int = 8) -> Counter[str]:
    """Kill all nodes at once under load, and start them again. Raises Failure."""
    with _under_load(address_of, seed) as (writer, reader):
        _await_blocks(writer, 3)
        for node in nodes.nodes:
            node.kill()
        try:
            newsindex.open(address_of("lu"))
        except ClusterUnavailable:
            pass
        else:
            raise Failure("an index was opened on a cluster without nodes")
        nodes.start()
        _await_blocks(writer, 1)
    return _figures(writer, reader, {"clusters stopped": 1})


def pause_nodes(nodes: Nodes, address_of: Callable[[str], str], pauses: int, seed: int = 9) -> Counter[str]:
    """Stop one node after another where it is for some seconds, so that it is slow. Raises Failure."""
    rng = random.Random(seed)
    with _under_load(address_of, seed) as (writer, reader):
        for _ in range(pauses):
            _await_blocks(writer, 1)
            node = rng.choice(nodes.nodes)
            node.pause()
            time.sleep(rng.uniform(1, 8))
            node.resume()
            nodes.wait_until_green()
    return _figures(writer, reader, {"nodes paused": pauses})


def rebuild_under_load(
    nodes: Nodes, address_of: Callable[[str], str], rebuilds: int, seed: int = 10
) -> Counter[str]:
    """Rebuild an index while it is written to. Raises Failure."""
    with _under_load(address_of, seed) as (writer, reader):
        for _ in range(rebuilds):
            _await_blocks(writer, 2)
            newsindex.rebuild(address_of("ecrit") + "?timeout=30")
        _await_blocks(writer, 1)
    return _figures(writer, reader, {"rebuilds": rebuilds})


def _await_blocks(writer: Writer, count: int) -> None:
    """Wait until the writer has written so many further blocks."""
    goal, until = writer.blocks + count, time.monotonic() + _PATIENCE
    while writer.blocks < goal:
        writer.check()
        if time.monotonic() > until:
            raise Failure(f"the writer did not go on within {_PATIENCE:.0f} s")
        time.sleep(0.05)


def _figures(writer: Writer, reader: Reader, done: dict[str, int]) -> Counter[str]:
    return Counter(
        {
            **done,
            **reader.figures,
            "blocks written": writer.blocks,
            "blocks repeated": writer.repeated,
            "articles verified": len(writer.model),
        }
    )
