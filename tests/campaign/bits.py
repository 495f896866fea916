"""Flips each bit of an index in turn, and sees that it is found out or has no effect.

Each bit of each file of a small index is flipped in turn. Then the index says that it is damaged, when it is
opened or at the question that meets the damage, and so does ``check``; or every answer is what it was.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import newsindex
from newsindex import Article
from newsindex.errors import IndexTooNew, IndexTooOld

_OTHER_VERSIONS = (IndexTooNew, IndexTooOld)
_VERSION_AT = range(60, 64)  # user_version in an SQLite header


def make(folder):
    """A small index that has something of everything: deletions, labels, files taken in."""
    file = folder.parent / "dépêches.jsonl"
    file.write_text('{"titre": "Le port de Tanger", "texte": "Des ports et un portique.", "id": "f"}\n')
    articles = [
        Article(
            f"Titre {i} du journal",
            f"Le corps numéro {i}, écrit à Fès. " * (i + 1),
            id=f"a{i}",
            source="AB"[i % 2],
        )
        for i in range(7)
    ]
    with newsindex.create(folder) as index:
        index.add(articles)
        index.add(newsindex.read(file), resume=True)
        index.delete("a1", "a5")
    database = sqlite3.connect(folder / "catalogue.sqlite")  # with less space between what it holds
    database.executescript(
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL"
    )
    database.close()


def answers(folder, ask_all):
    """What an index answers; of questions to the segments only some where not ``ask_all``."""
    with newsindex.open(folder) as index:
        found = [len(index), index.stats().commit, {a.id for a in index}, index.parse("corps").tree]
        for query in ("corps", '"le corps"', "titre:journal", "port*", "") if ask_all else ("corps",):
            for facets in (
                ((), "source") if ask_all else ("source",)
            ):  # the kernel ranks a page without facets
                results = index.search(query, facets=facets, limit=20)
                found.append(
                    (results.total, results.facets, [(h.article, h.score, h.snippet.html) for h in results])
                )
        if ask_all:
            found.append((index.suggest("t"), index.suggest("titre ")))
        return found, index._backend.indexed_files().items()


def run(folder, bits=None, jobs=1, seed=11):
    """Flip every bit, or so many chosen at random; returns how many were found how, by kind of file."""
    folder.mkdir(exist_ok=True)
    original = folder / "original"
    make(original)
    flips = [
        (path.name, bit) for path in sorted(original.iterdir()) for bit in range(path.stat().st_size * 8)
    ]
    if bits is not None:
        flips = random.Random(seed).sample(flips, bits)
    figures = Counter()
    if jobs == 1:
        return _flip_all(original, folder / "0", flips)
    with ProcessPoolExecutor(jobs) as pool:
        size = -(-len(flips) // jobs)
        parts = [flips[i * size : (i + 1) * size] for i in range(jobs)]
        for part in pool.map(_flip_all, [original] * jobs, [folder / str(i) for i in range(jobs)], parts):
            figures += part
    return figures


def _flip_all(original, folder, flips):
    shutil.copytree(original, folder)
    wanted = {True: answers(folder, True), False: answers(folder, False)}
    figures = Counter()
    for name, bit in flips:
        outcome = _flip(original, folder, name, bit, wanted)
        figures[f"{Path(name).suffix[1:]}: {outcome}"] += 1
    return figures


def _flip(original, folder, name, bit, wanted):
    content = bytearray((original / name).read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    for left in folder.glob("catalogue.sqlite-*"):
        left.unlink()
    damaged = folder / name
    damaged.unlink()  # a new file: readers of the old one keep it
    damaged.write_bytes(content)
    try:
        return _outcome(folder, name, bit, wanted)
    except Exception as error:
        raise AssertionError(f"bit {bit} of {name}") from error
    finally:
        damaged.unlink()
        shutil.copy(original / name, damaged)


def _outcome(folder, name, bit, wanted):
    ask_all = name.endswith(".segment")
    found, at_reading = _told(lambda: answers(folder, ask_all))
    _, at_check = _told(lambda: _check(folder))
    for error in (at_reading, at_check):
        assert error is None or name in str(error) or "catalogue format" in str(error), error
    if isinstance(at_reading, _OTHER_VERSIONS):
        assert bit // 8 in _VERSION_AT
        return "another version"
    if at_reading is None:
        (told, files), (told_before, files_before) = found, wanted[ask_all]
        assert told == told_before, "a wrong answer in silence"
        assert files <= files_before, "a wrong file in silence"  # one that is forgotten is read again
    assert at_check or not at_reading, "answers fail, and check finds nothing"
    return "found by reading" if at_reading else "found by check alone" if at_check else "without effect"


def _told(ask):
    try:
        return ask(), None
    except (newsindex.IndexCorrupt, *_OTHER_VERSIONS) as error:
        return None, error


def _check(folder):
    with newsindex.open(folder) as index:
        index.check()
