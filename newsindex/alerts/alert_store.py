"""Defines what keeps the alerts of an index: the protocols that a folder and a cluster both implement.

:class:`newsindex.Alerts` checks the arguments of a call, then asks these.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.results import Match
from newsindex.storage.alerts.alert_rows import AlertRow

if TYPE_CHECKING:
    from .definition import Definition  # the parser is only loaded where there is an alert


class StoredAlerts(Protocol):
    """The alerts as they are kept, with what they matched."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the index."""

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words."""

    def rows(self) -> list[AlertRow]:
        """Returns all alerts, by name."""

    def row(self, name: str) -> AlertRow | None:
        """Returns the alert with a name, None where there is none."""

    def new(self, alerts: Sequence[AlertRow], limit: int | None) -> list[Match]:
        """Returns the first matches of some alerts that were not acknowledged, in order.

        Each comes with the copies that are folded under it.
        """

    def latest(self, alert: AlertRow, limit: int) -> list[Match]:
        """Returns the last matches of an alert that are not folded, the latest first."""

    def counts(self) -> dict[int, int]:
        """Returns how many matches are new, by the id of the alert; those without any may be left out."""

    def state(self) -> str:
        """Returns a text that changes with every change of an alert.

        It also changes with every acknowledgement, and with every match that comes.
        """

    def delivered(self, target: bytes) -> int:
        """Returns the sequence number up to which matches went out to a target, 0 for an unknown one."""


class AlertChanges(StoredAlerts, Protocol):
    """The alerts while they are changed; what is asked of them shows the changes so far."""

    def last_sequence(self) -> int:
        """Returns the highest sequence number that a match ever had."""

    def insert(self, name: str, definition: Definition, created: str) -> None:
        """Adds an alert, whose name no alert has. Raises QueryError."""

    def remove(self, alert: AlertRow) -> None:
        """Removes an alert with its matches."""

    def acknowledge(self, alert: AlertRow, sequence: int, moment: str) -> None:
        """Counts the matches of an alert up to a sequence number as seen, at a moment in ISO 8601."""

    def set_delivered(self, target: bytes, sequence: int) -> None:
        """Records that the matches up to a sequence number went out to a target."""


class AlertAccess(Protocol):
    """Gives the alerts of an index to be read or changed."""

    def read(self) -> AbstractContextManager[StoredAlerts]:
        """Returns the alerts as the last change left them. Raises NewsIndexError for a closed index."""

    def change(self, timeout: float) -> AbstractContextManager[AlertChanges]:
        """Returns the alerts for a block of changes, which are kept at its end; an exception rolls them back.

        Raises IndexLocked where writers that have to be waited for do not finish within ``timeout`` seconds.
        """
