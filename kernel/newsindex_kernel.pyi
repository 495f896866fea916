"""The compiled kernel of newsindex; README.md says what each call is for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__version__: str
INTERFACE: int

class DamagedSegment(Exception): ...
class DeadlinePassed(Exception): ...
class KernelFault(RuntimeError): ...

class Segment:
    def __new__(
        cls,
        content: NDArray[np.uint8],
        end: int,
        checksums: NDArray[np.uint32],
        arrays: Mapping[str, tuple[str, int, int]],
        documents: int,
        deleted: NDArray[np.uint16],
        norms: tuple[NDArray[np.uint16], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
        codes: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]],
        k1: float,
    ) -> Segment: ...

class Term:
    @property
    def document_frequency(self) -> int: ...

class Word:
    @property
    def spelling_frequency(self) -> int: ...

class Expansion:
    @property
    def document_frequency(self) -> int: ...

_Spellings = tuple[int, Sequence[int], bool]
_WeightedWord = tuple[Word, float, float]
_PlacedWord = tuple[Word, float, float, int]
_Group = tuple[Sequence[_PlacedWord], Sequence[_PlacedWord], Sequence[_PlacedWord]]
_LeadWord = tuple[Sequence[Term], float]

class Plan:
    @staticmethod
    def word(word: Word, term: float, spelling: float) -> Plan: ...
    @staticmethod
    def all_words(words: Sequence[_WeightedWord]) -> Plan: ...
    @staticmethod
    def field_word(word: Word, term: float, spelling: float, field: str) -> Plan: ...
    @staticmethod
    def expansion(expansion: Expansion, factor: float) -> Plan: ...
    @staticmethod
    def any_words(words: Sequence[_WeightedWord]) -> Plan: ...
    @staticmethod
    def phrase(terms: Sequence[Term], field: str, slop: int, factor: float) -> Plan: ...
    @staticmethod
    def every(required: Sequence[Plan], excluded: Sequence[Plan], boost: float) -> Plan: ...
    @staticmethod
    def any(plans: Sequence[Plan], boost: float) -> Plan: ...
    @staticmethod
    def without(positive: Plan, negative: Plan) -> Plan: ...
    @staticmethod
    def maybe(required: Plan, optional: Plan) -> Plan: ...
    @staticmethod
    def ranges(bounds: Sequence[tuple[int, int]]) -> Plan: ...
    @staticmethod
    def listed(
        collection: Collection, segments: Sequence[tuple[NDArray[np.uint16], NDArray[np.float32] | None]]
    ) -> Plan: ...
    @staticmethod
    def everything() -> Plan: ...
    @staticmethod
    def nothing() -> Plan: ...

class Collection:
    def __new__(
        cls, segments: Sequence[Segment], shares: tuple[float, float, float, float, float]
    ) -> Collection: ...
    def term(self, text: str, seconds: float | None) -> Term: ...
    def word(
        self, term: Term, spelling: str, folded: str, fold: Callable[[str], str], seconds: float | None
    ) -> Word: ...
    def expansion(
        self, spellings: Sequence[Sequence[tuple[int, _Spellings]]], seconds: float | None
    ) -> Expansion: ...
    def document_frequency(self, text: str, seconds: float | None) -> int: ...
    def term_range(self, low: str, high: str, limit: int, seconds: float | None) -> list[str]: ...
    def count(self, plan: Plan, seconds: float | None) -> int: ...
    def rank(
        self,
        plan: Plan,
        groups: Sequence[_Group],
        second_stage: tuple[Sequence[tuple[Term, float]], Sequence[tuple[str, Term]], float, int],
        count: int,
        seconds: float | None,
    ) -> tuple[list[tuple[int, float, int, int, int]], int]: ...
    def sorted(
        self,
        plan: Plan,
        groups: Sequence[_Group],
        sort: str,
        decay: tuple[int, int, Sequence[NDArray[np.float32]]] | None,
        after: tuple[float, int, int, int] | None,
        count: int,
        seconds: float | None,
    ) -> tuple[list[tuple[float, int, int, int, float]], int]: ...
    def facets(
        self,
        plan: Plan,
        labels: Sequence[Sequence[tuple[NDArray[np.uint16] | NDArray[np.uint32], int]]],
        periods: Sequence[Sequence[NDArray[np.uint32]]],
        seconds: float | None,
    ) -> tuple[list[list[NDArray[np.uint32]]], list[list[NDArray[np.uint32]]]]: ...
    def term_counts(
        self,
        terms: Sequence[NDArray[np.uint32]],
        documents: Sequence[NDArray[np.uint16]],
        seconds: float | None,
    ) -> list[NDArray[np.uint32]]: ...
    def neighbours(
        self,
        terms: Sequence[Term],
        documents: Sequence[NDArray[np.uint16]],
        least: int,
        seconds: float | None,
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]: ...
    def best(
        self, plan: Plan, count: int, tolerance: float, seconds: float | None
    ) -> list[tuple[NDArray[np.int64], NDArray[np.float32], int]]: ...
    def occurrences(
        self,
        terms: Sequence[tuple[Term, str, bool, bool]],
        documents: Sequence[tuple[int, int]],
        max_of_term: int,
        max_of_all: int,
        seconds: float | None,
    ) -> list[tuple[list[int], list[tuple[int, str]]]]: ...
    def lead_scores(
        self,
        words: Sequence[_LeadWord],
        half: float,
        hits: Sequence[tuple[float, int, int]],
        seconds: float | None,
    ) -> list[float]: ...
    def matches(
        self, number: int, plan: Plan, seconds: float | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]: ...

_RawSegment = tuple[NDArray[np.uint8], int, NDArray[np.uint32], Mapping[str, tuple[str, int, int]]]
_Parameters = tuple[int, int, int, int, int, int]

class PostingsEncoder:
    def __new__(cls, headline_length: NDArray[np.uint32], max_occurrences: int) -> PostingsEncoder: ...
    def add(
        self,
        term: NDArray[np.uint32],
        document: NDArray[np.uint16],
        position: NDArray[np.uint32],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None: ...
    def slot_documents(self) -> NDArray[np.int64]: ...
    def finish(self) -> dict[str, NDArray[Any]]: ...

class TextCompressor:
    def __new__(cls, dictionary: bytes, parameters: _Parameters) -> TextCompressor: ...
    def compress(self, packed: Sequence[bytes], threads: int) -> list[bytes]: ...

class BlockChecksums:
    def __new__(cls) -> BlockChecksums: ...
    def add(self, content: NDArray[np.uint8]) -> None: ...
    def finish(self) -> NDArray[np.uint32]: ...

class TextMerger:
    def __new__(
        cls, segments: Sequence[_RawSegment], dictionary: bytes, parameters: _Parameters
    ) -> TextMerger: ...
    def frames(
        self, segment: NDArray[np.uint32], document: NDArray[np.uint32], threads: int
    ) -> list[bytes]: ...

def merge_words(
    segments: Sequence[tuple[_RawSegment, NDArray[np.uint32]]],
    documents: int,
    max_occurrences: int,
    threads: int,
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]: ...
