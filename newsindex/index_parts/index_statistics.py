"""The statistics of an index: how many articles, terms and segments it has, and its bytes on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.results import Acronym
from newsindex.storage.postings_reader import postings_nbytes

_FREQUENT_ACRONYMS: Final = 10


@dataclass(frozen=True)
class Stats:
    """The statistics of an index at one commit.

    ``articles`` counts the live articles and ``deleted`` those that are deleted and still on disk.
    ``bytes`` is the size of all files; ``bytes_by_part`` is the same by kind of content: the postings by
    kind, "texts", "other" and "catalogue". ``acronyms`` counts the acronyms that were learned, each once for
    each of its meanings, and ``frequent_acronyms`` are those that most articles define.
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


def collect_statistics(snapshot: Snapshot, catalogue_bytes: int) -> Stats:
    """The statistics of a snapshot and of a catalogue with this size in bytes."""
    bytes_by_part: Counter[str] = Counter()
    terms: set[bytes] = set()
    for segment in snapshot.segments:
        sizes = segment.nbytes()
        known = {**postings_nbytes(sizes), "texts": sizes["text_frame"]}
        bytes_by_part.update(known)
        bytes_by_part["other"] += segment.size - sum(known.values())
        terms.update(segment.term_texts())
    bytes_by_part["catalogue"] = catalogue_bytes
    acronyms = snapshot.acronyms.records
    return Stats(
        articles=snapshot.documents,
        deleted=sum(len(segment.deleted) for segment in snapshot.segments),
        terms=len(terms),
        segments=len(snapshot.segments),
        commit=snapshot.commit,
        bytes=bytes_by_part.total(),
        bytes_by_part=dict(bytes_by_part),
        acronyms=len(acronyms),
        frequent_acronyms=tuple(acronyms[:_FREQUENT_ACRONYMS]),
    )
