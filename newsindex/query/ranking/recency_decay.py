"""Lets scores decay with age, for the order that blends relevance with recency.

The score is multiplied by 2^(-age / half_life), and by no less than a quarter: an article that is one
half-life older than the newest one keeps half of its score, one that is two half-lives older keeps a quarter,
and so do all older articles and those without a date. That floor keeps the archive in the order of relevance.
It is a quarter because an article that answers the whole query scores several times what an article scores
that has one of its words in passing: below a much lower floor anything recent would hide every older answer.

Ages count from the newest article that is not dated in the future. An article that is dated later counts as
published just before the day of the newest one, so that a wrong date lifts it above no article of that day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import protocols
from newsindex.dates.minutes import UNDATED, minutes_since_epoch
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

MIN_FACTOR: Final = 0.25
"""The least factor by which a score is multiplied."""
_MINUTES_PER_DAY: Final = 1440


class RecencyDecay:
    """The factors by which the scores of one search decay.

    ``half_life`` is in days; ``newest`` is the date from which ages count, in minutes since 1970.
    """

    def __init__(self, half_life: float, newest: int) -> None:
        self.half_life = half_life
        self.newest = newest
        self.for_later = newest // _MINUTES_PER_DAY * _MINUTES_PER_DAY - 1
        """The date that counts for a later one than the newest."""

    def effective_dates(self, published: NDArray[np.int32]) -> NDArray[np.int64]:
        """Returns the dates as they count for the order; shape of ``published``."""
        dates = published.astype(np.int64)
        dates[dates > self.newest] = self.for_later
        return dates

    def factors(self, dates: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Returns the factors for articles of these effective dates; shape of ``dates``."""
        days = (self.newest - dates) / _MINUTES_PER_DAY
        factors: NDArray[Any] = np.maximum(np.exp2(-days / self.half_life), MIN_FACTOR)
        factors[dates == UNDATED] = MIN_FACTOR
        return factors.astype(np.float32)

    def in_kernel(self, collection: CompiledCollection) -> protocols.Decay:
        """Returns the decay as the compiled kernel takes it; the factors are kept with the collection."""
        key = self.half_life, self.newest
        factors = collection.decay_factors.get(key)
        if factors is None:
            published = [view.segment.published for view in collection.views]
            factors = [self.factors(self.effective_dates(dates)) for dates in published]
            collection.decay_factors[key] = factors
        return self.newest, self.for_later, factors


def newest_publication(snapshot: Snapshot) -> int:
    """Returns the latest date, not after now, of an article that is not deleted; now where there is none.

    The date is in minutes since 1970, in the local time of the index.
    """
    now = minutes_since_epoch(datetime.now(snapshot.zone), snapshot.zone)
    newest = max((_newest_until(segment, now) for segment in snapshot.segments), default=UNDATED)
    return now if newest == UNDATED else newest


def _newest_until(segment: Segment, now: int) -> int:
    """The latest date, not after now, of a live document of a segment; UNDATED where there is none."""
    end = int(np.searchsorted(segment.published, now, "right"))  # documents are in order of publication
    if segment.live is not None:
        live = segment.live[:end]
        end -= int(live[::-1].argmax()) if live.any() else end
    return int(segment.published[end - 1]) if end else UNDATED
