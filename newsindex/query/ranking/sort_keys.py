"""Computes the sort keys of documents, and finds the smallest keys and those after a position."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED

from .cursor import SortPosition
from .search_options import Sort


def date_keys(dates: NDArray[np.integer[Any]], sort: Sort) -> NDArray[np.float64]:
    """Returns the keys of dates, in minutes, for the sorts ``newest`` and ``oldest``, smallest first.

    Undated articles have an infinite key, so that they come last in both.
    """
    minutes = dates if sort == "oldest" else -dates.astype(np.int64)
    return np.where(dates == UNDATED, np.inf, minutes)


def smallest(
    keys: NDArray[np.floating[Any]], dates: NDArray[np.integer[Any]], documents: NDArray[Any], limit: int
) -> NDArray[np.intp]:
    """Returns the indexes of the ``limit`` smallest keys; of equal keys those of newer documents are first.

    The three arrays have one shape, and more than ``limit`` elements.
    """
    indexes = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    if len(indexes) > limit:
        ties = (documents[indexes], -dates[indexes].astype(np.int64), keys[indexes])
        indexes = indexes[np.lexsort(ties)[:limit]]
    return indexes


def slice_of_first(documents: NDArray[Any], published: NDArray[np.int32], sort: Sort, limit: int) -> slice:
    """Returns the slice of the first ``limit`` documents by date, and of all with the date of the last one.

    ``documents`` are ascending, and therefore in the order of publication; ``published`` are the dates of the
    whole segment. Undated documents, which come last, may make the slice the whole.
    """
    if len(documents) <= limit:
        return slice(None)
    if sort == "newest":
        oldest = np.searchsorted(published, published[documents[-limit]])
        return slice(int(np.searchsorted(documents, oldest)), None)
    first_dated = int(np.searchsorted(documents, np.searchsorted(published, UNDATED, "right")))
    if len(documents) - first_dated < limit:
        return slice(None)
    newest = np.searchsorted(published, published[documents[first_dated + limit - 1]], "right")
    return slice(first_dated, int(np.searchsorted(documents, newest)))


def follow(
    keys: NDArray[np.floating[Any]],
    dates: NDArray[np.integer[Any]],
    segment: int,
    documents: NDArray[Any],
    position: SortPosition,
) -> NDArray[np.bool_]:
    """Returns which documents of a segment follow a position in the order; shape of the three arrays."""
    if segment == position.segment:
        is_later_document = documents > position.document
    else:
        is_later_document = np.full(len(keys), segment > position.segment)
    tie_break = -dates.astype(np.int64)
    is_later = tie_break > position.tie_break
    is_later |= (tie_break == position.tie_break) & is_later_document
    following: NDArray[np.bool_] = (keys > position.key) | ((keys == position.key) & is_later)
    return following
