"""The commit that an open index shows, and how the index comes to show a later one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from newsindex.errors import IndexCorrupt, NewsIndexError
from newsindex.forks import Lock
from newsindex.index_settings import IndexSettings
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.snapshot_searcher import SnapshotSearcher
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.storage.catalogue import Catalogue
from newsindex.storage.consistency.segment_consistency import check_segment
from newsindex.storage.manifest import Manifest, SegmentEntry
from newsindex.storage.segment import Segment
from newsindex.storage.system_errors import missing_file_error
from newsindex.wording import counted

_MAX_ATTEMPTS: Final = 100  # to open a commit before a merge deletes its segments


class IndexReader:
    """Holds a searcher of the commit that an index shows; threads may share it.

    Segments that two commits share are opened once. What the completions and corrections have read of the
    latest articles is kept from one commit to the next.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, mapped: bool) -> None:
        """``mapped`` says whether segment files are mapped into memory, or read into it as a whole."""
        self._folder = folder
        self._mapped = mapped
        self._catalogue = catalogue
        self._lock = Lock()
        self._recent_vocabulary = RecentVocabulary()
        self._searcher: SnapshotSearcher | None = None
        self._is_closed = False
        self.refresh()

    @property
    def is_closed(self) -> bool:
        """Whether the index has been closed."""
        return self._is_closed

    @property
    def state(self) -> str:
        """A short description for people: "closed", "damaged", or the number of articles."""
        searcher = self._searcher
        if searcher is not None:
            return counted(searcher.documents, "article")
        return "closed" if self._is_closed else "damaged"

    def check_open(self) -> None:
        """Raises NewsIndexError where the index has been closed."""
        if self._is_closed:
            raise NewsIndexError(f"the index {self._folder} has been closed: open it again")

    def close(self) -> None:
        """Releases the segments and all that was read of them."""
        with self._lock:
            self._is_closed = True
            self._searcher = None
            self._recent_vocabulary.forget()

    @property
    def searcher(self) -> SnapshotSearcher:
        """The searcher of the commit that is shown. Raises NewsIndexError where the index is closed."""
        searcher = self._searcher
        if searcher is None:
            self.check_open()
            raise IndexCorrupt(
                f"{self._folder} was found damaged when it was last refreshed: refresh it again"
            )
        return searcher

    def refresh(self) -> None:
        """Shows the last commit, whoever made it.

        After IndexCorrupt nothing is shown until a later refresh succeeds: reading a mapped file that was cut
        short would end the process.
        """
        with self._lock:  # of two threads the later sees the later commit
            self.check_open()
            try:
                self._searcher = self._open_last(self._searcher)
            except IndexCorrupt:
                self._searcher = None
                raise

    def last_searcher(self) -> SnapshotSearcher:
        """A searcher of the last commit, whoever made it, which need not be the one that is shown."""
        self.check_open()
        return self._open_last(self._searcher)

    def follow(self, manifest: Manifest) -> None:
        """Shows a commit of this process without reading its manifest from the disk again."""
        with self._lock:
            if self._is_closed:
                return
            shown = self._searcher
            if shown and shown.identity == manifest.identity and shown.commit >= manifest.commit:
                return
            try:
                self._searcher = self._open(manifest, shown)
            except FileNotFoundError:  # another process has merged its segments since
                self._searcher = self._open_last(shown)

    def check(self) -> None:
        """Reads every byte of the last commit and checks that its parts agree. Raises IndexCorrupt."""
        self.check_open()
        self._catalogue.check()
        snapshot = self._open_last(None).snapshot  # files that are open already may be damaged since
        for segment in snapshot.segments:
            check_segment(segment, snapshot.zone)

    def _open_last(self, shown: SnapshotSearcher | None) -> SnapshotSearcher:
        """A searcher of the last commit: ``shown`` where it is that one.

        The segments that ``shown`` and the last commit share are not opened again, but it is checked that
        their files still have their size: reading a mapped file that was cut short would end the process.
        """
        for _ in range(_MAX_ATTEMPTS):
            manifest = self._catalogue.read()
            try:
                if shown is None or (shown.identity, shown.commit) != (manifest.identity, manifest.commit):
                    return self._open(manifest, shown)
                for segment in shown.snapshot.segments:
                    segment.check_size()
                return shown
            except FileNotFoundError as error:  # a merge deletes segments as soon as it is committed
                last = self._catalogue.read()
                if (last.identity, last.commit) == (manifest.identity, manifest.commit):
                    raise missing_file_error(error) from error
        raise NewsIndexError(f"{self._folder} changes too often to be opened: try again")

    def _open(self, manifest: Manifest, shown: SnapshotSearcher | None) -> SnapshotSearcher:
        """A searcher of a commit, with the segments that ``shown`` has opened already."""
        settings = IndexSettings.from_record(manifest.settings, self._folder)
        opened = {} if shown is None else {segment.entry: segment for segment in shown.snapshot.segments}
        segments = [self._open_segment(entry, opened) for entry in manifest.segments]
        lexicon = settings.lexicon
        if shown is not None and shown.lexicon == lexicon:
            lexicon = shown.lexicon  # its analyzer has stemmed words already
        if shown is not None and shown.identity != manifest.identity:
            self._recent_vocabulary = RecentVocabulary()  # it knows words by the number of the commit
        snapshot = Snapshot(
            manifest.commit, segments, settings.ranking, settings.zone, lexicon, settings.acronyms
        )
        return SnapshotSearcher(snapshot, self._recent_vocabulary, manifest.identity)

    def _open_segment(self, entry: SegmentEntry, opened: Mapping[tuple[str, bytes], Segment]) -> Segment:
        segment = opened.get((entry.name, entry.deleted))
        if segment is None:
            return Segment(self._folder / entry.name, entry.deleted, entry.documents, mapped=self._mapped)
        segment.check_size()
        return segment
