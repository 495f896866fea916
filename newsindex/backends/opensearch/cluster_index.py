"""An index on a cluster: the state that it shows, and its writers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from newsindex.alerts import Alerts
from newsindex.alerts.hit_source import HitSource
from newsindex.analyzer import Lexicon
from newsindex.errors import NewsIndexError
from newsindex.forks import Lock
from newsindex.index_settings import IndexSettings
from newsindex.index_statistics import Stats
from newsindex.indexer import IndexWriter, SameId
from newsindex.storage.indexed_files import IndexedFile
from newsindex.wording import counted

from .connection import connect
from .index_record import IndexRecord, create_index, read_index, read_places
from .indexed_files import load_files
from .patience import patiently
from .upkeep.consistency import check_index
from .upkeep.statistics import change_number, collect_statistics, has_every_shard, make_visible
from .writing.rebuild import rebuild_index

if TYPE_CHECKING:
    from newsindex.indexer.scanning.scanners import WordScanner

    from .alerts.alert_access import ClusterAlertAccess
    from .searching.cluster_search import ClusterSearch
    from .searching.lookups.vocabulary import Vocabulary


class ClusterIndex:
    """An index on a cluster; it implements ``newsindex.backends.base.IndexBackend``.

    Any number of programs may write to it at once: of two changes of one article the later one is kept.
    """

    def __init__(self, address: str, client: Any = None) -> None:
        """Opens the index; ``client`` is a client of opensearch-py that the program has made.

        Raises IndexNotFound, AnalyzerMismatch, IndexTooOld, IndexTooNew, ClusterUnavailable and QueryError.
        """
        self._connection = connect(address, client)
        self.path = None
        self.name = self._connection.name
        self._lock = Lock()
        self._is_closed = False
        self._vocabulary: Vocabulary | None = None  # of completions and corrections
        self._scanner: tuple[Lexicon, WordScanner] | None = None  # the last writer's; it knows earlier words
        self._alerts: ClusterAlertAccess | None = None
        self._record: IndexRecord
        self._search: ClusterSearch | None = self._new_search()

    def close(self) -> None:
        """Releases the connections."""
        with self._lock:
            search, self._search = self._search, None
            is_closed, self._is_closed = self._is_closed, True
            self._scanner = None
        if search is not None:
            with suppress(NewsIndexError):  # the cluster forgets the state by itself
                search.close()
        if not is_closed:
            self._connection.close()

    def check_open(self) -> None:
        """Raises NewsIndexError where the index has been closed."""
        if self._is_closed:
            raise NewsIndexError(f"{self.name} has been closed: open it again with newsindex.open()")

    @property
    def description(self) -> str:
        """A short description for people: "closed", or the number of articles."""
        if self._is_closed:
            return "closed"
        try:
            return counted(self.current().documents, "article")
        except NewsIndexError:
            return "unreachable"

    @property
    def settings(self) -> IndexSettings:
        """The settings that the index has recorded."""
        return self._record.settings

    @property
    def alerts(self) -> Alerts:
        """The saved searches of the index."""
        self.check_open()
        return Alerts(self._alert_access())

    def _alert_access(self) -> ClusterAlertAccess:
        from .alerts.alert_access import ClusterAlertAccess  # a program without alerts starts without it

        if self._alerts is None:
            self._alerts = ClusterAlertAccess(
                self._connection, self._open_record, self.current, self._changes
            )
        return self._alerts

    def _open_record(self) -> IndexRecord:
        self.check_open()
        return self._record

    def _changes(self) -> int:
        """The number of changes of the index."""
        return change_number(self._connection, read_places(self._connection).index)

    # Reading

    def current(self) -> ClusterSearch:
        """Returns the state that is shown."""
        self.check_open()
        with self._lock:
            if self._search is None or self._search.is_gone:
                self._search = self._new_search()
            return self._search

    def snapshot(self) -> ClusterSearch:
        """Returns the state of now, which later changes leave as it is."""
        self.check_open()
        return self._new_search(must_stay=True)

    def _new_search(self, *, must_stay: bool = False) -> ClusterSearch:
        """The state of now; for ``must_stay`` see ClusterSearch."""
        from .searching.cluster_search import ClusterSearch  # a program that only writes starts without it
        from .searching.lookups.vocabulary import Vocabulary  # the same
        from .searching.searched_state import SearchedState  # the same

        if self._vocabulary is None:
            self._vocabulary = Vocabulary()
        places, record = read_index(self._connection)
        self._record = record
        commit = change_number(self._connection, places.index)
        if has_every_shard(self._connection):
            make_visible(self._connection)  # every change that is counted
        state = SearchedState(places.index, commit, record.identity, record.settings, record.averages)
        search = ClusterSearch(self._connection, state, self._vocabulary, must_stay=must_stay)
        _ = search.documents  # which holds the state from here on
        return search

    def refresh(self) -> None:
        """Shows the last change, whoever made it."""
        self.check_open()
        places = read_places(self._connection)
        search = self._search
        if search is not None and search.commit != change_number(self._connection, places.index):
            self._forget_state()

    def _forget_state(self) -> None:
        """Shows the state of the moment at which it is asked for next."""
        with self._lock:
            search, self._search = self._search, None
        if search is not None:
            search.close()

    def stats(self) -> Stats:
        """Returns the statistics of the index."""
        acronyms = self.current().acronyms()
        return collect_statistics(self._connection, read_places(self._connection).index, acronyms)

    def check(self) -> None:
        """Reads all articles and checks that what the cluster finds and matches of alerts agree with them.

        Raises IndexCorrupt.
        """
        from .upkeep.alert_consistency import check_alerts  # a program without alerts starts without it

        self.check_open()
        places, record = read_index(self._connection)
        check_index(self._connection, places.index, record)
        check_alerts(self._connection, record.identity)

    def indexed_files(self) -> Mapping[bytes, IndexedFile]:
        """Returns the files whose articles are all in the index, by path."""
        self.check_open()
        return load_files(self._connection, self._record.identity)

    # Writing

    @contextmanager
    def writer(
        self, timeout: float, workers: int, same_id: SameId, source: HitSource
    ) -> Iterator[IndexWriter]:
        """A block of changes, which are sent at its end, and of many changes before (see ``cluster_writer``).

        No other writer is waited for, and the cluster's own work is that of several processes already.
        """
        from newsindex.indexer.scanning.scanners import new_scanner  # a program that only searches needs none

        from .writing.cluster_writer import ClusterWriter  # the same

        self.check_open()
        places, record = patiently(lambda: read_index(self._connection))
        with self._lock:
            known_lexicon, scanner = self._scanner or (None, None)
            self._scanner = None  # another thread that writes makes another one
        lexicon = record.settings.lexicon
        if scanner is None or known_lexicon != lexicon:
            scanner = new_scanner(lexicon.french)
        access = self._alert_access()
        observer = access.observer(record, scanner)
        writer = IndexWriter(ClusterWriter(self._connection, places, record, scanner, same_id, observer))
        try:
            yield writer
            writer.commit()
            self._scanner = lexicon, scanner
        finally:
            writer.close()
        if not self._is_closed:
            self._forget_state()
            writer.report.alerts = observer.matches(access.articles())

    def rebuild(self, timeout: float, workers: int) -> None:
        """Indexes all articles anew beside the index, while it is searched and changed."""
        self.check_open()
        rebuild_index(self._connection)
        self._forget_state()


def create_cluster_index(address: str, settings: IndexSettings, client: Any = None) -> None:
    """Creates an empty index on a cluster. Raises IndexExists, ClusterUnavailable and QueryError."""
    connection = connect(address, client)
    try:
        create_index(connection, settings)
    finally:
        connection.close()


def rebuild_cluster_index(address: str, timeout: float) -> None:
    """Rebuilds an index on a cluster, one with another analysis too."""
    connection = connect(address)
    try:
        rebuild_index(connection)
    finally:
        connection.close()
