"""The scanner of the compiled kernel: the same words as scanner.py gives, without the interpreter's lock.

The kernel finds the chunks and knows the words of each form. Of a new form that is a plain word it knows the
spelling too; any other new form comes to the analyzer, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import FRENCH, French
from newsindex.analyzer.characters import (
    HYPHENS,
    MODIFIER_APOSTROPHE,
    join_hyphenated_lines,
    without_false_letters,
)
from newsindex.analyzer.written_words import CONSONANTS, ELIDED_LETTERS, ELIDED_WORDS
from newsindex.compiled.protocols import Kernel, ScannerHandle

from . import letter_codes as codes
from . import scanner
from .scanner import Scan

_STARTS = (
    codes.DOT, codes.COMMA, codes.COLON, codes.SPACES.start, codes.HASH, codes.LINE_END, codes.DIGITS.start,
    codes.RARE, codes.ASTRAL,
)  # fmt: skip


class CompiledForms:
    """The spellings and terms of a kernel's form table."""

    def __init__(self, scanner: ScannerHandle, french: French) -> None:
        self._scanner = scanner
        self._french = french
        self._spellings: list[str] = []
        self._term_number: defaultdict[str, int] = defaultdict(count().__next__)  # of a new term the next
        self._term_of_spelling: list[int] = []

    def __len__(self) -> int:
        return len(self._scanner)

    @property
    def spellings(self) -> list[str]:
        """The distinct spellings of words."""
        self._spellings += self._scanner.spellings(len(self._spellings))
        return self._spellings

    def _find_terms(self) -> None:
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


class CompiledScanner:
    """Finds the words of texts with the kernel; remembers the forms that it has met."""

    def __init__(self, kernel: Kernel, french: French = FRENCH) -> None:
        self.french = french
        self._kernel = kernel
        self._letters = codes.letter_codes()
        for sign in ("_", MODIFIER_APOSTROPHE):
            self._letters[ord(sign)] = self._letters[ord(without_false_letters(sign))]
        self._signs = codes.plain_signs(self._letters)
        self._clear()

    def _clear(self) -> None:
        elisions = ELIDED_WORDS, ELIDED_LETTERS, f"{CONSONANTS}h"
        self._handle = self._kernel.Scanner(self._letters, _STARTS, self._signs, elisions, HYPHENS)
        self.forms = CompiledForms(self._handle, self.french)

    @property
    def is_full(self) -> bool:
        """Whether the form table is so large that a segment should be built and the table cleared."""
        return len(self._handle) > scanner.MAX_FORMS

    def trim(self) -> None:
        """Begin a new form table where the old one is large; numbers of earlier scans become invalid."""
        if len(self._handle) > scanner.MAX_KEPT_FORMS:
            self._clear()

    def scan(self, texts: Sequence[str]) -> Scan:
        """The words of each text, in order."""
        self._enter(self._handle.scan(list(map(join_hyphenated_lines, texts))))
        return Scan(*self._handle.words())

    def scan_packed(self, packed: Sequence[bytes], texts: Sequence[str]) -> Scan:
        """The words of packed articles; ``texts`` are the headline and the body of each."""
        shared = self._handle.shared_lines(packed)
        joined = [(number, join_hyphenated_lines(texts[number])) for number in shared]
        self._enter(self._handle.scan_packed(packed, joined))
        return Scan(*self._handle.words())

    def _enter(self, chunks: Sequence[str]) -> None:
        """Tell the kernel the spellings of the words of some chunks."""
        spellings = map(self.french.spellings, map(without_false_letters, chunks))
        self._handle.enter([list(filter(self.french.is_word, words)) for words in spellings])
