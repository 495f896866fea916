"""The report of an addition: how many articles were added, updated and skipped, and the errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from newsindex.corpus import MAX_LISTED_ERRORS
from newsindex.corpus.summary import CountedIds
from newsindex.errors import CorpusError
from newsindex.results import Match

Outcome = Literal["added", "updated", "skipped"]
"""How a report counts an article: by the name of the count."""
SameId = Literal["replace", "keep_both"]
"""What becomes of an article whose id is another article's: it replaces that one, or gets its own id."""


@dataclass
class AddReport:
    """What an addition did with the articles that it was given.

    An article is added where its id is new, updated where its id is known and its content is new, and
    skipped where its content is equal, or where the index has a longer version of an entry of a feed.
    Of several versions of an article, each counts. Where one of them has the content that the article had
    before the addition, nothing has changed: it and those between count as skipped. Of an addition that
    updates more than 250,000 articles, such a version may come too late, and then all count as updated.
    ``errors`` lists the first 1,000 errors: records that could not become an article, and dates that could
    not be read, whose articles are added without them; ``unlisted_errors`` counts the others. ``alerts`` are
    the matches of the index's alerts that the addition brought, in their order; they are filled in by the
    commit.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)
    unlisted_errors: int = 0
    alerts: list[Match] = field(default_factory=list)
    replaced_articles: CountedIds = field(default_factory=CountedIds)
    kept_both_articles: CountedIds = field(default_factory=CountedIds)

    @property
    def replaced(self) -> int:
        """How many of the articles that were updated have little text in common with the one before them."""
        return self.replaced_articles.total

    @property
    def replaced_ids(self) -> list[str]:
        """The first ids of articles that were replaced by another one, each once."""
        return self.replaced_articles.ids

    @property
    def kept_both(self) -> int:
        """How many articles were added under an id of their own, as another one of the index has theirs."""
        return self.kept_both_articles.total

    @property
    def kept_both_ids(self) -> list[str]:
        """The first of the ids that these articles were given."""
        return self.kept_both_articles.ids

    @property
    def error_count(self) -> int:
        """How many errors there were, listed or not."""
        return len(self.errors) + self.unlisted_errors

    def add_errors(self, errors: Iterable[CorpusError], unlisted: int = 0) -> None:
        """Lists errors as far as there is room, and counts the others, with ``unlisted`` further ones."""
        for error in errors:
            if len(self.errors) < MAX_LISTED_ERRORS:
                self.errors.append(error)
            else:
                self.unlisted_errors += 1
        self.unlisted_errors += unlisted

    def note_replaced(self, article_id: str) -> None:
        """Counts an article that was replaced by another one with its id."""
        self.replaced_articles.add(article_id)

    def take_back(self, article_id: str, updated: int, replaced: int) -> None:
        """Counts so many updates of an article, of which some replaced it by another, as skipped instead."""
        self.updated -= updated
        self.skipped += updated
        if replaced:
            self.replaced_articles.add(article_id, -replaced)

    def note_kept_both(self, article_id: str) -> None:
        """Counts an article that was added under this id of its own."""
        self.kept_both_articles.add(article_id)

    def include(self, other: AddReport) -> None:
        """Adds the counts and errors of another report to this one."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.replaced_articles.include(other.replaced_articles)
        self.kept_both_articles.include(other.kept_both_articles)
        self.add_errors(other.errors, other.unlisted_errors)
        self.alerts += other.alerts
