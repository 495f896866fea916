"""Measures how long a commit takes to match its articles against thousands of alerts.

``python -m benchmarks.alerts`` indexes the news corpus but for a thousand articles, saves alerts, and adds
those. An alert asks for the two rarest words of a headline of the corpus, in one of the forms that people
use. Printed are, for each number of alerts, the processor time of the matching and of the whole addition, in
seconds, how many alerts were run, and how many matches there were.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import newsindex
from newsindex import Article
from newsindex.alerts.commit_matching import CommitMatching

from .corpora import DATA, real

INCOMING = 1000
COUNTS = (1_000, 5_000, 10_000, 20_000)
FORMS = ("{0} AND {1}", "+{0} +{1}", '"{0} {1}" OR {0}', "{0} AND {1} NOT sport", "titre:{0}", "{0}")
_WORD = re.compile(r"[^\W\d_]{4,}")


def queries(articles: Sequence[Article], index: newsindex.Index, count: int) -> list[str]:
    """So many queries; the same for the same articles."""
    rng = random.Random(1)
    with index.snapshot() as searcher:
        frequency = searcher._backend.snapshot.statistics.document_frequency
        french = searcher.lexicon.french
        found: list[str] = []
        while len(found) < count:
            words = [word for word in french.analyze(rng.choice(articles).headline) if not word.stop]
            letters = {word.spelling: word.term for word in words if _WORD.fullmatch(word.spelling)}
            rarest = sorted(letters, key=lambda spelling: frequency(letters[spelling]))[:2]
            if len(rarest) == 2:
                found.append(rng.choice(FORMS).format(*rarest))
    return found


def measure(base: Path, known: Sequence[Article], incoming: Sequence[Article], count: int) -> str:
    """A line of the table, for a number of alerts."""
    spent, run_alerts = 0.0, 0
    matching_run = CommitMatching.run

    def run(matching: CommitMatching) -> None:
        nonlocal spent, run_alerts
        started = time.process_time()
        matching_run(matching)
        spent += time.process_time() - started
        run_alerts = len(matching.alerts)

    copy = base.with_name(f"{count}.newsindex")
    shutil.copytree(base, copy)
    with newsindex.open(copy) as index:
        with index.alerts.writer() as alerts:
            for number, query in enumerate(queries(known, index, count)):
                alerts.add(str(number), query)
        started = time.process_time()
        with patch.object(CommitMatching, "run", run):
            report = index.add(incoming)
        whole = time.process_time() - started
    return f"{count:>8,} {spent:>9.2f} {whole:>9.2f} {run_alerts:>8,} {len(report.alerts):>9,}"


def main(arguments: Any = None) -> None:
    """Prints the table."""
    counts = [int(count) for count in arguments or sys.argv[1:]] or COUNTS
    articles = list(real(DATA))
    random.Random(2).shuffle(articles)
    known, incoming = articles[INCOMING:], articles[:INCOMING]
    print(
        f"newsindex {newsindex.__version__}, kernel {newsindex.kernel() or 'none'}, {len(known):,} articles"
    )
    print("  alerts  matching  addition      run   matches")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.newsindex"
        with newsindex.create(base) as index:
            index.add(known)
        for count in counts:
            print(measure(base, known, incoming, count), flush=True)


if __name__ == "__main__":
    main()
