"""The corpora and the queries that are measured with.

The real corpus is read from the folder of measuring data. A larger one is recombined from its sentences:
word frequencies, names and lengths stay real while the number of articles is free. It is for speed and
memory, never for relevance.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import newsindex
from newsindex import Article
from newsindex.analyzer import STOP_WORDS

_SENTENCE = re.compile(r"(?<=[.!?»\"])\s*(?=[A-ZÉÈÀ«\"])")
_WORD = re.compile(r"(?!(?:and|not|near|or)\b)[^\W\d_]{3,}")
QUERIES = 500
LONG_WORDS = 800
"""The fewest words of a long article."""
DATA = Path(
    os.environ.get("NEWSINDEX_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data")
)
"""The folder of measuring data."""


def real(data: Path) -> Iterator[Article]:
    """The news corpus, headline and body only, as every peer gets it."""
    for article in newsindex.read(data / "orangesum.jsonl.gz"):
        yield Article(article.headline, article.body, id=article.id, published=article.published, source="o")


def _pool(data: Path) -> list[tuple[str, list[str]]]:
    """The headlines of the real corpus, with the sentences of their articles."""
    pool = []
    for article in real(data):
        sentences = [s for s in _SENTENCE.split(article.body) if len(s) > 20]
        if len(sentences) >= 3:
            pool.append((article.headline, sentences))
    return pool


def recombined(data: Path, count: int) -> Iterator[Article]:
    """``count`` articles, each of sentences of three; the same for the same count."""
    pool = _pool(data)
    rng = random.Random(3)
    for i in range(count):
        (headline, main), (_, second), (_, third) = (rng.choice(pool) for _ in range(3))
        body = rng.sample(main, min(rng.randint(4, 10), len(main)))
        body += rng.sample(second, min(3, len(second))) + rng.sample(third, min(2, len(third)))
        yield Article(
            headline,
            " ".join(body),
            id=f"r{i}",
            published=date(2015, 1, 1) + timedelta(days=3900 * i // count),
            source=f"source-{int(rng.paretovariate(1)) % 60}",
        )


def long(data: Path, count: int) -> Iterator[Article]:
    """``count`` articles of 800 to 1,600 words, each of sentences of several; the same for the same count."""
    pool = _pool(data)
    rng = random.Random(5)
    for i in range(count):
        length = rng.randint(LONG_WORDS, 2 * LONG_WORDS)
        headline, sentences = rng.choice(pool)
        body: list[str] = []
        words = 0
        while words <= length:
            for sentence in rng.sample(sentences, min(4, len(sentences))):
                body.append(sentence)
                words += len(sentence.split())
            _, sentences = rng.choice(pool)
        yield Article(
            headline,
            " ".join(body),
            id=f"l{i}",
            published=date(2015, 1, 1) + timedelta(days=3900 * i // count),
            source=f"source-{int(rng.paretovariate(1)) % 60}",
        )


class Corpus(NamedTuple):
    """What is indexed: the real corpus, or so many recombined articles, or so many long ones."""

    recombined: int | None = None
    long: int | None = None
    limit: int | None = None
    """Only the first so many articles are taken."""

    @property
    def is_made(self) -> bool:
        """Whether the articles are made on the way."""
        return self.recombined is not None or self.long is not None

    def articles(self, data: Path) -> Iterator[Article]:
        """The articles, the same each time."""
        if self.long is not None:
            made = long(data, self.long)
        elif self.recombined is not None:
            made = recombined(data, self.recombined)
        else:
            made = real(data)
        return islice(made, self.limit)


def corpus(data: Path, count: int | None) -> Iterator[Article]:
    """The real corpus, or so many recombined articles."""
    return Corpus(recombined=count).articles(data)


def headline_words(data: Path) -> list[list[str]]:
    """The words of three letters or more of each headline of the real corpus that has five of them."""
    return [words for a in real(data) if len(words := _WORD.findall(a.headline.lower())) >= 5]


def queries(data: Path) -> dict[str, list[list[str]]]:
    """Word lists by kind, drawn from headlines with a fixed seed: 1 to 4 words, and adjacent pairs.

    No pair has a stop word of newsindex or of Snowball, which the peers use: an engine without stop words
    would be asked another phrase than one with them. Where all pairs of a headline have one, the next
    headline is drawn.
    """
    rng = random.Random(7)
    headlines = headline_words(data)
    drawn = [rng.choice(headlines) for _ in range(QUERIES)]
    words = [rng.sample(headline, rng.randint(1, 4)) for headline in drawn]
    stop_words = _stop_words(data)
    phrases: list[list[str]] = []
    while len(phrases) < QUERIES:
        headline = drawn[len(phrases)]
        while not (pairs := [list(pair) for pair in pairwise(headline) if not stop_words & {*pair}]):
            headline = rng.choice(headlines)
        phrases.append(rng.choice(pairs))
    return {"any": words, "all": words, "phrase": phrases, "end to end": words}


def queries_of(kind: str, data: Path) -> list[list[str]]:
    """The word lists of a kind of query, with or without a total or facets."""
    return queries(data)[kind.partition(" + ")[0]]


def _stop_words(data: Path) -> frozenset[str]:
    """The stop words of newsindex and of Snowball."""
    lines = (data / "french" / "french_stop_snowball.txt").read_text("utf-8", "replace").splitlines()
    return STOP_WORDS | {line.partition("|")[0].strip() for line in lines}
