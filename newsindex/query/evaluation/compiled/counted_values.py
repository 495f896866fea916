"""What a collection keeps to count matches by: the values of a field, and periods of publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class LabelValues(NamedTuple):
    """The values of a field in all segments together."""

    names: Sequence[str]
    """The distinct values, sorted; "" stands for none."""
    numbers: Sequence[NDArray[np.int64]]
    """By segment, the index in ``names`` of each of its values."""
    labels: Sequence[NDArray[np.integer[Any]]]
    """By segment, the number of the value of each document among those of the segment."""


class Periods(NamedTuple):
    """The days, weeks, months or years in which the articles of a collection were published."""

    numbers: NDArray[np.int64]
    """The numbers of the periods, counted from 1970, ascending."""
    bounds: Sequence[NDArray[np.uint32]]
    """By segment, the first document of each period or after it, and the number of documents."""
