"""Counts the words that stand out the slow and obvious way: over the texts of articles, one by one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from newsindex import Article
from newsindex.analyzer import FRENCH


def different(articles: Iterable[Article]) -> list[Article]:
    """The first of the articles with each headline and body."""
    return list({(article.headline, article.body): article for article in reversed(list(articles))}.values())


def remaining(articles: Iterable[Article], found: Sequence[Article]) -> list[Article]:
    """The different articles that are none of those found and no copy of one."""
    texts = {(article.headline, article.body) for article in found}
    return [one for one in different(articles) if (one.headline, one.body) not in texts]


def fields(article: Article) -> list[list[str]]:
    """The terms of the headline and of the body, in order."""
    return [[word.term for word in FRENCH.analyze(text)] for text in (article.headline, article.body)]


def count_terms(articles: Iterable[Article]) -> Counter[str]:
    """The number of articles that have each term."""
    return Counter(term for article in articles for term in set(chain(*fields(article))))


def count_pairs(articles: Iterable[Article]) -> Counter[tuple[str, str]]:
    """The number of articles that have each two terms side by side in one field."""
    return Counter(
        pair
        for article in articles
        for pair in {pair for field in fields(article) for pair in pairwise(field)}
    )


def log_likelihood_ratio(found: int, reference: int, found_total: int, reference_total: int) -> float:
    """2 Σ O ln(O / E) over the table of articles with and without a word; 0 without over-representation."""
    if found * reference_total <= reference * found_total:
        return 0.0
    total, with_word = found_total + reference_total, found + reference
    table = [
        (found, found_total * with_word / total),
        (reference, reference_total * with_word / total),
        (found_total - found, found_total * (total - with_word) / total),
        (reference_total - reference, reference_total * (total - with_word) / total),
    ]
    return 2 * sum(observed * math.log(observed / expected) for observed, expected in table if observed)
