"""The postings of a term by spelling, and what a posting scores for its spellings.

A *spelling* is a written form of a term in lower case: ``péché``, ``peche`` and ``péchés`` are spellings of
one term. All spellings of a term share one posting list. The *slot* of a spelling is its place among those
of its term. The *mark* of a posting has a bit for each of the first SLOTS spellings of the term; a spelling
without a bit has a list of its own documents (``storage/spelling_table.py``).

Two spellings are *alike* where they differ in accents at most. A document that has a spelling like the typed
one scores more than a document with other spellings of the term only, and one that has it exactly as typed
scores a little more again (``bm25f.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.analyzer.characters import HASH
from newsindex.storage.postings_reader import RarePostings
from newsindex.storage.segment import Segment
from newsindex.storage.spelling_table import SLOTS

from .bm25f import BM25F, TermWeight
from .caches import BoundedCache
from .posting_lists import intersect

_HASH: Final = ord(HASH)
_ALL_MARKS: Final = np.arange(1 << SLOTS, dtype=np.uint8)
_HAS_ANY_BIT: Final = _ALL_MARKS[:, np.newaxis] & _ALL_MARKS > 0
"""Whether a mark has any of some bits: shape (bits, marks)."""
_HAS_ANY_BIT_FLOAT: Final = _HAS_ANY_BIT.astype(np.float32)

_MAX_SIMILAR_BYTES: Final = 4 << 20
"""Bytes of similar spellings that are kept for each segment."""


class SpellingSet(NamedTuple):
    """Some of the spellings of one term in one segment."""

    bits: int  # those that have a bit in marks
    others: tuple[int, ...]  # the numbers of those that have none
    complete: bool  # whether the set has every spelling of the term


NO_SPELLINGS: Final = SpellingSet(0, (), False)
"""The empty set of spellings."""

TermSpellings = Mapping[int, SpellingSet]
"""Sets of spellings by the numbers of their terms in one segment."""


class SimilarSpellings(NamedTuple):
    """The spellings of a term that are like a typed one, and those that are exactly the typed one."""

    alike: SpellingSet
    exact: SpellingSet


class SpellingFactors(NamedTuple):
    """The factors by which postings are multiplied for their spellings."""

    by_mark: NDArray[np.float32]  # shape (marks,)
    by_code: NDArray[np.float32]  # shape (codes,)
    by_posting: Sequence[tuple[NDArray[np.intp], np.float32]]
    """Postings whose spelling has no bit in the mark, and what is added to their factors."""

    def of_postings(
        self, codes: NDArray[np.uint8], rare: RarePostings | None, postings: NDArray[np.intp] | None
    ) -> NDArray[np.float32]:
        """The factor of each posting, of the shape of ``codes``.

        ``rare`` are the postings without a code of their own, by index in ``codes``. ``postings`` are the
        postings of the term that ``codes`` belong to, None for all of them.
        """
        factors = self.by_code.take(codes)
        if rare is not None:
            factors[rare.posting] = self.by_mark[rare.marks]
        for with_spelling, added in self.by_posting:
            indices = with_spelling if postings is None else intersect(with_spelling, postings)[1]
            factors[indices] += added
        return factors


class SpellingPostings:
    """The spellings of the terms of one segment, and their postings."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._similar: BoundedCache[tuple[int, str], SimilarSpellings] = BoundedCache(
            max_bytes=_MAX_SIMILAR_BYTES
        )
        self._code_has_any_bit: dict[int, NDArray[np.float32]] = {}  # by bits, so of at most 32 entries

    def similar(self, term: int, spelling: str) -> SimilarSpellings:
        """The spellings of a term that are like a typed spelling, and those that are exactly it."""
        similar = self._similar.get((term, spelling))
        if similar is None:
            similar = self._similar[term, spelling] = self._find_similar(term, spelling)
        return similar

    def _find_similar(self, term: int, spelling: str) -> SimilarSpellings:
        texts = self._segment.spelling_texts(term)
        typed = spelling.encode()
        folded = fold(spelling)
        plain = folded.encode()
        alike = [
            slot
            for slot, text in enumerate(texts)
            if text in (typed, plain)
            or ((not text.isascii() or text[0] == _HASH) and fold(text.decode()) == folded)
        ]
        exact = [slot for slot in alike if texts[slot] == typed]
        alike_set = self._set_of_slots(term, alike)
        return SimilarSpellings(alike_set, alike_set if exact == alike else self._set_of_slots(term, exact))

    def exact(self, term: int, spelling: str) -> SpellingSet:
        """The spellings of a term that are exactly a typed one, or that begin a hashtag with it."""
        typed = spelling.encode()
        texts = self._segment.spelling_texts(term)
        slots = [slot for slot, text in enumerate(texts) if text.removeprefix(b"#") == typed]
        return self._set_of_slots(term, slots)

    def _set_of_slots(self, term: int, slots: Collection[int]) -> SpellingSet:
        if not slots:
            return NO_SPELLINGS
        numbers = self._segment.spellings.of_term(term)
        return SpellingSet(
            sum([1 << slot for slot in slots if slot < SLOTS]),
            tuple([numbers[slot] for slot in sorted(slots) if slot >= SLOTS]),
            len(slots) == len(numbers),
        )

    def _slots_of_set(self, term: int, spellings: SpellingSet) -> set[int]:
        first = self._segment.spellings.of_term(term).start
        slots = {slot for slot in range(SLOTS) if spellings.bits >> slot & 1}
        return slots.union([number - first for number in spellings.others])

    def by_term(self, spellings: Iterable[int]) -> dict[int, SpellingSet]:
        """Spellings, given by their numbers in the segment, as sets by term."""
        slots: dict[int, set[int]] = {}
        for number in spellings:
            term = int(self._segment.spellings.terms[number])
            slots.setdefault(term, set()).add(number - self._segment.spellings.of_term(term).start)
        return {term: self._set_of_slots(term, of_term) for term, of_term in slots.items()}

    def texts(self, term: int, spellings: SpellingSet) -> set[str]:
        """Some spellings of a term as text."""
        texts = self._segment.spelling_texts(term)
        return {texts[slot].decode() for slot in self._slots_of_set(term, spellings)}

    def complement(self, term: int, spellings: SpellingSet) -> SpellingSet:
        """The spellings of a term that are not in a set."""
        every_slot = range(len(self._segment.spellings.of_term(term)))
        return self._set_of_slots(term, set(every_slot) - self._slots_of_set(term, spellings))

    def postings_with(self, term: int, spellings: SpellingSet) -> NDArray[np.bool_]:
        """Which postings of a term have one of some spellings, shape (postings,)."""
        postings = self._segment.postings
        if spellings.complete:
            return np.ones(postings.document_frequency(term), bool)
        mask: NDArray[np.bool_] = _HAS_ANY_BIT[spellings.bits][postings.marks(term)]
        if spellings.others:
            mask[self._postings_of_others(term, spellings)] = True
        return mask

    def _postings_of_others(self, term: int, spellings: SpellingSet) -> NDArray[np.intp]:
        """The postings of a term that have one of the spellings without a bit."""
        table, posting_list = self._segment.spellings, self._segment.postings.documents(term)
        postings = [posting_list.searchsorted(table.other_documents(number)) for number in spellings.others]
        return postings[0] if len(postings) == 1 else np.unique(np.concatenate(postings))

    def document_frequency(self, term: int, spelling: str) -> int:
        """The number of live documents that have a spelling like a typed one, summed over these spellings."""
        alike = self.similar(term, spelling).alike
        live, table = self._segment.live, self._segment.spellings
        first = table.of_term(term).start
        slots = [slot for slot in range(SLOTS) if alike.bits >> slot & 1]
        if live is None:
            return sum(map(table.document_frequency, [*(first + slot for slot in slots), *alike.others]))
        if alike is NO_SPELLINGS:
            return 0
        marks = self._segment.postings.marks(term)[live[self._segment.postings.documents(term)]]
        frequencies = [np.count_nonzero(marks & (1 << slot)) for slot in slots]
        frequencies += [np.count_nonzero(live[table.other_documents(number)]) for number in alike.others]
        return int(sum(frequencies))

    def factors(
        self, term: int, spelling: str, weight: TermWeight, ranking: BM25F
    ) -> float | SpellingFactors:
        """The factors of the postings of a term for a word as typed; one number where all are equal."""
        if not weight.spelling:
            return weight.term
        alike, exact = self.similar(term, spelling)
        if alike is NO_SPELLINGS:
            return weight.term
        added = [(alike, ranking.spelling * weight.spelling), (exact, ranking.accents * weight.spelling)]
        if alike.complete and (exact.complete or exact is NO_SPELLINGS):
            return weight.term + sum([more for spellings, more in added if spellings is not NO_SPELLINGS])
        by_mark = np.full(len(_HAS_ANY_BIT), weight.term, np.float32)
        by_code = np.full(len(self._segment.postings.code_mark), weight.term, np.float32)
        for spellings, more in added:
            by_mark += _HAS_ANY_BIT_FLOAT[spellings.bits] * np.float32(more)
            by_code += self._codes_with(spellings.bits) * np.float32(more)
        by_posting = [
            (self._postings_without_bits(term, spellings), np.float32(more))
            for spellings, more in added
            if spellings.others
        ]
        return SpellingFactors(by_mark, by_code, by_posting)

    def _codes_with(self, bits: int) -> NDArray[np.float32]:
        """1 for each code whose mark has any of some bits, 0 for the others; shape (codes,)."""
        has_any = self._code_has_any_bit.get(bits)
        if has_any is None:
            marks = self._segment.postings.code_mark
            has_any = self._code_has_any_bit[bits] = _HAS_ANY_BIT_FLOAT[bits][marks]
        return has_any

    def _postings_without_bits(self, term: int, spellings: SpellingSet) -> NDArray[np.intp]:
        """The postings of a term that have one of the spellings without a bit, and none of those with one."""
        postings = self._postings_of_others(term, spellings)
        if not spellings.bits:
            return postings
        marks = self._segment.postings.details(term, postings)[1]
        without_bits: NDArray[np.intp] = postings[~_HAS_ANY_BIT[spellings.bits][marks]]
        return without_bits
