"""Finds words of the index that the cluster does not list with its hits: near words, and numbered ones."""

from __future__ import annotations

from typing import Any, Final

from newsindex.analyzer import Lexicon
from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.layout import word_token
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import numbered
from newsindex.errors import QueryError
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.term_expansion import MAX_EXPANSION
from newsindex.query.syntax.nodes import FuzzyQuery

_ARTICLES: Final = 8  # that are read at once
_MAX_ROUNDS: Final = 6
_ANY_FREQUENCY: Final = 1 << 31
"""The suggester of the cluster would otherwise leave out words that some articles have."""


class FormFinder:
    """Finds words of one state of an index, and keeps what it found; threads may share it."""

    def __init__(self, pinned: PinnedIndex, lexicon: Lexicon) -> None:
        self._pinned = pinned
        self._french = lexicon.french
        self._known: BoundedCache[tuple[str, ...], tuple[str, ...]] = BoundedCache(large_values=True)

    def near(self, node: FuzzyQuery) -> tuple[str, ...]:
        """Returns the folded words near a word. Raises QueryError where they are too many."""
        key = "near", node.word, str(node.distance)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._near(node)
        return found

    def _near(self, node: FuzzyQuery) -> tuple[str, ...]:
        options: dict[str, Any] = {
            "field": "forms", "suggest_mode": "always", "max_edits": node.distance, "prefix_length": 0,
            "min_word_length": 1, "max_term_freq": _ANY_FREQUENCY, "accuracy": 1e-6, "size": MAX_EXPANSION,
            "shard_size": MAX_EXPANSION + 1, "max_inspections": 1000 * MAX_EXPANSION,
        }  # fmt: skip
        body = {
            "size": 0, "track_total_hits": False,
            "suggest": {"near": {"text": word_token(node.word), "term": options}},
        }  # fmt: skip
        found = {option["text"] for option in self._pinned.search(body).suggestions("near")}
        if len(found) >= MAX_EXPANSION:
            raise QueryError(
                f"{node.word}~ stands for more than {MAX_EXPANSION:,} words: give more of its letters",
                "pattern_too_wide",
                f"{node.word}~",
                MAX_EXPANSION,
            )
        return tuple(sorted({*found, node.word}))

    def numbered(self, stem: str, limit: int) -> tuple[str, ...]:
        """Returns the stems that are a stem and a number after it, at most ``limit``.

        They are those of some articles that have one, then of articles that have another one.
        """
        key = "numbered", stem, str(limit)
        known = self._known.get(key)
        if known is None:
            found: set[str] = set()
            for _ in range(_MAX_ROUNDS):
                new = self._numbered(stem, found) - found
                found |= new
                if not new or len(found) >= limit:
                    break
            known = self._known[key] = tuple(sorted(found)[:limit])
        return known

    def _numbered(self, stem: str, others: set[str]) -> set[str]:
        """Such stems of some articles that have one beside ``others``."""
        body = {
            "query": {"bool": {"filter": [numbered(stem, others)]}}, "size": _ARTICLES,
            "_source": ["article"], "track_total_hits": False,
        }  # fmt: skip
        hits = self._pinned.search(body).hits
        articles = [restore_article(hit["_source"], self._pinned.place) for hit in hits]
        words = (
            word.term
            for article in articles
            for text in (article.headline, article.body)
            for word in self._french.analyze(text)
        )
        return {word for word in words if word.startswith(stem) and word[len(stem) :].isdigit()}
