"""The summary of a reading: what became articles, by format, what was passed over and why, and the errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from newsindex.article import Article
from newsindex.errors import CorpusError

MAX_EXAMPLES: Final = 5
"""Ids that are listed as examples; all are counted."""
MAX_REPEATED_IDS: Final = 1000
"""Ids of articles that came again that are listed; all are counted."""
LINE_ABOVE_TABLE: Final = "line above a table"
"""The reason for which a line is passed over that stands above the header of a table."""
TOTAL_OF_TABLE: Final = "total of a table"
"""The reason for which a row is passed over that adds up others."""

_FRENCH: Final = "fr"
_FRENCH_CODE: Final = re.compile(r"(?:fr|fra|fre)(?:[-_].*)?", re.I)
_PARTICULARS: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d,.]*")
"""What differs between two errors of one kind: values in quotation marks, and numbers."""


@dataclass(slots=True)
class ErrorKind:
    """Errors that say the same of different values: the first of them, and how many there were."""

    example: CorpusError
    count: int = 1


@dataclass(slots=True)
class CountedIds:
    """Counts of records by the ids of their articles.

    ``total`` counts all, and ``first`` those of each of the first ids, of which it has ``maximum`` at most.
    ``taken_back`` has the negative counts of ids whose records were counted elsewhere.
    """

    maximum: int = MAX_EXAMPLES
    total: int = 0
    first: dict[str, int] = field(default_factory=dict)
    taken_back: dict[str, int] = field(default_factory=dict)

    def add(self, article_id: str, count: int = 1) -> None:
        """Counts records of an article; a negative number takes back what was counted here or elsewhere."""
        self.total += count
        known = self.first.get(article_id, 0) + self.taken_back.pop(article_id, 0) + count
        if known <= 0:
            self.first.pop(article_id, None)
            if known:
                self.taken_back[article_id] = known
        elif article_id in self.first or len(self.first) < self.maximum:
            self.first[article_id] = known

    def include(self, other: CountedIds) -> None:
        """Adds the counts of another to these."""
        total = self.total + other.total
        for counts in (other.taken_back, other.first):  # ids that are taken back make room for others
            for article_id, count in counts.items():
                self.add(article_id, count)
        self.total = total

    @property
    def ids(self) -> list[str]:
        """The first ids, each once."""
        return list(self.first)

    def listed(self, maximum: int = MAX_EXAMPLES) -> str:
        """The first ids for people, and how many records have others."""
        ids = self.ids[:maximum]
        if not ids:
            return "their ids are not listed"
        others = self.total - sum(self.first[article_id] for article_id in ids)
        return ", ".join(ids) + (f", and {others:,} more" if others else "")


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What one file gave to a reading.

    ``formats`` counts its articles by the name of the format in which they were read, and has a zero for a
    format that gave none. Articles that another file gave too are counted, and so are those that are left out
    for their language. ``undated`` counts those without a date, ``errors`` the errors, and ``passed_over``
    what is no article, by the reason. A file that ``is_unchanged`` since an index took it in is not read: its
    ``articles`` are those that were read from it then and not left out for their language (which entries of
    feeds may have been all the same), and ``undated`` is None, for nothing noted how many have no date.
    """

    name: str
    articles: int
    formats: Mapping[str, int] = field(default_factory=dict)
    undated: int | None = 0
    errors: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)
    is_unchanged: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON has it."""
        return {
            "file": self.name,
            "articles": self.articles,
            "formats": dict(self.formats),
            "without_date": self.undated,
            "errors": self.errors,
            "passed_over": dict(self.passed_over),
            "unchanged": self.is_unchanged,
        }


@dataclass(slots=True)
class Summary:
    """Counts of a reading, which grow while the articles are read.

    ``articles`` counts articles by the name of their format; ``undated`` and ``without_body`` count those
    that have no date or no body, ``undated_ids`` lists the first ids of those without a date, each once, and
    ``other_languages`` counts those that are known to be in another language than French, by language.
    ``passed_over`` counts what is no article by the reason, such as "attachment" or "draft". ``unread``
    counts the values of columns and keys that no field took, by their names, of which it has a thousand at
    most. ``kept_apart`` counts the articles that had the id or address of another article, and
    ``kept_apart_ids`` lists the first ids that they were given instead. ``repeated`` counts the articles
    whose id an earlier version of them in the same reading has, and ``repeated_ids`` lists the first thousand
    of these ids, each once; an index keeps the later version, or the fuller one where one is of a feed or an
    archive. Of a reading of more than 250,000 articles, versions that stand farther apart are not counted.
    ``entry_versions`` counts the entries of feeds that were not given because another snapshot of the feed
    has a longer version, or the same. ``errors`` has the errors by kind.
    """

    articles: Counter[str] = field(default_factory=Counter)
    undated_articles: CountedIds = field(default_factory=CountedIds)
    without_body: int = 0
    other_languages: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    articles_kept_apart: CountedIds = field(default_factory=CountedIds)
    repeated_articles: CountedIds = field(default_factory=lambda: CountedIds(MAX_REPEATED_IDS))
    entry_versions: int = 0
    errors: dict[str, ErrorKind] = field(default_factory=dict)

    @property
    def undated(self) -> int:
        """How many articles have no date."""
        return self.undated_articles.total

    @property
    def undated_ids(self) -> list[str]:
        """The first ids of articles without a date."""
        return self.undated_articles.ids

    @property
    def kept_apart(self) -> int:
        """How many articles had the id or address of another article."""
        return self.articles_kept_apart.total

    @property
    def kept_apart_ids(self) -> list[str]:
        """The first ids that such articles were given instead."""
        return self.articles_kept_apart.ids

    @property
    def repeated(self) -> int:
        """How many articles have the id of an earlier version of them."""
        return self.repeated_articles.total

    @property
    def repeated_ids(self) -> list[str]:
        """The first ids of articles of which there are several versions."""
        return self.repeated_articles.ids

    def count_article(self, article: Article, format: str) -> None:
        """Counts an article that was read from a file of a format."""
        self.articles[format] += 1
        if article.published is None:
            self.undated_articles.add(article.id)
        if not article.body:
            self.without_body += 1
        lang = article.lang
        if lang and lang != _FRENCH and not _FRENCH_CODE.fullmatch(lang):
            self.other_languages[lang] += 1

    def pass_over(self, reason: str) -> None:
        """Counts what is no article, by the reason."""
        self.passed_over[reason] += 1

    def keep_apart(self, article_id: str) -> None:
        """Counts an article that was given this id because its own is another article's."""
        self.articles_kept_apart.add(article_id)

    def repeat(self, article_id: str) -> None:
        """Counts an article of which the reading has given an earlier version under the same id."""
        self.repeated_articles.add(article_id)

    def count_error(self, error: CorpusError) -> None:
        """Counts an error with the others of its kind."""
        kind = _PARTICULARS.sub("", error.reason.partition(": ")[0])
        if known := self.errors.get(kind):
            known.count += 1
        else:
            self.errors[kind] = ErrorKind(error)

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON has it; each count by name has the highest first."""
        return {
            "articles": dict(self.articles.most_common()),
            "without_date": self.undated,
            "without_date_ids": self.undated_ids,
            "without_body": self.without_body,
            "other_languages": dict(self.other_languages.most_common()),
            "passed_over": dict(self.passed_over.most_common()),
            "unread": dict(self.unread.most_common()),
            "kept_apart": self.kept_apart,
            "kept_apart_ids": self.kept_apart_ids,
            "repeated": self.repeated,
            "repeated_ids": self.repeated_ids,
            "entry_versions": self.entry_versions,
            "errors": [
                {"reason": kind.example.reason, "count": kind.count, "example": str(kind.example)}
                for kind in sorted(self.errors.values(), key=lambda kind: -kind.count)
            ],
        }
