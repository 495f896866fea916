"""Weights of articles by their age, for the ranking of completions: a recent article counts for several.

A reader who types ``tre`` on the day after an earthquake means *tremblement*.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import MINUTES_PER_DAY
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.recency_decay import newest_publication

_RECENT_MINUTES: Final = 30 * MINUTES_PER_DAY  # before the newest article, in which an article is recent
_RECENT_WEIGHT: Final = 5.0  # of a recent article; an older one has 1


class RecencyWeights:
    """The weight of each article of a snapshot. Articles dated in the future do not make the others old."""

    def __init__(self, snapshot: Snapshot) -> None:
        since = newest_publication(snapshot) - _RECENT_MINUTES
        self._first_recent = {
            segment.name: int(np.searchsorted(segment.published, since)) for segment in snapshot.segments
        }

    def weights(self, view: SegmentView) -> NDArray[np.float32]:
        """The weight of each document of a segment, 0 where it is deleted; shape (documents,)."""
        weights = np.ones(view.segment.documents, np.float32)
        weights[self._first_recent[view.segment.name] :] = _RECENT_WEIGHT
        if view.segment.live is not None:
            weights[~view.segment.live] = 0
        return weights

    def total(self, view: SegmentView, documents: NDArray[Any]) -> float:
        """The sum of the weights of some live documents of a segment, ascending."""
        older = int(np.searchsorted(documents, self._first_recent[view.segment.name]))
        return older + _RECENT_WEIGHT * (len(documents) - older)
