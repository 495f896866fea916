"""An index of articles: searching it and changing it.

:class:`Index` checks the arguments of its methods and asks what keeps the index: a folder, or a cluster
(``newsindex.backends``). What can be asked of one state of it is in searcher.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, get_args
from zoneinfo import ZoneInfo

from newsindex.alerts import Alerts
from newsindex.alerts.hit_source import HitSource
from newsindex.analyzer import Lexicon
from newsindex.arguments import PathName, seconds, shown, text, truth, whole_number
from newsindex.article import Article
from newsindex.backends.opening import open_backend
from newsindex.corpus import Corpus
from newsindex.errors import QueryError
from newsindex.index_statistics import Stats
from newsindex.indexer import AddReport, IndexWriter, SameId
from newsindex.indexer.bulk_add import ArticleLike, add_articles
from newsindex.results import Match
from newsindex.searching.searcher import Searcher

P = ParamSpec("P")
T = TypeVar("T")

WRITER_TIMEOUT: Final = 10.0  # seconds to wait for another writer
_NOT_SEVERAL: Final = (Article, Mapping, str, bytes, bytearray, memoryview, os.PathLike)
"""What can be iterated over, or taken for a file, and is not an iterable of articles."""


def checked_workers(workers: int | None) -> int:
    """The number of processes, 1 by default. Raises QueryError, and TypeError."""
    processes = 1 if workers is None else whole_number("workers", workers)
    if processes < 1:
        raise QueryError(f"workers must be at least 1, not {shown(workers)}")
    return processes


def _checked_same_id(same_id: SameId) -> SameId:
    """The argument ``same_id`` if it is one of its values. Raises QueryError, and TypeError."""
    if text("same_id", same_id) not in get_args(SameId):
        raise QueryError(f"same_id must be one of {', '.join(get_args(SameId))}, not {shown(same_id)}")
    return same_id


def _delegated(method: Callable[Concatenate[Searcher, P], T]) -> Callable[Concatenate[Index, P], T]:
    """A method of Index that calls the method of its current searcher, with the same parameters."""

    @wraps(method)
    def call(index: Index, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return method(index.current(), *args, **kwargs)

    return call


class Index:
    """An index of articles in a folder, or on a cluster. Any number of threads may share one.

    So may processes that are forked after an index in a folder was opened; one that is forked during a write
    can only search. The index shows the last commit as of its opening, of its own last change or of
    :meth:`refresh`. All that a :class:`Searcher` can be asked can be asked of the index, which passes it on
    to the searcher of that commit.

    Args:
        path: The folder or the address of the index.
        mapped: Whether segment files are mapped into memory, as for :func:`newsindex.open`.
        client: A client of opensearch-py that is connected to the cluster already.
    """

    def __init__(self, path: PathName, *, mapped: bool | None = None, client: Any = None) -> None:
        """Opens the index; the arguments are those of :func:`newsindex.open`."""
        self._backend = open_backend(path, mapped, client)
        """What keeps the index, a folder or a cluster."""

    @property
    def path(self) -> Path | None:
        """The folder of the index, None where it is on a cluster."""
        return self._backend.path

    @property
    def name(self) -> str:
        """The folder of the index, or its address without user and password."""
        return self._backend.name

    def __repr__(self) -> str:
        return f"<newsindex.Index {self.name!r}: {self._backend.description}>"

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Releases files and connections; afterwards the index can only be closed again."""
        self._backend.close()

    # Reading

    search = _delegated(Searcher.search)
    similar = _delegated(Searcher.similar)
    timeline = _delegated(Searcher.timeline)
    suggest = _delegated(Searcher.suggest)
    review = _delegated(Searcher.review)
    words = _delegated(Searcher.words)
    trends = _delegated(Searcher.trends)
    explain = _delegated(Searcher.explain)
    articles = _delegated(Searcher.articles)
    export = _delegated(Searcher.export)
    marked = _delegated(Searcher.marked)
    duplicates_of = _delegated(Searcher.duplicates_of)
    get = _delegated(Searcher.get)
    parse = _delegated(Searcher.parse)
    acronyms = _delegated(Searcher.acronyms)

    def __len__(self) -> int:
        return self._backend.current().documents

    def __contains__(self, article_id: object) -> bool:
        return article_id in self.current()

    def __iter__(self) -> Iterator[Article]:
        return self._backend.current().every_article()

    @property
    def alerts(self) -> Alerts:
        """The saved searches of the index, by name, and what is new for each."""
        return self._backend.alerts

    def current(self) -> Searcher:
        """A searcher of the state that is shown now, for one answer of a server; it need not be closed.

        Unlike that of :meth:`snapshot`, on a cluster it holds nothing of its own, and goes on in a later
        state where the cluster does not keep this one any more.
        """
        return Searcher(self._backend.current())

    def snapshot(self) -> Searcher:
        """A searcher whose answers stay those of the commit that is shown now.

        Used in a ``with`` block, it is closed at the end of it. Until then it holds the segments of that
        commit, which stay usable whatever is committed, merged or deleted.
        """
        return Searcher(self._backend.snapshot())

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words, as recorded when the index was created."""
        return self._backend.current().lexicon

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days, as recorded when it was created."""
        return self._backend.current().zone

    @property
    def commit(self) -> int:
        """The number of the commit that is shown; it grows with every change."""
        return self._backend.current().commit

    @property
    def identity(self) -> str:
        """A random text that this index alone has, even of those that were in its folder before.

        Empty for an index that was created before identities were recorded.
        """
        return self._backend.current().identity

    def refresh(self) -> None:
        """Shows the last commit, whoever made it."""
        self._backend.refresh()

    def stats(self) -> Stats:
        """The statistics of the index: counts, and bytes on disk."""
        return self._backend.stats()

    def check(self) -> None:
        """Reads every byte of the last commit and checks that its parts agree.

        Raises:
            IndexCorrupt: There is damage; the message names the file and the place.
        """
        self._backend.check()

    # Writing

    def writer(
        self,
        timeout: float = WRITER_TIMEOUT,
        workers: int | None = None,
        *,
        same_id: SameId = "replace",
    ) -> AbstractContextManager[IndexWriter]:
        """A block of several changes with one commit at its end; an exception rolls all of them back.

        Args:
            timeout: The seconds to wait for another writer. Inside the block of another writer of this index
                and thread nothing is waited for.
            workers: How many threads of this process, never more than four, analyse and build, with the
                compiled kernel. Without the kernel so many processes do, this one among them and never more
                than four, where that takes longer than their start, from some thousands of articles on. They
                run ``sys.executable``; where that cannot be started, this process does their work. Without
                ``workers``, one thread of this process does all, in up to 512 MB of memory however much there
                is to index; one article of more than a million different words takes more.
            same_id: What becomes of an article whose id is known and whose text has little in common with the
                one that the index has under it, so that it is another article and no later version. "replace"
                puts it in the place of that one, "keep_both" adds it under an id of its own, which is the
                same each time. The report counts either, and lists the first ids.

        Returns:
            A context manager that gives the :class:`IndexWriter`.

        Raises:
            IndexLocked: Another writer does not finish within ``timeout`` seconds.
            QueryError: A value makes no sense.

        Example:
            >>> with index.writer() as writer:
            ...     writer.add({"titre": "Le dégel commence", "texte": "La rivière monte.", "id": "degel"})
            ...     writer.delete("col")
            True
            >>> "degel" in index, "col" in index
            (True, False)
        """
        return self._writer(timeout, workers, same_id, HitSource())

    def _writer(
        self, timeout: float, workers: int | None, same_id: SameId, source: HitSource
    ) -> AbstractContextManager[IndexWriter]:
        processes = checked_workers(workers)
        self._backend.check_open()
        same_id = _checked_same_id(same_id)
        return self._backend.writer(seconds("timeout", timeout), processes, same_id, source)

    def add(
        self,
        articles: Iterable[ArticleLike],
        *,
        workers: int | None = None,
        progress: Callable[[int], object] | None = None,
        timeout: float = WRITER_TIMEOUT,
        commit_every: int | None = None,
        resume: bool = False,
        same_id: SameId = "replace",
        alerts: Callable[[Match], object] | None = None,
    ) -> AddReport:
        """Adds articles in one atomic commit.

        An article with a known id is updated. It is skipped if its content is equal, or if it is an entry of
        a feed, or of an archive, that :func:`newsindex.read` gives, and the index has a fuller version of it.

        Args:
            articles: Articles, mappings with the field names that people use, or what :func:`newsindex.read`
                gives. What cannot become an article is in the report's ``errors``, and so are the errors of
                :func:`newsindex.read`; the first 1,000 are kept and all are counted.
            workers: The number of threads or processes, as for :meth:`writer`.
            progress: A function that is called with the number of articles so far.
            timeout: The seconds to wait for another writer.
            commit_every: The number of articles after which there is a commit each time. An exception then
                leaves those of earlier commits, and the matches in the report show their articles as of the
                last commit with a match.
            resume: Whether the index remembers the files of :func:`newsindex.read` that it took in without an
                error. Those that have not changed are not read again: their articles count as skipped.
            same_id: What becomes of another article with a known id, as for :meth:`writer`.
            alerts: A function that is called after each commit with the matches of the index's alerts that it
                brought, which are in the report's ``alerts`` too. They stay new until they are acknowledged,
                whatever the function does.

        Returns:
            How many articles were added, updated and skipped, and the errors.

        Raises:
            IndexLocked: Another writer does not finish within ``timeout`` seconds.
            QueryError: A value makes no sense.
            TypeError: ``articles`` is one article, a path or an open file, or ``resume`` is given without the
                articles of :func:`newsindex.read`.

        Example:
            >>> report = index.add([{"titre": "Le dégel", "texte": "La rivière monte."}, {"texte": ""}])
            >>> report.added, report.error_count
            (1, 1)
        """
        if (
            isinstance(articles, _NOT_SEVERAL)
            or hasattr(articles, "read")
            or not isinstance(articles, Iterable)
        ):
            raise TypeError(
                f"add takes several articles, as in index.add([article]), not {shown(articles)}; "
                "newsindex.read(path) gives those of files"
            )
        if resume and not isinstance(articles, Corpus):
            raise TypeError(f"resume needs the articles of newsindex.read(path), not {shown(articles)}")
        if commit_every is not None and whole_number("commit_every", commit_every) < 1:
            raise QueryError(f"commit_every must be at least 1, not {shown(commit_every)}")
        if alerts is not None and not callable(alerts):
            raise TypeError(f"alerts must be a function that takes a match, not {shown(alerts)}")
        _checked_same_id(same_id)
        self._backend.check_open()
        source = HitSource()
        if isinstance(articles, Corpus) and self.path is not None:
            articles.leave_out(self.path)  # the index may be in the folder that is read
        resumed = articles if resume and isinstance(articles, Corpus) else None
        return add_articles(
            articles,
            lambda: self._writer(timeout, workers, same_id, source),
            unchanged_files=None if resumed is None else resumed.resume(self._backend.indexed_files()),
            progress=progress,
            commit_every=commit_every,
            alerts=alerts,
        )

    def delete(self, *article_ids: str, timeout: float = WRITER_TIMEOUT) -> int:
        """Deletes articles by id.

        Args:
            *article_ids: The ids of the articles.
            timeout: The seconds to wait for another writer.

        Returns:
            How many of them there were.

        Raises:
            IndexLocked: Another writer does not finish within ``timeout`` seconds.

        Example:
            >>> index.delete("col", "no such article")
            1
        """
        for article_id in article_ids:
            text("article_id", article_id)
        with self.writer(timeout) as writer:
            return sum([writer.delete(article_id) for article_id in article_ids])

    def optimize(self, timeout: float = WRITER_TIMEOUT, *, rebuild: bool = False) -> None:
        """Merges the segments into as few as possible, and removes deleted articles from the disk.

        Args:
            timeout: The seconds to wait for another writer.
            rebuild: Whether all articles are indexed anew, as :func:`newsindex.rebuild` does.

        Raises:
            IndexLocked: Another writer does not finish within ``timeout`` seconds.
        """
        if truth("rebuild", rebuild):
            self._backend.check_open()
            self._backend.rebuild(seconds("timeout", timeout), 1)
            return
        with self.writer(timeout) as writer:
            writer.optimize()
