"""The form table, by which each distinct chunk of text is analysed only once.

The analysis of French depends on the chunk alone (see analyzer/characters.py), and a corpus of millions of
words has a few hundred thousand distinct chunks, or *forms*. A chunk of up to LONGEST_KEY letters is found
by its letter codes, 8 bits each, in a hash table of arrays, which compares whole keys and never trusts a
hash. The few others are found by their text. Only a chunk that was never met before reaches the analyzer.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress, count
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import FRENCH, French

PART: Final = 8
"""The letters in each of the two parts of a key."""
LONGEST_KEY: Final = 2 * PART
"""The letters of the longest chunk that has a key."""
_EMPTY: Final = -1
_MIX: Final = np.uint64(
    int.from_bytes(os.urandom(8), "little") | 1
)  # random, so that no text can be made to collide


class Keys(NamedTuple):
    """The letter codes of some chunks, with zeros after the last; each array has shape (chunks,)."""

    low: NDArray[np.uint64]  # the first PART codes
    high: NDArray[np.uint64]  # the others

    def take(self, which: NDArray[np.intp]) -> Keys:
        """The keys of some of the chunks."""
        return Keys(self.low[which], self.high[which])

    def distinct(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """One chunk for each distinct key, and for each chunk the number of its key among those."""
        order = np.lexsort((self.high, self.low))
        low, high = self.take(order)
        opens = np.ones(len(order), bool)
        opens[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        inverse = np.empty(len(order), np.intp)
        inverse[order] = np.cumsum(opens) - 1
        return order[opens], inverse


class _GrowingArray:
    """An array of numbers that can be extended."""

    def __init__(self, dtype: str) -> None:
        self._storage = np.zeros(1024, dtype)
        self._size = 0

    def extend(self, values: Sequence[int] | NDArray[Any]) -> None:
        """Appends values."""
        need = self._size + len(values)
        if need > len(self._storage):
            more = np.zeros(max(need, self._size), self._storage.dtype)
            self._storage = np.concatenate([self._storage, more])
        self._storage[self._size : need] = values
        self._size = need

    @property
    def values(self) -> NDArray[Any]:
        """All values, as a view that is valid until the next extension."""
        return self._storage[: self._size]


class _KeyTable:
    """Numbers keys from 0 on, in a hash table that is at most half full."""

    def __init__(self) -> None:
        self._low, self._high = _GrowingArray("u8"), _GrowingArray("u8")  # the keys, by number
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
        """Whether each number is that of another key, and not of an empty slot."""
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
        """Adds distinct keys that :meth:`find` does not know; returns their numbers."""
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
            self._slots[slot[free]] = numbers[free]  # of several numbers for one slot, one stays
            left = self._slots[slot] != numbers
            slot, numbers = self._after(slot[left]), numbers[left]
        return new


class FormTable:
    """The forms met so far, each with its words.

    ``spellings`` lists the distinct spellings of words.
    """

    def __init__(self, french: French = FRENCH) -> None:
        self._french = french
        self.spellings: list[str] = []
        self._term_number: defaultdict[str, int] = defaultdict(count().__next__)  # of a new term the next
        self._term_of_spelling: list[int] = []
        self._spelling_number: dict[str, int] = {}  # -1 for a spelling that is no word
        self._form_of_text: dict[str, int] = {}
        self._spelling_of_form = _GrowingArray("i4")  # -1 minus a place in _words where it is not one word
        self._words: list[list[int]] = []
        self._keys = _KeyTable()

    def __len__(self) -> int:
        return len(self._spelling_of_form.values)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The form of each key, or -1."""
        return self._keys.find(keys)

    def enter(self, keys: Keys, chunks: Sequence[str]) -> NDArray[np.int32]:
        """Adds chunks whose keys are distinct and not known to :meth:`find`; returns their forms."""
        all_spellings: list[str] = []  # of the words of all chunks
        ends = []
        for spellings in map(self._french.spellings, chunks):  # many lists at once would cost collections
            all_spellings += spellings
            ends.append(len(all_spellings))
        known = self._spelling_number
        self._number([spelling for spelling in dict.fromkeys(all_spellings) if spelling not in known])
        numbers = np.fromiter(map(known.__getitem__, all_spellings), np.int32, len(all_spellings))
        self._spelling_of_form.extend(self._form_entries(numbers, np.array(ends, np.intp)))
        return self._keys.enter(keys)

    def _form_entries(self, numbers: NDArray[np.int32], ends: NDArray[np.intp]) -> NDArray[np.int32]:
        """The value in _spelling_of_form of each new form, from the spelling numbers of all new forms."""
        starts = np.append(0, ends)[:-1]
        entries: NDArray[np.int32] = np.append(numbers, np.int32(-1))[starts]
        for form in np.flatnonzero((ends - starts != 1) | (entries < 0)).tolist():
            spelling = numbers[starts[form] : ends[form]].tolist()
            self._words.append([number for number in spelling if number >= 0])
            entries[form] = -len(self._words)
        return entries

    def find_by_text(self, chunks: Sequence[str]) -> NDArray[np.int32]:
        """The forms of chunks without a key; new ones are added."""
        known = self._form_of_text
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in known]
        places = np.arange(len(known), len(known) + len(new), dtype=np.uint64)
        made_up_keys = Keys(np.zeros(len(new), np.uint64), places)  # no chunk has a first letter code of 0
        known.update(zip(new, self.enter(made_up_keys, new).tolist(), strict=True))
        return np.fromiter(map(known.__getitem__, chunks), np.int32, len(chunks))

    def _number(self, spellings: Sequence[str]) -> None:
        """Numbers new spellings; one without a letter is no word and gets -1."""
        is_word = list(map(self._french.is_word, spellings))
        if not all(is_word):
            self._spelling_number.update(dict.fromkeys(spellings, -1))
            spellings = list(compress(spellings, is_word))
        self._spelling_number.update(zip(spellings, count(len(self.spellings)), strict=False))
        self.spellings += spellings

    def _find_terms(self) -> None:
        """Finds the terms of the spellings that are new since the last call.

        Doing it for many at once is faster than between two groups of texts.
        """
        new = self.spellings[len(self._term_of_spelling) :]
        self._term_of_spelling += map(self._term_number.__getitem__, map(self._french.term, new))

    @property
    def terms(self) -> list[str]:
        """The distinct terms of all spellings, by number."""
        self._find_terms()
        return list(self._term_number)

    @property
    def term_of_spelling(self) -> NDArray[np.int32]:
        """The number in ``terms`` of each spelling's term, shape (spellings,)."""
        self._find_terms()
        return np.array(self._term_of_spelling, np.int32)

    def words(self, forms: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp] | None]:
        """The spelling numbers of the words of some forms, in order, and the number of words of each form.

        The latter is None where every form has one word.
        """
        spelling = self._spelling_of_form.values.take(forms)
        several = np.flatnonzero(spelling < 0)
        if not len(several):
            return spelling, None
        words = [self._words[-1 - entry] for entry in spelling[several].tolist()]
        counts = np.ones(len(forms), np.intp)
        counts[several] = [len(numbers) for numbers in words]
        spelling = np.repeat(spelling, counts)
        spelling[spelling < 0] = [number for numbers in words for number in numbers]
        return spelling, counts
