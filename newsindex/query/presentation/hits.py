"""Presents the ranked documents of a page as articles with headlines, snippets and explanations."""

from __future__ import annotations

from collections.abc import Iterator

from newsindex.article import Article
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.ranking.ranked_page import RankedPage
from newsindex.query.ranking.result_order import RankedHit
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Explanation, Hit
from newsindex.storage.stored_articles import restore_article

from .highlights import HighlightTerms, highlight_terms
from .snippets import SnippetBuilder
from .term_occurrences import find_occurrences


def present_hits(
    snapshot: Snapshot, query: ParsedQuery, page: RankedPage, options: SearchOptions
) -> Iterator[Hit]:
    """Yields the hits of a ranked page in order, as the options ask for them."""
    builders = _snippet_builders(snapshot, query, page, options.highlight)
    for ranked_hit in page.hits:
        check_deadline()
        position, score = ranked_hit
        builder = builders[position.segment]
        article = _article(snapshot, position.segment, position.document)
        duplicates = page.duplicates.get(DocumentAddress(position.segment, position.document), ())
        yield Hit(
            article,
            score,
            builder.headline(position.document, article.headline),
            builder.snippet(position.document, article.body),
            tuple([_article(snapshot, *address) for address in duplicates]),
            _explanation(snapshot, query, page, ranked_hit) if options.explain else None,
        )


def _snippet_builders(
    snapshot: Snapshot, query: ParsedQuery, page: RankedPage, highlight: bool
) -> dict[int, SnippetBuilder]:
    """A snippet builder for each segment that has a hit on the page."""
    sought = highlight_terms(query.tree, snapshot) if highlight else HighlightTerms()
    idf = {term: snapshot.statistics.idf(term) for term in sought.body_terms()}
    documents: dict[int, list[int]] = {}  # by segment
    for position, _ in page.hits:
        documents.setdefault(position.segment, []).append(position.document)
    occurrences = find_occurrences(snapshot, sought, documents)
    return {
        segment: SnippetBuilder(snapshot.views[segment], of_segment, sought, idf)
        for segment, of_segment in occurrences.items()
    }


def _explanation(
    snapshot: Snapshot, query: ParsedQuery, page: RankedPage, ranked_hit: RankedHit
) -> Explanation:
    from .explanations import explain_match  # start-up: most searches do not explain

    position, score = ranked_hit
    return explain_match(snapshot, page.order, query.tree, position, score)


def _article(snapshot: Snapshot, segment: int, document: int) -> Article:
    return restore_article(snapshot.segments[segment].text(document), snapshot.zone)
