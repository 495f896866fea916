"""Defines the types of a ranked page, whose hits are positions and scores without texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from numpy.typing import NDArray

from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import DocumentAddress

from .result_order import RankedHit, ResultOrder


class SegmentDocuments(NamedTuple):
    """The matching documents of one segment, ascending."""

    view: SegmentView
    documents: NDArray[Any]


@dataclass(frozen=True, slots=True)
class RankedPage:
    """The hits of one page in their order, and what is known of all matches.

    ``has_more`` says whether hits follow the page; ``total`` counts all matches. ``matched`` are the matching
    documents of every segment where facets or a timeline count them, else it is empty. ``duplicates`` are,
    for each hit of a collapsed page, the near-identical matches that are hidden behind it.
    """

    hits: Sequence[RankedHit]
    has_more: bool
    total: int
    matched: Sequence[SegmentDocuments]
    order: ResultOrder
    duplicates: Mapping[DocumentAddress, Sequence[DocumentAddress]] = field(default_factory=dict)
