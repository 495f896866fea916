"""A searcher: all that can be asked of an index, answered over one state of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack, cast

from newsindex.arguments import number, optional_text, shown, text, texts, truth, whole_number
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import (
    DEFAULT_HALF_LIFE,
    Facet,
    Operator,
    SearchOptions,
    Sort,
)
from newsindex.query.snapshot_searcher import TypedQuery
from newsindex.results import Alert, Explanation, Marked, Results
from newsindex.timelines import TimelineUnit

from .article_searcher import bounded, checked_filters
from .comparing_searcher import ComparingSearcher

if TYPE_CHECKING:
    from newsindex.query.syntax.filters import FilterArguments  # only loaded to search
    from newsindex.query.syntax.parser import ParsedQuery  # the same
    from newsindex.query.syntax.whoosh_tree import WhooshQuery  # only loaded by parse()
    from newsindex.review.press_review import Review  # only loaded to make a review
    from newsindex.review.review_content import Group, Language  # the same


class Searcher(ComparingSearcher):
    """Answers questions over one state of an index: the articles as of one commit.

    :meth:`newsindex.Index.snapshot` gives one whose answers stay the same whatever is committed since.
    Threads may share it.

    The filters that several methods take are keyword arguments: ``source``, ``section``, ``author`` and
    ``lang`` are one value or several, of which an article must have one, compared whole, without case or
    accents; ``since`` and ``until`` are dates or periods, both included. A method that takes a ``timeout``
    raises DeadlineExceeded where it would take longer than so many seconds; None sets no limit.

    Of an id that no article has, :meth:`get` and :meth:`marked`, which look an article up, give None.
    :meth:`similar`, :meth:`explain` and :meth:`duplicates_of`, which ask something about the article, raise
    QueryError.

    An argument of the wrong type is a TypeError.
    """

    def parse(self, query: str, operator: Operator = "any") -> WhooshQuery:
        """The tree that a search for a query runs, in Whoosh's classes, and notes on how it was read.

        Args:
            query: A query in the query language of the manual.
            operator: What a space between two words means: "any" or "all" of the words.

        Raises:
            QueryError: The query is beyond a limit, or has a date that is none; also for an argument that
                makes no sense.
        """
        from newsindex.query.syntax.whoosh_tree import whoosh_query  # only this method loads Whoosh

        return whoosh_query(self._parsed(query, operator))

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
        """Finds articles.

        The texts of the hits are read from this snapshot when one of them is first looked at, even after the
        closing; with a ``timeout``, the search reads them itself, so that the timeout is for all of it.

        Args:
            query: A query in the query language of the manual; an empty one finds everything that the filters
                let through.
            limit: The greatest number of hits on a page.
            sort: "relevance", "newest", "oldest" or "recent", which is relevance blended with age.
            operator: What a space between two words means: "any" or "all" of the words.
            facets: The fields by whose values all matches are counted: "source", "section", "author", "lang",
                "year". Articles without a value are in no count.
            timeline: The periods by which all matches are counted: "day", "week", "month" or "year".
            collapse: Whether an article that is near-identical to one shown before it, on this page or an
                earlier one, is not a hit of its own but among that one's ``duplicates``. The counts stay
                those of all matches.
            after: The ``next`` of the page before, of the same query, filters and order.
            highlight: Whether the words of the query are marked.
            explain: Whether the ``explanation`` of each hit shows how its score is made up.
            half_life: For the order "recent", the days by which an article must be older than the newest one
                to keep half of its score; an old one keeps a quarter.
            timeout: The seconds that the search may take.
            **filters: ``source``, ``section``, ``author``, ``lang``, ``since`` and ``until``, as
                :class:`Searcher` describes them.

        Returns:
            One page of hits, and what is known of all matches.

        Raises:
            QueryError: The query is beyond a limit, or an argument makes no sense.
            DeadlineExceeded: The search takes longer than ``timeout`` seconds.

        Example:
            >>> results = index.search("neige", facets="source", since="2026-01")
            >>> results.total, results.facets["source"]
            (2, {"L'Écho du lac": 2})
            >>> print(results[0].headline.html)
            La <mark>neige</mark> ferme le col
        """
        checked = checked_filters(filters)
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

        with bounded(timeout):
            return self._backend.search(parse(query), options, TypedQuery(query, parse))

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
        """Finds articles about the same subject as one, which itself is left out; its copies come first.

        The ``total`` counts all articles with any of its most telling words, which are the words that are
        marked.

        Args:
            article_id: The id of the article.
            limit: The greatest number of hits on a page.
            collapse: Whether the copies of a hit are shown once.
            after: The ``next`` of the page before.
            highlight: Whether the telling words are marked.
            timeout: The seconds that the search may take.
            **filters: Those of :meth:`search`.

        Raises:
            QueryError: An argument makes no sense; also for an id that no article has.
            DeadlineExceeded: The search takes longer than ``timeout`` seconds.

        Example:
            >>> [hit.article.id for hit in index.similar("col")]
            ['ecole']
        """
        from newsindex.query.syntax.filters import apply_filters  # only loaded to search

        checked = checked_filters(filters)
        options = SearchOptions(
            whole_number("limit", limit),
            after=optional_text("after", after),
            highlight=highlight,
            collapse=collapse,
            second_stage=False,  # the words of an article stand for no query that somebody typed
            scope=("similar to", self.identity, article_id, checked),
        )
        backend = self._backend
        with bounded(timeout):
            parsed = backend.more_like_this(text("article_id", article_id))
            return backend.search(apply_filters(parsed, checked, backend.zone), options)

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

        Its ``save`` writes it as ``.html``, ``.md`` or ``.docx``. Near-identical articles are shown once,
        with the sources that ran them.

        Args:
            query: A query, or an alert, which brings its query, operator and filters, and its name for the
                title. A filter that is given beside an alert takes the place of its own, and so does the
                operator "all".
            title: The title; it is made of the query where none is given.
            limit: The greatest number of articles in the review.
            group: What the articles are grouped by: "section", "source" or "day" of publication.
            full: Whether the whole body of each article is shown, and not the passage that answers the search
                best.
            language: The language of the review's own words: "fr" or "en".
            sort: The order of the articles, as for :meth:`search`.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds that the review may take.
            **filters: Those of :meth:`search`. With ``since`` and without ``until``, articles that are dated
                after tomorrow are left out and counted in ``later``, unless ``since`` is in the future.

        Raises:
            QueryError: An argument makes no sense.
            DeadlineExceeded: The review takes longer than ``timeout`` seconds.

        Example:
            >>> review = index.review("neige", group="source", language="fr")
            >>> [(section.title, len(section.entries)) for section in review.sections]
            [("L'Écho du lac", 2)]
        """
        # Most programs never ask for a review.
        from newsindex.review.review_builder import SEARCH_OPTIONS, ReviewOptions, make_review
        from newsindex.review.review_search import review_search, split_later

        search = review_search(query, operator, filters)
        options = ReviewOptions(optional_text("title", title), group, truth("full", full), language)
        shown, left_out = split_later(search.filters, self.zone)
        with bounded(timeout):
            results = self.search(
                search.query, limit, sort=sort, operator=search.operator, **SEARCH_OPTIONS, **shown
            )
            later = 0
            if left_out is not None:
                later = self.search(search.query, 0, operator=search.operator, **left_out).total
            tree = self._parsed(search.query, search.operator).tree
            mark = partial(self._backend.mark, tree=tree)
            return make_review(results, later, search, options, self.zone, mark)

    def suggest(self, prefix: str, limit: int = 8, *, timeout: float | None = None) -> list[str]:
        """Completions of what was typed so far: words of the index, and phrases of its headlines.

        Case and accents do not matter; the completions are written as the articles write them. Those in more
        articles come first, and an article of the 30 days before the newest one counts for several. What was
        typed before the words that are completed stays as it is. What cannot be completed has no completion.

        Args:
            prefix: What was typed so far.
            limit: The greatest number of completions, from 0 to 1,000.
            timeout: The seconds that the answer may take.

        Raises:
            QueryError: The limit is below 0 or above 1,000.
            DeadlineExceeded: The answer takes longer than ``timeout`` seconds.

        Example:
            >>> index.suggest("nei")
            ['neige']
        """
        from newsindex.query.suggestion.completions import MAX_LIMIT  # many programs never ask

        if not 0 <= whole_number("limit", limit) <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(limit)}")
        with bounded(timeout):
            return self._backend.complete(text("prefix", prefix), limit)

    def explain(
        self, query: str, article_id: str, operator: Operator = "any", *, timeout: float | None = None
    ) -> Explanation | None:
        """How the score of an article for a query is made up; None where it does not match.

        Args:
            query: A query in the query language of the manual.
            article_id: The id of the article.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds that the answer may take.

        Raises:
            QueryError: The query is beyond a limit, or an argument makes no sense; also for an id that no
                article has.
            DeadlineExceeded: The answer takes longer than ``timeout`` seconds.

        Example:
            >>> explanation = index.explain("neige", "col")
            >>> round(explanation.value, 6) == round(index.search("neige")[0].score, 6)
            True
        """
        with bounded(timeout):
            return self._backend.explain(self._parsed(query, operator), text("article_id", article_id))

    def marked(self, article_id: str, query: str, operator: Operator = "any") -> Marked | None:
        """An article with the words of a query marked in all of it; None for an id that no article has.

        Args:
            article_id: The id of the article.
            query: A query in the query language of the manual.
            operator: What a space between two words means: "any" or "all" of the words.

        Raises:
            QueryError: The query is beyond a limit, or an argument makes no sense.

        Example:
            >>> print(index.marked("col", "mardi").body.html)
            Le col est fermé depuis <mark>mardi</mark>. Les chasse-neige travaillent jour et nuit.
        """
        parsed = self._parsed(query, operator)
        article = self.get(article_id)
        return None if article is None else self._backend.mark(article, parsed.tree)
