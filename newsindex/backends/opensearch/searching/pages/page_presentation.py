"""Presents a page of the cluster as hits, on a result snapshot of its articles."""

from __future__ import annotations

from itertools import islice
from typing import Final

from newsindex.backends.opensearch.searching.lookups.term_counts import TermCounts, word_of
from newsindex.backends.opensearch.searching.result_snapshot import ResultSnapshot
from newsindex.query.presentation.highlights import highlight_terms
from newsindex.query.presentation.hits import present_hits
from newsindex.query.ranking.counting.match_counts import ArrayCounts
from newsindex.query.ranking.cursor import SortPosition
from newsindex.query.ranking.ranked_page import RankedPage
from newsindex.query.ranking.result_order import RankedHit
from newsindex.results import Hit

from .best_matches import Ranked, order_of
from .cluster_page import ClusterPage, SearchOnCluster

_MAX_TERMS: Final = 100  # of a page whose idf decides which passage is shown


def present(search: SearchOnCluster, page: ClusterPage, counts: TermCounts) -> tuple[Hit, ...]:
    """Returns the hits of a page, whose texts are made when they are first looked at."""
    if not page.ranked:
        return ()
    found = page.found
    if search.options.highlight:
        sought = highlight_terms(search.query.tree, found.snapshot)
        terms = sorted(sought.headline_terms() | sought.body_terms())
        counts.fetch(map(word_of, islice(terms, _MAX_TERMS)))
    ranked_page = RankedPage(
        hits=[_ranked_hit(found, ranked) for ranked in page.ranked],
        has_more=page.next is not None,
        total=page.answer.total,
        counts=ArrayCounts(()),
        order=order_of(found, search.query, search.options, search.newest),
        duplicates={
            found.address(page.ranked[place].article): list(map(found.address, hidden))
            for place, hidden in page.duplicates.items()
        },
    )
    return present_hits(found.snapshot, search.query, ranked_page, search.options)


def _ranked_hit(found: ResultSnapshot, ranked: Ranked) -> RankedHit:
    address = found.address(ranked.article)
    return RankedHit(SortPosition(ranked.part, -ranked.score, 0, *address), ranked.score)
