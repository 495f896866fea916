"""Carries out what was noted of changes of articles, once these are made: matches are told or forgotten.

The rules are those of a folder (``newsindex/alerts/commit_matching.py``). Of an article, its matches are
those of the version that the index has; a note of a change that was not made waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

from newsindex.article import Article
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.layout import document_id
from newsindex.backends.opensearch.searching.result_snapshot import SnapshotMaker
from newsindex.errors import ClusterUnavailable

from .article_matches import DELETED, AlertMatch, ArticleMatches, Intent
from .conditional_writes import MAX_ATTEMPTS, pause_after_conflict, read_documents
from .match_copies import MatchCopies
from .match_documents import MatchDocuments
from .match_numbering import MatchNumbering

_TOGETHER: Final = 250
"""Articles whose matches are settled together."""
_UNNUMBERED: Final = 1 << 62
"""The first number of matches that have no sequence number yet, and come after all that have one."""


class Settlement:
    """Settles the matches of one index; any number of programs may do so at once."""

    def __init__(
        self,
        connection: Connection,
        snapshots: SnapshotMaker,
        commit: Callable[[], int],
    ) -> None:
        """``commit`` gives the number of changes of the index."""
        self._connection = connection
        self._documents = MatchDocuments(connection)
        self._numbering = MatchNumbering(connection)
        self._snapshots = snapshots
        self._commit = commit

    def settle_all(self) -> None:
        """Settles the matches of all articles whose change was made. Raises ClusterUnavailable."""
        pending = self._documents.pending()
        while some := list(islice(pending, _TOGETHER)):
            self._settle_until_done(some)

    def settle(self, articles: Sequence[str]) -> None:
        """Settles the matches of some articles, in the order of their publication."""
        pending = [one for one in self._documents.of_articles(articles) if one.intents]
        pending.sort(key=lambda one: (one.intents[-1].minutes, one.intents[-1].order))
        for first in range(0, len(pending), _TOGETHER):
            self._settle_until_done(pending[first : first + _TOGETHER])

    def _settle_until_done(self, documents: Sequence[ArticleMatches]) -> None:
        for attempt in range(MAX_ATTEMPTS):
            prevented = self._settle(documents)
            if not prevented:
                return
            pause_after_conflict(attempt)
            again = [one.article for one in documents if one.key in prevented]
            documents = [one for one in self._documents.of_articles(again) if one.intents]
        raise ClusterUnavailable(
            f"too many programs change the same articles of {self._connection.name} at once: try again"
        )

    def _settle(self, documents: Sequence[ArticleMatches]) -> set[str]:
        """Settles some matches; returns the keys of those that another change prevented."""
        articles, hashes = self._read([one.article for one in documents])
        made: list[tuple[ArticleMatches, Intent]] = []
        for one in documents:
            intent = one.made(hashes.get(one.article, DELETED))
            if intent is not None:
                made.append((one, intent))
        if not made:
            return set()
        made.sort(key=lambda pair: (pair[1].minutes, pair[1].order))
        changed = [one for one, _ in made]
        copies = MatchCopies(self._documents, self._snapshots, changed, articles, self._read_articles)
        copies.find([(one, intent, _new_alerts(one, intent)) for one, intent in made])
        told = _carry_out(made, copies, self._commit())
        return self._write(changed, copies.others, told)

    def _write(
        self,
        changed: Sequence[ArticleMatches],
        others: Sequence[ArticleMatches],
        told: Sequence[AlertMatch],
    ) -> set[str]:
        if self._documents.write(others):  # nothing else was changed yet: all begins anew
            return {one.key for one in changed}
        if not told:
            return self._documents.write(changed)
        with self._numbering.block(len(told)) as first:
            for number, match in enumerate(told, first):
                match.sequence = number
            return self._documents.write(changed)

    # Articles

    def _read(self, articles: Sequence[str]) -> tuple[dict[str, Article], dict[str, str]]:
        """Those of some articles that the index has, and their content hashes, by id."""
        found: dict[str, Article] = {}
        hashes: dict[str, str] = {}
        keys = list(map(document_id, articles))
        index = self._connection.address.index
        for article, stored in zip(articles, read_documents(self._connection, index, keys), strict=True):
            if stored is not None:
                found[article] = restore_article(stored.source, self._connection.name)
                hashes[article] = stored.source["content_hash"]
        return found, hashes

    def _read_articles(self, articles: Sequence[str]) -> dict[str, Article]:
        return self._read(articles)[0]


def _new_alerts(one: ArticleMatches, intent: Intent) -> list[int]:
    """The alerts that tell of a change, ascending.

    A match that is folded is told anew: the change may be that the article is no copy any more.
    """
    fitted = set(intent.fitted)
    return [
        alert
        for alert in intent.fits
        if (match.folded if (match := one.matches.get(alert)) else alert not in fitted)
    ]


def _carry_out(
    changes: Sequence[tuple[ArticleMatches, Intent]], copies: MatchCopies, commit: int
) -> list[AlertMatch]:
    """Changes matches as the changes of their articles want; returns those that are told, in order."""
    for one, intent in changes:
        one.strike(intent)
        for alert in _unfit(one, intent):
            _forget(one, alert, copies)
    told: list[AlertMatch] = []
    staying: list[tuple[ArticleMatches, int]] = []
    for one, intent in changes:
        new = _new_alerts(one, intent)
        staying += [(one, alert) for alert in intent.fits if alert in one.matches and alert not in new]
        originals = copies.originals(one, new) if new else {}
        matches = [
            AlertMatch(number, originals.get(alert), False, commit, intent.writer)
            for number, alert in enumerate(new, _UNNUMBERED + len(told))
        ]
        one.matches |= dict(zip(new, matches, strict=True))
        told += matches
    for one, alert in staying:
        _part_copies(one, alert, copies)
    return told


def _unfit(one: ArticleMatches, intent: Intent) -> list[int]:
    """The alerts whose match is forgotten with a change."""
    if intent.content_hash == DELETED:
        return [alert for alert, match in one.matches.items() if not match.is_seen]
    return sorted(one.matches.keys() - {*intent.fits, *intent.unknown})


def _part_copies(one: ArticleMatches, alert: int, copies: MatchCopies) -> None:
    """Parts a match from the copies that its article, which was changed, is not like any more.

    The first of them stands for the others. Where the match was acknowledged, they were told with it.
    """
    match = one.matches[alert]
    if not (match.folded or match.is_seen):
        folded = copies.under(one, alert)
        _fold_under_first(alert, [copy for copy in folded if not copies.are_alike(one, copy)])


def _forget(one: ArticleMatches, alert: int, copies: MatchCopies) -> None:
    """Deletes a match; its first copy takes its place, unless it was acknowledged."""
    match = one.matches.pop(alert)
    if not (match.folded or match.is_seen):
        _fold_under_first(alert, copies.under(one, alert))


def _fold_under_first(alert: int, copies: Iterable[ArticleMatches]) -> None:
    first: ArticleMatches | None = None
    for copy in copies:
        copy.matches[alert].folded = None if first is None else first.article
        first = first or copy
