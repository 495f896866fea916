"""What does an article count for, where more of them make a word more worth suggesting?

One of lately counts for several: who types ``tre`` on the day after an earthquake means *tremblement*.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.recency_decay import newest_publication

_LATELY: Final = 30 * 1440  # minutes before the newest article
_COUNTS: Final = 5.0  # as so many articles


class RecencyWeights:
    """Counts the articles of a snapshot. Those dated in the future do not make the others old."""

    def __init__(self, snapshot: Snapshot) -> None:
        since = newest_publication(snapshot) - _LATELY
        self._first = {
            segment.name: int(np.searchsorted(segment.published, since)) for segment in snapshot.segments
        }

    def counts(self, view: SegmentView) -> NDArray[np.float32]:
        """What each document of a segment counts for, 0 where it is deleted; shape (documents,)."""
        counts = np.ones(view.segment.documents, np.float32)
        counts[self._first[view.segment.name] :] = _COUNTS
        if view.segment.live is not None:
            counts[~view.segment.live] = 0
        return counts

    def of(self, view: SegmentView, documents: NDArray[Any]) -> float:
        """What some live documents, ascending, count for together."""
        older = int(np.searchsorted(documents, self._first[view.segment.name]))
        return older + _COUNTS * (len(documents) - older)
