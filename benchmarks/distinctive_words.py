"""Measures whether the words that stand out in a section tell its articles from those of other sections.

``python -m benchmarks.distinctive_words`` learns a list of words for each section of the news corpus from
every second article, and assigns each of the other articles to the section of whose list it has the most
words; of equal numbers, to the larger section. The lists are those of ``Index.words``, and for comparison
those of the words that most articles of the section have, and of the highest tf-idf, all of the same length.
It prints the share of articles that are assigned to their own section, and the mean F1 of the sections.

Before that it prints the processor time of ``Index.words`` for sections and queries with about 5,000 hits,
with the compiled kernel and without: the median of 15 runs, and the first one after the opening.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import newsindex
from newsindex import Article
from newsindex.analyzer import FRENCH

from .corpora import DATA

LENGTHS: Final = (10, 30, 100)
MIN_ARTICLES: Final = 400
"""The fewest articles of a section that takes part."""
QUESTIONS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("", {"section": "Politique"}), ("Macron", {}), ("coronavirus", {}), ("président", {"since": "2020"}),
)  # fmt: skip
RUNS: Final = 15

Keys = frozenset[tuple[str, ...]]
"""The terms of an article and its pairs of terms side by side."""


def keys_of(article: Article) -> Keys:
    """What an article has of words and expressions."""
    keys: set[tuple[str, ...]] = set()
    for text in (article.headline, article.body):
        terms = [word.term for word in FRENCH.analyze(text)]
        keys.update((term,) for term in terms)
        keys.update(pairwise(terms))
    return frozenset(keys)


def content_counts(article: Article) -> Counter[str]:
    """How often an article has each term that is neither a stop word nor a number."""
    words = [word for text in (article.headline, article.body) for word in FRENCH.analyze(text)]
    return Counter(word.term for word in words if not word.stop and not word.spelling[0].isdigit())


def own_lists(articles: Sequence[Article], sections: Sequence[str], length: int) -> dict[str, Keys]:
    """The words that stand out in each section, as keys; a longer name counts by its last two terms."""
    with tempfile.TemporaryDirectory() as folder, newsindex.create(Path(folder) / "i.newsindex") as index:
        index.add(articles)
        found = {section: index.words(section=section, limit=length) for section in sections}
    return {
        section: frozenset(tuple(word.term for word in FRENCH.analyze(word.text))[-2:] for word in words)
        for section, words in found.items()
    }


def baseline_lists(
    counts: Sequence[tuple[str, Counter[str]]],
    length: int,
    weigh: Callable[[Counter[str]], Mapping[str, float]],
) -> dict[str, Keys]:
    """The words of each section with the highest sums of weights, which ``weigh`` gives for an article."""
    totals: dict[str, Counter[str]] = {}
    for section, of_article in counts:
        totals.setdefault(section, Counter()).update(weigh(of_article))
    return {
        section: frozenset((term,) for term, _ in total.most_common(length))
        for section, total in totals.items()
    }


def scores(
    lists: Mapping[str, Keys], held_out: Iterable[tuple[str, Keys]], sections: Sequence[str]
) -> tuple[float, float]:
    """The accuracy and the macro F1 of the assignment; ``sections`` are in the order of their sizes."""
    right: Counter[str] = Counter()
    assigned: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for section, keys in held_out:
        best = max(sections, key=lambda name: len(lists[name] & keys))  # of equal ones the first
        own[section] += 1
        assigned[best] += 1
        right[section] += best == section
    f1 = [2 * right[section] / (own[section] + assigned[section]) for section in sections]
    return right.total() / own.total(), statistics.mean(f1)


def evaluate() -> None:
    """Prints how well each kind of lists tells the sections apart."""
    articles = [article for article in newsindex.read(DATA / "orangesum.jsonl.gz") if article.section]
    sizes = Counter(str(article.section) for article in articles)
    sections = [section for section, size in sizes.most_common() if size >= MIN_ARTICLES]
    articles = [article for article in articles if article.section in sections]
    learned, others = articles[::2], articles[1::2]
    counts = [(str(article.section), content_counts(article)) for article in learned]
    frequency = Counter(term for _, of_article in counts for term in of_article)
    idf = {term: math.log(len(counts) / with_term) for term, with_term in frequency.items()}
    held_out = [(str(article.section), keys_of(article)) for article in others]
    print(f"{len(sections)} sections, {len(learned)} articles learned from, {len(others)} assigned")
    largest = sum(section == sections[0] for section, _ in held_out) / len(held_out)
    print(f"all assigned to the largest section: accuracy {largest:.3f}")
    for length in LENGTHS:
        kinds = {
            "Index.words": own_lists(learned, sections, length),
            "tf-idf": baseline_lists(
                counts, length, lambda own: {term: count * idf[term] for term, count in own.items()}
            ),
            "frequency": baseline_lists(counts, length, lambda own: dict.fromkeys(own, 1.0)),
        }
        for kind, lists in kinds.items():
            accuracy, f1 = scores(lists, held_out, sections)
            print(f"{length:4} words, {kind:12} accuracy {accuracy:.3f}, macro F1 {f1:.3f}", flush=True)


def measure(path: Path) -> None:
    """Prints the processor times of ``Index.words`` on an index."""
    for query, filters in QUESTIONS:
        with newsindex.open(path) as index:
            seconds = []
            for _ in range(RUNS + 1):
                started = time.process_time()
                words = index.words(query, **filters)  # type: ignore[arg-type]
                seconds.append(time.process_time() - started)
        named = " ".join([query, *filters.values()]).strip()
        print(
            f"  {named}, {words.articles:,} different articles: "
            f"{1000 * statistics.median(seconds[1:]):.1f} ms, the first time {1000 * seconds[0]:.0f} ms"
        )


def main() -> None:
    """Runs the evaluation and the measuring; with a path, only the measuring of the index there."""
    if len(sys.argv) > 1:
        print(f"kernel: {newsindex.kernel()}", flush=True)
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.newsindex"
        with newsindex.create(path) as index:
            index.add(newsindex.read(DATA / "orangesum.jsonl.gz"))
        for switch in ("1", "0"):
            command = [sys.executable, "-m", "benchmarks.distinctive_words", str(path)]
            subprocess.run(command, check=True, env={**os.environ, "NEWSINDEX_KERNEL": switch})
    evaluate()


if __name__ == "__main__":
    main()
