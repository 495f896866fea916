"""The summary of a reading: what became articles, by format, and what was passed over and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Summary:
    """Counts of a reading, which grow while the articles are read.

    ``articles`` counts articles by the name of their format. ``passed_over`` counts what is no article by
    the reason, such as "attachment" or "draft". ``unread`` counts the values of columns and keys that no
    field took, by their names, of which it has a thousand at most.
    """

    articles: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
