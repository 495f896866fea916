"""How is each written form analysed only once, however often it is written?

Analysis of French depends on the chunk alone (see analyzer/characters.py), and a corpus of millions of
words has a few hundred thousand distinct chunks. A chunk of up to LONGEST_KEY letters is found by its letters
themselves, 8 bits each, in a hash table of arrays: that it is the same one is compared, never trusted.
The few others are found by name. Only a chunk never met before reaches the analyzer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import FRENCH, French

PART: Final = 8
"""So many letters are in each part of a key."""
LONGEST_KEY: Final = 2 * PART
"""Longer chunks have no key."""
_EMPTY: Final = -1
_MIX: Final = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)  # no text can be made to fit it


class Keys(NamedTuple):
    """The letters of some chunks, zeros after the last; each array has shape (chunks,)."""

    low: NDArray[np.uint64]  # of the first PART letters
    high: NDArray[np.uint64]  # of the others

    def take(self, which: NDArray[np.intp]) -> Keys:
        """The keys of some of the chunks."""
        return Keys(self.low[which], self.high[which])

    def distinct(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """One chunk of each key, and for each chunk which of those has its key."""
        order = np.lexsort((self.high, self.low))
        low, high = self.take(order)
        opens = np.ones(len(order), bool)
        opens[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        inverse = np.empty(len(order), np.intp)
        inverse[order] = np.cumsum(opens) - 1
        return order[opens], inverse


class _Growing:
    """An array of numbers that is appended to."""

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


class _KeyTable:
    """Numbers keys from 0 on, in a hash table that is at most half full."""

    def __init__(self) -> None:
        self._low, self._high = _Growing("u8"), _Growing("u8")  # the keys, by number
        self._make_slots(12)

    def _make_slots(self, bits: int) -> None:
        self._bits = bits
        self._slots = np.full(1 << bits, _EMPTY, np.int32)

    def _home(self, keys: Keys) -> NDArray[np.intp]:
        mixed = (keys.high * _MIX ^ keys.low) * _MIX
        return (mixed >> np.uint64(64 - self._bits)).astype(np.intp)

    def _after(self, slot: NDArray[np.intp]) -> NDArray[np.intp]:
        return (slot + 1) & (len(self._slots) - 1)

    def _differ(self, number: NDArray[np.int32], keys: Keys) -> NDArray[np.bool_]:
        """Which numbers are those of other keys."""
        other: NDArray[np.bool_] = self._low.values.take(number) != keys.low
        other |= self._high.values.take(number) != keys.high
        other &= number != _EMPTY
        return other

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The number of each key, or -1."""
        if not len(self._low.values):
            return np.full(len(keys.low), _EMPTY, np.int32)
        slot = self._home(keys)
        number = self._slots.take(slot)
        probing = np.flatnonzero(self._differ(number, keys))
        slot = slot[probing]
        while len(probing):
            slot = self._after(slot)
            number[probing] = self._slots[slot]
            left = self._differ(number[probing], keys.take(probing))
            probing, slot = probing[left], slot[left]
        return number

    def enter(self, keys: Keys) -> NDArray[np.int32]:
        """Number keys that are distinct, and that :meth:`find` does not know."""
        first = len(self._low.values)
        self._low.extend(keys.low)
        self._high.extend(keys.high)
        numbers = new = np.arange(first, len(self._low.values), dtype=np.int32)
        if 2 * (first + len(new)) > len(self._slots):
            self._make_slots((4 * (first + len(new))).bit_length())
            keys = Keys(self._low.values, self._high.values)
            numbers = np.arange(len(keys.low), dtype=np.int32)
        slot = self._home(keys)
        while len(slot):
            free = self._slots[slot] == _EMPTY
            self._slots[slot[free]] = numbers[free]  # of several, one stays
            left = self._slots[slot] != numbers
            slot, numbers = self._after(slot[left]), numbers[left]
        return new


