"""Measures corrections of misspelt words, articles like one, and completions: their quality and their time.

``python -m benchmarks.suggestions`` indexes the news corpus, asks for frequent words with one random edit
each, for headlines as they are (whose words should be left alone), for articles like others, and for
completions of beginnings of headlines as somebody types them.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

import newsindex
from newsindex.analyzer import analyze, fold

from .corpora import DATA, queries, recombined

ASKED = 500
_LEAST = 20  # articles of a word that is misspelt
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Answer = TypeVar("Answer")


class Timed:
    """Asks, and takes the time of each answer."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def __call__(self, ask: Callable[[], Answer]) -> Answer:
        """Calls a function, notes how long it takes, and returns its answer."""
        started = time.perf_counter()
        answer = ask()
        self.milliseconds.append((time.perf_counter() - started) * 1000)
        return answer

    def __str__(self) -> str:
        mean, parts = statistics.mean(self.milliseconds), statistics.quantiles(self.milliseconds, n=100)
        return f"{mean:.2f} / {parts[49]:.2f} / {parts[98]:.2f} ms (mean, median, 99th percentile)"


def edited(word: str, rng: random.Random) -> str:
    """The word with a letter more, one less, another one, or two that changed places."""
    while True:
        at = rng.randrange(len(word))
        kind = rng.randrange(4)
        if kind == 0:
            found = word[:at] + word[at + 1 :]
        elif kind == 1:
            found = word[:at] + rng.choice(_LETTERS) + word[at:]
        elif kind == 2:
            found = word[:at] + rng.choice(_LETTERS) + word[at + 1 :]
        else:
            found = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        if found != word:
            return found


def frequent_words(index: newsindex.Index, rng: random.Random) -> list[str]:
    """Words of five letters and more that are in many articles, in plain letters."""
    articles: Counter[str] = Counter()
    for article in index:
        text = f"{article.headline} {article.body}"
        articles.update({fold(word.spelling) for word in analyze(text) if word.spelling.isalpha()})
    return rng.sample(sorted(w for w, n in articles.items() if n >= _LEAST and len(w) >= 5), ASKED)


def corrections(index: newsindex.Index, rng: random.Random) -> None:
    """Misspelt words, and headlines as they are."""
    timed = Timed()
    outcome: Counter[str] = Counter()
    for word in frequent_words(index, rng):
        results = timed(partial(index.search, edited(word, rng)))
        if results.suggestion is None:
            outcome["found as it is" if results.total else "nothing"] += 1
        else:
            outcome["right" if fold(results.suggestion) == word else "another word"] += 1
    suggested = outcome["right"] + outcome["another word"]
    share = outcome["right"] / suggested
    print(f"one edit in each of {ASKED} words: {dict(outcome)}; right of suggested {share:.3f}")
    print(f"  a search with its correction: {timed}")
    words = [" ".join(words) for words in queries(DATA)["end to end"]]
    wrong = [(query, found) for query in words if (found := index.search(query, highlight=False).suggestion)]
    print(f"words of headlines as they are: {len(wrong)} of {len(words)} corrected: {wrong[:10]}")


def likeness(index: newsindex.Index, rng: random.Random) -> None:
    """Articles like one."""
    sections = {article.id: article.section for article in index if article.section}
    timed = Timed()
    same = total = 0
    for article_id in rng.sample(sorted(sections), min(ASKED, len(sections))):
        hits = timed(partial(index.similar, article_id))
        found = [hit.article.section for hit in hits if hit.article.section]
        same += found.count(sections[article_id])
        total += len(found)
    sizes = Counter(sections.values())
    chance = sum((size / len(sections)) ** 2 for size in sizes.values())
    print(f"ten articles like one: {same / max(total, 1):.3f} are of its section, {chance:.3f} by chance")
    print(f"  {timed}")


def completions(index: newsindex.Index, rng: random.Random) -> None:
    """Beginnings of headlines, letter by letter."""
    started = time.perf_counter()
    index.suggest("a")
    print(f"first completion: {time.perf_counter() - started:.2f} s")
    timed = Timed()
    for words in rng.sample(queries(DATA)["phrase"], ASKED // 10):
        typed = " ".join(words)[:12]
        for end in range(1, len(typed) + 1):
            timed(partial(index.suggest, typed[:end]))
    print(f"completions of {len(timed.milliseconds)} beginnings: {timed}")


@click.command()
@click.option("--articles", type=int, help="So many recombined articles, instead of the real corpus.")
@click.option("--at", "folder", help="An index to measure, instead of making one.")
def main(articles: int | None, folder: str | None) -> None:
    """Print how good suggestions are, and how long they take."""
    with tempfile.TemporaryDirectory() as home:
        if folder is None:
            folder = str(Path(home, "presse.newsindex"))
            with newsindex.create(folder) as index:
                index.add(
                    newsindex.read(DATA / "orangesum.jsonl.gz")
                    if articles is None
                    else recombined(DATA, articles)
                )
        steps: Sequence[Callable[[newsindex.Index, random.Random], None]] = (
            corrections,
            completions,
            likeness,
        )
        for step in steps:
            with newsindex.open(folder) as index:
                step(index, random.Random(11))


if __name__ == "__main__":
    main()
