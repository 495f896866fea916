"""Is any one bit that turns over on the disk found, or without any effect?

Each bit of each file of a small index is flipped in turn. Then the index says that it is damaged, when it is
opened or at the question that meets the damage, and so does ``check``; or every answer is what it was.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import newsindex
from newsindex import Article

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
        index.add(articles[:4])
        index.add(articles[4:])
        index.add(newsindex.read(file), resume=True)
        index.delete("a1", "a5")


def answers(folder, ask_all):
    """What an index answers; of questions to the segments only some where not ``ask_all``."""
    with newsindex.open(folder) as index:
        found = [len(index), index.stats().commit, {a.id for a in index}, index.parse("corps").tree]
        found.append(index._catalogue.sources())
        for query in ("corps", '"corps numéro"', "titre:journal", "port*", "") if ask_all else ("corps",):
            results = index.search(query, facets="source", limit=20)
            found.append(
                (results.total, results.facets, [(h.article, h.score, h.snippet.html) for h in results])
            )
        return found


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
        os.link(original / name, damaged) if name.endswith(".segment") else shutil.copy(
            original / name, damaged
        )


def _outcome(folder, name, bit, wanted):
    told = []
    ask_all = name.endswith(".segment")
    for attempt in (lambda: answers(folder, ask_all), lambda: _check(folder)):
        try:
            found = attempt()
            assert found is None or found == wanted[ask_all], "a wrong answer in silence"
            told.append(False)
        except newsindex.IndexCorrupt as error:
            assert name in str(error), error
            told.append(True)
        except newsindex.IndexTooOld:
            assert bit // 8 in _VERSION_AT
            return "another version"
    assert told[1] or not told[0], "answers fail, and check finds nothing"
    return {(True, True): "found by reading", (False, True): "found by check alone"}.get(
        tuple(told), "without effect"
    )


def _check(folder):
    with newsindex.open(folder) as index:
        index.check()
