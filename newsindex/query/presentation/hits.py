"""Presents the ranked documents of a page as hits, whose texts are read when they are first looked at."""

from __future__ import annotations

from newsindex.deadline import check_deadline, remaining_seconds
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.ranked_page import RankedPage
from newsindex.query.ranking.result_order import RankedHit
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Explanation, Hit, unread_hit

from .page_contents import PageContents


def present_hits(
    snapshot: Snapshot, query: ParsedQuery, page: RankedPage, options: SearchOptions
) -> tuple[Hit, ...]:
    """Returns the hits of a ranked page in order, as the options ask for them.

    Inside a ``deadline`` block the page is read at once, so that the block bounds the time of all of it.
    Raises DeadlineExceeded and IndexCorrupt.
    """
    contents = PageContents(snapshot, query.tree, page, highlight=options.highlight)
    if remaining_seconds() is not None:
        contents.read()
    return tuple([
        unread_hit(
            contents, place, hit.score, _explanation(snapshot, query, page, hit) if options.explain else None
        )
        for place, hit in enumerate(page.hits)
    ])  # fmt: skip


def _explanation(
    snapshot: Snapshot, query: ParsedQuery, page: RankedPage, ranked_hit: RankedHit
) -> Explanation:
    from .explanations import explain_match  # start-up: most searches do not explain

    check_deadline()
    position, score = ranked_hit
    return explain_match(snapshot, page.order, query.tree, position, score)
