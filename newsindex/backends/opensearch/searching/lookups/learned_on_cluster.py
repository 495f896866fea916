"""What the articles of a cluster say of acronyms: their definitions, and how they write them."""

from __future__ import annotations

from typing import Any, Final

from newsindex.backends.opensearch.documents import acronym_pair, restore_article
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import EVERYTHING
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler
from newsindex.forks import cached_property
from newsindex.index_settings import IndexSettings
from newsindex.query.evaluation.acronyms.capitals import (
    MAX_ARTICLES_READ,
    is_ordinary_in,
    known_to_be_ordinary,
)
from newsindex.query.evaluation.acronyms.learned_acronyms import LearnedAcronyms, acronym_key
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.syntax.nodes import ExactWordQuery

_MAX_DEFINITIONS: Final = 50_000
"""Definitions that are read: those that most articles make."""


class ClusterAcronyms:
    """The acronyms of one state of an index; threads may share it."""

    def __init__(self, pinned: PinnedIndex, compiler: QueryCompiler, settings: IndexSettings) -> None:
        self._pinned = pinned
        self._compiler = compiler
        self._settings = settings
        self._ordinary: BoundedCache[str, bool] = BoundedCache()

    @cached_property
    def learned(self) -> LearnedAcronyms:
        """The acronyms that the articles define; none where the index does not learn them."""
        if not self._settings.acronyms:
            return LearnedAcronyms()
        body: dict[str, Any] = {
            "query": EVERYTHING, "size": 0, "track_total_hits": False,
            "aggs": {"acronyms": {"terms": {"field": "acronyms", "size": _MAX_DEFINITIONS}}},
        }  # fmt: skip
        buckets = self._pinned.search(body).aggregations["acronyms"]["buckets"]
        counts = {acronym_pair(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        return LearnedAcronyms(counts=counts)

    def is_ordinary(self, acronym: str) -> bool:
        """Returns whether the articles write an acronym like an ordinary word most of the time."""
        known = self._ordinary.get(acronym)
        if known is None:
            known = known_to_be_ordinary(acronym)
            if known is None:
                known = is_ordinary_in(
                    acronym, self.learned.forms[acronym_key(acronym)], self._texts_with(acronym)
                )
            self._ordinary[acronym] = known
        return known

    def _texts_with(self, acronym: str) -> list[tuple[str, str]]:
        """The headline and the body of some articles that have an acronym as a word."""
        spelling = acronym.lower()
        exact = ExactWordQuery("text", self._settings.lexicon.french.term(spelling), spelling)
        body = {
            "query": {"bool": {"filter": [self._compiler.matching(exact)]}}, "size": MAX_ARTICLES_READ,
            "_source": ["article"], "sort": ["id"], "track_total_hits": False,
        }  # fmt: skip
        found = [
            restore_article(hit["_source"], self._pinned.place) for hit in self._pinned.search(body).hits
        ]
        return [(article.headline, article.body) for article in found]
