"""How does a search run from the query tree to one page of hits?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from newsindex.article import Article
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.highlights import HighlightTerms, wanted
from newsindex.query.presentation.snippets import SnippetBuilder
from newsindex.query.ranking.collapsing import collapsed
from newsindex.query.ranking.cursor import SortPosition, encode_cursor
from newsindex.query.ranking.facet_counts import count_periods, count_values
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.ranking.top_hits import RankedPage, rank
from newsindex.query.similarity.near_duplicates import DocumentAddress
from newsindex.query.syntax.nodes import LabelQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.visitor import all_leaves
from newsindex.results import Explanation, Hit, Note, Results
from newsindex.storage.stored_articles import restore_article


def run(
    snapshot: Snapshot,
    query: ParsedQuery,
    page: SearchOptions,
    correct: Callable[[int], str | None] | None = None,
) -> Results:
    """Search a snapshot; ``correct`` gives a query that finds more than so many articles, or None."""
    started = time.perf_counter()
    ranking = collapsed(snapshot, query, page) if page.collapse else rank(snapshot, query, page)
    hits = tuple(_hits(snapshot, query, ranking, page))
    return Results(
        hits=hits,
        total=ranking.total,
        next=encode_cursor(ranking.places[-1], snapshot, page.order) if ranking.more else None,
        facets={field: count_values(field, ranking.found) for field in page.facets},
        timeline=count_periods(page.timeline, ranking.found) if page.timeline else {},
        notes=(*query.notes, *_unknown_labels(snapshot, query.tree)),
        suggestion=correct(ranking.total) if correct is not None else None,
        seconds=time.perf_counter() - started,
    )


def _unknown_labels(snapshot: Snapshot, tree: QueryNode) -> Iterable[Note]:
    """A note on each source, section … that no article has: its name may be longer than what was read."""
    for node in all_leaves(tree):
        if not isinstance(node, LabelQuery) or node.field == "id":
            continue
        for value in node.values:
            if not any(view.label_numbers(node.field, value, node.pattern) for view in snapshot.views):
                yield Note(
                    f"No article has the {node.field} {value!r}; "
                    f'a name of several words needs quotes, as in {node.field}:"Le Monde".',
                    "unknown_label",
                    node.field,
                    value,
                )


def _hits(snapshot: Snapshot, query: ParsedQuery, ranking: RankedPage, page: SearchOptions) -> Iterable[Hit]:
    sought = wanted(query.tree, snapshot) if page.highlight else HighlightTerms()
    weight = {term: snapshot.idf(term) for term in sought.body_terms()}
    of_segment: dict[int, list[int]] = {}
    for place in ranking.places:
        of_segment.setdefault(place.segment, []).append(place.document)
    passages = {
        number: SnippetBuilder(snapshot.views[number], documents, sought, weight)
        for number, documents in of_segment.items()
    }
    for place, score in zip(ranking.places, ranking.scores, strict=True):
        article = _article(snapshot, place.segment, place.document)
        hidden = ranking.hidden.get(DocumentAddress(place.segment, place.document), ())
        yield Hit(
            article,
            score,
            passages[place.segment].headline(place.document, article.headline),
            passages[place.segment].best(place.document, article.body),
            tuple([_article(snapshot, *document) for document in hidden]),
            _explanation(snapshot, query, ranking, place, score) if page.explain else None,
        )


def _explanation(
    snapshot: Snapshot, query: ParsedQuery, ranking: RankedPage, place: SortPosition, score: float
) -> Explanation:
    from newsindex.query.presentation.explanations import explained  # most searches do not ask

    view = snapshot.views[place.segment]
    return explained(snapshot, ranking.order, query.tree, view, place.document, score)


def _article(snapshot: Snapshot, segment: int, document: int) -> Article:
    return restore_article(snapshot.segments[segment].text(document))
