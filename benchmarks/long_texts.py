"""The peak memory of indexing long articles in one process.

``python -m benchmarks.long_texts [ARTICLES [WORDS]]`` indexes 9,000 articles of 16,000 random words by
default, optimizes the index, and prints the peak of the process's memory after each. Words follow Zipf's law.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import newsindex
from newsindex import Article

_LETTERS: Final = "aeiouaeioulrstnmdpcbvfgjqhxz"
_VOCABULARY: Final = 60_000  # words


def articles(count: int, words: int) -> Iterator[Article]:
    """Articles of random words, the same at each call."""
    rng = random.Random(7)
    vocabulary = ["".join(rng.choices(_LETTERS, k=rng.randint(2, 9))) for _ in range(_VOCABULARY)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(_VOCABULARY)))
    for i in range(count):
        yield Article(
            f"Titre {i}", " ".join(rng.choices(vocabulary, cum_weights=weights, k=words)), id=str(i)
        )


def main(count: int = 9_000, words: int = 16_000) -> None:
    """Indexes, optimizes, and prints the peaks."""
    started = time.monotonic()

    def report(step: str, index: newsindex.Index) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        segments = index.stats().segments
        print(
            f"{step}: peak {peak:,} MB, {segments} segments, {time.monotonic() - started:.0f} s", flush=True
        )

    with (
        tempfile.TemporaryDirectory() as folder,
        newsindex.create(Path(folder) / "long.newsindex") as index,
    ):
        index.add(articles(count, words), workers=1)
        report("indexed", index)
        index.optimize()
        report("optimized", index)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
