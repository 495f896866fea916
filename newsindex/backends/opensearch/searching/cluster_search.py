"""Answers everything that a searcher asks over one state of an index on a cluster."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon, Word, fold
from newsindex.arguments import is_unicode, shown
from newsindex.article import Article
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.documents import body_hash, restore_article
from newsindex.backends.opensearch.layout import document_id
from newsindex.deadline import check_deadline
from newsindex.distinctive_words import DistinctiveWords
from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.explanations import explain
from newsindex.query.presentation.highlights import mark_article
from newsindex.query.ranking.counting.undated_matches import WITHOUT_DATE, undated_notes, undated_tree
from newsindex.query.ranking.search_options import Operator, SearchOptions
from newsindex.query.similarity.more_like_this import query_of_words
from newsindex.query.suggestion.completions import suggest
from newsindex.query.suggestion.corrections import asked_words, corrected_text, may_be_misspelt
from newsindex.query.suggestion.unknown_labels import unknown_labels
from newsindex.query.syntax.nodes import QueryNode
from newsindex.query.syntax.parser import ParsedQuery, parse_query
from newsindex.query.timeline_comparison import compare_timelines
from newsindex.results import Acronym, Explanation, Marked, Note, Results
from newsindex.timelines import Timeline, TimelineUnit
from newsindex.wording import counted

from .lookups.cluster_dictionary import ClusterDictionary, RoundParser
from .lookups.form_finder import FormFinder
from .lookups.learned_on_cluster import ClusterAcronyms
from .lookups.telling_words import telling_words
from .lookups.term_counts import EVERY_ARTICLE, ClusterFigures, Form, TermCounts, counted_in
from .lookups.vocabulary import Vocabulary
from .pages.cluster_cursor import encode_cursor
from .pages.cluster_labels import ClusterLabels
from .pages.cluster_page import NewestPublication, SearchOnCluster
from .pages.collapsed_page import collapsed_page
from .pages.match_counts import facets_of, timeline_of
from .pages.page_presentation import present
from .pages.period_counts import count_by_period
from .pinned_index import Answer, PinnedIndex
from .querying.clauses import EVERYTHING, Clause
from .querying.query_compiler import QueryCompiler
from .querying.result_order import BY_PUBLICATION
from .result_snapshot import SnapshotMaker
from .sampled_words import words_of_sample
from .samples import sample_snapshot
from .searched_state import SearchedState

if TYPE_CHECKING:
    from newsindex.query.keyness.word_search import WordsQuery
    from newsindex.query.snapshot_searcher import TypedQuery


class ClusterSearch:
    """Answers over one state of an index; it implements ``newsindex.backends.base.SearchBackend``."""

    def __init__(
        self,
        connection: Connection,
        state: SearchedState,
        vocabulary: Vocabulary | None = None,
        *,
        must_stay: bool = False,
    ) -> None:
        """``vocabulary`` is what completions and corrections have read of earlier states.

        With ``must_stay``, an answer is an error once the cluster has lost the state; without, it is one of a
        later state then.
        """
        settings = state.settings
        self.commit = state.commit
        self.identity = state.identity
        self.zone: ZoneInfo = settings.zone
        self.lexicon: Lexicon = settings.lexicon
        self._pinned = PinnedIndex(connection, state.index, must_stay=must_stay)
        if must_stay:
            self._pinned.hold()
        self._forms = FormFinder(self._pinned, settings.lexicon)
        self._compiler = QueryCompiler(settings.ranking, self._forms.near)
        self._counts = TermCounts(self._pinned, self._compiler, self._forms.near)
        self._labels = ClusterLabels(self._pinned, self._counts)
        self._figures = ClusterFigures(self._counts, state.average_lengths)
        self._snapshots = SnapshotMaker(settings, state.commit)
        self._acronyms = ClusterAcronyms(self._pinned, self._compiler, settings)
        self._newest = NewestPublication(self._pinned, self.zone)
        self._vocabulary = vocabulary or Vocabulary()
        self._parser = RoundParser(
            self._counts,
            lambda variants: ClusterDictionary(self._counts, self._acronyms, self._forms.numbered, variants),
        )

    def close(self) -> None:
        """Lets the cluster forget the state, unless a cursor needs it."""
        self._pinned.close()

    @property
    def is_gone(self) -> bool:
        """Whether the version of the index that is searched was found to be deleted."""
        return self._pinned.is_gone

    # Articles

    @property
    def documents(self) -> int:
        """The number of articles."""
        return self._counts.of(EVERY_ARTICLE)

    def has(self, article_id: str) -> bool:
        """Returns whether an article has an id."""
        return self._source(article_id, []) is not None

    def get(self, article_id: str) -> Article | None:
        """Returns the article with an id, None where no article has it."""
        source = self._source(article_id, ["article"])
        return None if source is None else restore_article(source, self._pinned.place)

    def _source(self, article_id: str, fields: list[str]) -> dict[str, Any] | None:
        if not article_id or not is_unicode(article_id):
            return None
        query = {"bool": {"filter": [{"ids": {"values": [document_id(article_id)]}}]}}
        body = {"query": query, "size": 1, "_source": ["id", *fields], "track_total_hits": False}
        sources = [hit["_source"] for hit in self._pinned.search(body).hits]
        return sources[0] if sources and sources[0]["id"] == article_id else None

    def _require(self, article_id: str) -> Article:
        """The article with an id. Raises QueryError for an unknown id."""
        article = self.get(article_id)
        if article is None:
            raise QueryError(f"no article has the id {shown(article_id)}", "unknown_id", article_id)
        return article

    def every_article(self) -> Iterator[Article]:
        """Returns all articles in the order of their publication."""
        return self._articles(EVERYTHING)

    def articles(self, query: ParsedQuery) -> Iterator[Article]:
        """Returns all articles that a query finds: those without a date, then the oldest first."""
        return self._articles({"bool": {"filter": [self._compiler.matching(query.tree)]}})

    def _articles(self, query: Clause) -> Iterator[Article]:
        """The articles that a query of the cluster finds, of which the first are read at once."""
        hits = self._pinned.hits(query, BY_PUBLICATION)
        first = next(hits, None)
        return iter(()) if first is None else self._restored(first, hits)

    def _restored(self, first: dict[str, Any], following: Iterator[dict[str, Any]]) -> Iterator[Article]:
        yield restore_article(first["_source"], self._pinned.place)
        for hit in following:
            yield restore_article(hit["_source"], self._pinned.place)

    def identical_texts(self, article_id: str) -> list[Article]:
        """Returns the other articles with the same body. Raises QueryError for an unknown id."""
        article = self._require(article_id)
        if not article.body.strip():
            return []
        query = {"bool": {"filter": [{"term": {"body_hash": body_hash(article.body)}}]}}
        return [
            other for other in self._articles(query) if other.id != article.id and other.body == article.body
        ]

    def acronyms(self) -> list[Acronym]:
        """Returns the acronyms that the articles define, those that most articles define first."""
        return list(self._acronyms.learned.records)

    # Searching

    def parse(self, query: str, operator: Operator) -> ParsedQuery:
        """Returns the tree of a query, with the other ways in which the articles write its words."""
        return self._parser.parse(partial(parse_query, query, self.zone, operator, self.lexicon))

    def search(self, query: ParsedQuery, options: SearchOptions, typed: TypedQuery | None = None) -> Results:
        """Returns one page of what a query finds; with ``typed``, a correction of what was typed too."""
        started = time.perf_counter()
        undated = None if options.after else undated_tree(query.tree)
        words = [] if typed is None else asked_words(self.lexicon, typed.text, query)
        forms = [Form(form) for word in words if (form := fold(word.spelling))]
        self._counts.fetch([*counted_in(query.tree), *forms, *([] if undated is None else [WITHOUT_DATE])])
        search = SearchOnCluster(
            self._pinned, self._compiler, self._figures, self._snapshots, query, options, self._newest
        )
        page = collapsed_page(search) if options.collapse else search.page()
        answer = page.answer
        if page.next is not None:
            search.pinned.is_continued = True
        return Results(
            hits=present(search, page, self._counts),
            total=answer.total,
            next=None if page.next is None else encode_cursor(page.next, options),
            facets=facets_of(options, answer.aggregations),
            timeline=timeline_of(options.timeline, answer.aggregations),
            notes=(
                *query.notes,
                *unknown_labels(query.tree, self._labels),
                *undated_notes(self._count_undated(undated)),
                *_partial_notes(answer),
            ),
            suggestion=None if typed is None else self._corrected(typed, words, answer.total, query),
            seconds=time.perf_counter() - started,
        )

    def _count_undated(self, tree: QueryNode | None) -> int:
        """How many articles without a date a tree finds; most indexes have none at all."""
        return 0 if tree is None or not self._counts.of(WITHOUT_DATE) else self._count(tree)

    def _count(self, tree: QueryNode) -> int:
        body = {
            "query": {"bool": {"filter": [self._compiler.matching(tree)]}}, "size": 0,
            "track_total_hits": True,
        }  # fmt: skip
        return self._pinned.search(body).total

    def _corrected(
        self, typed: TypedQuery, words: Sequence[Word], total: int, query: ParsedQuery
    ) -> str | None:
        """The query with its misspelt words corrected, where that finds more articles, else None."""
        if not may_be_misspelt(words, self._figures):
            return None
        snapshot = self._vocabulary.snapshot(self._pinned, self._snapshots)
        correction = corrected_text(snapshot, self._vocabulary.recent, typed.text, query, self._figures)
        if correction == typed.text:
            return None
        try:
            found = self._count(typed.read(correction).tree)
        except QueryError:  # it has become too long
            return None
        return correction if found > total else None

    def compare_timelines(
        self, queries: Sequence[tuple[str, ParsedQuery]], everything: ParsedQuery, unit: TimelineUnit
    ) -> Timeline:
        """Returns the timelines of some queries, each with its text.

        ``everything`` finds all articles of which the shares are taken.
        """
        counts = partial(count_by_period, self._pinned, self._compiler)
        return compare_timelines(queries, everything, unit, counts, self._labels)

    def distinctive_words(self, asked: WordsQuery, limit: int) -> DistinctiveWords:
        """Returns the words that stand out in a sample of what a query finds, with their exact counts."""
        sample = partial(sample_snapshot, self._pinned, self._snapshots, self._compiler)
        words = words_of_sample(asked, limit, self.zone, self.lexicon, sample, self._counts)
        found = asked.found(self.zone)
        notes = (*found.notes, *unknown_labels(found.tree, self._labels), *words.notes)
        return replace(words, notes=notes)

    def more_like_this(self, article_id: str) -> ParsedQuery:
        """Returns the query for articles like one. Raises QueryError for an unknown id."""
        article = self._require(article_id)
        return query_of_words(telling_words(self.lexicon.french, self._counts, article), article_id)

    def complete(self, prefix: str, limit: int) -> list[str]:
        """Returns completions of what was typed, the likeliest first, from the newest articles."""
        snapshot = self._vocabulary.snapshot(self._pinned, self._snapshots)
        return suggest(snapshot, self._vocabulary.recent, prefix, limit)

    def explain(self, query: ParsedQuery, article_id: str) -> Explanation | None:
        """Returns how the score of an article is made up, None where it does not match.

        Raises QueryError for an unknown id.
        """
        check_deadline()
        article = self._require(article_id)
        self._counts.fetch(counted_in(query.tree))
        search = SearchOnCluster(
            self._pinned, self._compiler, self._figures, self._snapshots, query, SearchOptions(), self._newest
        )
        articles = {one.article.id: one.article for one in search.find(search.best, None).candidates}
        found = self._snapshots.make([*{**articles, article.id: article}.values()], self._figures)
        return explain(found.snapshot, query, article_id)

    def snapshot_of(self, articles: Sequence[Article]) -> Snapshot:
        """Returns a snapshot of some articles with the figures of all, for what alerts matched."""
        return self._snapshots.make(articles, self._figures).snapshot

    def mark(self, article: Article, tree: QueryNode) -> Marked:
        """Returns an article with the words of a query marked in all of it."""
        return mark_article(article, tree, self._snapshots.make([article], self._figures).snapshot)


def _partial_notes(answer: Answer) -> Iterator[Note]:
    """A note where some shards gave no answer, which the address has allowed."""
    if answer.missing:
        yield Note(
            f"{answer.missing} of {counted(answer.shards, 'shard')} of the cluster did not answer in time: "
            "articles and counts may be missing.",
            "partial",
            str(answer.missing),
            str(answer.shards),
        )
