"""The articles of one state of an index, and what the questions about them share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import TYPE_CHECKING, BinaryIO, Self, Unpack
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.arguments import seconds, text
from newsindex.article import Article
from newsindex.backends.base import SearchBackend
from newsindex.deadline import check_deadline, deadline
from newsindex.errors import NewsIndexError
from newsindex.query.ranking.search_options import Operator
from newsindex.results import Acronym
from newsindex.wording import counted

if TYPE_CHECKING:
    from newsindex.query.syntax.filters import FilterArguments, Filters  # only loaded to search
    from newsindex.query.syntax.parser import ParsedQuery  # the same


class ArticleSearcher:
    """Holds one state of an index, and gives its articles."""

    def __init__(self, backend: SearchBackend) -> None:
        """``backend`` holds the state of the index that is searched."""
        self._held: SearchBackend | None = backend

    def __repr__(self) -> str:
        backend = self._held
        state = (
            "closed"
            if backend is None
            else f"commit {backend.commit}, {counted(backend.documents, 'article')}"
        )
        return f"<newsindex.Searcher: {state}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Releases the state of the index; the searcher cannot be used afterwards."""
        backend, self._held = self._held, None
        if backend is not None:
            backend.close()

    @property
    def _backend(self) -> SearchBackend:
        """The state of the index that is searched. Raises NewsIndexError after the closing."""
        backend = self._held
        if backend is None:
            raise NewsIndexError("this searcher has been closed: take another with Index.snapshot()")
        return backend

    @property
    def commit(self) -> int:
        """The number of the commit that is searched."""
        return self._backend.commit

    @property
    def identity(self) -> str:
        """A random text that the index alone has, even of those that were in its place before."""
        return self._backend.identity

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days."""
        return self._backend.zone

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words, as recorded when the index was created."""
        return self._backend.lexicon

    # Articles

    def __len__(self) -> int:
        return self._backend.documents

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._backend.has(article_id)

    def __iter__(self) -> Iterator[Article]:
        return self._backend.every_article()

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None for an id that no article has.

        Example:
            >>> index.get("col").headline
            'La neige ferme le col'
        """
        return self._backend.get(text("article_id", article_id))

    def articles(
        self,
        query: str = "",
        *,
        operator: Operator = "any",
        timeout: float | None = None,
        **filters: Unpack[FilterArguments],
    ) -> Iterator[Article]:
        """All articles that a search finds, one after another: those without a date, then the oldest first.

        Args:
            query: A query in the query language of the manual; an empty one finds everything that the filters
                let through.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds for finding the articles; the iteration over them has no limit.
            **filters: Those of :meth:`search`.

        Raises:
            QueryError: The query is beyond a limit, or an argument makes no sense.
            DeadlineExceeded: Finding the articles takes longer than ``timeout`` seconds.

        Example:
            >>> [article.id for article in index.articles("écoles OR neige")]
            ['col', 'ecole', 'budget']
        """
        with bounded(timeout):
            return self._backend.articles(self._parse_filtered(query, operator, checked_filters(filters)))

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
        """Writes all :meth:`articles`, or those of a search, to a file.

        :func:`newsindex.read` reads it again.

        Args:
            output: A path, or a binary stream. A file whose name ends in ``.gz`` is gzipped.
            query: A query in the query language of the manual; an empty one finds everything that the filters
                let through.
            format: "jsonl" or "csv"; without it the ending of the name decides, .jsonl or .csv. A stream, and
                a file whose name has no ending, gets JSON Lines.
            operator: What a space between two words means: "any" or "all" of the words.
            timeout: The seconds for the whole of it.
            **filters: Those of :meth:`search`.

        Returns:
            How many articles were written.

        Raises:
            QueryError: The query is beyond a limit, or an argument makes no sense.
            DeadlineExceeded: The export takes longer than ``timeout`` seconds.
            NewsIndexError: The file cannot be written.

        Example:
            >>> index.export("neige.csv", "neige")
            2
        """
        from newsindex.encoding.export import export  # most programs never export

        with bounded(timeout):
            return export(self.articles(query, operator=operator, **filters), output, format)

    def duplicates_of(self, article_id: str) -> list[Article]:
        """The other articles with the same body, to the last character.

        Args:
            article_id: The id of the article.

        Raises:
            QueryError: The question is for an id that no article has.

        Example:
            >>> index.duplicates_of("col")
            []
        """
        return self._backend.identical_texts(text("article_id", article_id))

    def acronyms(self) -> list[Acronym]:
        """The acronyms that the articles define, each with a long name.

        Those that most articles define are the first. An acronym with several meanings is listed with each of
        them.
        """
        return self._backend.acronyms()

    # Queries

    def _parsed(self, query: str, operator: Operator) -> ParsedQuery:
        """The tree that a search runs, as the steps of the search take it."""
        return self._backend.parse(text("query", query), operator)

    def _parse_filtered(self, query: str, operator: Operator, filters: Filters) -> ParsedQuery:
        """The tree of a query within filters; an empty query finds everything that they let through."""
        from newsindex.query.syntax.filters import apply_filters  # only loaded to search

        parsed = self._parsed(query, operator)
        return apply_filters(parsed, filters, self.zone, every_article=not query.strip())


@contextmanager
def bounded(timeout: float | None) -> Iterator[None]:
    """A block that may take ``timeout`` seconds. Raises DeadlineExceeded, QueryError, and TypeError."""
    with deadline(None if timeout is None else seconds("timeout", timeout)):
        check_deadline()
        yield


def checked_filters(filters: FilterArguments) -> Filters:
    """The filters of a search. Raises QueryError, and TypeError."""
    from newsindex.query.syntax.filters import Filters  # only loaded to search

    return Filters.from_arguments(filters)
