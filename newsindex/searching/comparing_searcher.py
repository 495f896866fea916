"""What compares many articles: timelines of several queries, and the words that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Unpack, get_args

from newsindex.arguments import shown, text, whole_number
from newsindex.distinctive_words import DistinctiveWords, Reference
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import Operator
from newsindex.results import Note
from newsindex.timelines import Timeline, TimelineUnit

from .article_searcher import ArticleSearcher, bounded, checked_filters

if TYPE_CHECKING:
    from newsindex.dates.minutes import Period  # only loaded to search
    from newsindex.query.syntax.filters import FilterArguments, Filters, FiltersOfPeriod  # the same


class ComparingSearcher(ArticleSearcher):
    """Compares what queries find over time, and with other articles."""

    def timeline(
        self,
        queries: str | Sequence[str],
        unit: TimelineUnit = "month",
        *,
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Timeline:
        """Compares how often queries match over time.

        All matches are counted, and given as a share of all articles of the period that pass the filters, so
        that a period of which the index has more articles is not taken for one in which more was written
        about something.

        Args:
            queries: One query, or up to 20, none of them empty.
            unit: The periods: "day", "week", "month" or "year".
            operator: What a space between two words means, in each of the queries: "any" or "all" of the
                words.
            timeout: The seconds that the answer may take.
            **filters: Those of :meth:`search`, which hold for each of the queries.

        Raises:
            QueryError: An argument makes no sense; also where nothing matches and ``since`` is in the future.
            DeadlineExceeded: The answer takes longer than ``timeout`` seconds.

        Example:
            >>> timeline = index.timeline(["neige", "budget"])
            >>> timeline.periods
            ('2026-01', '2026-02')
            >>> [(series.query, series.counts) for series in timeline.series]
            [('neige', (2, 0)), ('budget', (0, 1))]
        """
        from newsindex.query.timeline_comparison import checked_queries, checked_unit

        asked, by = checked_queries(queries), checked_unit(unit)
        checked = checked_filters(filters)
        with bounded(timeout):
            parsed = [(query, self._parse_filtered(query, operator, checked)) for query in asked]
            everything = self._parse_filtered("", operator, checked)
            timeline = self._backend.compare_timelines(parsed, everything, by)
        if not timeline.periods:
            self._refuse_future(checked)
        return timeline

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
        """Finds the words that stand out in what a query finds: terms, names and two-word expressions.

        These are in more of the articles found than the reference lets expect. They are ranked by the
        log-likelihood ratio (Dunning, 1993), and each is in at least 3 of the articles found. Stop words,
        function words, numbers other than years, and the words of the query are left out; an expression takes
        the place of a word if half of the word's articles have it. Of copies of an article, one counts.

        Args:
            query: A query in the query language of the manual; an empty one finds everything that the filters
                let through.
            limit: The greatest number of words.
            reference: What is compared with: "rest" is all other articles of the index, "before" what the
                same query and filters find in the period before ``since`` that is four times as long as the
                one from ``since`` to ``until``, or to now; an article that is dated later than tomorrow is
                in neither period then.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds that the answer may take.
            **filters: Those of :meth:`search`.

        Raises:
            QueryError: An argument makes no sense.
            DeadlineExceeded: The answer takes longer than ``timeout`` seconds.
        """
        from newsindex.query.keyness.reference_periods import period_before  # most programs never ask
        from newsindex.query.syntax.filters import until_now  # only loaded to search

        checked = checked_filters(filters)
        if text("reference", reference) not in get_args(Reference):
            known = ", ".join(get_args(Reference))
            raise QueryError(f"reference must be one of {known}, not {shown(reference)}")
        before = None
        if reference == "before":
            before = period_before(checked.since, checked.until, self.zone)
            checked = until_now(checked, self.zone)
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
        """Finds the words that rose most: those that stand out since a day against the time before it.

        The words are those of :meth:`words`. The time before is four weeks long, or four times as long as the
        period where that is more. Without ``until``, the period ends tomorrow, so that no article with a
        wrong date in the future is in it.

        Args:
            since: The first day of the period, or the period.
            limit: The greatest number of words.
            query: A query in the query language of the manual, which the articles of both times answer.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds that the answer may take.
            **filters: Those of :meth:`search`, without ``since``.

        Raises:
            QueryError: An argument makes no sense.
            DeadlineExceeded: The answer takes longer than ``timeout`` seconds.
        """
        from newsindex.query.keyness.reference_periods import FOUR_WEEKS, period_before  # as in words()
        from newsindex.query.syntax.filters import until_now  # the same

        checked = checked_filters({"since": since, **filters})
        before = period_before(checked.since, checked.until, self.zone, FOUR_WEEKS)
        return self._words(query, limit, operator, timeout, until_now(checked, self.zone), before)

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
        from newsindex.query.keyness.word_search import MAX_LIMIT, WordsQuery  # most programs never ask

        if not 0 <= whole_number("limit", limit) <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(limit)}")
        with bounded(timeout):
            every_article = not text("query", query).strip()
            parsed = self._parsed(query, operator)
            asked = WordsQuery(parsed, filters, before, every_article)
            words = self._backend.distinctive_words(asked, limit)
        if not words.articles:
            self._refuse_future(filters)
            if before is not None:
                return replace(words, notes=tuple(_of_period(note, before) for note in words.notes))
        return words

    def _refuse_future(self, filters: Filters) -> None:
        """Raises QueryError where nothing was found because ``since`` is in the future."""
        from newsindex.query.syntax.filters import begins_in_future  # only loaded to search

        if begins_in_future(filters, self.zone):
            since = shown(filters.since)
            message = f"since={since} is in the future, and no article has such a date"
            raise QueryError(message, "since_in_future", filters.since)


def _of_period(note: str, before: Period) -> str:
    """The same note, or one that names the period after ``before`` where that period has no articles."""
    if not isinstance(note, Note) or note.kind != "no_articles":
        return note
    from newsindex.dates.minutes import EPOCH  # only loaded to search

    day = (EPOCH + timedelta(minutes=before.end)).date().isoformat()
    sentence = f"The search finds no articles in the period that begins on {day}."
    return Note(sentence, "no_articles_in_period", day)
