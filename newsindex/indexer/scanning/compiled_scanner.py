"""The scanner of the compiled kernel: the same words as scanner.py gives, without the interpreter's lock.

The kernel finds the chunks and knows the words of each form. Of a new form that is a plain word it knows the
spelling too; any other new form comes to the analyzer, once.
"""

from __future__ import annotations

from collections.abc import Sequence

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
from newsindex.compiled.protocols import Kernel

from . import letter_codes as codes
from . import scanner
from .scanner import Scan

_STARTS = (
    codes.DOT, codes.COMMA, codes.COLON, codes.SPACES.start, codes.HASH, codes.LINE_END, codes.DIGITS.start,
    codes.RARE, codes.ASTRAL,
)  # fmt: skip


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
        self._size = 0  # the number of forms after the last scan; a thread may be scanning
        self.handle = self._kernel.Scanner(self._letters, _STARTS, self._signs, elisions, HYPHENS)

    @property
    def is_full(self) -> bool:
        """Whether the form table is so large that a segment should be built and the table cleared."""
        return self._size > scanner.MAX_FORMS

    def trim(self) -> None:
        """Begins a new form table where the old one is large; numbers of earlier scans become invalid."""
        if self._size > scanner.MAX_KEPT_FORMS:
            self._clear()

    def scan(self, texts: Sequence[str]) -> Scan:
        """The words of each text, in order."""
        self.enter(self.handle.scan(list(map(join_hyphenated_lines, texts))))
        return Scan(*self.handle.words())

    def join_lines(self, packed: Sequence[bytes], texts: Sequence[str]) -> list[tuple[int, str]]:
        """The texts of packed articles in which two lines share a word, joined, each with its number.

        ``texts`` are the headline and the body of each article.
        """
        shared = self.handle.shared_lines(packed)
        return [(number, join_hyphenated_lines(texts[number])) for number in shared]

    def enter(self, chunks: Sequence[str]) -> None:
        """Tells the kernel the spellings of the words of some chunks."""
        spellings = map(self.french.spellings, map(without_false_letters, chunks))
        self._size = len(self.handle)
        self.handle.enter([list(filter(self.french.is_word, words)) for words in spellings])

    def find_terms(self) -> None:
        """Tells the kernel the terms of the spellings that are new since the last call."""
        self.handle.enter_terms(list(map(self.french.term, self.handle.spellings_without_term())))

    def terms_of(self, spellings: NDArray[np.int32]) -> list[str]:
        """The terms of some spellings, given by their numbers."""
        self.find_terms()
        return self.handle.terms_of(spellings)
