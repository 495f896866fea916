"""An index of articles: opening and creating it, searching it and changing it.

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

from newsindex.analyzer import Lexicon
from newsindex.backends.opening import create_index, open_backend, rebuild_backend
from newsindex.corpus import Corpus
from newsindex.indexer import AddReport, IndexWriter, SameId
from newsindex.indexer.bulk_add import ArticleLike, add_articles
from newsindex.query.ranking.search_options import Operator

from .alerts import Alerts
from .alerts.hit_source import HitSource
from .arguments import PathName, seconds, shown, text, truth, whole_number
from .article import Article
from .errors import QueryError
from .index_settings import DEFAULT_TIMEZONE, GivenSettings, time_zone
from .index_statistics import Stats
from .results import Match
from .searching.searcher import Searcher

P = ParamSpec("P")
T = TypeVar("T")

_WRITER_TIMEOUT: Final = 10.0  # seconds to wait for another writer
_NOT_SEVERAL: Final = (Article, Mapping, str, bytes, bytearray, memoryview, os.PathLike)
"""What can be iterated over, or taken for a file, and is not an iterable of articles."""


def create(
    path: PathName,
    *,
    timezone: str = DEFAULT_TIMEZONE,
    settings: PathName | None = None,
    acronyms: bool = True,
    client: Any = None,
    **ranking: float,
) -> Index:
    """Creates an empty index and opens it.

    ``path`` is a folder, or the address of an index on a cluster, ``opensearch://host:9200/name``, for which
    ``client`` may be a client of opensearch-py that is connected already (extra: cluster).
    ``timezone`` is the time zone in which dates and days are understood. ``settings`` is a TOML file with the
    user's own stop words, synonyms and protected words, which the index records (see the page on settings in
    the manual). ``acronyms`` says whether the index learns from its articles what acronyms stand for, so that
    a query for an acronym also finds its long name, and the other way round. ``ranking`` sets weights of the
    ranking: ``k1``, ``headline_weight``, ``headline_b``, ``body_weight``, ``body_b``, ``spelling``,
    ``accents``, ``neighbours``, ``stop_words`` and ``lead`` (see the same page).

    Raises IndexExists, QueryError for a value that makes no sense, and TypeError.
    """
    chosen = GivenSettings(text("timezone", timezone), settings, acronyms, ranking)
    create_index(path, chosen.with_defaults(), client)
    return Index(path, client=client)


def open(
    path: PathName,
    *,
    create: bool = False,
    timezone: str | None = None,
    settings: PathName | None = None,
    acronyms: bool | None = None,
    mapped: bool | None = None,
    client: Any = None,
    **ranking: float,
) -> Index:
    """Opens an index; with ``create``, creates an empty one where there is none.

    ``path``, ``client``, ``timezone``, ``settings``, ``acronyms`` and ``ranking`` are those of
    :func:`newsindex.create`. An index that exists keeps what it was created with, and must have been created
    with those that are given here.

    Segment files are mapped into memory, so that an index opens at once and processes share what they read;
    a program that reads a mapped file while another one cuts it short is ended by the system. With
    ``mapped=False``, files are read into memory as a whole instead. The environment variable
    ``NEWSINDEX_MMAP=0`` does the same where ``mapped`` is not given.

    Raises IndexNotFound, IndexCorrupt, IndexTooOld, IndexTooNew, AnalyzerMismatch (also for an index that was
    created with other settings), QueryError for a value that makes no sense, and TypeError.
    """
    given = GivenSettings(timezone, settings, acronyms, ranking)
    if create:
        create_index(path, given.with_defaults(), client, may_exist=True)
    index = Index(path, mapped=mapped, client=client)
    try:
        given.check_equal(index._backend.settings, index.name)
    except BaseException:
        index.close()
        raise
    return index


def rebuild(path: PathName, *, workers: int | None = None, timeout: float = _WRITER_TIMEOUT) -> None:
    """Indexes the articles of an index anew from what it stores, in one commit.

    It makes an index of an older format, or with another analysis of French, one that this newsindex
    searches; its settings and its identity stay. Until the commit the index is what it was, so that it needs
    as much room on the disk again. A rebuild that was interrupted is just run again. For ``workers`` and
    ``timeout`` see :meth:`Index.writer`.

    Raises IndexNotFound, IndexLocked, IndexCorrupt, IndexTooNew, IndexTooOld for a format whose articles
    cannot be read any more, QueryError for a value that makes no sense, and TypeError.
    """
    rebuild_backend(path, seconds("timeout", timeout), _checked_workers(workers))


def _checked_workers(workers: int | None) -> int:
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


def parse(query: str, operator: Operator = "any", timezone: str = DEFAULT_TIMEZONE) -> Any:
    """The Whoosh query tree that a search for ``query`` runs. Raises QueryError, and TypeError."""
    from newsindex.query.syntax.parser import parse_query  # only loaded to search
    from newsindex.query.syntax.whoosh_tree import whoosh_tree  # only parse() loads Whoosh

    return whoosh_tree(parse_query(text("query", query), time_zone(timezone), operator).tree)


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

        Raises IndexCorrupt naming the file and the place of the damage.
        """
        self._backend.check()

    # Writing

    def writer(
        self,
        timeout: float = _WRITER_TIMEOUT,
        workers: int | None = None,
        *,
        same_id: SameId = "replace",
    ) -> AbstractContextManager[IndexWriter]:
        """A block of several changes with one commit at its end; an exception rolls all of them back.

        Waits ``timeout`` seconds for another writer, then raises IndexLocked; inside the block of
        another writer of this index and thread, at once. Without ``workers``, one thread of this process does
        all, in up to 512 MB of memory however much there is to index; one article of more than a million
        different words takes more. With ``workers`` and the compiled kernel, so many threads of this process,
        never more than four, analyse and build. Without the kernel so many processes do, this one among them
        and never more than four, where that takes longer than their start, from some thousands of articles
        on. They run ``sys.executable``; where that cannot be started, this process does their work.

        ``same_id`` says what becomes of an article whose id is known and whose text has little in common with
        the one that the index has under it, so that it is another article and no later version: "replace"
        puts it in the place of that one, "keep_both" adds it under an id of its own, which is the same each
        time. The report counts either, and lists the first ids.
        """
        return self._writer(timeout, workers, same_id, HitSource())

    def _writer(
        self, timeout: float, workers: int | None, same_id: SameId, source: HitSource
    ) -> AbstractContextManager[IndexWriter]:
        processes = _checked_workers(workers)
        self._backend.check_open()
        same_id = _checked_same_id(same_id)
        return self._backend.writer(seconds("timeout", timeout), processes, same_id, source)

    def add(
        self,
        articles: Iterable[ArticleLike],
        *,
        workers: int | None = None,
        progress: Callable[[int], object] | None = None,
        timeout: float = _WRITER_TIMEOUT,
        commit_every: int | None = None,
        resume: bool = False,
        same_id: SameId = "replace",
        alerts: Callable[[Match], object] | None = None,
    ) -> AddReport:
        """Adds articles, or mappings with the field names that people use, in one atomic commit.

        An article with a known id is updated. It is skipped if its content is equal, or if it is an entry of
        a feed, or of an archive, that ``newsindex.read`` gives, and the index has a fuller version of it.
        ``progress`` is called with the number of articles so far; for ``workers``, ``timeout`` and
        ``same_id`` see :meth:`writer`. What cannot
        become an article is in the report's ``errors``, and so are the errors of ``newsindex.read``; the
        first 1,000 are kept and all are counted.

        ``alerts`` is called after each commit with the matches of the index's alerts that it brought, which
        are in the report's ``alerts`` too. They stay new until they are acknowledged, whatever the call does.

        With ``commit_every`` there is a commit after each so many articles, and an exception leaves those
        of earlier commits; the matches in the report show their articles as of the last commit with a match.
        With ``resume`` the index remembers the files of ``newsindex.read`` that it took
        in without an error, and those that have not changed are not read again: their articles count as
        skipped.
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
        resumed = articles if resume and isinstance(articles, Corpus) else None
        return add_articles(
            articles,
            lambda: self._writer(timeout, workers, same_id, source),
            unchanged_files=None if resumed is None else resumed.resume(self._backend.indexed_files()),
            progress=progress,
            commit_every=commit_every,
            alerts=alerts,
        )

    def delete(self, *article_ids: str, timeout: float = _WRITER_TIMEOUT) -> int:
        """Deletes articles by id; returns how many there were."""
        for article_id in article_ids:
            text("article_id", article_id)
        with self.writer(timeout) as writer:
            return sum([writer.delete(article_id) for article_id in article_ids])

    def optimize(self, timeout: float = _WRITER_TIMEOUT, *, rebuild: bool = False) -> None:
        """Merges the segments into as few as possible, and removes deleted articles from the disk.

        With ``rebuild``, all articles are indexed anew, as :func:`newsindex.rebuild` does.
        """
        if truth("rebuild", rebuild):
            self._backend.check_open()
            self._backend.rebuild(seconds("timeout", timeout), 1)
            return
        with self.writer(timeout) as writer:
            writer.optimize()
