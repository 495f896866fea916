"""Finds collapsed pages on the cluster, on which near-identical articles are one hit.

Which articles are near-duplicates is decided among the candidates of all pages so far, the first of which
are found again for every page. Further near-duplicates of what a page shows are looked for by their words.
"""

from __future__ import annotations

from typing import Final

from newsindex.article import Article
from newsindex.backends.opensearch.searching.result_snapshot import ResultSnapshot
from newsindex.deadline import check_deadline
from newsindex.errors import QueryError
from newsindex.query.similarity.near_duplicates import DuplicateGroups

from .best_matches import Ranked
from .cluster_cursor import ClusterCursor
from .cluster_page import ClusterPage, SearchOnCluster

MAX_COLLAPSED: Final = 1_000
"""How many of the first matches a collapsed search compares and shows."""


def collapsed_page(search: SearchOnCluster) -> ClusterPage:
    """Returns a page without the matches that are near-identical to a hit before them, on any page.

    Raises QueryError for a page beyond the first MAX_COLLAPSED matches.
    """
    limit = search.options.limit
    first = 0 if search.cursor is None else search.cursor.shown
    if first >= MAX_COLLAPSED:
        raise QueryError(
            f"a collapsed search shows the first {MAX_COLLAPSED:,} matches: narrow it, or search without "
            "collapse",
            "too_many_collapsed",
            MAX_COLLAPSED,
        )
    if not limit:
        return search.page()
    count = max(first + limit + limit // 2 + 1, search.best)
    while True:
        check_deadline()
        count = min(count, MAX_COLLAPSED)
        candidates, answer = search.find(count + 1, None)
        ranked, found = search.rank(candidates[:count])
        shown, duplicates, following = _shown(ranked, found, [], first, limit)
        is_last = len(candidates) <= count
        if following is not None or is_last or count == MAX_COLLAPSED:
            break
        count *= 2
    if following is None and not is_last:
        following = MAX_COLLAPSED
    if not is_last:
        copies = search.further_copies([one.article for one in shown], found.articles)
        if copies:
            found = search.snapshot_of([*found.articles, *copies])
            shown, duplicates, _ = _shown(ranked, found, copies, first, limit)
    cursor = None
    if following is not None:
        cursor = ClusterCursor(search.pinned.point, following, None, search.newest)
    return ClusterPage(shown, found, cursor, answer, duplicates)


def _shown(
    ranked: list[Ranked], found: ResultSnapshot, later: list[Article], first: int, limit: int
) -> tuple[list[Ranked], dict[int, list[Article]], int | None]:
    """The articles that a page shows from a place in the order on, and those that are hidden behind each.

    The place of the next article that would be shown comes with them. ``later`` are matches after all that
    are ``ranked``.
    """
    addresses = [found.address(one.article) for one in ranked]
    places = {address: place for place, address in enumerate([*addresses, *map(found.address, later)])}
    groups = DuplicateGroups(found.snapshot, places.get)
    shown: list[Ranked] = []
    duplicates: dict[int, list[Article]] = {}
    for place, (address, one) in enumerate(zip(addresses, ranked, strict=True)):
        if not groups.is_shown(address) or place < first:
            continue
        if len(shown) == limit:
            return shown, duplicates, place
        hidden = groups.hidden_by(address)
        if hidden:
            duplicates[len(shown)] = [found.articles[other.document] for other in hidden]
        shown.append(one)
    return shown, duplicates, None
