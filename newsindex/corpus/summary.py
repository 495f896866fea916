"""The summary of a reading: what became articles, by format, what was passed over and why, and the errors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from newsindex.article import Article
from newsindex.errors import CorpusError

MAX_EXAMPLES: Final = 5
"""Ids that are listed as examples; all are counted."""

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
class Summary:
    """Counts of a reading, which grow while the articles are read.

    ``articles`` counts articles by the name of their format; ``undated`` and ``without_body`` count those
    that have no date or no body, and ``other_languages`` those that are known to be in another language than
    French, by language. ``passed_over`` counts what is no article by the reason, such as "attachment" or
    "draft". ``unread`` counts the values of columns and keys that no field took, by their names, of which it
    has a thousand at most. ``kept_apart`` counts the articles that had the id or address of another article,
    and ``kept_apart_ids`` lists the first ids that they were given instead. ``errors`` has the errors by
    kind.
    """

    articles: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    without_body: int = 0
    other_languages: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    kept_apart: int = 0
    kept_apart_ids: list[str] = field(default_factory=list)
    errors: dict[str, ErrorKind] = field(default_factory=dict)

    def count_article(self, article: Article, format: str) -> None:
        """Counts an article that was read from a file of a format."""
        self.articles[format] += 1
        if article.published is None:
            self.undated += 1
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
        self.kept_apart += 1
        if len(self.kept_apart_ids) < MAX_EXAMPLES and article_id not in self.kept_apart_ids:
            self.kept_apart_ids.append(article_id)

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
            "without_body": self.without_body,
            "other_languages": dict(self.other_languages.most_common()),
            "passed_over": dict(self.passed_over.most_common()),
            "unread": dict(self.unread.most_common()),
            "kept_apart": self.kept_apart,
            "kept_apart_ids": list(self.kept_apart_ids),
            "errors": [
                {"reason": kind.example.reason, "count": kind.count, "example": str(kind.example)}
                for kind in sorted(self.errors.values(), key=lambda kind: -kind.count)
            ],
        }
