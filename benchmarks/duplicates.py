"""Measures how many near-duplicates a search shows once, and how many different articles it hides.

``python -m benchmarks.duplicates`` indexes the news corpus with edited copies of some of its articles, pages
through all of it with ``collapse=True``, and compares what was gathered under one hit with what is known:
which article is a copy of which, and which pairs of the corpus itself share most runs of three words.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import newsindex
from newsindex import Article

from .corpora import DATA, real

COPIES = 1000
SHARES = (0.05, 0.1, 0.15)
_WORD = re.compile(r"\w+")
_SAME = 0.5  # of the runs of two texts: about what is left where a word of eight has changed
_LEAST = 30  # words of an article that is copied
_PAGE = 1000

Pair = frozenset[str]


def edited(article: Article, share: float, vocabulary: Sequence[str], rng: random.Random) -> Article:
    """A copy of an article with this share of its words replaced, left out, added to or swapped.

    The headline of every other copy is rewritten too.
    """
    words = article.body.split(" ")
    for at in sorted(rng.sample(range(len(words) - 1), int(share * len(words))), reverse=True):
        kind = rng.random()
        if kind < 0.7:
            words[at] = rng.choice(vocabulary)
        elif kind < 0.8:
            del words[at]
        elif kind < 0.9:
            words.insert(at, rng.choice(vocabulary))
        else:
            words[at : at + 2] = words[at : at + 2][::-1]
    headline = article.headline
    if rng.random() < 0.5:
        headline = " ".join(rng.choice(vocabulary) for _ in headline.split())
    return replace(article, headline=headline, body=" ".join(words), id=f"{article.id} {share}")


def own_pairs(articles: Sequence[Article]) -> dict[Pair, float]:
    """The pairs of articles that share many of their runs of three words, and which part of them."""
    runs = [_runs(article.body) for article in articles]
    holders = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            if hash(run) % 8 == 0:
                holders[run].append(number)
    shared = Counter(
        pair for numbers in holders.values() if len(numbers) <= 40 for pair in combinations(numbers, 2)
    )
    pairs = {}
    for (first, second), count in shared.items():
        if count >= 3:
            both = len(runs[first] & runs[second])
            part = both / (len(runs[first]) + len(runs[second]) - both)
            pairs[frozenset((articles[first].id, articles[second].id))] = part
    return pairs


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def gathered(index: newsindex.Index) -> Iterable[list[str]]:
    """The ids of each hit and its duplicates, of all articles."""
    after = None
    while True:
        page = index.search("", limit=_PAGE, sort="newest", collapse=True, after=after, highlight=False)
        for hit in page:
            yield [hit.article.id, *(article.id for article in hit.duplicates)]
        after = page.next
        if after is None:
            return


def main() -> None:
    """Prints precision and recall."""
    articles = list(real(DATA))
    rng = random.Random(5)
    vocabulary = sorted({word for article in rng.sample(articles, 500) for word in article.body.split()})
    long_enough = [article for article in articles if len(article.body.split()) >= _LEAST]
    originals = rng.sample(long_enough, COPIES * len(SHARES))
    copies = [
        edited(article, SHARES[i % len(SHARES)], vocabulary, rng) for i, article in enumerate(originals)
    ]
    with tempfile.TemporaryDirectory() as home:
        index = newsindex.create(Path(home) / "index")
        index.add([*articles, *copies])
        groups = [group for group in gathered(index) if len(group) > 1]
        index.close()
    group_of = {article_id: number for number, group in enumerate(groups) for article_id in group}
    for share in SHARES:
        pairs = [(c.id.split()[0], c.id) for c in copies if c.id.endswith(f" {share}")]
        found = sum(first in group_of and group_of[first] == group_of.get(second) for first, second in pairs)
        print(f"copies with {share:.0%} of the words changed: recall {found / len(pairs):.4f}")
    own = own_pairs(articles)
    same = {pair for pair, part in own.items() if part >= _SAME}
    leaders = [(group[0], other) for group in groups for other in group[1:]]
    originally = [frozenset(name.split()[0] for name in pair) for pair in leaders]
    right = sum(len(pair) == 1 or pair in same for pair in originally)
    print(f"hidden articles: {len(leaders)}, precision {right / len(leaders):.4f}")
    alone = [pair for pair in same if len({group_of.get(one, one) for one in pair}) == 1]
    print(f"pairs of the corpus itself: {len(same)}, recall {len(alone) / len(same):.4f}")


if __name__ == "__main__":
    main()
