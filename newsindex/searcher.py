"""How is an index asked? Everything that a search may be, over the snapshot that an index shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.search_options import (
    DEFAULT_HALF_LIFE,
    SearchOptions,
    Sort,
    TimelineUnit,
)
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.storage.stored_articles import restore_article

from .arguments import number, optional_text, shown, text, texts, when, whole_number
from .article import Article
from .errors import QueryError
from .results import Explanation, Marked, Results

if TYPE_CHECKING:
    from newsindex.query.syntax.parser import ParsedQuery
    from newsindex.query.syntax.whoosh_tree import WhooshQuery


class Searcher:
    """What an index can be asked; Index has the rest."""

    _lately: RecentVocabulary

    @property
    def _view(self) -> Snapshot:
        raise NotImplementedError

    def parse(self, query: str, operator: str = "any") -> WhooshQuery:
        """The tree that a search for ``query`` runs, in Whoosh's classes, and notes on how it was read."""
        from newsindex.query.syntax.whoosh_tree import whoosh_query  # only parse() loads Whoosh

        return whoosh_query(self._parsed(query, operator))

    def _parsed(self, query: str, operator: str) -> ParsedQuery:
        from newsindex.query.syntax.parser import parse_query  # only loaded to search

        return parse_query(text("query", query), self._view.zone, operator, self._view.lexicon)

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        source: str | None = None,
        section: str | None = None,
        author: str | None = None,
        lang: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        sort: Sort = "relevance",
        operator: str = "any",
        facets: str | Sequence[str] = (),
        timeline: TimelineUnit | None = None,
        collapse: bool = False,
        after: str | None = None,
        highlight: bool = True,
        explain: bool = False,
        half_life: float = DEFAULT_HALF_LIFE,
    ) -> Results:
        """Find articles.

        ``query`` is in the query language of README; an empty one finds everything that the filters
        let through. ``source``, ``section``, ``author`` and ``lang`` are compared whole, without
        case or accents; ``since`` and ``until`` are dates or periods, both included. ``sort`` is
        "relevance", "newest", "oldest" or "recent", which is relevance blended with age: an article
        ``half_life`` days older than the newest one keeps half of its score, and an old one a quarter.
        ``operator`` says whether a space means "any" or "all" of the words;
        ``facets`` and ``timeline`` ("day", "week", "month", "year") count all matches;
        ``after`` is the ``next`` of the page before, of the same query, filters and order.
        With ``collapse``, an article that is
        near-identical to one shown before it, on this page or an earlier one, is not a hit of its
        own but among that one's ``duplicates``; the counts stay those of all matches. With
        ``explain``, each hit's ``explanation`` takes its score apart.

        Raises QueryError, and TypeError for an argument of the wrong type.
        """
        from newsindex.query.search import run
        from newsindex.query.suggestion.corrections import corrected  # only loaded to search

        page = SearchOptions(
            whole_number("limit", limit),
            sort,
            optional_text("after", after),
            texts("facets", facets),
            cast("TimelineUnit | None", optional_text("timeline", timeline)),
            highlight,
            collapse,
            number("half_life", half_life),
            explain,
            scope=(query, operator, source, section, author, lang, since, until),
        )
        snapshot = self._view
        labels = {"source": source, "section": section, "author": author, "lang": lang}

        def read(text: str) -> ParsedQuery:
            return _restricted(snapshot, text, operator, labels, since, until)

        parsed = read(query)
        correct = partial(corrected, snapshot, self._lately, query, read, parsed.tree)
        return run(snapshot, parsed, page, correct)

    def similar(
        self,
        article_id: str,
        limit: int = 10,
        *,
        source: str | None = None,
        section: str | None = None,
        author: str | None = None,
        lang: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        collapse: bool = False,
        after: str | None = None,
        highlight: bool = True,
    ) -> Results:
        """Find articles about the same as one, which itself is left out; its copies come first.

        The ``total`` counts all articles with any of its most telling words, which are what is marked; the
        other arguments are those of :meth:`search`, and ``collapse`` shows its copies once.

        Raises QueryError for an id that no article has, and TypeError.
        """
        from newsindex.query.search import run  # only loaded to search
        from newsindex.query.similarity.more_like_this import more_like_this_query

        cursor = optional_text("after", after)
        page = SearchOptions(
            whole_number("limit", limit),
            after=cursor,
            highlight=highlight,
            collapse=collapse,
            scope=("similar to", article_id, source, section, author, lang, since, until),
        )
        snapshot = self._view
        parsed = more_like_this_query(snapshot, text("article_id", article_id))
        labels = {"source": source, "section": section, "author": author, "lang": lang}
        return run(snapshot, _within(snapshot, parsed, labels, since, until), page)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """How what was typed so far may go on: words of the index, and phrases of its headlines.

        Case and accents do not matter; the suggestions are written as the articles write them. Those in more
        articles come first, where one of the last 30 days before the newest counts for several. What was
        typed before the words that are completed stays as it is; what cannot be completed has none.

        Raises QueryError for a limit below 0 or above 1,000, and TypeError.
        """
        from newsindex.query.suggestion.completions import MAX_LIMIT, suggest  # many programs never ask

        if not 0 <= whole_number("limit", limit) <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(limit)}")
        return suggest(self._view, self._lately, text("prefix", prefix), limit)

    def explain(self, query: str, article_id: str, operator: str = "any") -> Explanation | None:
        """How the score of an article for a query comes about; None where it does not match.

        Raises QueryError, also for an unknown id, and TypeError for an argument of the wrong type.
        """
        from newsindex.query.presentation.explanations import explain  # most programs never ask

        view = self._view
        return explain(view, self._parsed(query, operator), text("article_id", article_id))

    def articles(
        self,
        query: str = "",
        *,
        source: str | None = None,
        section: str | None = None,
        author: str | None = None,
        lang: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        operator: str = "any",
    ) -> Iterator[Article]:
        """All articles that a search finds, one after another: those without a date, then the oldest first.

        The arguments are those of :meth:`search`. Raises QueryError, and TypeError.
        """
        from newsindex.query.ranking.chronological import articles_by_date  # only loaded to search

        snapshot = self._view
        labels = {"source": source, "section": section, "author": author, "lang": lang}
        return articles_by_date(snapshot, _restricted(snapshot, query, operator, labels, since, until))

    def export(
        self,
        output: str | PathLike[str] | BinaryIO,
        query: str = "",
        *,
        format: str | None = None,
        **filters: Any,
    ) -> int:
        """Write all :meth:`articles`, or those of a search; returns how many there were.

        ``output`` is a path, or a binary stream; ``format`` is "jsonl" or "csv", told by the name if not
        given; a name that ends in ``.gz`` is gzipped. ``newsindex.read`` gives the same articles again.

        Raises QueryError, TypeError, and NewsIndexError where the file cannot be written.
        """
        from newsindex.encoding.export import export  # most programs never write

        return export(self.articles(query, **filters), output, format)

    def marked(self, article_id: str, query: str, operator: str = "any") -> Marked | None:
        """The article with this id, the words of a query marked in all of it; None if there is none.

        Raises QueryError, and TypeError for an argument of the wrong type.
        """
        from newsindex.query.presentation.highlights import mark_article  # only loaded to search

        view, parsed = self._view, self._parsed(query, operator)
        found = view.find(text("article_id", article_id))
        return (
            None
            if found is None
            else mark_article(restore_article(found[0].text(found[1])), parsed.tree, view)
        )

    def duplicates_of(self, article_id: str) -> list[Article]:
        """The other articles with the same body, to the last character. Raises QueryError for no such id."""
        from newsindex.query.similarity.identical_texts import identical  # most programs never ask

        view = self._view
        return list(identical(view, *view.known(text("article_id", article_id))))


def _restricted(
    snapshot: Snapshot,
    query: str,
    operator: str,
    labels: Mapping[str, str | None],
    since: str | date | None,
    until: str | date | None,
) -> ParsedQuery:
    """The tree of a query within filters; an empty query is everything that they let through."""
    from newsindex.query.syntax.parser import parse_query  # only loaded to search

    parsed = parse_query(text("query", query), snapshot.zone, operator, snapshot.lexicon)
    return _within(snapshot, parsed, labels, since, until, everything=not query.strip())


def _within(
    snapshot: Snapshot,
    parsed: ParsedQuery,
    labels: Mapping[str, str | None],
    since: str | date | None,
    until: str | date | None,
    *,
    everything: bool = False,
) -> ParsedQuery:
    """A parsed query within filters."""
    from newsindex.query.syntax.filters import restricted  # only loaded to search

    labels = {name: optional_text(name, value) for name, value in labels.items()}
    since, until = when("since", since), when("until", until)
    return restricted(parsed, labels, since, until, snapshot.zone, everything=everything)
