# Long: one class has everything that can be asked, and most of it are signatures and their documentation.
"""A searcher: all that can be asked of an index, answered over one snapshot of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, BinaryIO, Unpack, cast, get_args
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking.search_options import (
    DEFAULT_HALF_LIFE,
    Facet,
    Operator,
    SearchOptions,
    Sort,
)
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.storage.stored_articles import restore_article

from .arguments import number, optional_text, seconds, shown, text, texts, truth, whole_number
from .article import Article
from .deadline import check_deadline, deadline
from .distinctive_words import DistinctiveWords, Reference
from .errors import NewsIndexError, QueryError
from .results import Acronym, Alert, Explanation, Marked, Results
from .timelines import Timeline, TimelineUnit

if TYPE_CHECKING:
    from newsindex.dates.minutes import Period  # only loaded to search
    from newsindex.query.syntax.filters import (  # only loaded to search
        FilterArguments,
        Filters,
        FiltersOfPeriod,
    )
    from newsindex.query.syntax.parser import ParsedQuery  # the same
    from newsindex.query.syntax.whoosh_tree import WhooshQuery  # only loaded by parse()
    from newsindex.review.press_review import Review  # only loaded to make a review
    from newsindex.review.review_content import Group, Language  # the same


class Searcher:
    """Answers questions over one snapshot of an index: the articles as of one commit.

    :meth:`newsindex.Index.snapshot` gives one whose answers stay the same whatever is committed since.
    Threads may share it.

    The filters that several methods take are keyword arguments: ``source``, ``section``, ``author`` and
    ``lang`` are one value or several, of which an article must have one, compared whole, without case or
    accents; ``since`` and ``until`` are dates or periods, both included. A method that takes a ``timeout``
    raises DeadlineExceeded where it would take longer than so many seconds; None sets no limit.

    Of an id that no article has, :meth:`get` and :meth:`marked`, which look an article up, give None.
    :meth:`similar`, :meth:`explain` and :meth:`duplicates_of`, which ask something about the article, raise
    QueryError.
    """

    def __init__(self, snapshot: Snapshot, recent_vocabulary: RecentVocabulary, identity: str) -> None:
        """``identity`` is the identity of the index, and ``recent_vocabulary`` what was read of it so far."""
        self._snapshot: Snapshot | None = snapshot
        self.recent_vocabulary = recent_vocabulary
        self.identity = identity

    def __repr__(self) -> str:
        snapshot = self._snapshot
        state = "closed" if snapshot is None else f"commit {snapshot.commit}, {snapshot.documents} articles"
        return f"<newsindex.Searcher: {state}>"

    def __enter__(self) -> Searcher:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the snapshot; the searcher cannot be used afterwards."""
        self._snapshot = None

    @property
    def snapshot(self) -> Snapshot:
        """The segments that are searched, and their statistics. Raises NewsIndexError after the closing."""
        snapshot = self._snapshot
        if snapshot is None:
            raise NewsIndexError("this searcher has been closed: take another with Index.snapshot()")
        return snapshot

    @property
    def commit(self) -> int:
        """The number of the commit that is searched."""
        return self.snapshot.commit

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days."""
        return self.snapshot.zone

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words, as recorded when the index was created."""
        return self.snapshot.lexicon

    # Articles

    def __len__(self) -> int:
        return self.snapshot.documents

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self.snapshot.find(article_id) is not None

    def __iter__(self) -> Iterator[Article]:
        for segment in self.snapshot.segments:
            live = segment.live
            for document in range(segment.documents):
                if live is None or live[document]:
                    yield restore_article(segment.text(document), self.zone)

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None for an id that no article has. Raises TypeError."""
        found = self.snapshot.find(text("article_id", article_id))
        if found is None:
            return None
        segment, document = found
        return restore_article(segment.text(document), self.zone)

    def articles(
        self,
        query: str = "",
        *,
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Iterator[Article]:
        """All articles that a search finds, one after another: those without a date, then the oldest first.

        The arguments are those of :meth:`search`. The ``timeout`` is for finding the articles; the iteration
        over them has none. Raises QueryError, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.ranking.articles_by_date import articles_by_date  # only loaded to search

        with _bounded(timeout):
            return articles_by_date(self.snapshot, self._parse_filtered(query, operator, _checked(filters)))

    def export(
        self,
        output: str | PathLike[str] | BinaryIO,
        query: str = "",
        *,
        format: str | None = None,
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> int:
        """Write all :meth:`articles`, or those of a search; returns how many there were.

        ``output`` is a path, or a binary stream. ``format`` is "jsonl" or "csv"; without it the name decides.
        A file whose name ends in ``.gz`` is gzipped. ``newsindex.read`` gives the same articles again. The
        ``timeout`` is for the whole of it.

        Raises QueryError, DeadlineExceeded, TypeError, and NewsIndexError where the file cannot be written.
        """
        from newsindex.encoding.export import export  # most programs never export

        with _bounded(timeout):
            return export(self.articles(query, operator=operator, **filters), output, format)

    def duplicates_of(self, article_id: str) -> list[Article]:
        """The other articles with the same body, to the last character.

        Raises QueryError for an id that no article has, and TypeError.
        """
        from newsindex.query.similarity.identical_texts import identical_texts  # most programs never ask

        segment, document = self.snapshot.require(text("article_id", article_id))
        return list(identical_texts(self.snapshot, segment, document))

    def acronyms(self) -> list[Acronym]:
        """The acronyms that the articles define, each with a long name; those that most articles define are
        the first. An acronym with several meanings is listed with each of them."""
        return list(self.snapshot.acronyms.records)

    # Searching

    def parse(self, query: str, operator: Operator = "any") -> WhooshQuery:
        """The tree that a search for ``query`` runs, in Whoosh's classes, and notes on how it was read."""
        from newsindex.query.syntax.whoosh_tree import whoosh_query  # only this method loads Whoosh

        return whoosh_query(self._parsed(query, operator))

    def _parsed(self, query: str, operator: Operator) -> ParsedQuery:
        """The tree that a search runs, as the steps of the search take it."""
        from newsindex.query.syntax.parser import parse_query  # only loaded to search

        dictionary = SnapshotDictionary(self.snapshot)
        return parse_query(text("query", query), self.zone, operator, self.lexicon, dictionary)

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        sort: Sort = "relevance",
        operator: Operator = "any",
        facets: Facet | Sequence[Facet] = (),
        timeline: TimelineUnit | None = None,
        collapse: bool = False,
        after: str | None = None,
        highlight: bool = True,
        explain: bool = False,
        half_life: float = DEFAULT_HALF_LIFE,
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Results:
        """Find articles.

        ``query`` is in the query language of README; an empty one finds everything that the filters
        let through. The filters ``source``, ``section``, ``author`` and ``lang`` take one value or several,
        compared whole, without case or accents; ``since`` and ``until`` are dates or periods, both included.
        ``sort`` is "relevance", "newest", "oldest" or "recent", which is relevance blended with age: an
        article ``half_life`` days older than the newest one keeps half of its score, and an old one a
        quarter. ``operator`` says whether a space means "any" or "all" of the words; ``facets`` and
        ``timeline`` ("day", "week", "month", "year") count all matches; ``after`` is the ``next`` of the page
        before, of the same query, filters and order. With ``collapse``, an article that is near-identical to
        one shown before it, on this page or an earlier one, is not a hit of its own but among that one's
        ``duplicates``; the counts stay those of all matches. With ``explain``, the ``explanation`` of each
        hit shows how its score is made up.

        The texts of the hits are read from this snapshot when one of them is first looked at, even after the
        closing; with a ``timeout``, the search reads them itself, so that the timeout is for all of it.

        Raises QueryError, DeadlineExceeded where the search takes longer than ``timeout`` seconds, and
        TypeError for an argument of the wrong type.
        """
        from newsindex.query.search import run  # only loaded to search
        from newsindex.query.suggestion.corrections import corrected  # the same

        checked = _checked(filters)
        options = SearchOptions(
            whole_number("limit", limit),
            sort,
            optional_text("after", after),
            texts("facets", facets),
            cast("TimelineUnit | None", optional_text("timeline", timeline)),
            highlight,
            collapse,
            number("half_life", half_life),
            explain,
            scope=(self.identity, query, operator, checked),
        )

        def parse(written: str) -> ParsedQuery:
            return self._parse_filtered(written, operator, checked)

        snapshot = self.snapshot
        with _bounded(timeout):
            parsed = parse(query)
            correct = partial(corrected, snapshot, self.recent_vocabulary, query, parse, parsed.tree)
            return run(snapshot, parsed, options, correct)

    def timeline(
        self,
        queries: str | Sequence[str],
        unit: TimelineUnit = "month",
        *,
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Timeline:
        """Compare how often queries match over time, by "day", "week", "month" or "year".

        ``queries`` are one query or up to 20, none of them empty; ``operator`` and the filters are those of
        :meth:`search`, and hold for each. All matches are counted, and given as a share of all articles of
        the period that pass the filters, so that a period of which the index has more articles is not taken
        for one in which more was written about something.

        Raises QueryError, also where nothing matches and ``since`` is in the future, DeadlineExceeded, and
        TypeError.
        """
        from newsindex.query.timeline_comparison import checked_queries, checked_unit, compare_timelines

        asked, by = checked_queries(queries), checked_unit(unit)
        checked = _checked(filters)
        with _bounded(timeout):
            parsed = [(query, self._parse_filtered(query, operator, checked)) for query in asked]
            everything = self._parse_filtered("", operator, checked)
            timeline = compare_timelines(self.snapshot, parsed, everything, by)
        if not timeline.periods:
            self._refuse_future(checked)
        return timeline

    def similar(
        self,
        article_id: str,
        limit: int = 10,
        *,
        collapse: bool = False,
        after: str | None = None,
        highlight: bool = True,
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Results:
        """Find articles about the same subject as one, which itself is left out; its copies come first.

        The ``total`` counts all articles with any of its most telling words, which are the words that are
        marked. The other arguments are those of :meth:`search`; ``collapse`` shows its copies once.

        Raises QueryError, also for an id that no article has, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.search import run  # only loaded to search
        from newsindex.query.similarity.more_like_this import more_like_this_query  # the same
        from newsindex.query.syntax.filters import apply_filters  # the same

        checked = _checked(filters)
        options = SearchOptions(
            whole_number("limit", limit),
            after=optional_text("after", after),
            highlight=highlight,
            collapse=collapse,
            second_stage=False,  # the words of an article stand for no query that somebody typed
            scope=("similar to", self.identity, article_id, checked),
        )
        snapshot = self.snapshot
        with _bounded(timeout):
            parsed = more_like_this_query(snapshot, text("article_id", article_id))
            return run(snapshot, apply_filters(parsed, checked, snapshot.zone), options)

    def review(
        self,
        query: str | Alert = "",
        *,
        title: str | None = None,
        limit: int = 50,
        group: Group = "section",
        full: bool = False,
        language: Language = "fr",
        sort: Sort = "relevance",
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Review:
        """Makes a press review: the best articles of a search as a document to hand round.

        Its ``save`` writes it as ``.html``, ``.md`` or ``.docx``. The articles are grouped by "section",
        "source" or "day" of publication; near-identical ones are shown once, with the sources that ran them.
        Of each there is the passage that answers the search best, or with ``full`` the whole body.
        ``language`` ("fr" or "en") is that of the review's own words; ``title`` is made of the query where
        none is given. The other arguments are those of :meth:`search`. An alert in place of the query brings
        its query, operator and filters, and its name for the title; a filter that is given beside it takes
        the place of its own, and so does the operator "all".

        Raises QueryError, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.presentation.highlights import mark_article  # most programs never ask
        from newsindex.review.review_builder import SEARCH_OPTIONS, ReviewOptions, make_review  # the same
        from newsindex.review.review_search import review_search  # the same

        search = review_search(query, operator, filters)
        options = ReviewOptions(optional_text("title", title), group, truth("full", full), language)
        with _bounded(timeout):
            results = self.search(
                search.query, limit, sort=sort, operator=search.operator, **SEARCH_OPTIONS, **search.filters
            )
            tree = self._parsed(search.query, search.operator).tree
            mark = partial(mark_article, tree=tree, snapshot=self.snapshot)
            return make_review(results, search, options, self.zone, mark)

    def words(
        self,
        query: str = "",
        limit: int = 30,
        *,
        reference: Reference = "rest",
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> DistinctiveWords:
        """Find the words that stand out in what a query finds: terms, names and two-word expressions.

        These are in more of the articles found than the ``reference`` lets expect: "rest" is all other
        articles of the index, "before" what the same query and filters find in the period before ``since``
        that is four times as long as the one from ``since`` to ``until``, or to now. They are ranked by the
        log-likelihood ratio (Dunning, 1993), and each is in at least 3 of the articles found. Stop words,
        function words, numbers other than years, and the words of the query are left out; an expression takes
        the place of a word if half of the word's articles have it. Of copies of an article, one counts.

        Raises QueryError, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.keyness.reference_periods import period_before  # most programs never ask

        checked = _checked(filters)
        if text("reference", reference) not in get_args(Reference):
            known = ", ".join(get_args(Reference))
            raise QueryError(f"reference must be one of {known}, not {shown(reference)}")
        before = None
        if reference == "before":
            before = period_before(checked.since, checked.until, self.zone)
        return self._words(query, limit, operator, timeout, checked, before)

    def trends(
        self,
        since: str | date = "7 jours",
        limit: int = 30,
        *,
        query: str = "",
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FiltersOfPeriod],
    ) -> DistinctiveWords:
        """Find the words that rose most: those that stand out since a day against the time before it.

        The time before is four weeks long, or four times as long as the period where that is more. The other
        arguments, and the words, are those of :meth:`words`.

        Raises QueryError, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.keyness.reference_periods import FOUR_WEEKS, period_before  # as in words()

        checked = _checked({"since": since, **filters})
        before = period_before(checked.since, checked.until, self.zone, FOUR_WEEKS)
        return self._words(query, limit, operator, timeout, checked, before)

    def _words(
        self,
        query: str,
        limit: int,
        operator: Operator,
        timeout: float | None,
        filters: Filters,
        before: Period | None,
    ) -> DistinctiveWords:
        """The words that stand out against a period before, or against the rest of the index."""
        from newsindex.query.keyness.word_search import MAX_LIMIT, search_words  # most programs never ask

        if not 0 <= whole_number("limit", limit) <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(limit)}")
        with _bounded(timeout):
            every_article = not text("query", query).strip()
            parsed = self._parsed(query, operator)
            words = search_words(self.snapshot, parsed, filters, before, limit, every_article=every_article)
        if not words.articles:
            self._refuse_future(filters)
        return words

    def suggest(self, prefix: str, limit: int = 8, *, timeout: float | None = None) -> list[str]:
        """Completions of what was typed so far: words of the index, and phrases of its headlines.

        Case and accents do not matter; the completions are written as the articles write them. Those in more
        articles come first, where one of the last 30 days before the newest counts for several. What was
        typed before the words that are completed stays as it is; what cannot be completed has none.

        Raises QueryError for a limit below 0 or above 1,000, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.suggestion.completions import MAX_LIMIT, suggest  # many programs never ask

        if not 0 <= whole_number("limit", limit) <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(limit)}")
        with _bounded(timeout):
            return suggest(self.snapshot, self.recent_vocabulary, text("prefix", prefix), limit)

    def explain(
        self, query: str, article_id: str, operator: Operator = "any", *, timeout: float | None = None
    ) -> Explanation | None:
        """How the score of an article for a query is made up; None where it does not match.

        Raises QueryError, also for an id that no article has, DeadlineExceeded, and TypeError.
        """
        from newsindex.query.presentation.explanations import explain  # most programs never ask

        with _bounded(timeout):
            return explain(self.snapshot, self._parsed(query, operator), text("article_id", article_id))

    def marked(self, article_id: str, query: str, operator: Operator = "any") -> Marked | None:
        """An article with the words of a query marked in all of it; None for an id that no article has.

        Raises QueryError, and TypeError.
        """
        from newsindex.query.presentation.highlights import mark_article  # only loaded to search

        parsed = self._parsed(query, operator)
        article = self.get(article_id)
        return None if article is None else mark_article(article, parsed.tree, self.snapshot)

    def _parse_filtered(self, query: str, operator: Operator, filters: Filters) -> ParsedQuery:
        """The tree of a query within filters; an empty query finds everything that they let through."""
        from newsindex.query.syntax.filters import apply_filters  # only loaded to search

        parsed = self._parsed(query, operator)
        return apply_filters(parsed, filters, self.zone, every_article=not query.strip())

    def _refuse_future(self, filters: Filters) -> None:
        """Raises QueryError where nothing was found because ``since`` is in the future."""
        from newsindex.query.syntax.filters import begins_in_future  # only loaded to search

        if begins_in_future(filters, self.zone):
            raise QueryError(f"since={shown(filters.since)} is in the future, and no article has such a date")


@contextmanager
def _bounded(timeout: float | None) -> Iterator[None]:
    """A block that may take ``timeout`` seconds. Raises DeadlineExceeded, QueryError, and TypeError."""
    with deadline(None if timeout is None else seconds("timeout", timeout)):
        check_deadline()
        yield


def _checked(filters: FilterArguments) -> Filters:
    from newsindex.query.syntax.filters import Filters  # only loaded to search

    return Filters.from_arguments(filters)
