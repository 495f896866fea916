"""How does a program hold an index? One object: open, add, search, delete."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .analyzer import ANALYSIS
from .article import Article
from .corpus.record import article_from
from .errors import AnalyzerMismatch, CorpusError, IndexNotFound, NewsIndexError, QueryError
from .indexer import AddReport
from .query.results import Results
from .query.scoring import BM25F
from .query.snapshot import Snapshot
from .storage.catalogue import FILE, Catalogue, Manifest, create_catalogue
from .storage.postings import postings_nbytes
from .storage.records import restored
from .storage.segment import Segment

if TYPE_CHECKING:
    from .indexer.scanner import Scanner
    from .indexer.writer import Writer
    from .query.parser import ParsedQuery

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


def create(path: str | PathLike[str], *, timezone: str = DEFAULT_ZONE, **ranking: float) -> Index:
    """Make an empty index in a folder and open it.

    ``timezone`` is what dates and days mean; ``ranking`` sets BM25F's ``k1``, ``headline_weight``,
    ``headline_b``, ``body_weight`` and ``body_b``. Raises IndexExists, QueryError for a bad setting.
    """
    _zone(timezone)
    unknown = set(ranking) - set(asdict(BM25F()))
    if unknown:
        raise QueryError(f"no setting {', '.join(sorted(unknown))}: see newsindex.create")
    parameters = asdict(BM25F(**ranking))
    settings = {"analysis": ANALYSIS, "timezone": timezone, "ranking": parameters}
    create_catalogue(Path(path), settings)
    return Index(path)


def open(path: str | PathLike[str], *, create: bool = False) -> Index:
    """Open an index; with ``create``, make an empty one if there is none.

    Raises IndexNotFound, IndexCorrupt, IndexTooOld, AnalyzerMismatch.
    """
    if create and not (Path(path) / FILE).exists():
        return globals()["create"](path)  # type: ignore[no-any-return]  # the parameter hides it
    return Index(path)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise QueryError(f"{name!r} is no time zone: write one like Europe/Paris") from None


class Index:
    """An index of articles in a folder. Any number of threads may share one.

    It shows the last commit as of its opening, its own last change, or :meth:`refresh`.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._catalogue = Catalogue(self.path)
        self._write_lock = threading.Lock()
        self._scanner: Scanner | None = None
        self._snapshot: Snapshot | None = None
        self.refresh()

    def __repr__(self) -> str:
        return f"<newsindex.Index {str(self.path)!r}: {len(self)} articles>"

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the index cannot be used afterwards."""
        self._snapshot = None
        self._scanner = None

    # Reading

    def refresh(self) -> None:
        """See what others have committed since."""
        for _ in range(100):  # a merge may delete a segment between our reading of the two
            manifest = self._catalogue.read()
            if self._snapshot is not None and self._snapshot.commit == manifest.commit:
                return
            try:
                self._snapshot = self._open(manifest)
                return
            except FileNotFoundError:
                if self._catalogue.read().commit == manifest.commit:
                    raise
        raise NewsIndexError(f"{self.path} changes too often to be opened: try again")

    def _open(self, manifest: Manifest) -> Snapshot:
        analysis = manifest.settings["analysis"]
        if analysis != ANALYSIS:
            raise AnalyzerMismatch(
                f"{self.path} was written with the analysis {analysis!r} and this newsindex has "
                f"{ANALYSIS!r}: index the articles again"
            )
        opened = {} if self._snapshot is None else {s.entry: s for s in self._snapshot.segments}
        segments = [
            opened.get((entry.name, entry.deleted)) or Segment(self.path / entry.name, entry.deleted)
            for entry in manifest.segments
        ]
        ranking = BM25F(**manifest.settings["ranking"])
        return Snapshot(manifest.commit, segments, ranking, _zone(manifest.settings["timezone"]))

    @property
    def _view(self) -> Snapshot:
        if self._snapshot is None:
            raise IndexNotFound(f"the index {self.path} has been closed: open it again")
        return self._snapshot

    def __len__(self) -> int:
        return self._view.documents

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._view.find(article_id) is not None

    def get(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        found = self._view.find(article_id)
        if found is None:
            return None
        segment, document = found
        return restored(segment.text(document))

    def __iter__(self) -> Iterator[Article]:
        for segment in self._view.segments:
            live = segment.live
            for document in range(segment.documents):
                if live is None or live[document]:
                    yield restored(segment.text(document))

    def stats(self) -> Stats:
        """Counts and sizes."""
        segments = self._view.segments
        parts: dict[str, int] = {}
        terms: set[bytes] = set()
        for segment in segments:
            sizes = segment.nbytes()
            known = {**postings_nbytes(sizes), "texts": sizes["text_frame"]}
            for part, size in [*known.items(), ("other", segment.size - sum(known.values()))]:
                parts[part] = parts.get(part, 0) + size
            terms.update(segment.term_texts())
        catalogue = sum(file.stat().st_size for file in self.path.glob(f"{FILE}*"))
        parts["catalogue"] = catalogue
        return Stats(
            articles=len(self),
            deleted=sum(len(segment.deleted) for segment in segments),
            terms=len(terms),
            segments=len(segments),
            commit=self._view.commit,
            bytes=sum(parts.values()),
            bytes_by_part=parts,
        )

    def check(self) -> None:
        """Read every byte of the index; raises IndexCorrupt naming the file and place of damage."""
        self._catalogue.read()
        for segment in self._view.segments:
            segment.check()

    def parse(self, query: str, operator: str = "any") -> ParsedQuery:
        """The tree that a search for ``query`` runs, and the notes on how it was read."""
        from .query.parser import parse_query  # Whoosh's parser is only loaded to search

        return parse_query(query, self._view.zone, operator)

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
        sort: str = "relevance",
        operator: str = "any",
        facets: Sequence[str] = (),
        timeline: str | None = None,
        after: str | None = None,
        highlight: bool = True,
    ) -> Results:
        """Find articles.

        ``query`` is in the query language of README; an empty one finds everything that the filters
        let through. ``source``, ``section``, ``author`` and ``lang`` are compared whole, without
        case or accents; ``since`` and ``until`` are dates or periods, both included. ``sort`` is
        "relevance", "newest" or "oldest"; ``operator`` says whether a space means "any" or "all" of
        the words; ``facets`` and ``timeline`` ("day", "week", "month", "year") count all matches;
        ``after`` is the ``next`` of the page before.

        Raises QueryError.
        """
        from .query.filters import restricted  # Whoosh is only loaded to search
        from .query.search import Page, run

        page = Page(limit, sort, after, tuple(facets), timeline, highlight)
        snapshot = self._view
        labels = {"source": source, "section": section, "author": author, "lang": lang}
        parsed = self.parse(query, operator)
        everything = not query.strip()
        return run(
            snapshot,
            restricted(parsed, labels, since, until, snapshot.zone, everything),
            page,
        )

    # Writing

    @contextmanager
    def writer(self, timeout: float = _TIMEOUT, workers: int | None = None) -> Iterator[IndexWriter]:
        """Several changes and one commit at the end of the block; an exception rolls all back.

        Waits ``timeout`` seconds for another writer, then raises IndexLocked. ``workers`` threads
        (default: as many as there are cores) compress the texts; analysis is the work of one.
        """
        if workers is not None and workers < 1:
            raise QueryError(f"workers must be at least 1, not {workers!r}")
        from .indexer.scanner import Scanner  # a program that only searches starts without them
        from .indexer.writer import Writer

        with self._write_lock, self._catalogue.write(timeout) as transaction:
            if self._scanner is None:
                self._scanner = Scanner()
            zone = _zone(transaction.manifest.settings["timezone"])
            writer = Writer(self.path, transaction, self._scanner, zone, workers or os.cpu_count() or 1)
            try:
                yield IndexWriter(writer)
                writer.commit()
            except BaseException:
                writer.roll_back()
                raise
        self.refresh()

    def add(
        self,
        articles: Iterable[Article | Mapping[str, object]],
        *,
        workers: int | None = None,
        progress: Callable[[int], object] | None = None,
        timeout: float = _TIMEOUT,
    ) -> AddReport:
        """Add articles, or mappings with the field names that people use, in one atomic commit.

        A known id is updated, or skipped if its content is equal. ``progress`` is called with the
        number of articles taken so far; for ``workers`` see :meth:`writer`. What cannot become an
        article is in the report's ``errors``, and so are the errors of ``newsindex.read``.
        """
        with self.writer(timeout, workers) as writer:
            report = writer.report
            for count, item in enumerate(articles, 1):
                try:
                    writer.add(item)
                except CorpusError as error:
                    report.errors.append(error)
                if progress is not None:
                    progress(count)
            report.errors.extend(getattr(articles, "errors", ()))
        return report

    def delete(self, *article_ids: str, timeout: float = _TIMEOUT) -> int:
        """Delete articles by id; returns how many there were."""
        with self.writer(timeout) as writer:
            return sum([writer.delete(article_id) for article_id in article_ids])

    def optimize(self, timeout: float = _TIMEOUT) -> None:
        """Merge into as few segments as can be, and take what is deleted off the disk."""
        with self.writer(timeout) as writer:
            writer.optimize()


class IndexWriter:
    """Changes of one commit; see :meth:`Index.writer`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.report = writer.report

    def add(self, article: Article | Mapping[str, object]) -> None:
        """Add or update one article. Raises CorpusError for a mapping that cannot become one."""
        if not isinstance(article, Article):
            article = article_from(article)
        self._writer.add(article)

    def delete(self, article_id: str) -> bool:
        """Delete an article; returns whether there was one with this id."""
        return self._writer.delete(article_id)

    def optimize(self) -> None:
        """Merge into as few segments as can be."""
        self._writer.optimize()


def parse(query: str, operator: str = "any", timezone: str = DEFAULT_ZONE) -> Any:
    """The Whoosh query tree that a search for ``query`` runs. Raises QueryError."""
    from .query.parser import parse_query  # Whoosh's parser is only loaded to search

    return parse_query(query, _zone(timezone), operator).tree
