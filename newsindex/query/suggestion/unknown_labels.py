"""Notes on the sources, sections, authors and languages of a query that no article has.

A note names what the articles have instead: the names that are near, or the most frequent ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, Protocol

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.segment_view import comparable_label
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.counting.facet_counts import count_facet
from newsindex.query.ranking.top_hits import SegmentDocuments
from newsindex.query.syntax.nodes import LabelQuery, QueryNode
from newsindex.query.syntax.visitor import all_leaves
from newsindex.results import Note

_MAX_COMPARED: Final = 10_000  # names of a field, the most frequent ones
_MAX_NAMED: Final = 3
_MIN_LIKENESS: Final = 70.0  # percent of the letters of two names; "Le Monde" and "Le Matin" share 57
_SAME_WORDS: Final = 100.0


class Labels(Protocol):
    """The names that the articles of an index have in a field: source, section, author or language."""

    def has(self, node: LabelQuery, value: str) -> bool:
        """Returns whether an article has a value of a node."""

    def names(self, field: str) -> Mapping[str, int]:
        """Returns the names in a field with the number of their articles, the most frequent first."""


class SnapshotLabels:
    """The names in a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def has(self, node: LabelQuery, value: str) -> bool:
        """Returns whether an article has a value of a node."""
        return any(view.label_numbers(node.field, value, node.pattern) for view in self._snapshot.views)

    def names(self, field: str) -> Mapping[str, int]:
        """Returns the names in a field with the number of their articles, the most frequent first."""
        views = self._snapshot.views
        return count_facet(field, [SegmentDocuments(view, view.segment.live_numbers()) for view in views])


def unknown_labels(tree: QueryNode, labels: Labels) -> Iterator[Note]:
    """A note on each source, section … of a query that no article has. Raises DeadlineExceeded."""
    names: dict[str, Mapping[str, int]] = {}  # by field, as they are asked for
    for node in all_leaves(tree):
        if not isinstance(node, LabelQuery) or node.field == "id":
            continue
        for value in node.values:
            if not labels.has(node, value):
                if node.field not in names:
                    names[node.field] = labels.names(node.field)
                yield _note(node, value, names[node.field])


def _note(node: LabelQuery, value: str, names: Mapping[str, int]) -> Note:
    """The note on a value that no article has, which names some of those that articles have."""
    field = node.field
    unknown = f"No article has the {field} {value!r}"
    near = [] if node.pattern else near_names(value, names)
    longer = next((name for name in near if " " in name), None) if node.is_bare else None
    if longer is not None:
        advice = f'a name of several words needs quotes, as in {field}:"{longer}"'
        return Note(f"{unknown}; {advice}.", "unknown_label_without_quotes", field, value, longer)
    if near:
        listed = ", ".join(near)
        return Note(f"{unknown}; names near it: {listed}.", "unknown_label_near", field, value, listed)
    frequent = ", ".join(islice(names, _MAX_NAMED))
    if frequent:
        advice = f"the most frequent names: {frequent}"
        return Note(f"{unknown}; {advice}.", "unknown_label_frequent", field, value, frequent)
    return Note(f"{unknown}.", "unknown_label", field, value)


def near_names(value: str, names: Mapping[str, int]) -> list[str]:
    """The names that a misspelt or shortened one may mean, the likeliest first; ``names`` has their articles.

    A name is near that has all the words of the other, or most of its letters in their order.
    """
    from rapidfuzz.fuzz import ratio  # not needed to start

    typed = comparable_label(value)
    words, letters = set(typed.split()), typed.replace(" ", "")
    likeness: dict[str, float] = {}
    for name in islice(names, _MAX_COMPARED):
        check_deadline()
        known = comparable_label(name)
        known_words = set(known.split())
        if words and known_words and (words <= known_words or known_words <= words):
            likeness[name] = _SAME_WORDS
        else:
            likeness[name] = ratio(letters, known.replace(" ", ""), score_cutoff=_MIN_LIKENESS)
    near = [name for name in likeness if likeness[name]]
    return sorted(near, key=lambda name: (-likeness[name], -names[name], name))[:_MAX_NAMED]
