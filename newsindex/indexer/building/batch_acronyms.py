"""The definitions of acronyms in the articles of a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import French
from newsindex.indexer.scanning.acronym_definitions import Definition, find_definitions
from newsindex.storage.acronym_table import AcronymPair


class BatchAcronyms:
    """Collects the definitions of the articles that are scanned, with the number of each article."""

    def __init__(self, french: French) -> None:
        self._french = french
        self.clear()

    def clear(self) -> None:
        """Begin a new batch."""
        self._articles = 0
        self._definitions: list[tuple[Definition, int]] = []

    def scan(self, texts: Sequence[str]) -> None:
        """Find the definitions in some articles, given as headline and body of each."""
        for number, text in enumerate(texts):
            if "(" in text:
                article = self._articles + number // 2
                self._definitions += [(definition, article) for definition in find_definitions(text)]
        self._articles += len(texts) // 2

    def of_kept(self, kept: NDArray[np.bool_]) -> list[tuple[AcronymPair, int]]:
        """The pairs that are defined in the articles that are kept, each with the number of the article
        among these; ``kept`` says of each scanned article whether it is."""
        number = (np.cumsum(kept) - 1).tolist()
        pairs: dict[Definition, AcronymPair | None] = {}
        found = []
        for definition, article in self._definitions:
            if kept[article]:
                if definition not in pairs:
                    pairs[definition] = self._pair(definition)
                pair = pairs[definition]
                if pair is not None:
                    found.append((pair, number[article]))
        return found

    def _pair(self, definition: Definition) -> AcronymPair | None:
        """The pair of a definition; None for a name without a term."""
        terms = " ".join([word.term for word in self._french.analyze(definition.name)])
        return AcronymPair(definition.acronym, definition.name, terms, definition.is_loose) if terms else None
