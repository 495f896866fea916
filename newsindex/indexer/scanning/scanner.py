"""How are the words of many texts found and numbered without a step of Python for each?

The texts of a batch are joined and seen as one array of letters, 8 bits each (letters.py). The joining
rules of analyzer/characters.py are applied where a sign may join, and a difference marks where chunks
start and end. The letters of a chunk are its key in the form table, which has its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import FRENCH, French
from newsindex.analyzer.characters import without_false_letters

from .form_table import LONGEST_KEY, PART, FormTable, Keys
from .letter_codes import ASTRAL, COMMA, DIGITS, DOT, RARE, SPACES, WORD, letter_of_code_unit

_BATCH: Final = 1 << 18  # code units: what the arrays of one batch need stays in the cache
_PIECE: Final = _BATCH  # characters
_MOST_FORMS: Final = 400_000  # kept from batch to batch: about 150 MB
_FULL: Final = 800_000  # forms: what has so many is hardly news
_MARGIN: Final = 16  # letters of nothing before and after a batch
_PARTS: Final = np.array([(1 << 8 * size) - 1 for size in range(PART + 1)], np.uint64)  # masks, by size


class Scan(NamedTuple):
    """The words of a sequence of texts, one text after another."""

    spelling: NDArray[np.int32]  # the number of each word's spelling in the form table, shape (words,)
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


class Scanner:
    """Finds the words of texts; keeps the forms that it has met."""

    def __init__(self, french: French = FRENCH) -> None:
        self._french = french
        self.forms = FormTable(french)
        self._letters = letter_of_code_unit()

    @property
    def is_full(self) -> bool:
        """Whether the form table is as large as memory allows."""
        return len(self.forms) > _FULL

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
            if size >= _BATCH or end == len(texts):
                scans.append(self._scan_batch(texts[start:end]))
                start, size = end, 0
        offset, firsts = 0, [np.zeros(1, np.int64)]
        for scan in scans:
            firsts.append(scan.first[1:] + offset)
            offset += len(scan.spelling)
        if not scans:
            return Scan(np.zeros(0, np.int32), np.zeros(0, np.int64), firsts[0])
        return Scan(
            np.concatenate([scan.spelling for scan in scans]),
            np.concatenate([scan.start for scan in scans]),
            np.concatenate(firsts),
        )

    def _scan_batch(self, texts: Sequence[str]) -> Scan:
        joined = without_false_letters("\n".join(texts))
        units = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        letters = np.zeros(len(units) + 2 * _MARGIN, np.uint8)
        letters[_MARGIN:-_MARGIN] = self._letters.take(units)
        start, end = _chunks(letters)
        text_start = np.fromiter(accumulate((len(text) + 1 for text in texts), initial=0), np.int64)
        keys = _keys(letters, start, end)
        keyed = end - start <= LONGEST_KEY
        rare = np.flatnonzero(letters >= RARE)
        keyed[np.searchsorted(start, rare, side="right") - 1] = False
        at = start - _MARGIN  # in characters
        end -= _MARGIN
        if len(units) != len(joined):  # some take two units
            high = np.concatenate([[0], np.cumsum((units & 0xFC00) == 0xD800)])
            at -= high[at]
            end -= high[end]
        form = self._forms(joined, at, end, keys, keyed)
        spelling, counts = self.forms.words(form)
        first = np.searchsorted(at, text_start)
        at -= np.repeat(text_start[:-1], np.diff(first))
        if counts is not None:
            words_before = np.concatenate([[0], np.cumsum(counts)])
            first = words_before[first]
            opens = np.zeros(len(spelling), bool)
            opens[words_before[:-1][counts > 0]] = True
            at = np.where(opens, np.repeat(at, counts), -1)
        return Scan(spelling, at, first)

    def _forms(
        self, text: str, start: NDArray[np.intp], end: NDArray[np.intp], keys: Keys, keyed: NDArray[np.bool_]
    ) -> NDArray[np.int32]:
        """The form of each chunk, new ones analysed; the bounds are in characters."""

        def chunks(which: NDArray[np.intp]) -> list[str]:
            bounds = zip(start[which].tolist(), end[which].tolist(), strict=True)
            return [text[low:high] for low, high in bounds]

        form = self.forms.find(keys)
        unknown = np.flatnonzero((form < 0) & keyed)
        if len(unknown):
            new = keys.take(unknown)
            distinct, inverse = new.distinct()
            form[unknown] = self.forms.enter(new.take(distinct), chunks(unknown[distinct]))[inverse]
        named = np.flatnonzero(~keyed)
        if len(named):
            form[named] = self.forms.named(chunks(named))
        return form


def _chunks(letters: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The bounds of each chunk: the rules of analyzer/characters.py where they may hold."""
    inside = letters >= WORD
    signs = np.flatnonzero(letters - np.uint8(1) < COMMA)
    digits = np.flatnonzero(letters - np.uint8(DIGITS.start) < len(DIGITS))
    joining = [_joining_signs(letters, signs), _joining_spaces(letters, digits + 1)]
    for at in joining:
        inside[at] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _joining_signs(letters: NDArray[np.uint8], at: NDArray[np.intp]) -> NDArray[np.intp]:
    """Which of the apostrophes, dots and commas at some places join two parts of a chunk."""
    sign, before, after = letters[at], letters[at - 1], letters[at + 1]
    joins = (sign < DOT) & (before >= WORD) & (after >= WORD)
    joins |= (sign >= DOT) & _is_digit(before) & _is_digit(after)
    joins |= (sign == DOT) & _is_letter(before) & _is_letter(after) & (letters[at - 2] < WORD)
    return at[joins]


def _joining_spaces(letters: NDArray[np.uint8], at: NDArray[np.intp]) -> NDArray[np.intp]:
    """Which of some places, each after a digit, are a space between groups of a number's digits."""
    at = at[letters[at] - np.uint8(SPACES.start) < len(SPACES)]
    joins = letters[at + 4] < WORD
    for after in (1, 2, 3):
        joins &= _is_digit(letters[at + after])
    joins &= ~(_is_digit(letters[at - 2]) & _is_digit(letters[at - 3]) & _is_digit(letters[at - 4]))
    return at[joins]


def _is_digit(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    digit: NDArray[np.bool_] = letters - np.uint8(DIGITS.start) < len(DIGITS)
    return digit


def _is_letter(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    letter: NDArray[np.bool_] = (letters >= DIGITS.stop) & (letters != ASTRAL)
    return letter


def _keys(letters: NDArray[np.uint8], start: NDArray[np.intp], end: NDArray[np.intp]) -> Keys:
    """The first letters of each chunk, up to LONGEST_KEY, as numbers."""
    parts = np.ndarray(len(letters) - PART, "<u8", letters, 0, (1,))  # at every letter
    size = end - start
    low = parts.take(start)
    low &= _PARTS.take(size, mode="clip")
    high = np.zeros(len(start), np.uint64)
    long = np.flatnonzero(size > PART)
    high[long] = parts[start[long] + PART] & _PARTS.take(size[long] - PART, mode="clip")
    return Keys(low, high)
