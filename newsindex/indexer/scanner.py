"""How are the words of many texts found and numbered without a step of Python for each?

The texts of a batch are joined and seen as one array of UTF-16 code units. A table gives the class of
each unit, shifted comparisons apply the joining rules of analyzer/characters.py, and a difference marks
where chunks start and end. Prefix sums of a polynomial give each chunk's hash, and the form table its
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analyzer import FRENCH, French
from ..analyzer.characters import (
    APOSTROPHE,
    ASTRAL,
    COMMA,
    DIGIT,
    DOT,
    LETTER,
    SPACE,
    code_unit_classes,
)
from .forms import FormTable

_BATCH: Final = 1 << 19  # code units: what the arrays of one batch need stays near the cache
_PIECE: Final = _BATCH // 2  # characters
_MOST_FORMS: Final = 400_000  # kept from batch to batch: about 150 MB
_BASE: Final = 0x9E3779B97F4A7C15 | 1  # of the polynomial; odd, so that it has an inverse
_BASE_INVERSE: Final = pow(_BASE, -1, 1 << 64)


class Scan(NamedTuple):
    """The words of a sequence of texts, one text after another."""

    spelling: NDArray[np.uint32]  # the number of each word's spelling in the form table, shape (words,)
    start: NDArray[
        np.int64
    ]  # where the chunk of each word starts in its text, in characters; -1 for all words
    # of a chunk but its first, shape (words,)
    first: NDArray[np.int64]  # the first word of each text and the end, shape (texts + 1,)


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces that no chunk crosses: cut at line ends, else at spaces not after a digit."""
    start = 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n", start + 1, start + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", start + 1, start + _PIECE)
            while cut > 0 and text[cut - 1] in "0123456789":
                cut = text.rfind(" ", start + 1, cut)
        if cut < 0:
            break  # not a text of words: it is taken whole
        yield text[start:cut]
        start = cut
    yield text[start:]


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    factors = np.full(count, base & (1 << 64) - 1, np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


class Scanner:
    """Finds the words of texts; keeps the forms that it has met."""

    def __init__(self, french: French = FRENCH) -> None:
        self._french = french
        self.forms = FormTable(french)
        self._classes = code_unit_classes()
        self._powers = _powers(_BASE, _BATCH + 1)
        self._inverse = _powers(_BASE_INVERSE, _BATCH + 1)

    def forget(self) -> None:
        """Begin a new form table where the old one is large: its numbers are good no more."""
        if len(self.forms) > _MOST_FORMS:
            self.forms = FormTable(self._french)

    def scan(self, texts: Sequence[str]) -> Scan:
        """The words of each text, in order."""
        if all(len(text) <= _PIECE for text in texts):
            return self._scan_short(texts)
        pieces = [list(_pieces(text)) for text in texts]
        scan = self._scan_short([piece for parts in pieces for piece in parts])
        before = [at for parts in pieces for at in accumulate(map(len, parts[:-1]), initial=0)]
        scan.start[:] += np.where(scan.start < 0, 0, np.repeat(before, np.diff(scan.first)))
        return scan._replace(first=scan.first[np.cumsum([0, *map(len, pieces)])])

    def _scan_short(self, texts: Sequence[str]) -> Scan:
        scans = []
        start = size = 0
        for end, text in enumerate(texts, 1):
            size += len(text) + 1
            if size >= _BATCH // 2 or end == len(texts):
                scans.append(self._scan_batch(texts[start:end]))
                start, size = end, 0
        offset, firsts = 0, [np.zeros(1, np.int64)]
        for scan in scans:
            firsts.append(scan.first[1:] + offset)
            offset += len(scan.spelling)
        if not scans:
            return Scan(np.zeros(0, np.uint32), np.zeros(0, np.int64), firsts[0])
        return Scan(
            np.concatenate([scan.spelling for scan in scans]),
            np.concatenate([scan.start for scan in scans]),
            np.concatenate(firsts),
        )

    def _scan_batch(self, texts: Sequence[str]) -> Scan:
        joined = "\n".join(texts)
        units = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        high = None
        if len(units) != len(joined):  # some characters take two units
            high = np.concatenate([[0], np.cumsum((units & 0xFC00) == 0xD800)])
            lengths += [len(text.encode("utf-16-le")) // 2 - len(text) for text in texts]
        text_start = np.concatenate([[0], np.cumsum(lengths)])
        start, end = self._chunks(units)
        form = self._forms(units, start, end)
        count = self.forms.count[form]
        chunk_of_text = np.searchsorted(start, text_start)
        words_before = np.concatenate([[0], np.cumsum(count, dtype=np.int64)])
        chunk = np.repeat(np.arange(len(form)), count)
        word = self.forms.first[form][chunk] + np.arange(len(chunk)) - words_before[chunk]
        first = words_before[chunk_of_text]
        if high is not None:
            start -= high[start]
            text_start = text_start - high[np.minimum(text_start, len(units))]
        at = start[chunk] - np.repeat(text_start[:-1], np.diff(first))
        at[1:][chunk[1:] == chunk[:-1]] = -1
        return Scan(self.forms.word_spelling[word], at, first)

    def _chunks(self, units: NDArray[np.uint16]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The bounds of each chunk: the rules of analyzer/characters.py as array operations."""
        size = len(units)
        kind = np.zeros(size + 8, np.uint8)  # four units of nothing on either side
        kind[4:-4] = self._classes[units]
        word = (kind >= LETTER) & (kind <= ASTRAL)
        digit, letter = kind == DIGIT, kind == LETTER

        def shifted(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
            return mask[4 + by : 4 + by + size]

        here = kind[4:-4]
        digit_before = shifted(digit, -1)
        digit_around = digit_before & shifted(digit, 1)
        joins = (here == APOSTROPHE) & shifted(word, -1) & shifted(word, 1)
        joins |= ((here == DOT) | (here == COMMA)) & digit_around
        joins |= (here == DOT) & shifted(letter, -1) & ~shifted(word, -2) & shifted(letter, 1)
        three_after = digit_around & shifted(digit, 2) & shifted(digit, 3) & ~shifted(word, 4)
        four_before = digit_before & shifted(digit, -2) & shifted(digit, -3) & shifted(digit, -4)
        joins |= (here == SPACE) & three_after & ~four_before
        inside = np.zeros(size + 2, bool)
        inside[1:-1] = shifted(word, 0) | joins
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return edges[::2], edges[1::2]

    def _forms(self, units: NDArray[np.uint16], start: NDArray[Any], end: NDArray[Any]) -> NDArray[np.int32]:
        """The form of each chunk, new ones analysed."""
        hashes = self._hashes(units, start, end)
        form = self.forms.find(hashes)
        unknown = np.flatnonzero(form < 0)
        if len(unknown):
            new, first, inverse = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            entered = self._numbers(units, start, end, unknown[first])
            self.forms.enter(new, entered)
            form[unknown] = entered[inverse]
        mistaken = self._mistaken(units, start, end, form)
        if len(mistaken):
            form[mistaken] = self._numbers(units, start, end, mistaken)
        return form

    def _numbers(
        self, units: NDArray[np.uint16], start: NDArray[Any], end: NDArray[Any], which: NDArray[Any]
    ) -> NDArray[np.int32]:
        """The forms of some chunks, by their text."""
        text = units.tobytes()
        bounds = zip((2 * start[which]).tolist(), (2 * end[which]).tolist(), strict=True)
        chunks = [text[low:high].decode("utf-16-le") for low, high in bounds]
        return np.array(self.forms.number(chunks), np.int32)

    def _hashes(
        self, units: NDArray[np.uint16], start: NDArray[Any], end: NDArray[Any]
    ) -> NDArray[np.uint64]:
        """sum of unit[i] * base**(i - start) over each chunk, modulo 2**64, by prefix sums."""
        if len(units) > _BATCH:  # one very long text
            self._powers = _powers(_BASE, len(units) + 1)
            self._inverse = _powers(_BASE_INVERSE, len(units) + 1)
        sums = np.zeros(len(units) + 1, np.uint64)
        np.cumsum(units * self._powers[: len(units)], out=sums[1:])
        hashes: NDArray[np.uint64] = (sums[end] - sums[start]) * self._inverse[start]
        return hashes

    def _mistaken(
        self,
        units: NDArray[np.uint16],
        start: NDArray[Any],
        end: NDArray[Any],
        form: NDArray[np.int32],
    ) -> NDArray[np.intp]:
        """Which chunks are not what the form under their hash says."""
        size = end - start
        wrong = self.forms.unit_count[form] != size
        size = np.where(wrong, 0, size)
        before = np.cumsum(size) - size
        within = np.arange(int(size.sum()))
        here = units[np.repeat(start - before, size) + within]
        there = self.forms.units[np.repeat(self.forms.unit_first[form] - before, size) + within]
        differing = np.flatnonzero(here != there)
        if len(differing):
            wrong[np.searchsorted(before + size, differing, side="right")] = True
        return np.flatnonzero(wrong)
