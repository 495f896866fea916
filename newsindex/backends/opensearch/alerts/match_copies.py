"""Finds the match under which the match of a near-identical article is folded, and the copies of a match."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, partial
from typing import Final

from newsindex.article import Article
from newsindex.backends.opensearch.searching.result_snapshot import ResultSnapshot, SnapshotMaker
from newsindex.dates.minutes import MINUTES_PER_DAY, UNDATED
from newsindex.forks import cached_property
from newsindex.query.similarity.near_duplicates import DuplicateGroups

from .article_matches import DELETED, ArticleMatches, Intent
from .match_documents import MatchDocuments, Sought

_MINUTES: Final = 31 * MINUTES_PER_DAY
"""Copies are looked for among articles that were published so long before or after one."""


class MatchCopies:
    """The copies among the articles whose matches are settled together, and among those with matches."""

    def __init__(
        self,
        documents: MatchDocuments,
        snapshots: SnapshotMaker,
        changed: Sequence[ArticleMatches],
        articles: dict[str, Article],
        read_articles: Callable[[Sequence[str]], dict[str, Article]],
    ) -> None:
        """``articles`` are those of the index, by id, that ``changed`` are the matches of.

        ``read_articles`` gives others.
        """
        self._documents = documents
        self._snapshots = snapshots
        self._changed = {one.article for one in changed}
        self._known = {one.article: one for one in changed}
        self._articles = dict(articles)
        self._read_articles = read_articles
        self._touched: dict[str, ArticleMatches] = {}

    @property
    def others(self) -> list[ArticleMatches]:
        """The matches of other articles that were changed."""
        return list(self._touched.values())

    def find(self, changes: Sequence[tuple[ArticleMatches, Intent, Sequence[int]]]) -> None:
        """Reads what :meth:`originals` and :meth:`under` need for some changes.

        Each change comes with the alerts that tell of it.
        """
        originals = [
            one.key
            for one, _, _ in changes
            if any(not (match.folded or match.is_seen) for match in one.matches.values())
        ]
        if originals:
            self._take(self._documents.under(originals))
        sought = [
            Sought(intent.signature, new, *_period(intent.minutes))
            for _, intent, new in changes
            if new and intent.signature is not None and intent.content_hash != DELETED
        ]
        if sought and not self._documents.is_empty():
            self._take(self._documents.candidates(sought))
        self._articles |= self._read_articles(
            [article for article in self._known if article not in self._changed]
        )

    def _take(self, found: Iterable[ArticleMatches]) -> None:
        for one in found:
            self._known.setdefault(one.article, one)

    def originals(self, one: ArticleMatches, alerts: Collection[int]) -> dict[int, str]:
        """By alert, the article of the match of which a match of an article is a copy.

        Of several such matches the first one counts.
        """
        snapshot, groups = self._snapshot, self._groups
        address = snapshot.address(self._articles[one.article])
        others = [
            (other, self._known[snapshot.articles[other.document].id])
            for other in groups.candidates(address, _MINUTES)
        ]
        are_alike = cache(partial(groups.are_near_duplicates, address))  # texts, whatever the alert
        found: dict[int, str] = {}
        for alert in alerts:
            matched = [(other, of) for other, of in others if alert in of.matches]
            for other, of in sorted(matched, key=lambda pair: pair[1].matches[alert].sequence):
                if are_alike(other):
                    found[alert] = of.matches[alert].folded or of.article
                    break
        return found

    def under(self, one: ArticleMatches, alert: int) -> list[ArticleMatches]:
        """The matches that are folded under that of an article, in order; they are about to be changed."""
        found = [
            other
            for other in self._known.values()
            if (match := other.matches.get(alert)) is not None and match.folded == one.article
        ]
        self._touched |= {other.article: other for other in found if other.article not in self._changed}
        return sorted(found, key=lambda other: other.matches[alert].sequence)

    def are_alike(self, one: ArticleMatches, other: ArticleMatches) -> bool:
        """Whether two articles are near-identical copies, or one of them is not in the index."""
        if one.article not in self._articles or other.article not in self._articles:
            return True
        address = self._snapshot.address
        return self._groups.are_near_duplicates(
            address(self._articles[one.article]), address(self._articles[other.article])
        )

    @cached_property
    def _snapshot(self) -> ResultSnapshot:
        return self._snapshots.make(list(self._articles.values()), None)

    @cached_property
    def _groups(self) -> DuplicateGroups:
        return DuplicateGroups(self._snapshot.snapshot, lambda _: None)


def _period(minutes: int) -> tuple[int | None, int | None]:
    return (None, None) if minutes == UNDATED else (minutes - _MINUTES, minutes + _MINUTES)
