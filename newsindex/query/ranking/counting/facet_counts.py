"""Counts all matches by the values of a field, such as the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from newsindex.query.ranking.top_hits import SegmentDocuments

from .timeline_counts import count_periods, name_periods


def count_facet(field: str, matched: Sequence[SegmentDocuments]) -> dict[str, int]:
    """Returns how many matches have each value of a field, as :func:`most_frequent_first` gives them.

    ``field`` is one of FACETS.
    """
    if field == "year":
        return most_frequent_first(name_periods("year", count_periods("year", matched)))
    counts: Counter[str] = Counter()
    for view, documents in matched:
        names = view.segment.names(field)
        frequencies = np.bincount(view.segment.labels(field)[documents], minlength=len(names))
        for number in np.flatnonzero(frequencies).tolist():
            counts[names[number]] += int(frequencies[number])
    return most_frequent_first(counts)


def most_frequent_first(counts: Mapping[str, int]) -> dict[str, int]:
    """Returns the counts of the values that any match has, the most frequent value first.

    The value of matches without one, "", is left out. Equally frequent values are in alphabetical order.
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name: count for name, count in ordered if name and count}
