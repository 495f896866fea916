"""The scanner, which finds and numbers the words of many texts without a step of Python for each word.

The texts of a group are joined and seen as one array of letter codes, 8 bits each (letter_codes.py). A
*chunk* is a run of characters that analyzer/characters.py keeps together; its joining rules are applied
where a sign may join two parts, and differences between neighbours mark where chunks start and end. The
letter codes of a chunk are its key in the form table, which knows its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import FRENCH, French
from newsindex.analyzer.characters import (
    HYPHENS,
    join_hyphenated_lines,
    without_false_letters,
)

from .form_table import LONGEST_KEY, PART, FormTable, Keys
from .letter_codes import ASTRAL, COLON, DIGITS, DOT, HASH, LINE_END, RARE, SPACES, WORD, letter_codes

_GROUP_SIZE: Final = 1 << 18  # characters that are scanned at once: the arrays for them stay in the cache
_PIECE: Final = _GROUP_SIZE  # characters: a longer text is cut
MAX_KEPT_FORMS: Final = 400_000  # from segment to segment: about 150 MB
MAX_FORMS: Final = 800_000  # before a segment must be built; news has far fewer
_MARGIN: Final = 16  # codes of no letter before and after a group
_PART_MASKS: Final = np.array([(1 << 8 * size) - 1 for size in range(PART + 1)], np.uint64)  # by size
_IS_HYPHEN: Final = np.isin(np.arange(1 << 16), [ord(hyphen) for hyphen in HYPHENS])  # by code unit


class Scan(NamedTuple):
    """The words of a sequence of texts, one text after another."""

    spelling: NDArray[np.int32]  # the number of each word's spelling in the form table, shape (words,)
    # Where the chunk of each word starts in its text, in characters; -1 for every word of a chunk but the
    # first; shape (words,):
    start: NDArray[np.int64]
    first: NDArray[np.int64]  # the first word of each text and the end, shape (texts + 1,)


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces, cut where no chunk crosses: at line ends, else at spaces not after a digit."""
    start = 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n", start + 1, start + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", start + 1, start + _PIECE)
            while cut > 0 and text[cut - 1] in "0123456789":
                cut = text.rfind(" ", start + 1, cut)
        if cut < 0:
            break  # without spaces it is no text of words, and is scanned whole
        yield text[start:cut]
        start = cut
    yield text[start:]


class Scanner:
    """Finds the words of texts; remembers the forms that it has met."""

    def __init__(self, french: French = FRENCH) -> None:
        self.french = french
        self.forms = FormTable(french)
        self._letters = letter_codes()

    @property
    def is_full(self) -> bool:
        """Whether the form table is so large that a segment should be built and the table cleared."""
        return len(self.forms) > MAX_FORMS

    def trim(self) -> None:
        """Begins a new form table where the old one is large; numbers of earlier scans become invalid."""
        if len(self.forms) > MAX_KEPT_FORMS:
            self.forms = FormTable(self.french)

    def scan(self, texts: Sequence[str]) -> Scan:
        """The words of each text, in order."""
        if all(len(text) <= _PIECE for text in texts):
            return self._scan_short(texts)
        pieces = [list(_pieces(join_hyphenated_lines(text))) for text in texts]
        scan = self._scan_short([piece for parts in pieces for piece in parts])
        before = [start for parts in pieces for start in accumulate(map(len, parts[:-1]), initial=0)]
        scan.start[:] += np.where(scan.start < 0, 0, np.repeat(before, np.diff(scan.first)))
        return scan._replace(first=scan.first[np.cumsum([0, *map(len, pieces)])])

    def terms_of(self, spellings: NDArray[np.int32]) -> list[str]:
        """The terms of some spellings, given by their numbers."""
        terms = self.forms.terms
        return [terms[number] for number in self.forms.term_of_spelling.take(spellings).tolist()]

    def _scan_short(self, texts: Sequence[str]) -> Scan:
        """Scans texts of at most _PIECE characters, or texts without spaces, in groups."""
        scans = []
        start = size = 0
        for end, text in enumerate(texts, 1):
            size += len(text) + 1
            if size >= _GROUP_SIZE or end == len(texts):
                scans.append(self._scan_group(texts[start:end]))
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

    def _scan_group(self, texts: Sequence[str]) -> Scan:
        joined, units, letters = self._letters_of(texts)
        if _may_share_word(units, letters):
            joined, units, letters = self._letters_of(list(map(join_hyphenated_lines, texts)))
        start, end = _chunks(letters)
        text_start = np.fromiter(accumulate((len(text) + 1 for text in texts), initial=0), np.int64)
        keys = _keys(letters, start, end)
        has_key = end - start <= LONGEST_KEY
        rare = np.flatnonzero(letters >= RARE)
        has_key[np.searchsorted(start, rare, side="right") - 1] = False
        hashtags = _starting_at(start, np.flatnonzero(letters == HASH) + 1)
        has_key[hashtags] = False
        start[hashtags] -= 1
        start = start - _MARGIN  # from here on in characters of the joined text
        end -= _MARGIN
        if len(units) != len(joined):  # some characters take two code units
            high = np.concatenate([[0], np.cumsum((units & 0xFC00) == 0xD800)])
            start -= high[start]
            end -= high[end]
        form = self._find_forms(joined, start, end, keys, has_key)
        spelling, counts = self.forms.words(form)
        first = np.searchsorted(start, text_start)
        start -= np.repeat(text_start[:-1], np.diff(first))
        if counts is not None:
            words_before = np.concatenate([[0], np.cumsum(counts)])
            first = words_before[first]
            opens_chunk = np.zeros(len(spelling), bool)
            opens_chunk[words_before[:-1][counts > 0]] = True
            start = np.where(opens_chunk, np.repeat(start, counts), -1)
        return Scan(spelling, start, first)

    def _letters_of(self, texts: Sequence[str]) -> tuple[str, NDArray[np.uint16], NDArray[np.uint8]]:
        """Some texts as one, its UTF-16 code units, and their letter codes between margins."""
        joined = without_false_letters("\n".join(texts))
        units = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        letters = np.zeros(len(units) + 2 * _MARGIN, np.uint8)
        self._letters.take(units, out=letters[_MARGIN:-_MARGIN], mode="wrap")  # no unit is out of bounds
        return joined, units, letters

    def _find_forms(
        self,
        text: str,
        start: NDArray[np.intp],
        end: NDArray[np.intp],
        keys: Keys,
        has_key: NDArray[np.bool_],
    ) -> NDArray[np.int32]:
        """The form of each chunk, new ones entered into the table; the bounds are in characters."""

        def chunks(which: NDArray[np.intp]) -> list[str]:
            bounds = zip(start[which].tolist(), end[which].tolist(), strict=True)
            return [text[low:high] for low, high in bounds]

        form = self.forms.find(keys)
        unknown = np.flatnonzero((form < 0) & has_key)
        if len(unknown):
            new = keys.take(unknown)
            distinct, inverse = new.distinct()
            form[unknown] = self.forms.enter(new.take(distinct), chunks(unknown[distinct]))[inverse]
        without_key = np.flatnonzero(~has_key)
        if len(without_key):
            form[without_key] = self.forms.find_by_text(chunks(without_key))
        return form


