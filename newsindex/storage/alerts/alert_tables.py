"""The tables of alerts: saved searches, the keys by which they are found, what they matched, what was sent.

The tables stand beside the catalogue's own and change in the same transactions, so a commit and what it
matches are one. An index that never had an alert has no such tables. A query and its filters are text here:
their meaning is decided elsewhere.

- ``alerts``: one row for each alert. ``seen`` is the sequence number up to which matches are acknowledged,
  ``seen_at`` the moment of that in ISO 8601; ``key_version`` says who computed the keys.
- ``alert_keys``: a key that an article must have for the alert to be worth running. ``kind`` says which
  (see ``alert_rows.Kind``).
- ``alert_matches``: an article that an alert matched, by the hash of its id, with the commit in which it did.
  Sequence numbers grow and are never used twice. ``folded`` is the sequence number of the match of which it
  is a near-identical copy, 0 for none.
- ``alert_deliveries``: the sequence number up to which matches went out to a target.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from newsindex.storage.system_errors import damaged_file_error

from .alert_rows import AlertRow, Kind, MatchRow, alert_checksum, row_checksum, signed, stored_match

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS alerts (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, body TEXT,
    created TEXT, checksum INTEGER, seen INTEGER, seen_at TEXT, key_version TEXT)""",
    """CREATE TABLE IF NOT EXISTS alert_keys (key BLOB, alert INTEGER, kind INTEGER,
    PRIMARY KEY (key, alert, kind)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS alert_keys_alert ON alert_keys (alert)",
    """CREATE TABLE IF NOT EXISTS alert_matches (sequence INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER,
    article INTEGER, folded INTEGER, commit_number INTEGER, checksum INTEGER)""",
    "CREATE INDEX IF NOT EXISTS alert_matches_article ON alert_matches (article, alert)",
    "CREATE INDEX IF NOT EXISTS alert_matches_alert ON alert_matches (alert)",
    """CREATE TABLE IF NOT EXISTS alert_deliveries (target BLOB PRIMARY KEY, sequence INTEGER,
    checksum INTEGER)""",
)
_TABLE_EXISTS: Final = "SELECT 1 FROM sqlite_master WHERE name = 'alert_deliveries'"  # the last that is made
_ALERT_COLUMNS: Final = "id, name, body, created, seen, seen_at, key_version, checksum"
_MATCH_COLUMNS: Final = "sequence, alert, article, folded, commit_number, checksum"


class AlertTables:
    """Reads the tables over one connection, and changes them inside the transaction that is open on it.

    Raises IndexCorrupt, naming ``file``, for a row whose checksum does not fit.
    """

    def __init__(self, database: sqlite3.Connection, file: Path) -> None:
        self._database = database
        self._file = file

    @property
    def exist(self) -> bool:
        """Whether the index has the tables."""
        return self._database.execute(_TABLE_EXISTS).fetchone() is not None

    def create(self) -> None:
        """Make the tables where the index does not have them."""
        for statement in _SCHEMA:
            self._database.execute(statement)

    # Alerts

    def alerts(self) -> list[AlertRow]:
        """All alerts, by name."""
        return self._alerts("ORDER BY name") if self.exist else []

    def alert(self, name: str) -> AlertRow | None:
        """The alert with a name, or None."""
        found = self._alerts("WHERE name = ?", name) if self.exist else []
        return found[0] if found else None

    def _alerts(self, condition: str, *values: object) -> list[AlertRow]:
        rows = self._database.execute(f"SELECT {_ALERT_COLUMNS} FROM alerts {condition}", values)
        return [self._checked_alert(row) for row in rows]

    def _checked_alert(self, row: Sequence[object]) -> AlertRow:
        *values, checksum = row
        alert = AlertRow(*values)  # type: ignore[arg-type]  # the checksum vouches for their types
        if alert_checksum(alert.name, alert.body, alert.created) != checksum:
            raise damaged_file_error(self._file, f"the alert {alert.id} is not as written")
        return alert

    def insert(self, name: str, body: str, created: str) -> int:
        """Add an alert without keys; returns its id."""
        cursor = self._database.execute(
            "INSERT INTO alerts (name, body, created, checksum, seen, seen_at, key_version) "
            "VALUES (?, ?, ?, ?, 0, '', '')",
            (name, body, created, alert_checksum(name, body, created)),
        )
        return int(cursor.lastrowid or 0)

    def remove(self, alert: int) -> None:
        """Delete an alert with its keys and its matches."""
        for table, column in (("alerts", "id"), ("alert_keys", "alert"), ("alert_matches", "alert")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (alert,))

    def acknowledge(self, alert: int, sequence: int, moment: str) -> None:
        """Count the matches up to a sequence number as seen; one that is lower than the last changes nothing
        but the moment."""
        self._database.execute(
            "UPDATE alerts SET seen = MAX(seen, ?), seen_at = ? WHERE id = ?", (sequence, moment, alert)
        )

    # Keys

    def set_keys(self, alert: int, keys: Iterable[tuple[bytes, Kind]], version: str) -> None:
        """Replace the keys of an alert."""
        self._database.execute("DELETE FROM alert_keys WHERE alert = ?", (alert,))
        rows = [(key, alert, int(kind)) for key, kind in keys]
        self._database.executemany("INSERT OR IGNORE INTO alert_keys VALUES (?, ?, ?)", rows)
        self._database.execute("UPDATE alerts SET key_version = ? WHERE id = ?", (version, alert))

    def keys(self) -> list[bytes]:
        """The distinct keys of all alerts; the empty one is among them where an alert is always run."""
        return [key for (key,) in self._database.execute("SELECT DISTINCT key FROM alert_keys")]

    def alerts_with(self, keys: Iterable[bytes]) -> Iterator[tuple[int, Kind]]:
        """The alerts that have any of some keys, with the kind of the key; one may come several times."""
        for key in keys:
            for alert, kind in self._database.execute(
                "SELECT alert, kind FROM alert_keys WHERE key = ?", (key,)
            ):
                yield alert, Kind(kind)

    # Matches

    def last_sequence(self) -> int:
        """The highest sequence number that a match ever had."""
        row = self._database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'alert_matches'")
        return int((row.fetchone() or (0,))[0])

    def add_matches(self, matches: Iterable[MatchRow]) -> None:
        """Insert matches, whose sequence numbers are higher than the last."""
        self._database.executemany(
            "INSERT INTO alert_matches VALUES (?, ?, ?, ?, ?, ?)", (stored_match(match) for match in matches)
        )

    def remove_matches(self, matches: Iterable[MatchRow]) -> None:
        """Delete matches."""
        sequences = [(match.sequence,) for match in matches]
        self._database.executemany("DELETE FROM alert_matches WHERE sequence = ?", sequences)

    def replace_match(self, match: MatchRow) -> None:
        """Change the values of a match."""
        self._database.execute("REPLACE INTO alert_matches VALUES (?, ?, ?, ?, ?, ?)", stored_match(match))

    def matches_of_article(self, article: int) -> list[MatchRow]:
        """The matches of the article with a hash, of all alerts."""
        return self._matches("article = ?", signed(article))

    def copies_of(self, match: MatchRow) -> list[MatchRow]:
        """The matches that are folded under one, in order."""
        return self._matches("alert = ? AND folded = ? ORDER BY sequence", match.alert, match.sequence)

    def matches_of_alert(self, alert: int, after: int, last_commit: int) -> list[MatchRow]:
        """The matches of an alert after a sequence number, folded ones too, in order; up to a commit."""
        condition = "alert = ? AND sequence > ? AND commit_number <= ? ORDER BY sequence"
        return self._matches(condition, alert, after, last_commit) if self.exist else []

    def latest_of_alert(self, alert: int, limit: int, last_commit: int) -> list[MatchRow]:
        """The last matches of an alert that are not folded, the latest first; of commits up to one."""
        condition = "alert = ? AND folded = 0 AND commit_number <= ? ORDER BY sequence DESC LIMIT ?"
        return self._matches(condition, alert, last_commit, limit) if self.exist else []

    def new_counts(self, last_commit: int) -> dict[int, int]:
        """How many matches that are not folded each alert has after its last acknowledgement."""
        if not self.exist:
            return {}
        return dict(
            self._database.execute(
                "SELECT alert, COUNT(*) FROM alert_matches JOIN alerts ON alerts.id = alert "
                "WHERE sequence > seen AND folded = 0 AND commit_number <= ? GROUP BY alert",
                (last_commit,),
            )
        )

    def _matches(self, condition: str, *values: object) -> list[MatchRow]:
        rows = self._database.execute(f"SELECT {_MATCH_COLUMNS} FROM alert_matches WHERE {condition}", values)
        return [self._checked_match(row) for row in rows]

    def _checked_match(self, row: Sequence[int]) -> MatchRow:
        sequence, alert, article, folded, commit, checksum = row
        if row_checksum(sequence, alert, article, folded, commit) != checksum:
            raise damaged_file_error(self._file, f"the match {sequence} of an alert is not as written")
        return MatchRow(sequence, alert, article % (1 << 64), folded, commit)

    # Deliveries

    def delivered(self, target: bytes) -> int:
        """The sequence number up to which matches went out to a target; 0 for an unknown one."""
        if not self.exist:
            return 0
        row = self._database.execute(
            "SELECT sequence, checksum FROM alert_deliveries WHERE target = ?", (target,)
        ).fetchone()
        if row is None:
            return 0
        if row_checksum(target, row[0]) != row[1]:
            raise damaged_file_error(self._file, "what was sent is not as written")
        return int(row[0])

    def set_delivered(self, target: bytes, sequence: int) -> None:
        """Record that the matches up to a sequence number went out to a target."""
        values = (target, sequence, row_checksum(target, sequence))
        self._database.execute("REPLACE INTO alert_deliveries VALUES (?, ?, ?)", values)

    # The whole

    def check(self) -> None:
        """Check the checksum of every row. Raises IndexCorrupt."""
        if self.exist:
            known = {alert.id for alert in self.alerts()}
            for match in self._matches("1"):
                if match.alert not in known:
                    raise damaged_file_error(self._file, f"the match {match.sequence} is of no alert")
            for (target,) in self._database.execute("SELECT target FROM alert_deliveries").fetchall():
                self.delivered(target)

    def copy_into(self, other: AlertTables, skipped: Collection[str] = ()) -> None:
        """Write all rows into the tables of another index that has none, without the alerts that are
        ``skipped`` by name: an index that is made anew from another keeps what was told."""
        other.create()
        for alert in self.alerts():
            if alert.name in skipped:
                continue
            key_rows = self._database.execute("SELECT * FROM alert_keys WHERE alert = ?", (alert.id,))
            values = (*alert, alert_checksum(alert.name, alert.body, alert.created))
            other._database.execute(
                f"INSERT INTO alerts ({_ALERT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values
            )
            other._database.executemany("INSERT INTO alert_keys VALUES (?, ?, ?)", key_rows)
            other.add_matches(match._replace(commit=0) for match in self._matches("alert = ?", alert.id))
        if self.exist:
            for (target,) in self._database.execute("SELECT target FROM alert_deliveries").fetchall():
                other.set_delivered(target, self.delivered(target))
            other._continue_sequence(self.last_sequence())

    def _continue_sequence(self, last: int) -> None:
        """Let the sequence numbers of later matches be higher than one, whose match may be gone."""
        self._database.execute("DELETE FROM sqlite_sequence WHERE name = 'alert_matches'")
        self._database.execute("INSERT INTO sqlite_sequence VALUES ('alert_matches', ?)", (last,))
