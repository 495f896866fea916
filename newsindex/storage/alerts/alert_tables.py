"""The tables of alerts: saved searches, the keys by which they are found, what they matched, what was sent.

The tables stand beside the catalogue's own and change in the same transactions, so a commit and what it
matches are one. An index that never had an alert has no such tables. A query and its filters are text here:
their meaning is decided elsewhere.

- ``alerts``: one row for each alert. ``seen`` is the sequence number up to which matches are acknowledged,
  ``seen_at`` the moment of that in ISO 8601; ``key_version`` says who computed the keys.
- ``alert_keys``: a key that an article must have for the alert to be worth running. ``kind`` says which (see
  ``alert_rows.Kind``), and ``condition`` what else must be so.
- ``alert_matches``: an article that an alert matched, by the hash of its id, with the commit in which it did.
  Sequence numbers grow and are never used twice: ``alert_sequence`` has the last. ``folded`` is the sequence
  number of the match of which it is a near-identical copy, 0 for none.
- ``alert_deliveries``: the sequence number up to which matches went out to a target.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from newsindex.arguments import is_unicode
from newsindex.storage.system_errors import damaged_file_error

from .alert_rows import AlertKey, AlertRow, MatchRow, alert_checksum, row_checksum, signed, stored_match

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS alerts (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, body TEXT,
    created TEXT, checksum INTEGER, seen INTEGER, seen_at TEXT, key_version TEXT, tree TEXT)""",
    """CREATE TABLE IF NOT EXISTS alert_keys (key BLOB, alert INTEGER, kind INTEGER, condition BLOB,
    PRIMARY KEY (key, alert, kind, condition)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS alert_keys_alert ON alert_keys (alert)",
    """CREATE TABLE IF NOT EXISTS alert_matches (alert INTEGER, sequence INTEGER, article INTEGER,
    folded INTEGER, commit_number INTEGER, checksum INTEGER, PRIMARY KEY (alert, sequence)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS alert_matches_article ON alert_matches (article)",
    "CREATE TABLE IF NOT EXISTS alert_sequence (id INTEGER PRIMARY KEY CHECK (id = 0), last INTEGER)",
    """CREATE TABLE IF NOT EXISTS alert_deliveries (target BLOB PRIMARY KEY, sequence INTEGER,
    checksum INTEGER)""",
)
_TABLE_EXISTS: Final = "SELECT 1 FROM sqlite_master WHERE name = 'alert_deliveries'"  # the last that is made
_ALERT_COLUMNS: Final = "id, name, body, created, seen, seen_at, key_version, tree, checksum"
_MATCH_COLUMNS: Final = "alert, sequence, article, folded, commit_number, checksum"
_TOGETHER: Final = 500  # keys, or ids, that one statement looks up


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
        """Makes the tables where the index does not have them."""
        for statement in _SCHEMA:
            self._database.execute(statement)

    def state(self) -> str:
        """A text that changes with every change of an alert, an acknowledgement, or a match that comes."""
        if not self.exist:
            return ""
        rows = self._database.execute("SELECT id, checksum, seen, seen_at FROM alerts ORDER BY id").fetchall()
        return f"{self.last_sequence()} {zlib.crc32(repr(rows).encode())} {len(rows)}"

    # Alerts

    def alerts(self) -> list[AlertRow]:
        """All alerts, by name."""
        return self._alerts("ORDER BY name") if self.exist else []

    def alert(self, name: str) -> AlertRow | None:
        """The alert with a name, or None."""
        found = self._alerts("WHERE name = ?", name) if self.exist and is_unicode(name) else []
        return found[0] if found else None

    def alerts_of(self, ids: Iterable[int]) -> list[AlertRow]:
        """The alerts with some ids, of those that there are."""
        left = iter(ids)
        found: list[AlertRow] = []
        while some := list(islice(left, _TOGETHER)):
            found += self._alerts(f"WHERE id IN ({', '.join('?' * len(some))})", *some)
        return found

    def alerts_with_other_keys(self, version: str) -> list[AlertRow]:
        """The alerts whose keys another version made."""
        return self._alerts("WHERE key_version != ?", version)

    @property
    def is_empty(self) -> bool:
        """Whether there is no alert."""
        return not self.exist or self._database.execute("SELECT 1 FROM alerts").fetchone() is None

    def _alerts(self, condition: str, *values: object) -> list[AlertRow]:
        rows = self._database.execute(f"SELECT {_ALERT_COLUMNS} FROM alerts {condition}", values)
        return [self._checked_alert(row) for row in rows]

    def _checked_alert(self, row: Sequence[object]) -> AlertRow:
        *values, checksum = row
        alert = AlertRow(*values)  # type: ignore[arg-type]  # the checksum vouches for their types
        if alert_checksum(alert.name, alert.body, alert.created, alert.tree) != checksum:
            raise damaged_file_error(self._file, f"the alert {alert.id} is not as written")
        return alert

    def insert(self, name: str, body: str, created: str) -> int:
        """Adds an alert without keys; returns its id."""
        cursor = self._database.execute(
            "INSERT INTO alerts (name, body, created, checksum, seen, seen_at, key_version, tree) "
            "VALUES (?, ?, ?, ?, 0, '', '', '')",
            (name, body, created, alert_checksum(name, body, created, "")),
        )
        return int(cursor.lastrowid or 0)

    def remove(self, alert: int) -> None:
        """Deletes an alert with its keys and its matches."""
        for table, column in (("alerts", "id"), ("alert_keys", "alert"), ("alert_matches", "alert")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (alert,))

    def acknowledge(self, alert: int, sequence: int, moment: str) -> None:
        """Counts the matches up to a sequence number as seen.

        A number that is lower than the last changes nothing but the moment.
        """
        self._database.execute(
            "UPDATE alerts SET seen = MAX(seen, ?), seen_at = ? WHERE id = ?", (sequence, moment, alert)
        )

    # Keys

    def set_keys(self, alert: int, keys: Iterable[AlertKey], tree: str, version: str) -> None:
        """Replaces the keys and the tree of an alert; ``version`` says who made them."""
        self._database.execute("DELETE FROM alert_keys WHERE alert = ?", (alert,))
        rows = [(key.key, alert, int(key.kind), key.condition) for key in keys]
        self._database.executemany("INSERT OR IGNORE INTO alert_keys VALUES (?, ?, ?, ?)", rows)
        (row,) = self._alerts("WHERE id = ?", alert)
        self._database.execute(
            "UPDATE alerts SET key_version = ?, tree = ?, checksum = ? WHERE id = ?",
            (version, tree, alert_checksum(row.name, row.body, row.created, tree), alert),
        )

    def alerts_with(self, keys: Iterable[bytes]) -> Iterator[tuple[int, AlertKey]]:
        """The alerts that have any of some keys, each time with the key; one may come several times."""
        left = iter(keys)
        while some := list(islice(left, _TOGETHER)):
            places = ", ".join("?" * len(some))
            statement = f"SELECT alert, key, kind, condition FROM alert_keys WHERE key IN ({places})"
            for alert, key, kind, condition in self._database.execute(statement, some):
                yield alert, AlertKey(key, kind, condition)

    # Matches

    def last_sequence(self) -> int:
        """The highest sequence number that a match ever had."""
        row = self._database.execute("SELECT last FROM alert_sequence").fetchone()
        return int(row[0]) if row else 0

    def add_matches(self, matches: Iterable[MatchRow], last: int) -> None:
        """Inserts matches, up to the sequence number ``last``, which is the highest from now on."""
        rows = sorted(map(stored_match, matches))  # in the order of the table, which takes half the time
        self._database.executemany("INSERT INTO alert_matches VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._database.execute("REPLACE INTO alert_sequence VALUES (0, ?)", (last,))

    def remove_match(self, match: MatchRow) -> None:
        """Deletes a match."""
        key = (match.alert, match.sequence)
        self._database.execute("DELETE FROM alert_matches WHERE alert = ? AND sequence = ?", key)

    def replace_match(self, match: MatchRow) -> None:
        """Changes the values of a match."""
        self._database.execute("REPLACE INTO alert_matches VALUES (?, ?, ?, ?, ?, ?)", stored_match(match))

    def matches_of_article(self, article: int) -> list[MatchRow]:
        """The matches of the article with a hash, of all alerts."""
        return self._matches("article = ?", signed(article))

    def matches_of_articles(self, articles: Iterable[int]) -> Iterator[MatchRow]:
        """The matches of the articles with some hashes, of all alerts."""
        left = map(signed, articles)
        while some := list(islice(left, _TOGETHER)):
            yield from self._matches(f"article IN ({', '.join('?' * len(some))})", *some)

    def current_match(self, match: MatchRow) -> MatchRow:
        """A match as it is now, which was read before."""
        (row,) = self._matches("alert = ? AND sequence = ?", match.alert, match.sequence)
        return row

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
        counts = self._database.execute(
            "SELECT id, (SELECT COUNT(*) FROM alert_matches WHERE alert = alerts.id AND sequence > seen "
            "AND folded = 0 AND commit_number <= ?) FROM alerts",
            (last_commit,),
        )
        return {alert: count for alert, count in counts if count}

    def _matches(self, condition: str, *values: object) -> list[MatchRow]:
        rows = self._database.execute(f"SELECT {_MATCH_COLUMNS} FROM alert_matches WHERE {condition}", values)
        return [self._checked_match(row) for row in rows]

    def _checked_match(self, row: Sequence[int]) -> MatchRow:
        alert, sequence, article, folded, commit, _ = row
        match = MatchRow(sequence, alert, article % (1 << 64), folded, commit)
        if stored_match(match) != tuple(row):
            raise damaged_file_error(self._file, f"the match {sequence} of an alert is not as written")
        return match

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
        """Records that the matches up to a sequence number went out to a target."""
        sequence = max(sequence, self.delivered(target))  # two processes may send to one address
        values = (target, sequence, row_checksum(target, sequence))
        self._database.execute("REPLACE INTO alert_deliveries VALUES (?, ?, ?)", values)

    # The whole

    def check(self) -> None:
        """Checks the checksum of every row. Raises IndexCorrupt."""
        if self.exist:
            known = {alert.id for alert in self.alerts()}
            for match in self._matches("1"):
                if match.alert not in known:
                    raise damaged_file_error(self._file, f"the match {match.sequence} is of no alert")
            for (target,) in self._database.execute("SELECT target FROM alert_deliveries").fetchall():
                self.delivered(target)
