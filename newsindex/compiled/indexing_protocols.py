"""States what newsindex asks of the compiled kernel where articles are scanned and inverted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .writing_protocols import PostingsEncoderHandle


class ScannerHandle(Protocol):
    """Finds and numbers the words of texts; one thread at a time uses it.

    A scan returns the chunks that it has met for the first time and that the analyzer has to read; before
    anything else is asked, the words of these are entered. Scans let the interpreter's lock go.
    """

    def __len__(self) -> int:
        """The number of forms that were met."""

    def shared_lines(self, packed: Sequence[bytes]) -> list[int]:
        """The numbers of those texts of packed articles in which two lines may share a word.

        Each article has two texts, its headline and its body.
        """

    def scan_packed(self, packed: Sequence[bytes], replaced: Sequence[tuple[int, str]]) -> list[str]:
        """Scans the texts of packed articles; those whose numbers are given are replaced."""

    def scan(self, texts: Sequence[str]) -> list[str]:
        """Scans texts in which no two lines share a word."""

    def enter(self, words: Sequence[Sequence[str]]) -> None:
        """Enters the spellings of the words of each chunk that the last scan returned."""

    def words(self) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
        """The words of the last scan, as the fields of ``indexer/scanning/scanner.py``'s Scan."""

    def spellings(self, first: int) -> list[str]:
        """The spellings from a number on."""

    def spellings_without_term(self) -> list[str]:
        """The spellings whose terms were not entered."""

    def enter_terms(self, terms: Sequence[str]) -> None:
        """Enters the terms of the first spellings that have none."""

    def terms_of(self, spellings: NDArray[np.int32]) -> list[str]:
        """The terms of spellings, given by their numbers."""


class BatchHandle(Protocol):
    """The words of the articles that become a segment, numbered from 0; one thread at a time uses it."""

    def words(self) -> int:
        """The number of words of all articles."""

    def keep(self, scanner: ScannerHandle, spacing: int) -> None:
        """Adds the articles that were scanned last, with a landmark for every ``spacing`` words of a body."""

    def lengths(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The numbers of words of the headline and of the body of each article."""

    def landmarks(self, articles: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The landmarks of some articles, one article after another."""

    def invert(
        self, scanner: ScannerHandle, articles: NDArray[np.uint32], stop_terms: set[str], signed_body: int
    ) -> InversionHandle:
        """The inversion of some articles, given in the order of their documents; the batch is empty then.

        ``stop_terms`` are left out of signatures, as is the headline of a body of ``signed_body`` words.
        """


class InversionHandle(Protocol):
    """The words of articles in the order of their terms; one thread at a time uses it."""

    def encode(self, encoder: PostingsEncoderHandle, threads: int) -> dict[str, NDArray[Any]]:
        """Gives all occurrences to an encoder, in so many threads.

        Returns the arrays of the terms and spellings, by name. Raises OverflowError where the segment would
        be too large.
        """

    def signatures(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The first and the second bits of the signature of each document."""


class IndexingKernel(Protocol):
    """What the module ``newsindex_kernel`` has for articles that are indexed."""

    def Scanner(  # noqa: N802 - a class of the module
        self,
        codes: NDArray[np.uint8],
        starts: tuple[int, ...],
        signs: NDArray[np.uint32],
        elisions: tuple[Sequence[str], str, str],
        hyphens: str,
    ) -> ScannerHandle:
        """A scanner without forms.

        ``codes`` are those of the UTF-16 code units and ``signs`` the plain letters and digits of the codes
        (``indexer/scanning/letter_codes.py``); ``starts`` has the first code of each kind: dot, comma, colon,
        spaces, hash, line end, digits, rare letters, astral characters. ``elisions`` are the words elided
        before anything, the letters elided before most signs, and the signs before which these may not be.
        """

    def Batch(self) -> BatchHandle:  # noqa: N802 - the same
        """A batch without articles."""

    def find_parentheses(self, packed: Sequence[bytes]) -> list[tuple[int, list[int]]]:
        """The places of the parentheses that may define an acronym, in those texts that have any.

        Each comes with the number of its text among the headline and the body of each packed article.
        """
