"""The alerts of an index, as a program holds them: a mapping of names to alerts, and what is new."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Unpack

from newsindex.arguments import seconds, shown, text, whole_number
from newsindex.errors import AlertExists, AlertNotFound, QueryError
from newsindex.query.snapshot_searcher import SnapshotSearcher
from newsindex.results import Alert, Match
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.alerts.alert_tables import AlertTables

if TYPE_CHECKING:
    from newsindex.query.ranking.search_options import Operator
    from newsindex.query.syntax.filters import FilterArguments

_TIMEOUT: Final = 10.0  # seconds to wait for a writer


class Alerts(Mapping[str, Alert]):
    """The alerts of an index by name, in the order of their names.

    They are always those of the last commit, whoever made it. A change waits ``timeout`` seconds for a
    writer, then raises IndexLocked.
    """

    def __init__(
        self,
        read_tables: Callable[[], AbstractContextManager[AlertTables]],
        last_searcher: Callable[[], SnapshotSearcher],
        open_tables: Callable[[float], AbstractContextManager[AlertTables]],
    ) -> None:
        """``read_tables`` gives the tables as the last commit left them, and ``last_searcher`` a searcher of
        it; ``open_tables`` the tables for a change, which is committed at the end of the block."""
        self._read_tables = read_tables
        self._last_searcher = last_searcher
        self._open_tables = open_tables

    def __repr__(self) -> str:
        return f"<newsindex alerts: {', '.join(self) or 'none'}>"

    # The mapping

    def __getitem__(self, name: str) -> Alert:
        """The alert with a name. Raises AlertNotFound, and TypeError."""
        (alert,) = self._as_alerts([self._row(text("name", name))])
        return alert

    def __iter__(self) -> Iterator[str]:
        return iter([row.name for row in self._rows()])

    def __len__(self) -> int:
        return len(self._rows())

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        with self._read_tables() as tables:
            return tables.alert(name) is not None

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        """The alert with a name, or ``default``."""
        try:
            return self[name]
        except AlertNotFound:
            return default

    def values(self) -> list[Alert]:  # type: ignore[override]
        """All alerts, by name."""
        return self._as_alerts(self._rows())

    def items(self) -> list[tuple[str, Alert]]:  # type: ignore[override]
        """All names and alerts, by name."""
        return [(alert.name, alert) for alert in self.values()]

    def _as_alerts(self, rows: list[AlertRow]) -> list[Alert]:
        if not rows:
            return []
        from .definition import alert_of  # the parser is only loaded where there is an alert

        searcher = self._last_searcher()
        return [alert_of(row, searcher.zone, searcher.lexicon) for row in rows]

    def _rows(self) -> list[AlertRow]:
        with self._read_tables() as tables:
            return tables.alerts()

    def _row(self, name: str) -> AlertRow:
        with self._read_tables() as tables:
            return _required(tables, name)

    # Changes

    def add(
        self,
        name: str,
        query: str = "",
        *,
        operator: Operator = "any",
        replace: bool = False,
        timeout: float = _TIMEOUT,
        **filters: Unpack[FilterArguments],
    ) -> Alert:
        """Save a search as an alert, which tells of the articles that come from now on.

        ``query``, ``operator`` and the filters are those of a search. Relative dates in them count from the
        moment at which an article comes. With ``replace``, an alert of that name is removed first, with what
        it has not told; one that searches for the same stays as it is.

        Raises AlertExists, QueryError for what search refuses, for an empty search and for one of stop words
        only, and TypeError.
        """
        # The parser is only loaded where there is an alert.
        from .definition import alert_of, checked_definition, checked_name
        from .stored_trees import KEY_VERSION
        from .telling_keys import compile_alert

        checked_name(name)
        searcher = self._last_searcher()
        zone, lexicon = searcher.zone, searcher.lexicon
        definition = checked_definition(query, operator, filters, zone, lexicon)
        frequency = searcher.snapshot.statistics.document_frequency
        compiled = compile_alert(definition, zone, lexicon, frequency)
        with self._open_tables(seconds("timeout", timeout)) as tables:
            known = tables.alert(name)
            if known is not None:
                if not replace:
                    raise AlertExists(
                        f"there is an alert {shown(name)} already: give replace, or another name"
                    )
                if known.body == definition.body():
                    return alert_of(known, zone, lexicon)
                tables.remove(known.id)
            alert = tables.insert(name, definition.body(), _now())
            tables.set_keys(alert, *compiled, KEY_VERSION)
            return alert_of(_required(tables, name), zone, lexicon)

    @contextmanager
    def writer(self, *, timeout: float = _TIMEOUT) -> Iterator[Alerts]:
        """A block of several changes of the alerts with one commit at its end; an exception rolls all back.

        What the block gives has the same methods. Nothing else can be written to the index meanwhile.
        """
        searcher = self._last_searcher()
        with self._open_tables(seconds("timeout", timeout)) as tables:
            yield Alerts(lambda: nullcontext(tables), lambda: searcher, lambda _: nullcontext(tables))

    def remove(self, name: str, *, timeout: float = _TIMEOUT) -> None:
        """Remove an alert, with what it has not told. Raises AlertNotFound."""
        text("name", name)
        with self._open_tables(seconds("timeout", timeout)) as tables:
            tables.remove(_required(tables, name).id)

    def acknowledge(self, name: str, upto: Match | int | None = None, *, timeout: float = _TIMEOUT) -> None:
        """Count the matches of an alert as seen: all up to a match, or up to its ``sequence``.

        Without ``upto``, all that there are at this moment, those included that the program has not seen.
        Raises AlertNotFound, QueryError for the match of another alert, and TypeError.
        """
        text("name", name)
        if isinstance(upto, Match):
            if upto.alert.name != name:
                raise QueryError(f"the match is one of {shown(upto.alert.name)}, not of {shown(name)}")
            sequence: int | None = upto.sequence
        else:
            sequence = None if upto is None else whole_number("upto", upto)
        with self._open_tables(seconds("timeout", timeout)) as tables:
            alert = _required(tables, name)
            last = tables.last_sequence()
            reached = last if sequence is None else sequence
            if not 0 <= reached <= last:
                raise QueryError(f"no match has the number {reached:,}: the last has {last:,}")
            tables.acknowledge(alert.id, reached, _now())

    # What is new

    def new(self, name: str | None = None, *, limit: int | None = None) -> list[Match]:
        """The matches of an alert, or of all alerts, since it was last acknowledged; the oldest first.

        Near-identical articles are one match. ``limit`` gives the first ones only. Raises AlertNotFound,
        QueryError for a limit below 0, and TypeError.
        """
        from .presentation import present  # the search is only loaded where there is an alert

        if limit is not None and whole_number("limit", limit) < 0:
            raise QueryError(f"limit must be 0 or more, not {shown(limit)}")
        searcher = self._last_searcher()
        with self._read_tables() as tables:
            alerts = tables.alerts() if name is None else [_required(tables, text("name", name))]
            rows = [
                row
                for alert in alerts
                for row in tables.matches_of_alert(alert.id, alert.seen, searcher.commit)
            ]
        rows.sort()
        copies: dict[int, list[MatchRow]] = {}
        for row in rows:
            if row.folded:
                copies.setdefault(row.folded, []).append(row)
        shown_rows = [row for row in rows if not row.folded][:limit]
        return present(searcher, {alert.id: alert for alert in alerts}, shown_rows, copies)

    def latest(self, name: str, limit: int = 50) -> list[Match]:
        """The last matches of an alert, acknowledged or not, the latest first; what its feeds show.

        Raises AlertNotFound, QueryError for a limit below 0, and TypeError.
        """
        from .presentation import present  # the search is only loaded where there is an alert

        if whole_number("limit", limit) < 0:
            raise QueryError(f"limit must be 0 or more, not {shown(limit)}")
        searcher = self._last_searcher()
        with self._read_tables() as tables:
            alert = _required(tables, text("name", name))
            rows = tables.latest_of_alert(alert.id, min(limit, sys.maxsize), searcher.commit)
        return present(searcher, {alert.id: alert}, rows)

    def counts(self) -> dict[str, int]:
        """How many matches are new, for each alert by name; near-identical articles are one match."""
        commit = self._last_searcher().commit
        with self._read_tables() as tables:
            counts = tables.new_counts(commit)
            return {row.name: counts.get(row.id, 0) for row in tables.alerts()}

    def state(self) -> str:
        """A text that changes with every change of the alerts and of what they have seen, and with every
        match that comes."""
        with self._read_tables() as tables:
            return tables.state()

    # Deliveries

    def undelivered(self, target: bytes) -> list[Match]:
        """The new matches of all alerts that have not gone out to a target, given as a hash of its address;
        in order."""
        with self._read_tables() as tables:
            last = tables.delivered(target)
        return [match for match in self.new() if match.sequence > last]

    def set_delivered(self, target: bytes, upto: Match, *, timeout: float = _TIMEOUT) -> None:
        """Record that the matches up to one went out to a target."""
        with self._open_tables(seconds("timeout", timeout)) as tables:
            tables.set_delivered(target, upto.sequence)


def _required(tables: AlertTables, name: str) -> AlertRow:
    row = tables.alert(name)
    if row is None:
        names = [alert.name for alert in tables.alerts()]
        known = f"the alerts are {', '.join(names[:10])}" if names else "there is none"
        raise AlertNotFound(f"no alert has the name {shown(name)}: {known}")
    return row


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
