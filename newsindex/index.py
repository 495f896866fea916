"""How does a program hold an index? One object: open, add, search, delete."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsindex.analyzer.lexicon import read_lexicon
from newsindex.query.evaluation.bm25f import BM25F
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.storage.catalogue import Catalogue, Manifest, create_catalogue, has_catalogue
from newsindex.storage.indexed_files import Source
from newsindex.storage.postings_reader import postings_nbytes
from newsindex.storage.segment import Segment
from newsindex.storage.segment_check import check_segment
from newsindex.storage.stored_articles import restore_article
from newsindex.storage.system_errors import missing

from .analyzer import ANALYSIS, Lexicon
from .arguments import number, seconds, shown, text, whole_number
from .article import Article
from .corpus import Corpus
from .errors import (
    AnalyzerMismatch,
    CorpusError,
    IndexLocked,
    NewsIndexError,
    QueryError,
)
from .forks import Lock
from .indexer import AddReport
from .searcher import Searcher

if TYPE_CHECKING:
    from newsindex.indexer.index_writer import IndexWriter
    from newsindex.indexer.scanning.scanner import Scanner

DEFAULT_ZONE: Final = "Europe/Paris"
_TIMEOUT: Final = 10.0  # seconds to wait for another writer


@dataclass(frozen=True)
class Stats:
    """What an index holds: counts, and bytes on disk by part."""

    articles: int
    deleted: int
    terms: int
    segments: int
    commit: int
    bytes: int
    bytes_by_part: Mapping[str, int]


def create(
    path: str | PathLike[str],
    *,
    timezone: str = DEFAULT_ZONE,
    settings: str | PathLike[str] | None = None,
    **ranking: float,
) -> Index:
    """Make an empty index in a folder and open it.

    ``timezone`` is what dates and days mean; ``settings`` a TOML file with the user's own stop words,
    synonyms and protected words, which the index records (see README); ``ranking`` sets weights
    of the ranking: ``k1``, ``headline_weight``, ``headline_b``, ``body_weight``, ``body_b``, ``spelling``,
    ``accents``, ``neighbours`` and ``stop_words`` (see query/scoring.py). Raises IndexExists, QueryError
    for a bad setting.
    """
    _zone(text("timezone", timezone))
    unknown = set(ranking) - set(asdict(BM25F()))
    if unknown:
        raise QueryError(f"no setting {', '.join(sorted(unknown))}: see newsindex.create")
    parameters = asdict(BM25F(**{name: number(name, value) for name, value in ranking.items()}))
    recorded = {"analysis": ANALYSIS, "timezone": timezone, "ranking": parameters}
    if settings is not None:
        recorded["lexicon"] = read_lexicon(Path(settings)).record()
    create_catalogue(Path(path), recorded)
    return Index(path)


def open(
    path: str | PathLike[str], *, create: bool = False, settings: str | PathLike[str] | None = None
) -> Index:
    """Open an index; with ``create``, make an empty one if there is none, with ``settings``.

    Raises IndexNotFound, IndexCorrupt, IndexTooOld, AnalyzerMismatch, which is also for an index that
    was made with other ``settings``; without, its own hold.
    """
    if create and not has_catalogue(Path(path)):
        return globals()["create"](path, settings=settings)  # type: ignore[no-any-return]  # hidden
    wanted = None if settings is None else read_lexicon(Path(settings))
    index = Index(path)
    if wanted is not None and wanted != index.lexicon:
        index.close()
        raise AnalyzerMismatch(
            f"{path} was made with other settings than {settings}: open it without, or index the articles "
            "again into a new one"
        )
    return index


def _recorded_lexicon(manifest: Manifest) -> Lexicon:
    return Lexicon.from_record(manifest.settings.get("lexicon", {}))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise QueryError(f"{name!r} is no time zone: write one like Europe/Paris") from None


class Index(Searcher):
    """An index of articles in a folder. Any number of threads may share one.

    So may processes that are forked after it was opened; one that is forked during a write can only search.
    It shows the last commit as of its opening, its own last change, or :meth:`refresh`.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._catalogue = Catalogue(self.path)
        self._write_lock = Lock()
        self._writing_thread: tuple[int, int] | None = None  # its process too
        self._refresh_lock = Lock()
        self._is_closed = False
        self._scanner: Scanner | None = None
        self._snapshot: Snapshot | None = None
        self._lately = RecentVocabulary()
        self.refresh()

    def __repr__(self) -> str:
        snapshot = self._snapshot
        state = "closed" if snapshot is None else f"{snapshot.documents} articles"
        return f"<newsindex.Index {str(self.path)!r}: {state}>"

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the index cannot be used afterwards, only closed again."""
        with self._refresh_lock:
            self._is_closed = True
            self._snapshot = None
            self._scanner = None
            self._lately.forget()

    def _check_open(self) -> None:
        if self._is_closed:
            raise NewsIndexError(f"the index {self.path} has been closed: open it again")

    # FormatInput

    def refresh(self) -> None:
        """See what others have committed since."""
        with self._refresh_lock:  # of two threads the later sees the later commit
            self._check_open()
            self._snapshot = self._last(self._snapshot)

    def _see(self, manifest: Manifest) -> None:
        """See a commit of our own, without asking the disk that has just taken it."""
        with self._refresh_lock:
            if self._is_closed or self._view.commit >= manifest.commit:
                return
            try:
                self._snapshot = self._open(manifest, self._snapshot)
            except FileNotFoundError:  # merged away by another process
                self._snapshot = self._last(self._snapshot)

    def _last(self, known: Snapshot | None) -> Snapshot:
        """The last commit, opened: ``known`` if it is that, else with those of its segments that stay."""
        for _ in range(100):  # a merge may delete a segment between our reading of the two
            manifest = self._catalogue.read()
            if known is not None and known.commit == manifest.commit:
                return known
            try:
                return self._open(manifest, known)
            except FileNotFoundError as error:
                if self._catalogue.read().commit == manifest.commit:
                    raise missing(error) from error
        raise NewsIndexError(f"{self.path} changes too often to be opened: try again")

    def _open(self, manifest: Manifest, known: Snapshot | None) -> Snapshot:
        analysis = manifest.settings["analysis"]
        if analysis != ANALYSIS:
            raise AnalyzerMismatch(
                f"{self.path} was written with the analysis {analysis!r} and this newsindex has "
                f"{ANALYSIS!r}: index the articles again"
            )
        opened = {} if known is None else {s.entry: s for s in known.segments}
        segments = [
            opened.get((entry.name, entry.deleted))
            or Segment(self.path / entry.name, entry.deleted, entry.documents)
            for entry in manifest.segments
        ]
        ranking = BM25F(**manifest.settings["ranking"])
        zone, lexicon = _zone(manifest.settings["timezone"]), _recorded_lexicon(manifest)
        if self._snapshot is not None and self._snapshot.lexicon == lexicon:
            lexicon = self._snapshot.lexicon  # which remembers words
        return Snapshot(manifest.commit, segments, ranking, zone, lexicon)

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words, as recorded when the index was made."""
        return self._view.lexicon

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days, as it was made with."""
        return self._view.zone

    @property
    def commit(self) -> int:
        """The number of the commit that is shown: another one after every change."""
        return self._view.commit

    @property
    def _view(self) -> Snapshot:
        snapshot = self._snapshot
        if snapshot is None:
            self._check_open()
            raise NewsIndexError(f"the index {self.path} has not been opened")
        return snapshot

    def __len__(self) -> int:
        return self._view.documents

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._view.find(article_id) is not None

    def get(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        found = self._view.find(text("article_id", article_id))
        if found is None:
            return None
        segment, document = found
        return restore_article(segment.text(document))

    def __iter__(self) -> Iterator[Article]:
        for segment in self._view.segments:
            live = segment.live
            for document in range(segment.documents):
                if live is None or live[document]:
                    yield restore_article(segment.text(document))

    def stats(self) -> Stats:
        """Counts and sizes."""
        snapshot = self._view
        segments = snapshot.segments
        parts: dict[str, int] = {}
        terms: set[bytes] = set()
        for segment in segments:
            sizes = segment.nbytes()
            known = {**postings_nbytes(sizes), "texts": sizes["text_frame"]}
            for part, size in [*known.items(), ("other", segment.size - sum(known.values()))]:
                parts[part] = parts.get(part, 0) + size
            terms.update(segment.term_texts())
        parts["catalogue"] = self._catalogue.size()
        return Stats(
            articles=snapshot.documents,
            deleted=sum(len(segment.deleted) for segment in segments),
            terms=len(terms),
            segments=len(segments),
            commit=snapshot.commit,
            bytes=sum(parts.values()),
            bytes_by_part=parts,
        )

    def check(self) -> None:
        """Read every byte of the last commit, and see that all of it fits together.

        Raises IndexCorrupt naming the file and the place of the damage.
        """
        self._check_open()
        self._catalogue.check()
        snapshot = self._last(None)  # what is open already may have been damaged since
        for segment in snapshot.segments:
            check_segment(segment, snapshot.zone)

    # Writing

    @contextmanager
    def writer(self, timeout: float = _TIMEOUT, workers: int | None = None) -> Iterator[IndexWriter]:
        """Several changes and one commit at the end of the block; an exception rolls all back.

        Waits ``timeout`` seconds for another writer, then raises IndexLocked; inside the block of
        another writer of this index and thread, at once. ``workers`` processes, this one among them
        (default: as many as there are cores, and never more than four) analyse and build what is worth
        their start, some thousands of articles; with 1, all is done in this one, by one thread, in up to
        512 MB of memory however much there is to index.
        """
        threads = os.cpu_count() or 1 if workers is None else whole_number("workers", workers)
        if threads < 1:
            raise QueryError(f"workers must be at least 1, not {shown(workers)}")
        from newsindex.indexer.index_writer import (
            IndexWriter,  # a program that only searches starts without them
        )
        from newsindex.indexer.scanning.scanner import Scanner
        from newsindex.indexer.writer import Writer

        self._check_open()
        with self._turn(seconds("timeout", timeout)) as left, self._catalogue.write(left) as transaction:
            french = _recorded_lexicon(transaction.manifest).french
            scanner, self._scanner = self._scanner or Scanner(french), None
            zone = _zone(transaction.manifest.settings["timezone"])
            writer = IndexWriter(Writer(self.path, transaction, scanner, zone, threads))
            try:
                yield writer
                writer.commit()
                self._scanner = scanner  # after an error it may know words by halves
            finally:
                writer.close()
        self._see(transaction.manifest)

    @contextmanager
    def _turn(self, timeout: float) -> Iterator[float]:
        """Be the one writer of this object; gives the seconds left to wait for other processes."""
        this = os.getpid(), threading.get_ident()
        if self._writing_thread == this:
            raise IndexLocked(
                f"this thread is writing to {self.path} already: use that writer, or end its block first"
            )
        started = time.monotonic()
        if not self._write_lock.acquire(timeout=timeout):
            raise IndexLocked(
                f"another thread is writing to {self.path} and did not finish within {timeout:g} s: "
                "wait for it, or raise the timeout"
            )
        self._writing_thread = this
        try:
            yield max(0.0, timeout - (time.monotonic() - started))
        finally:
            if os.getpid() == this[0]:  # in a child the lock is a new one
                self._writing_thread = None
                self._write_lock.release()

    def add(
        self,
        articles: Iterable[Article | Mapping[str, object]],
        *,
        workers: int | None = None,
        progress: Callable[[int], object] | None = None,
        timeout: float = _TIMEOUT,
        commit_every: int | None = None,
        resume: bool = False,
    ) -> AddReport:
        """Add articles, or mappings with the field names that people use, in one atomic commit.

        A known id is updated, or skipped if its content is equal, or if ``newsindex.read`` gives an
        entry of a feed and the index has a longer version of it. ``progress`` is called with the
        number of articles taken so far; for ``workers`` see :meth:`writer`. What cannot become an
        article is in the report's ``errors``, and so are the errors of ``newsindex.read``.

        With ``commit_every`` there is a commit after so many articles, and an exception leaves those
        before it. With ``resume`` the index remembers which files of ``newsindex.read`` it took in
        without an error, and those that have not changed are not read again: their articles count as
        skipped.
        """
        if isinstance(articles, Article | Mapping | str | bytes) or not isinstance(articles, Iterable):
            raise TypeError(
                f"add takes several articles, as in index.add([article]), not {shown(articles)}; "
                "newsindex.read(path) gives those of files"
            )
        if resume and not isinstance(articles, Corpus):
            raise TypeError(f"resume needs the articles of newsindex.read(path), not {shown(articles)}")
        if commit_every is not None and whole_number("commit_every", commit_every) < 1:
            raise QueryError(f"commit_every must be at least 1, not {shown(commit_every)}")
        self._check_open()
        corpus = articles if isinstance(articles, Corpus) else None
        files = corpus.resume(self._catalogue.sources()) if corpus and resume else None
        report = AddReport()
        numbered = enumerate(articles, 1)
        is_over = False
        while not is_over:
            with self.writer(timeout, workers) as writer:
                taken = _take(writer, islice(numbered, commit_every), corpus, progress)
                is_over = commit_every is None or taken < commit_every
                if files is not None:
                    writer.remember([Source(*state) for state in files.take()])
            report.include(writer.report)
        report.errors.extend(getattr(articles, "errors", ()))
        report.skipped += files.articles if files is not None else 0
        return report

    def delete(self, *article_ids: str, timeout: float = _TIMEOUT) -> int:
        """Delete articles by id; returns how many there were."""
        for article_id in article_ids:
            text("article_id", article_id)
        with self.writer(timeout) as writer:
            return sum([writer.delete(article_id) for article_id in article_ids])

    def optimize(self, timeout: float = _TIMEOUT) -> None:
        """Merge into as few segments as can be, and take what is deleted off the disk."""
        with self.writer(timeout) as writer:
            writer.optimize()


def _take(
    writer: IndexWriter,
    numbered: Iterable[tuple[int, Article | Mapping[str, object]]],
    corpus: Corpus | None,
    progress: Callable[[int], object] | None,
) -> int:
    """Add articles; returns how many there were."""
    taken = 0
    for count, item in numbered:
        taken += 1
        try:
            if corpus and isinstance(item, Article) and corpus.is_outdone(item, writer.get):
                writer.report.skipped += 1
            else:
                writer.add(item)
        except CorpusError as error:
            writer.report.errors.append(error)
        if progress is not None:
            progress(count)
    return taken


def parse(query: str, operator: str = "any", timezone: str = DEFAULT_ZONE) -> Any:
    """The Whoosh query tree that a search for ``query`` runs. Raises QueryError."""
    from newsindex.query.syntax.parser import parse_query  # Whoosh's parser is only loaded to search

    return parse_query(text("query", query), _zone(text("timezone", timezone)), operator).tree
