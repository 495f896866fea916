"""Counts all matches by the values of a field, such as the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from newsindex.query.evaluation.segment_view import comparable_label
from newsindex.query.ranking.top_hits import SegmentDocuments

from .timeline_counts import count_periods, name_periods

_MAX_KEPT_LABELS: Final = 1 << 16


def count_facet(field: str, matched: Sequence[SegmentDocuments]) -> dict[str, int]:
    """Returns how many matches have each value of a field, as :func:`facet_of` gives them.

    ``field`` is one of FACETS.
    """
    if field == "year":
        return facet_of(field, name_periods("year", count_periods("year", matched)))
    counts: Counter[str] = Counter()
    for view, documents in matched:
        names = view.segment.names(field)
        frequencies = np.bincount(view.segment.labels(field)[documents], minlength=len(names))
        for number in np.flatnonzero(frequencies).tolist():
            counts[names[number]] += int(frequencies[number])
    return facet_of(field, counts)


def facet_of(field: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Returns the counts of a field in the order of a facet, without values that no match has.

    Years come the newest first. Other values come the most frequent first, and equally frequent ones in
    alphabetical order; the value of matches without one, "", is left out. Values that filters take for one,
    as they differ in case, accents or extra spaces only, are counted together under the spelling that most
    matches have, and of equally frequent spellings the last one in the order of characters, which is one with
    accents and small letters.
    """
    if field == "year":
        return {year: counts[year] for year in sorted(counts, key=int, reverse=True) if counts[year]}
    totals: dict[str, int] = {}
    spellings: dict[str, tuple[int, str]] = {}
    for name, count in counts.items():
        if name and count:
            key = _comparable(name)
            totals[key] = totals.get(key, 0) + count
            spellings[key] = max(spellings.get(key, (0, "")), (count, name))
    named = [(spellings[key][1], total) for key, total in totals.items()]
    return dict(sorted(named, key=lambda item: (-item[1], item[0])))


@lru_cache(_MAX_KEPT_LABELS)
def _comparable(name: str) -> str:
    return comparable_label(name)
