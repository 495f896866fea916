"""States what newsindex asks of the compiled kernel: the calls of the module ``newsindex_kernel``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .indexing_protocols import IndexingKernel
from .writing_protocols import WritingKernel

SegmentHandle: TypeAlias = Any
"""A segment in the kernel."""
Plan: TypeAlias = Any
"""What a query asks for, in the words and terms of one collection."""


class TermHandle(Protocol):
    """A term of a collection in the kernel, with its postings checked."""

    @property
    def document_frequency(self) -> int:
        """How many live documents have the term."""


class WordHandle(Protocol):
    """A term of a collection in the kernel, and which of its postings have the spelling that was typed."""

    @property
    def spelling_frequency(self) -> int:
        """How many live documents have a spelling like the typed one, summed over these spellings.

        Such a spelling differs from the typed one in accents at most.
        """


WeightedWord: TypeAlias = tuple[WordHandle, float, float]
"""A word, and the boosted idf of its term and of its spelling (``query/evaluation/bm25f.py``)."""
PlacedWord: TypeAlias = tuple[WordHandle, float, float, int]
"""A word with the same, and its position in its group."""
Group: TypeAlias = tuple[Sequence[PlacedWord], Sequence[PlacedWord], Sequence[PlacedWord]]
"""A run of words, and the stop words and the words of quoted phrases beside them, which need not occur."""


class ExpansionHandle(Protocol):
    """The spellings of a collection in the kernel that an exact, a wildcard or a fuzzy word stands for."""

    @property
    def document_frequency(self) -> int:
        """How many live documents have any of the spellings."""


Spellings: TypeAlias = tuple[int, Sequence[int], bool]
"""A set of spellings: the bits of those that have one, the numbers of the others, and whether it has all."""
LeadWord: TypeAlias = tuple[Sequence[TermHandle], float]
"""The terms that stand for a word of the query, and what the word adds in the second stage at position 0."""
SecondStage: TypeAlias = tuple[
    Sequence[tuple[TermHandle, float]], Sequence[tuple[str, TermHandle]], float, int
]
"""The terms of the query with their boosted idf; texts of terms, each with a term that stands for it; the
position at which a word adds half of what it adds at position 0; and how many hits are sorted anew."""
Shares: TypeAlias = tuple[float, float, float, float, float]
"""The ``spelling``, ``accents``, ``neighbours``, ``stop_words`` and ``lead`` of the ranking."""
Decay: TypeAlias = tuple[int, int, Sequence[NDArray[np.float32]]]
"""The date from which ages count, the one that counts for a later one, and by segment the factors by which
the scores of its documents decay."""
Norms: TypeAlias = tuple[NDArray[np.uint16], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""The first entry of each document in the table of scores, that table, and the weight of an occurrence in
headline and in body for each class of documents."""
Codes: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]
"""The occurrences in the headline, those in the body, and the mark of each code."""


class Plans(Protocol):
    """Makes plans; the nodes are those of ``query/syntax/nodes.py``."""

    def word(self, word: WordHandle, term: float, spelling: float) -> Plan:
        """The documents that have a word in headline or body; the weights are those of WeightedWord."""

    def all_words(self, words: Sequence[WeightedWord]) -> Plan:
        """The documents that have all of some words."""

    def field_word(self, word: WordHandle, term: float, spelling: float, field: str) -> Plan:
        """The documents that have a word in one field."""

    def expansion(self, expansion: ExpansionHandle, factor: float) -> Plan:
        """The documents that have any of some spellings, scored as one term with a boosted idf."""

    def any_words(self, words: Sequence[WeightedWord]) -> Plan:
        """The documents that have any of some words; the one with the greatest score is added first."""

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


MAX_NEIGHBOURS: Final = 2048
"""The most terms whose neighbours are counted at once."""


