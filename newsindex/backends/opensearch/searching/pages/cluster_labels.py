"""The names that the articles of a cluster have in a field: sources, sections, authors and languages."""

from __future__ import annotations

from collections.abc import Mapping

from newsindex.backends.opensearch.searching.lookups.term_counts import TermCounts, labels_of
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import EVERYTHING
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.nodes import LabelQuery

from .match_counts import counting, facets_of


class ClusterLabels:
    """The names in one state of an index; it implements ``suggestion.unknown_labels.Labels``."""

    def __init__(self, pinned: PinnedIndex, counts: TermCounts) -> None:
        self._pinned = pinned
        self._counts = counts

    def has(self, node: LabelQuery, value: str) -> bool:
        """Returns whether an article has a value of a node."""
        (label,) = labels_of(LabelQuery(node.field, (value,), node.pattern))
        return self._counts.of(label) > 0

    def names(self, field: str) -> Mapping[str, int]:
        """Returns the names in a field with the number of their articles, the most frequent first."""
        options = SearchOptions(facets=(field,))
        body = {"query": EVERYTHING, "size": 0, "track_total_hits": False, "aggs": counting((field,), None)}
        return facets_of(options, self._pinned.search(body).aggregations)[field]
