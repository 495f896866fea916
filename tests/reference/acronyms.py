"""A slow, obvious recogniser of acronyms, and a slow, obvious count of what articles define."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsindex import Article
from newsindex.analyzer import analyze, stop_terms
from newsindex.indexer.scanning.acronym_definitions import find_definitions

ARTICLES = ("l", "la", "le", "les", "the")
LONGEST_PREFIX = 3
MAX_COST = 59


def ways(letters: str, words: Sequence[tuple[str, bool]]) -> Iterable[int]:
    """What each way costs in which all the words, in order, give the letters; a word is folded and may be
    a function word."""
    if not words:
        if not letters:
            yield 0
        return
    (word, is_function), rest = words[0], words[1:]
    for size in range(LONGEST_PREFIX + 1):
        if size <= len(letters) and word.startswith(letters[:size]):
            here = (0 if is_function else 40) if not size else size if is_function else 10 * (size - 1)
            yield from (here + cost for cost in ways(letters[size:], rest))


def cheapest(letters: str, words: Sequence[tuple[str, bool]]) -> tuple[int, int] | None:
    """The lowest cost, and the least number of last words of that cost; the name begins with a content word
    or an article, and ends in a content word, each of which gives a letter."""
    found = []
    if not words or words[-1][1]:
        return None
    for count in range(1, len(words) + 1):
        name = words[-count:]
        if name[0][1] and name[0][0] not in ARTICLES:
            continue
        gives_ends = [
            cost
            for first in range(1, LONGEST_PREFIX + 1)
            for cost in _with_ends(letters, name, first)
            if cost <= MAX_COST
        ]
        found += [(cost, count) for cost in gives_ends]
    return min(found, default=None)


def _with_ends(letters: str, name: Sequence[tuple[str, bool]], first: int) -> Iterable[int]:
    """The costs where the first word gives ``first`` letters, and the last one gives some."""
    word, is_function = name[0]
    if not word.startswith(letters[:first]) or first > len(letters):
        return
    here = first if is_function else 10 * (first - 1)
    if len(name) == 1:
        if first == len(letters):
            yield here
        return
    for last in range(1, LONGEST_PREFIX + 1):
        rest = letters[first:]
        if last <= len(rest) and name[-1][0].startswith(rest[len(rest) - last :]):
            inner = ways(rest[: len(rest) - last], name[1:-1])
            yield from (here + 10 * (last - 1) + cost for cost in inner)


def learned(articles: Iterable[Article]) -> dict[tuple[str, tuple[str, ...]], int]:
    """The number of articles that define each known meaning, by the acronym in lower case and the terms of
    its long name that are not those of stop words."""
    counts: dict[tuple[str, tuple[str, ...]], int] = {}
    strict = set()
    for article in articles:
        meanings = set()
        for text in (article.headline, article.body):
            for one in find_definitions(text):
                terms = tuple(word.term for word in analyze(one.name))
                content = tuple(term for term in terms if term not in stop_terms) or terms
                meanings.add((one.acronym.lower(), content))
                if not one.is_loose:
                    strict.add((one.acronym.lower(), content))
        for meaning in meanings:
            counts[meaning] = counts.get(meaning, 0) + 1
    return {meaning: count for meaning, count in counts.items() if meaning in strict or count > 1}