class CollectionHandle(Protocol):
    """The segments of a snapshot in the kernel; threads may share it.

    ``seconds`` is the time that a call may take, None for no limit. Each call lets the interpreter's lock go.
    It raises DamagedSegment where a segment is not what was written, and DeadlinePassed.
    """

    def term(self, text: str, seconds: float | None) -> TermHandle:
        """Finds a term, which need not be in any segment, and reads and checks its postings."""

    def word(
        self,
        term: TermHandle,
        spelling: str,
        folded: str,
        fold: Callable[[str], str],
        seconds: float | None,
    ) -> WordHandle:
        """Finds the postings of a term by the spellings that are like a typed one, and by that one.

        ``folded`` is the spelling in plain letters, and ``fold`` gives the plain letters of other ones.
        """

    def expansion(
        self, spellings: Sequence[Sequence[tuple[int, Spellings]]], seconds: float | None
    ) -> ExpansionHandle:
        """Finds the documents that have any of some spellings.

        The spellings are given by segment, with the numbers of their terms.
        """

    def document_frequency(self, term: str, seconds: float | None) -> int:
        """How many live documents have a term."""

    def term_range(self, low: str, high: str, limit: int, seconds: float | None) -> list[str]:
        """The terms from ``low`` to before ``high``, ascending: the first ``limit`` of each segment."""

    def count(self, plan: Plan, seconds: float | None) -> int:
        """The number of live documents that match."""

    def rank(
        self,
        plan: Plan,
        groups: Sequence[Group],
        second_stage: SecondStage,
        count: int,
        seconds: float | None,
    ) -> tuple[list[tuple[int, float, int, int, int]], int]:
        """The first hits by final score, and the number of all matches.

        Neighbours in the ``groups``, and what is beside them, need not occur. A hit is the fields of its
        position in the order (``query/ranking/cursor.py``).
        """

    def sorted(
        self,
        plan: Plan,
        groups: Sequence[Group],
        sort: str,
        decay: Decay | None,
        after: tuple[float, int, int, int] | None,
        count: int,
        seconds: float | None,
    ) -> tuple[list[tuple[float, int, int, int, float]], int]:
        """The first hits in an order, those after a position, and the number of all matches.

        ``sort`` is "newest", "oldest" or "score". A position is its key, its tie break, its segment and its
        document (``query/ranking/cursor.py``); a hit is its position and its score in the first stage.
        """

    def facets(
        self,
        plan: Plan,
        labels: Sequence[Sequence[tuple[NDArray[np.integer[Any]], int]]],
        periods: Sequence[Sequence[NDArray[np.uint32]]],
        seconds: float | None,
    ) -> tuple[list[list[NDArray[np.uint32]]], list[list[NDArray[np.uint32]]]]:
        """The numbers of matches by label, and by period of publication, for each segment.

        ``labels`` are, for each field and segment, the number of the value of each document, of 16 or of 32
        bits, and how many values there are. ``periods`` are, for each division of the time and segment, the
        first document of each period, and the end.
        """

    def best(
        self, plan: Plan, count: int, tolerance: float, seconds: float | None
    ) -> list[tuple[NDArray[np.int64], NDArray[np.float32], int]]:
        """The best documents of each segment, ascending, with their scores and the number of all matches.

        They are those among the ``count`` best of all, and those that score less by at most ``tolerance``.
        """

    def lead_scores(
        self,
        words: Sequence[LeadWord],
        half: float,
        hits: Sequence[tuple[float, int, int]],
        seconds: float | None,
    ) -> list[float]:
        """The scores of the second stage of the ranking (``query/ranking/second_stage.py``).

        At the position ``half`` a word adds half of what it adds at position 0. A hit is its score in the
        first stage, its segment and its document.
        """

    def term_counts(
        self,
        terms: Sequence[NDArray[np.uint32]],
        documents: Sequence[NDArray[np.uint16]],
        seconds: float | None,
    ) -> list[NDArray[np.uint32]]:
        """How many of some documents have each of some terms, by segment.

        The terms are given by their numbers in each segment, and the documents of each are ascending.
        """

    def neighbours(
        self,
        terms: Sequence[TermHandle],
        documents: Sequence[NDArray[np.uint16]],
        least: int,
        seconds: float | None,
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
        """The pairs of some terms that at least ``least`` of some documents have side by side.

        Gives the places of the first and of the second term, ascending, and the number of documents, each of
        shape (pairs,).

        There are at most MAX_NEIGHBOURS terms. A headline and its body are apart.
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


class Kernel(IndexingKernel, WritingKernel, Protocol):
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

    def Collection(  # noqa: N802 - the same
        self, segments: Sequence[SegmentHandle], shares: Shares
    ) -> CollectionHandle:
        """The segments of a snapshot."""

    def StoredTexts(  # noqa: N802 - the same
        self, collection: CollectionHandle, layouts: Sequence[Mapping[str, tuple[str, int, int]]]
    ) -> StoredTextsHandle:
        """The stored texts of a collection; ``layouts`` are those of the files of its segments."""