class FormTable:
    """All chunks met so far, each with its words.

    ``spellings`` lists the distinct spellings of words, ``term_of_spelling`` numbers the term of each, and
    ``terms`` lists those.
    """

    def __init__(self, french: French = FRENCH) -> None:
        self._french = french
        self.spellings: list[str] = []
        self.terms: list[str] = []
        self._term_number: dict[str, int] = {}
        self._term_of_spelling: list[int] = []
        self._spelling_number: dict[str, int] = {}  # -1 for what is no word
        self._form_of_name: dict[str, int] = {}
        self._spelling_of_form = _Growing("i4")  # of one that is not one word, -1 less its place in _words
        self._words: list[list[int]] = []
        self._keys = _KeyTable()

    def __len__(self) -> int:
        return len(self._spelling_of_form.values)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The form of each key, or -1."""
        return self._keys.find(keys)

    def enter(self, keys: Keys, chunks: Sequence[str]) -> NDArray[np.int32]:
        """The forms of chunks whose keys are distinct, and not known to :meth:`find`."""
        written: list[str] = []
        ends = []
        for spellings in map(self._french.spellings, chunks):
            written += spellings
            ends.append(len(written))
        known = self._spelling_number
        self._number([spelling for spelling in dict.fromkeys(written) if spelling not in known])
        numbers = np.fromiter(map(known.__getitem__, written), np.int32, len(written))
        self._spelling_of_form.extend(self._single(numbers, np.array(ends, np.intp)))
        return self._keys.enter(keys)

    def _single(self, numbers: NDArray[np.int32], ends: NDArray[np.intp]) -> NDArray[np.int32]:
        """What to keep of each new form, from the numbers of its spellings, one form after another."""
        starts = np.append(0, ends)[:-1]
        kept: NDArray[np.int32] = np.append(numbers, np.int32(-1))[starts]
        for form in np.flatnonzero((ends - starts != 1) | (kept < 0)).tolist():
            own = numbers[starts[form] : ends[form]].tolist()
            self._words.append([number for number in own if number >= 0])
            kept[form] = -len(self._words)
        return kept

    def named(self, chunks: Sequence[str]) -> NDArray[np.int32]:
        """The forms of chunks without a key."""
        known = self._form_of_name
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in known]
        places = np.arange(len(known), len(known) + len(new), dtype=np.uint64)
        unlike_others = Keys(np.zeros(len(new), np.uint64), places)  # no chunk has no first letter
        known.update(zip(new, self.enter(unlike_others, new).tolist(), strict=True))
        return np.fromiter(map(known.__getitem__, chunks), np.int32, len(chunks))

    def _number(self, spellings: Sequence[str]) -> None:
        """Number new spellings: -1 for what has no letter and is no word."""
        for spelling, term in zip(spellings, map(self._french.term, spellings), strict=True):
            if not term:
                self._spelling_number[spelling] = -1
                continue
            self._spelling_number[spelling] = len(self.spellings)
            self.spellings.append(spelling)
            self._term_of_spelling.append(self._term_number.setdefault(term, len(self.terms)))
            if len(self._term_number) > len(self.terms):
                self.terms.append(term)

    @property
    def term_of_spelling(self) -> NDArray[np.int32]:
        """Which of ``terms`` each spelling has, shape (spellings,)."""
        return np.array(self._term_of_spelling, np.int32)

    def words(self, forms: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp] | None]:
        """The spelling of each word of some forms, in order, and how many words each form has; None where
        every form has one."""
        spelling = self._spelling_of_form.values.take(forms)
        several = np.flatnonzero(spelling < 0)
        if not len(several):
            return spelling, None
        words = [self._words[-1 - place] for place in spelling[several].tolist()]
        counts = np.ones(len(forms), np.intp)
        counts[several] = [len(own) for own in words]
        spelling = np.repeat(spelling, counts)
        spelling[spelling < 0] = [number for own in words for number in own]
        return spelling, counts
