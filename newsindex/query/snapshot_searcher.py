"""Answers everything that a searcher asks over one snapshot of segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.article import Article
from newsindex.distinctive_words import DistinctiveWords
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking.search_options import Operator, SearchOptions
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.results import Acronym, Explanation, Marked, Results
from newsindex.storage.stored_articles import restore_article
from newsindex.timelines import Timeline, TimelineUnit

if TYPE_CHECKING:
    from newsindex.query.keyness.word_search import WordsQuery  # only loaded where words are asked for
    from newsindex.query.syntax.nodes import QueryNode  # only loaded to search
    from newsindex.query.syntax.parser import ParsedQuery  # the same


class TypedQuery(NamedTuple):
    """A query as it was typed, which may be corrected, and how a correction of it is read."""

    text: str
    read: Callable[[str], ParsedQuery]
    """Parses a query within the filters of the search."""


class SnapshotSearcher:
    """Answers over one snapshot of an index; it implements ``newsindex.backends.base.SearchBackend``."""

    def __init__(self, snapshot: Snapshot, recent_vocabulary: RecentVocabulary, identity: str) -> None:
        """``identity`` is the identity of the index, and ``recent_vocabulary`` what was read of it so far."""
        self.snapshot = snapshot
        self.recent_vocabulary = recent_vocabulary
        self.identity = identity

    def close(self) -> None:
        """Does nothing: the segments are released with the last reference to the snapshot."""

    @property
    def commit(self) -> int:
        """The number of the commit."""
        return self.snapshot.commit

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days."""
        return self.snapshot.zone

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words."""
        return self.snapshot.lexicon

    @property
    def documents(self) -> int:
        """The number of live articles."""
        return self.snapshot.documents

    # Articles

    def has(self, article_id: str) -> bool:
        """Returns whether an article has an id."""
        return self.snapshot.find(article_id) is not None

    def get(self, article_id: str) -> Article | None:
        """Returns the article with an id, None where no article has it."""
        found = self.snapshot.find(article_id)
        if found is None:
            return None
        segment, document = found
        return restore_article(segment.text(document), self.zone)

    def every_article(self) -> Iterator[Article]:
        """Yields all articles, segment by segment."""
        for segment in self.snapshot.segments:
            live = segment.live
            for document in range(segment.documents):
                if live is None or live[document]:
                    yield restore_article(segment.text(document), self.zone)

    def articles(self, query: ParsedQuery) -> Iterator[Article]:
        """Returns all articles that a query finds: those without a date, then the oldest first."""
        from newsindex.query.ranking.articles_by_date import articles_by_date  # only loaded to search

        return articles_by_date(self.snapshot, query)

    def identical_texts(self, article_id: str) -> list[Article]:
        """Returns the other articles with the same body. Raises QueryError for an unknown id."""
        from newsindex.query.similarity.identical_texts import identical_texts  # most programs never ask

        segment, document = self.snapshot.require(article_id)
        return list(identical_texts(self.snapshot, segment, document))

    def acronyms(self) -> list[Acronym]:
        """Returns the acronyms that the articles define, those that most articles define first."""
        return list(self.snapshot.acronyms.records)

    # Searching

    def parse(self, query: str, operator: Operator) -> ParsedQuery:
        """Returns the tree of a query, with the other ways in which the articles write its words."""
        from newsindex.query.syntax.parser import parse_query  # only loaded to search

        dictionary = SnapshotDictionary(self.snapshot)
        return parse_query(query, self.zone, operator, self.lexicon, dictionary)

    def search(self, query: ParsedQuery, options: SearchOptions, typed: TypedQuery | None = None) -> Results:
        """Returns one page of what a query finds; with ``typed``, a correction of what was typed too."""
        from newsindex.query.search import run  # only loaded to search

        if typed is None:
            return run(self.snapshot, query, options)
        from newsindex.query.suggestion.corrections import corrected  # only loaded to search

        correct = partial(corrected, self.snapshot, self.recent_vocabulary, typed.text, typed.read, query)
        return run(self.snapshot, query, options, correct)

    def compare_timelines(
        self, queries: Sequence[tuple[str, ParsedQuery]], everything: ParsedQuery, unit: TimelineUnit
    ) -> Timeline:
        """Returns the timelines of some queries, each with its text.

        ``everything`` finds all articles of which the shares are taken.
        """
        # Most programs never ask.
        from newsindex.query.suggestion.unknown_labels import SnapshotLabels
        from newsindex.query.timeline_comparison import CountedPeriods, compare_timelines, count_periods

        def counts(asked: Sequence[ParsedQuery], unit: TimelineUnit) -> list[CountedPeriods]:
            return [count_periods(self.snapshot, query, unit) for query in asked]

        return compare_timelines(queries, everything, unit, counts, SnapshotLabels(self.snapshot))

    def distinctive_words(self, asked: WordsQuery, limit: int) -> DistinctiveWords:
        """Returns the words that stand out in what a query finds."""
        from newsindex.query.keyness.word_search import search_words  # most programs never ask

        return search_words(self.snapshot, asked, limit)

    def more_like_this(self, article_id: str) -> ParsedQuery:
        """Returns the query for articles like one. Raises QueryError for an unknown id."""
        from newsindex.query.similarity.more_like_this import more_like_this_query  # most programs never ask

        return more_like_this_query(self.snapshot, article_id)

    def complete(self, prefix: str, limit: int) -> list[str]:
        """Returns completions of what was typed, the likeliest first."""
        from newsindex.query.suggestion.completions import suggest  # many programs never ask

        return suggest(self.snapshot, self.recent_vocabulary, prefix, limit)

    def explain(self, query: ParsedQuery, article_id: str) -> Explanation | None:
        """Returns how the score of an article is made up, None where it does not match.

        Raises QueryError for an unknown id.
        """
        from newsindex.query.presentation.explanations import explain  # most programs never ask

        return explain(self.snapshot, query, article_id)

    def mark(self, article: Article, tree: QueryNode) -> Marked:
        """Returns an article with the words of a query marked in all of it."""
        from newsindex.query.presentation.highlights import mark_article  # only loaded to search

        return mark_article(article, tree, self.snapshot)