def _may_share_word(units: NDArray[np.uint16], letters: NDArray[np.uint8]) -> bool:
    """Whether two lines may share a word: a hyphen ends a line, with a letter before it and one after it."""
    line_ends = np.flatnonzero(letters == LINE_END)
    line_ends = line_ends[letters[line_ends + 1] >= WORD]
    hyphens = line_ends - 1
    hyphens[units[hyphens - _MARGIN] == ord("\r")] -= 1
    shares = letters[hyphens - 1] >= WORD
    shares &= _IS_HYPHEN[units[hyphens - _MARGIN]]
    return bool(shares.any())


def _starting_at(start: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """The chunks that start at one of some places."""
    chunks: NDArray[np.intp] = start.searchsorted(places)
    chunks = chunks[chunks < len(start)]  # places ascend
    found: NDArray[np.intp] = chunks[start[chunks] == places[: len(chunks)]]
    return found


def _chunks(letters: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The start and the end of each chunk, by the joining rules of analyzer/characters.py."""
    inside = letters >= WORD
    signs = np.flatnonzero(letters - np.uint8(1) < COLON)
    digits = np.flatnonzero(letters - np.uint8(DIGITS.start) < len(DIGITS))
    inside[_joining_signs(letters, signs)] = True
    inside[_joining_spaces(letters, digits + 1)] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _joining_signs(letters: NDArray[np.uint8], signs: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of the places of apostrophes, dots, commas and colons where the sign joins parts of a chunk."""
    sign, before, after = letters[signs], letters[signs - 1], letters[signs + 1]
    joins = (sign < DOT) & (before >= WORD) & (after >= WORD)
    joins |= (sign >= DOT) & _is_digit(before) & _is_digit(after)
    joins |= (sign == DOT) & _is_letter(before) & _is_letter(after) & (letters[signs - 2] < WORD)
    return signs[joins]


def _joining_spaces(letters: NDArray[np.uint8], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of some places, each after a digit, where a space stands between groups of a number's digits."""
    spaces = places[letters[places] - np.uint8(SPACES.start) < len(SPACES)]
    joins = letters[spaces + 4] < WORD
    for after in (1, 2, 3):
        joins &= _is_digit(letters[spaces + after])
    joins &= ~(
        _is_digit(letters[spaces - 2]) & _is_digit(letters[spaces - 3]) & _is_digit(letters[spaces - 4])
    )
    return spaces[joins]


def _is_digit(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    digit: NDArray[np.bool_] = letters - np.uint8(DIGITS.start) < len(DIGITS)
    return digit


def _is_letter(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    letter: NDArray[np.bool_] = (letters >= DIGITS.stop) & (letters != ASTRAL)
    return letter


def _keys(letters: NDArray[np.uint8], start: NDArray[np.intp], end: NDArray[np.intp]) -> Keys:
    """The key of each chunk: its first LONGEST_KEY letter codes as two numbers."""
    parts = np.ndarray(len(letters) - PART, "<u8", letters, 0, (1,))  # the 8 codes from every place on
    size = end - start
    low = parts.take(start)
    low &= _PART_MASKS.take(size, mode="clip")
    high = np.zeros(len(start), np.uint64)
    long = np.flatnonzero(size > PART)
    high[long] = parts[start[long] + PART] & _PART_MASKS.take(size[long] - PART, mode="clip")
    return Keys(low, high)
