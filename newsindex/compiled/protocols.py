"""States what newsindex asks of the compiled kernel: the calls of the module ``newsindex_kernel``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

SegmentHandle: TypeAlias = Any
"""A segment in the kernel."""
TermHandle: TypeAlias = Any
"""A term of a collection in the kernel, with its postings checked."""
WordHandle: TypeAlias = Any
"""A term of a collection in the kernel, and which of its postings have the spelling that was typed."""
Plan: TypeAlias = Any
"""What a query asks for, in the words and terms of one collection."""

WeightedWord: TypeAlias = tuple[WordHandle, float, tuple[float, float] | None]
"""A word, the boosted idf of its term, and what its alike and its exact spelling add; None for nothing."""
WeightedPair: TypeAlias = tuple[TermHandle, TermHandle, int, float]
"""Two terms, their distance in words, and what a document scores that has them so."""
Spellings: TypeAlias = tuple[int, Sequence[int], bool]
"""A set of spellings: the bits of those that have one, the numbers of the others, and whether it has all."""
Norms: TypeAlias = tuple[NDArray[np.uint16], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""The first entry of each document in the table of scores, that table, and the weight of an occurrence in
headline and in body for each class of documents."""
Codes: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]
"""The occurrences in the headline, those in the body, and the mark of each code."""


class Plans(Protocol):
    """Makes plans; the nodes are those of ``query/syntax/nodes.py``."""

    def word(self, word: WordHandle, term_weight: float, added: tuple[float, float] | None) -> Plan:
        """The documents that have a word in headline or body."""

    def all_words(self, words: Sequence[WeightedWord]) -> Plan:
        """The documents that have all of some words."""

    def phrase(self, terms: Sequence[TermHandle], field: str, slop: int, factor: float) -> Plan:
        """The documents in which terms follow each other in a field."""

    def every(self, required: Sequence[Plan], excluded: Sequence[Plan], boost: float) -> Plan:
        """The documents in all required parts and in no excluded one."""

    def any(self, plans: Sequence[Plan], boost: float) -> Plan:
        """The documents in any part; scores are added in the order of the parts."""

    def without(self, positive: Plan, negative: Plan) -> Plan:
        """The documents of one part that are not in the other."""

    def maybe(self, required: Plan, optional: Plan) -> Plan:
        """The documents of one part, with the scores of another added."""

    def ranges(self, bounds: Sequence[tuple[int, ...]]) -> Plan:
        """The documents from a number to before another one, by segment."""

    def listed(
        self,
        collection: CollectionHandle,
        segments: Sequence[tuple[NDArray[np.uint16], NDArray[np.float32] | None]],
    ) -> Plan:
        """Given documents of each segment, ascending, and their scores, None where all are 0."""

    def everything(self) -> Plan:
        """All documents."""

    def nothing(self) -> Plan:
        """No document."""


