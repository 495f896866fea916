"""The definitions of acronyms in the articles of a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import compiled_kernel
from newsindex.indexer.scanning.acronym_definitions import Definition, find_definitions
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.storage.acronym_table import AcronymPair

from .segment_builder import Block


class BatchAcronyms:
    """Collects the definitions of the articles that are scanned, with the number of each article."""

    def __init__(self, scanner: WordScanner) -> None:
        self._scanner = scanner
        self._kernel = compiled_kernel() if isinstance(scanner, CompiledScanner) else None
        self.clear()

    def clear(self) -> None:
        """Begins a new batch."""
        self._articles = 0
        self._definitions: list[tuple[Definition, int]] = []

    def scan(self, block: Block) -> None:
        """Finds the definitions in the articles of a block."""
        if self._kernel is None:
            places: Iterable[tuple[int, list[int] | None]] = (
                (number, None) for number, text in enumerate(block.texts) if "(" in text
            )
        else:
            places = self._kernel.find_parentheses(block.packed)
        for number, some in places:
            article = self._articles + number // 2
            found = find_definitions(block.texts[number], some)
            self._definitions += [(definition, article) for definition in found]
        self._articles += len(block.packed)

    def of_kept(self, kept: NDArray[np.bool_]) -> list[tuple[AcronymPair, int]]:
        """The pairs that are defined in the articles that are kept.

        Each comes with the number of the article among these; ``kept`` says of each scanned article whether
        it is.
        """
        number = (np.cumsum(kept) - 1).tolist()
        found = [(definition, number[article]) for definition, article in self._definitions if kept[article]]
        pairs = self._pairs(dict.fromkeys(definition for definition, _ in found))
        return [(pairs[definition], article) for definition, article in found if definition in pairs]

    def _pairs(self, definitions: Collection[Definition]) -> dict[Definition, AcronymPair]:
        """The pair of each definition, except of those whose name has no term."""
        scan = self._scanner.scan([definition.name for definition in definitions])
        terms = self._scanner.terms_of(scan.spelling)
        pairs = {}
        for definition, (first, last) in zip(definitions, pairwise(scan.first.tolist()), strict=True):
            if first < last:
                name_terms = " ".join(terms[first:last])
                acronym, name, is_loose = definition
                pairs[definition] = AcronymPair(acronym, name, name_terms, is_loose)
        return pairs
