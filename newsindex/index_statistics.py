"""The statistics of an index: how many articles, terms and segments it has, and its bytes on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .results import Acronym


@dataclass(frozen=True)
class Stats:
    """The statistics of an index at one commit.

    ``articles`` counts the live articles and ``deleted`` those that are deleted and still on disk.
    ``terms`` counts the distinct terms, and is 0 on a cluster, which counts none. ``commit`` is the number of
    the commit. ``bytes`` is the size of all files, and ``bytes_by_part`` the same by kind of content, such as
    "postings", "positions", "texts" and "catalogue". ``acronyms`` counts the acronyms that were learned, each
    once for each of its meanings, and ``frequent_acronyms`` are those that most articles define.
    """

    articles: int
    deleted: int
    terms: int
    segments: int
    commit: int
    bytes: int
    bytes_by_part: Mapping[str, int]
    acronyms: int
    frequent_acronyms: Sequence[Acronym]