class CollectionHandle(Protocol):
    """The segments of a snapshot in the kernel; threads may share it.

    ``seconds`` is the time that a call may take, None for no limit. Each call lets the interpreter's lock go.
    It raises DamagedSegment where a segment is not what was written, and DeadlinePassed.
    """

    def term(self, numbers: Sequence[int | None], seconds: float | None) -> TermHandle:
        """Reads and checks the postings of a term, given its number in each segment."""

    def word(
        self,
        term: TermHandle,
        spellings: Sequence[tuple[Spellings, Spellings] | None],
        seconds: float | None,
    ) -> WordHandle:
        """Finds the postings of a term by the spellings that are like a typed one, and by that one."""

    def rank(
        self,
        plan: Plan,
        words: Sequence[WeightedWord],
        pairs: Sequence[WeightedPair],
        max_score: float,
        count: int,
        seconds: float | None,
    ) -> tuple[list[tuple[float, int, int, int]], int]:
        """The first hits by final score, and the number of all matches.

        ``words`` and ``pairs`` need not occur and score no more than ``max_score`` together. A hit is its
        score, its minute of publication, its segment and its document.
        """

    def best(
        self, plan: Plan, count: int, tolerance: float, seconds: float | None
    ) -> list[tuple[NDArray[np.int64], NDArray[np.float32], int]]:
        """By segment: the documents, ascending, that are among the ``count`` best of all or score less by at
        most ``tolerance``, their scores, and the number of all matches."""

    def lead_scores(
        self,
        words: Sequence[tuple[Sequence[TermHandle], float]],
        half: float,
        hits: Sequence[tuple[float, int, int]],
        seconds: float | None,
    ) -> list[float]:
        """The scores of the second stage of the ranking (``query/ranking/second_stage.py``).

        ``words`` are the terms that stand for each word, and what it adds at position 0; at the position
        ``half`` it adds half of that. A hit is its score in the first stage, its segment and its document.
        """

    def matches(
        self, number: int, plan: Plan, seconds: float | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """All live documents of one segment that match, ascending, and their scores."""


Marking: TypeAlias = int
"""How a term is marked in a field: NEVER, IN_PHRASES or ALWAYS."""
NEVER: Final[Marking] = 0
IN_PHRASES: Final[Marking] = 1
ALWAYS: Final[Marking] = 2

SoughtTerm: TypeAlias = tuple[TermHandle, Marking, Marking, float]
"""A term, how it is marked in headlines and in bodies, and its inverse document frequency."""
Spans: TypeAlias = tuple[tuple[int, int], ...]
"""The (start, end) of each mark in a text, ascending."""
MarkedText: TypeAlias = tuple[bytes, str, Spans, str, str, Spans, str]
"""A stored text; its headline, the marks in it and its HTML; a snippet of its body, with the same."""


UnknownText: TypeAlias = tuple[bytes, list[tuple[int, int]], list[tuple[int, int]]]
"""A stored text, and where terms stand in its headline and in its body: the number of each word, ascending,
and the place of its term."""


class StoredTextsHandle(Protocol):
    """The stored texts of a collection in the kernel; threads may share it.

    It raises what a collection raises.
    """

    def show(
        self,
        terms: Sequence[SoughtTerm],
        headline_phrases: Sequence[Sequence[int]],
        body_phrases: Sequence[Sequence[int]],
        documents: Sequence[tuple[int, int]],
        max_of_term: int,
        max_of_all: int,
        seconds: float | None,
    ) -> list[MarkedText | UnknownText]:
        """What documents show, each given by its segment and its number.

        The terms are in the order of their texts, and a phrase is a list of places among them. At most
        ``max_of_term`` occurrences of a term in a body are looked at, and ``max_of_all`` of all terms. A text
        is unknown where the kernel does not know its words.
        """


class Kernel(Protocol):
    """The module ``newsindex_kernel``."""

    __version__: str
    INTERFACE: int
    Plan: Plans
    DamagedSegment: type[Exception]
    DeadlinePassed: type[Exception]

    def Segment(  # noqa: N802 - a class of the module
        self,
        content: NDArray[np.uint8],
        end: int,
        checksums: NDArray[np.uint32],
        arrays: Mapping[str, tuple[str, int, int]],
        documents: int,
        deleted: NDArray[np.uint16],
        norms: Norms,
        codes: Codes,
        k1: float,
    ) -> SegmentHandle:
        """A segment, from the content of its file and the tables by which its postings are scored."""

    def Collection(self, segments: Sequence[SegmentHandle]) -> CollectionHandle:  # noqa: N802 - the same
        """The segments of a snapshot."""

    def StoredTexts(  # noqa: N802 - the same
        self, collection: CollectionHandle, layouts: Sequence[Mapping[str, tuple[str, int, int]]]
    ) -> StoredTextsHandle:
        """The stored texts of a collection; ``layouts`` are those of the files of its segments."""
