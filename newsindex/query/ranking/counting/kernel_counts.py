"""Counts all matches by label and by period with the compiled kernel, which makes no list of them.

What does not depend on the query is kept with the snapshot: the values of each field in all segments
together, and the periods in which articles were published.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled.protocols import Plan
from newsindex.dates.minutes import UNDATED
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.compiled.counted_values import LabelValues, Periods
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.timelines import TimelineUnit

from .facet_counts import facet_of
from .timeline_counts import PeriodCounts, name_periods, period_numbers


class KernelCounts:
    """The matches of one plan, counted by the fields and the periods that the options of a search name.

    Raises DeadlineExceeded and IndexCorrupt.
    """

    def __init__(self, collection: CompiledCollection, plan: Plan, options: SearchOptions) -> None:
        fields = [field for field in options.facets if field != "year"]
        units: list[TimelineUnit] = ["year"] if "year" in options.facets else []
        if options.timeline is not None and options.timeline not in units:
            units.append(options.timeline)
        values = {field: _label_values(collection, field) for field in fields}
        periods = {unit: _periods(collection, unit) for unit in units}
        labels = [
            list(zip(of_field.labels, map(len, of_field.numbers), strict=True))
            for of_field in values.values()
        ]
        bounds = [of_unit.bounds for of_unit in periods.values()]
        by_label, by_period = collection.ask(collection.handle.facets, plan, labels, bounds)
        self._facets = {
            field: _facet(field, of_field, counts)
            for (field, of_field), counts in zip(values.items(), by_label, strict=True)
        }
        self._periods = {
            unit: PeriodCounts(of_unit.numbers, sum(counts, np.zeros(len(of_unit.numbers), np.int64)))
            for (unit, of_unit), counts in zip(periods.items(), by_period, strict=True)
        }

    def facet(self, field: str) -> dict[str, int]:
        """Returns how many matches have each value of a field, as ``facet_of`` orders them."""
        if field == "year":
            return facet_of(field, name_periods("year", self._periods["year"]))
        return self._facets[field]

    def periods(self, unit: TimelineUnit) -> PeriodCounts:
        """Returns how many matches each period has; among the periods are all that have a match."""
        return self._periods[unit]


def _facet(field: str, values: LabelValues, by_segment: Sequence[NDArray[np.uint32]]) -> dict[str, int]:
    """The counts of the values of a field in all segments, by name."""
    counts = np.zeros(len(values.names), np.int64)
    for numbers, of_segment in zip(values.numbers, by_segment, strict=True):
        counts[numbers] += of_segment
    is_matched = counts.nonzero()[0]
    names = [values.names[number] for number in is_matched.tolist()]
    return facet_of(field, dict(zip(names, counts[is_matched].tolist(), strict=True)))


def _label_values(collection: CompiledCollection, field: str) -> LabelValues:
    values = collection.label_values.get(field)
    if values is None:
        names = [view.segment.names(field) for view in collection.views]
        every = sorted(set().union(*names))
        number_of = {name: number for number, name in enumerate(every)}
        values = collection.label_values[field] = LabelValues(
            every,
            [np.array([number_of[name] for name in of_segment], np.int64) for of_segment in names],
            [view.segment.labels(field) for view in collection.views],
        )
    return values


def _periods(collection: CompiledCollection, unit: TimelineUnit) -> Periods:
    periods = collection.periods.get(unit)
    if periods is None:
        by_segment = [_periods_of_segment(view, unit) for view in collection.views]
        every = np.unique(np.concatenate([np.zeros(0, np.int64), *(numbers for numbers, _ in by_segment)]))
        bounds = [
            np.append(first, view.segment.documents)[np.append(numbers.searchsorted(every), len(numbers))]
            for view, (numbers, first) in zip(collection.views, by_segment, strict=True)
        ]
        periods = collection.periods[unit] = Periods(
            every, [of_segment.astype(np.uint32) for of_segment in bounds]
        )
    return periods


def _periods_of_segment(view: SegmentView, unit: TimelineUnit) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the periods of the documents of a segment, ascending, and the first document of each."""
    published = view.segment.published
    first_dated = int(np.searchsorted(published, UNDATED, "right"))
    numbers = period_numbers(unit, published[first_dated:])
    first = np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1))
    return numbers[first], first + first_dated
