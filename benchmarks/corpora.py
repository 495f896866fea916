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
from pathlib import Path

import newsindex
from newsindex import Article

_SENTENCE = re.compile(r"(?<=[.!?»\"])\s*(?=[A-ZÉÈÀ«\"])")
_WORD = re.compile(r"(?!(?:and|not|near|or)\b)[^\W\d_]{3,}")
QUERIES = 500
DATA = Path(
    os.environ.get("NEWSINDEX_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data")
)
"""The folder of measuring data."""


def real(data: Path) -> Iterator[Article]:
    """The news corpus, headline and body only, as every peer gets it."""
    for article in newsindex.read(data / "orangesum.jsonl.gz"):
        yield Article(article.headline, article.body, id=article.id, published=article.published, source="o")


def recombined(data: Path, count: int) -> Iterator[Article]:
    """``count`` articles, each of sentences of three; the same for the same count."""
    pool = []
    for article in real(data):
        sentences = [s for s in _SENTENCE.split(article.body) if len(s) > 20]
        if len(sentences) >= 3:
            pool.append((article.headline, sentences))
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


def corpus(data: Path, count: int | None) -> Iterator[Article]:
    """The real corpus, or so many recombined articles."""
    return real(data) if count is None else recombined(data, count)


def queries(data: Path) -> dict[str, list[list[str]]]:
    """Word lists by kind, drawn from headlines with a fixed seed: 1 to 4 words, and adjacent pairs."""
    rng = random.Random(7)
    headlines = [words for a in real(data) if len(words := _WORD.findall(a.headline.lower())) >= 5]
    drawn = [rng.choice(headlines) for _ in range(QUERIES)]
    words = [rng.sample(headline, rng.randint(1, 4)) for headline in drawn]
    phrases = []
    for headline in drawn:
        at = rng.randrange(len(headline) - 1)
        phrases.append(headline[at : at + 2])
    return {"any": words, "all": words, "phrase": phrases, "end to end": words}
