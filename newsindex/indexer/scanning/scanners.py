"""The scanner of an index: the compiled kernel's where that is in use, else that of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import French
from newsindex.compiled import compiled_kernel

from .compiled_scanner import CompiledScanner
from .scanner import Scan, Scanner


class WordScanner(Protocol):
    """Finds the words of texts; remembers the forms that it has met."""

    @property
    def is_full(self) -> bool:
        """Whether there are so many forms that a segment should be built and they be forgotten."""

    def trim(self) -> None:
        """Forgets the forms where there are many; numbers of earlier scans become invalid."""

    def scan(self, texts: Sequence[str]) -> Scan:
        """The words of each text, in order."""

    def terms_of(self, spellings: NDArray[np.int32]) -> list[str]:
        """The terms of some spellings, given by their numbers."""


def new_scanner(french: French) -> WordScanner:
    """A scanner that has met no form yet."""
    kernel = compiled_kernel()
    return Scanner(french) if kernel is None else CompiledScanner(kernel, french)
