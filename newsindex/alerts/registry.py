"""The alerts of an index, as a program holds them: a mapping of names to alerts, and what is new."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Unpack

from newsindex.arguments import seconds, shown, text, whole_number
from newsindex.errors import AlertExists, AlertNotFound, QueryError
from newsindex.results import Alert, Match
from newsindex.storage.alerts.alert_rows import AlertRow

from .alert_store import AlertAccess, AlertChanges, StoredAlerts

if TYPE_CHECKING:
    from newsindex.query.ranking.search_options import Operator
    from newsindex.query.syntax.filters import FilterArguments

_TIMEOUT: Final = 10.0  # seconds to wait for a writer


class Alerts(Mapping[str, Alert]):
    """The alerts of an index by name, in the order of their names.

    They are always those of the last commit, whoever made it. A change waits ``timeout`` seconds for a
    writer, then raises IndexLocked.
    """

    def __init__(self, access: AlertAccess) -> None:
        """``access`` gives the alerts as they are kept."""
        self._access = access

    def __repr__(self) -> str:
        return f"<newsindex alerts: {', '.join(self) or 'none'}>"

    # The mapping

    def __getitem__(self, name: str) -> Alert:
        """The alert with a name. Raises AlertNotFound, and TypeError."""
        text("name", name)
        with self._access.read() as stored:
            (alert,) = _as_alerts(stored, [_required(stored, name)])
            return alert

    def __iter__(self) -> Iterator[str]:
        with self._access.read() as stored:
            return iter([row.name for row in stored.rows()])

    def __len__(self) -> int:
        with self._access.read() as stored:
            return len(stored.rows())

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        with self._access.read() as stored:
            return stored.row(name) is not None

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        """The alert with a name, or ``default``."""
        try:
            return self[name]
        except AlertNotFound:
            return default

    def values(self) -> list[Alert]:  # type: ignore[override]
        """All alerts, by name."""
        with self._access.read() as stored:
            return _as_alerts(stored, stored.rows())

    def items(self) -> list[tuple[str, Alert]]:  # type: ignore[override]
        """All names and alerts, by name."""
        return [(alert.name, alert) for alert in self.values()]

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
        """Saves a search as an alert, which tells of the articles that come from now on.

        Args:
            name: The name of the alert.
            query: A query in the query language of the manual.
            operator: What a space between two words means: "any" or "all" of the words.
            replace: Whether an alert of that name is removed first, with what it has not told; one that
                searches for the same stays as it is.
            timeout: The seconds to wait for another writer.
            **filters: Those of :meth:`Searcher.search`. Relative dates in the query and in them count from
                the moment at which an article comes.

        Returns:
            The alert.

        Raises:
            AlertExists: There is an alert of that name, and ``replace`` is false.
            QueryError: The search is one that :meth:`Searcher.search` refuses, is empty, has stop words only,
                or has a period that ends before it begins on every day.
            IndexLocked: Another writer does not finish within ``timeout`` seconds.

        Example:
            >>> alert = index.alerts.add("neige", "neige OR verglas", section="Région")
            >>> index.alerts.counts()
            {'neige': 0}
        """
        # The parser is only loaded where there is an alert.
        from .definition import alert_of, checked_definition, checked_name

        checked_name(name)
        with self._access.change(seconds("timeout", timeout)) as changes:
            zone, lexicon = changes.zone, changes.lexicon
            definition = checked_definition(query, operator, filters, zone, lexicon)
            known = changes.row(name)
            if known is not None:
                if not replace:
                    raise AlertExists(
                        f"there is an alert {shown(name)} already: replace it, or choose another name"
                    )
                if known.body == definition.body():
                    return alert_of(known, zone, lexicon)
                changes.remove(known)
            changes.insert(name, definition, _now())
            return alert_of(_required(changes, name), zone, lexicon)

    @contextmanager
    def writer(self, *, timeout: float = _TIMEOUT) -> Iterator[Alerts]:
        """A block of several changes of the alerts with one commit at its end; an exception rolls all back.

        What the block gives has the same methods. Nothing else can be written to the index meanwhile.
        """
        with self._access.change(seconds("timeout", timeout)) as changes:
            yield Alerts(_InBlock(changes))

    def remove(self, name: str, *, timeout: float = _TIMEOUT) -> None:
        """Removes an alert, with what it has not told. Raises AlertNotFound."""
        text("name", name)
        with self._access.change(seconds("timeout", timeout)) as changes:
            changes.remove(_required(changes, name))

    def acknowledge(self, name: str, upto: Match | int | None = None, *, timeout: float = _TIMEOUT) -> None:
        """Counts the matches of an alert as seen: all up to a match, or up to its ``sequence``.

        Args:
            name: The name of the alert.
            upto: The last match that was seen, or its ``sequence``. Without it, all that there are at this
                moment count as seen, those included that the program has not seen.
            timeout: The seconds to wait for another writer.

        Raises:
            AlertNotFound: No alert has the name.
            QueryError: The match is one of another alert, or no match has the number.
            IndexLocked: Another writer does not finish within ``timeout`` seconds.
        """
        text("name", name)
        if isinstance(upto, Match):
            if upto.alert.name != name:
                raise QueryError(f"the match is one of {shown(upto.alert.name)}, not of {shown(name)}")
            sequence: int | None = upto.sequence
        else:
            sequence = None if upto is None else whole_number("upto", upto)
        with self._access.change(seconds("timeout", timeout)) as changes:
            alert = _required(changes, name)
            last = changes.last_sequence()
            reached = last if sequence is None else sequence
            if not 0 <= reached <= last:
                message = f"no match has the number {reached:,}: the last has {last:,}"
                raise QueryError(message, "no_such_match", reached, last)
            changes.acknowledge(alert, reached, _now())

    # What is new

    def new(self, name: str | None = None, *, limit: int | None = None) -> list[Match]:
        """The matches of an alert, or of all alerts, since it was last acknowledged; the oldest first.

        Near-identical articles are one match.

        Args:
            name: The name of the alert, None for all.
            limit: The greatest number of matches that are given, the first ones.

        Raises:
            AlertNotFound: No alert has the name.
            QueryError: The limit is below 0.
        """
        if limit is not None and whole_number("limit", limit) < 0:
            raise QueryError(f"limit must be 0 or more, not {shown(limit)}")
        with self._access.read() as stored:
            alerts = stored.rows() if name is None else [_required(stored, text("name", name))]
            return stored.new(alerts, limit)

    def latest(self, name: str, limit: int = 50) -> list[Match]:
        """The last matches of an alert, acknowledged or not, the latest first; what its feeds show.

        Args:
            name: The name of the alert.
            limit: The greatest number of matches that are given.

        Raises:
            AlertNotFound: No alert has the name.
            QueryError: The limit is below 0.
        """
        if whole_number("limit", limit) < 0:
            raise QueryError(f"limit must be 0 or more, not {shown(limit)}")
        with self._access.read() as stored:
            return stored.latest(_required(stored, text("name", name)), min(limit, sys.maxsize))

    def counts(self) -> dict[str, int]:
        """How many matches are new, for each alert by name; near-identical articles are one match."""
        with self._access.read() as stored:
            counts = stored.counts()
            return {row.name: counts.get(row.id, 0) for row in stored.rows()}

    def state(self) -> str:
        """A text that changes with every change of the alerts and of what they have seen.

        It also changes with every match that comes.
        """
        with self._access.read() as stored:
            return stored.state()

    # Deliveries

    def undelivered(self, target: bytes) -> list[Match]:
        """The new matches of all alerts that have not gone out to a target, in order.

        The target is given as a hash of its address.
        """
        with self._access.read() as stored:
            last = stored.delivered(target)
        return [match for match in self.new() if match.sequence > last]

    def set_delivered(self, target: bytes, upto: Match, *, timeout: float = _TIMEOUT) -> None:
        """Records that the matches up to one went out to a target."""
        with self._access.change(seconds("timeout", timeout)) as changes:
            changes.set_delivered(target, upto.sequence)


class _InBlock:
    """Gives the alerts of a block of changes; it implements AlertAccess."""

    def __init__(self, changes: AlertChanges) -> None:
        self._changes = changes

    def read(self) -> AbstractContextManager[StoredAlerts]:
        """Returns the alerts with the changes so far."""
        return nullcontext(self._changes)

    def change(self, timeout: float) -> AbstractContextManager[AlertChanges]:
        """Returns the same, to which further changes are made."""
        return nullcontext(self._changes)


def _as_alerts(stored: StoredAlerts, rows: list[AlertRow]) -> list[Alert]:
    if not rows:
        return []
    from .definition import alert_of  # the parser is only loaded where there is an alert

    return [alert_of(row, stored.zone, stored.lexicon) for row in rows]


def _required(stored: StoredAlerts, name: str) -> AlertRow:
    row = stored.row(name)
    if row is None:
        names = [alert.name for alert in stored.rows()]
        known = f"the alerts are {', '.join(names[:10])}" if names else "there is none"
        raise AlertNotFound(f"no alert has the name {shown(name)}: {known}")
    return row


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
