"""Counts all matches by the values of a field, such as the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from .timeline_counts import count_timeline
from .top_hits import SegmentDocuments


def count_facet(field: str, matched: Sequence[SegmentDocuments]) -> dict[str, int]:
    """Returns how many matches have each value of a field, the most frequent value first.

    ``field`` is one of FACETS. Matches without a value are not counted. Equally frequent values are in
    alphabetical order.
    """
    counts: Counter[str] = Counter()
    if field == "year":
        counts.update(count_timeline("year", matched))
    else:
        for view, documents in matched:
            names = view.segment.names(field)
            frequencies = np.bincount(view.segment.labels(field)[documents], minlength=len(names))
            for number in np.flatnonzero(frequencies).tolist():
                if names[number]:
                    counts[names[number]] += int(frequencies[number])
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name: count for name, count in ordered if count}
