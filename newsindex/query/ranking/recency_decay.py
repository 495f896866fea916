"""What is an article's age worth in the order that blends relevance with it?

The score is multiplied by (1 + 2^(-age / half_life)) / 2: by 1 for the newest article, by three quarters
at the half-life, and by no less than a half. Age counts from the newest article of the index, or from now
if that is dated in the future; an article without a date counts as old.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED, minutes_since_epoch
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

HALF_LIFE: Final = 30.0
"""Days, where a search names no other."""
_DAY: Final = 1440  # minutes


class RecencyDecay:
    """The factors of one search."""

    def __init__(self, snapshot: Snapshot, half_life: float) -> None:
        """``half_life`` is in days."""
        self.half_life = half_life
        newest = max((_newest(segment) for segment in snapshot.segments), default=UNDATED)
        self._newest = min(newest, minutes_since_epoch(datetime.now(snapshot.zone), snapshot.zone))

    def factors(self, published: NDArray[np.int32]) -> NDArray[np.float32]:
        """What the scores of articles of these dates are multiplied by; shape of ``published``."""
        days = np.maximum(self._newest - published.astype(np.float64), 0.0) / _DAY
        fresh = np.where(published == UNDATED, 0.0, np.exp2(-days / self.half_life))
        factors: NDArray[Any] = (1.0 + fresh) / 2.0
        return factors.astype(np.float32)


def _newest(segment: Segment) -> int:
    """The last date of a live document, in minutes."""
    published = segment.published if segment.live is None else segment.published[segment.live]
    return int(published[-1]) if len(published) else UNDATED
