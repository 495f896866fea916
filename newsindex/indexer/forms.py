"""How is each written form analysed only once, however often it is written?

Analysis of French depends on the chunk alone (see analyzer/characters.py), and a corpus of millions of
words has a few hundred thousand distinct chunks. This table maps a chunk's 64-bit hash to its number
by array look-up; only a chunk never met before reaches the analyzer. A hash is never trusted alone:
what was found is compared with the text, and chunks whose hashes collide are kept apart by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..analyzer import FRENCH, French

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_EMPTY: Final = -1


class _Growing:
    """An array that is appended to."""

    def __init__(self, dtype: str) -> None:
        self._room = np.zeros(1024, dtype)
        self._size = 0

    def extend(self, values: Sequence[int] | NDArray[Any]) -> None:
        need = self._size + len(values)
        if need > len(self._room):
            self._room = np.concatenate([self._room, np.zeros(max(need, self._size), self._room.dtype)])
        self._room[self._size : need] = values
        self._size = need

    @property
    def values(self) -> NDArray[Any]:
        return self._room[: self._size]


class FormTable:
    """All chunks met so far, each with its words.

    ``spellings`` lists the distinct spellings of words, and ``spelling_terms`` the term of each; form *f*
    has ``count[f]`` words, whose spelling numbers are ``word_spelling`` from ``first[f]`` on.
    """

    def __init__(self, french: French = FRENCH) -> None:
        self._french = french
        self.spellings: list[str] = []
        self.spelling_terms: list[str] = []
        self._spelling_number: dict[str, int] = {}
        self._by_text: dict[str, int] = {}
        self._count = _Growing("u4")
        self._first = _Growing("i8")
        self._word_spelling = _Growing("u4")
        self._unit_first = _Growing("i8")
        self._unit_count = _Growing("i8")
        self._units = _Growing("u2")
        self._bits = 12
        self._slot_hash = np.zeros(1 << self._bits, np.uint64)
        self._slot_form = np.full(1 << self._bits, _EMPTY, np.int32)
        self._filled = 0

    def __len__(self) -> int:
        return len(self._by_text)

    count = property(lambda self: self._count.values)
    first = property(lambda self: self._first.values)
    word_spelling = property(lambda self: self._word_spelling.values)
    unit_first = property(lambda self: self._unit_first.values)
    unit_count = property(lambda self: self._unit_count.values)
    units = property(lambda self: self._units.values)

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The form under each hash, or -1; shape of ``hashes``. The text is still to be compared."""
        slot = ((hashes * _MIX) >> np.uint64(64 - self._bits)).astype(np.intp)
        form = self._slot_form[slot]
        probing = np.flatnonzero((self._slot_hash[slot] != hashes) & (form != _EMPTY))
        while len(probing):
            slot[probing] = (slot[probing] + 1) & (len(self._slot_form) - 1)
            at = slot[probing]
            form[probing] = self._slot_form[at]
            missed = (self._slot_hash[at] != hashes[probing]) & (form[probing] != _EMPTY)
            probing = probing[missed]
        return form

    def number(self, chunks: Sequence[str]) -> list[int]:
        """The form of each chunk, analysed if it is new; not yet found by its hash."""
        numbers = []
        counts, spellings, sizes = [], [], []
        text = []
        for chunk in chunks:
            number = self._by_text.get(chunk)
            if number is None:
                number = self._by_text[chunk] = len(self._by_text)
                words = self._french.analyze_chunk(chunk)
                counts.append(len(words))
                for word in words:
                    spellings.append(self._number_of(word.spelling, word.term))
                text.append(chunk)
                sizes.append(_units(chunk))
            numbers.append(number)
        self._first.extend(len(self.word_spelling) + np.cumsum([0, *counts])[:-1])
        self._count.extend(counts)
        self._word_spelling.extend(spellings)
        self._unit_first.extend(len(self.units) + np.cumsum([0, *sizes])[:-1])
        self._unit_count.extend(sizes)
        self._units.extend(np.frombuffer("".join(text).encode("utf-16-le"), np.uint16))
        return numbers

    def _number_of(self, spelling: str, term: str) -> int:
        number = self._spelling_number.get(spelling)
        if number is None:
            number = self._spelling_number[spelling] = len(self.spellings)
            self.spellings.append(spelling)
            self.spelling_terms.append(term)
        return number

    def enter(self, hashes: NDArray[np.uint64], forms: NDArray[np.int32]) -> None:
        """Make forms findable by hashes that :meth:`find` does not know; the hashes are distinct."""
        self._filled += len(hashes)
        if 2 * self._filled > len(self._slot_form):
            kept = self._slot_form != _EMPTY
            hashes = np.concatenate([self._slot_hash[kept], hashes])
            forms = np.concatenate([self._slot_form[kept], forms])
            self._bits = max(self._bits, int(4 * self._filled).bit_length())
            self._slot_hash = np.zeros(1 << self._bits, np.uint64)
            self._slot_form = np.full(1 << self._bits, _EMPTY, np.int32)
        slot = ((hashes * _MIX) >> np.uint64(64 - self._bits)).astype(np.intp)
        while len(slot):
            free = self._slot_form[slot] == _EMPTY
            claim, claimed = np.unique(np.where(free, slot, -1), return_index=True)
            won = claimed[claim >= 0]
            self._slot_hash[slot[won]] = hashes[won]
            self._slot_form[slot[won]] = forms[won]
            left = np.ones(len(slot), bool)
            left[won] = False
            slot, hashes, forms = slot[left], hashes[left], forms[left]
            taken = self._slot_form[slot] != _EMPTY
            slot[taken] = (slot[taken] + 1) & (len(self._slot_form) - 1)


def _units(chunk: str) -> int:
    return len(chunk) if chunk.isascii() else len(chunk.encode("utf-16-le")) // 2
