"""Collects the statistics of an index in a folder."""

from __future__ import annotations

from collections import Counter
from typing import Final

from newsindex.index_statistics import Stats
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.postings_reader import postings_nbytes

_FREQUENT_ACRONYMS: Final = 10


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
