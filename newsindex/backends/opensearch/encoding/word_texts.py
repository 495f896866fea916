"""The texts of the words that a scanner has met: the tokens of their spellings, stems and folded forms."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.indexer.scanning.scanners import WordScanner

from ..layout import spelling_tokens, word_token


class _Numbers:
    """Distinct texts with a number each, in the order of their first coming."""

    def __init__(self) -> None:
        self._number: defaultdict[str, int] = defaultdict(count().__next__)
        self.tokens: list[str] = []
        self.of_spelling = np.zeros(0, np.int64)

    def extend(self, texts: list[str]) -> None:
        """Numbers the texts of further spellings."""
        numbers = np.fromiter(map(self._number.__getitem__, texts), np.int64, len(texts))
        new = list(self._number)[len(self.tokens) :] if len(self._number) > len(self.tokens) else []
        self.tokens += map(word_token, new)
        self.of_spelling = np.concatenate([self.of_spelling, numbers])


class WordTexts:
    """The tokens of a scanner's spellings, by their numbers; each distinct word is looked at once.

    ``spellings`` lists the tokens of each spelling; ``stems`` and ``forms`` list distinct tokens, and
    ``stem_of_spelling`` and ``form_of_spelling`` have their numbers, of shape (spellings,).
    """

    def __init__(self, scanner: WordScanner) -> None:
        self._scanner = scanner
        self._clear()

    def _clear(self) -> None:
        self._table = _form_table(self._scanner)
        self.spellings: list[str] = []
        self._stems, self._forms = _Numbers(), _Numbers()

    def update(self) -> None:
        """Learns the spellings that the scanner has met since the last call."""
        if _form_table(self._scanner) is not self._table:  # it was trimmed, and numbers anew
            self._clear()
        new = _spellings_from(self._scanner, len(self.spellings))
        if new:
            first = len(self.spellings)
            numbers = np.arange(first, first + len(new), dtype=np.int32)
            self.spellings += map(spelling_tokens, new)
            self._stems.extend(self._scanner.terms_of(numbers))
            self._forms.extend(list(map(fold, new)))

    @property
    def stems(self) -> list[str]:
        """The distinct stems."""
        return self._stems.tokens

    @property
    def forms(self) -> list[str]:
        """The distinct folded forms."""
        return self._forms.tokens

    @property
    def stem_of_spelling(self) -> NDArray[np.int64]:
        """The number of each spelling's stem."""
        return self._stems.of_spelling

    @property
    def form_of_spelling(self) -> NDArray[np.int64]:
        """The number of each spelling's form."""
        return self._forms.of_spelling


def _form_table(scanner: WordScanner) -> object:
    """What a scanner replaces when it is trimmed."""
    if isinstance(scanner, CompiledScanner):
        return scanner.handle
    assert isinstance(scanner, Scanner)
    return scanner.forms


def _spellings_from(scanner: WordScanner, first: int) -> list[str]:
    """The spellings of a scanner from a number on."""
    if isinstance(scanner, CompiledScanner):
        return scanner.handle.spellings(first)
    assert isinstance(scanner, Scanner)
    return scanner.forms.spellings[first:]
