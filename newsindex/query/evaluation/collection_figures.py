"""The interface of what is known of a collection of which the segments of a snapshot are only a part."""

from __future__ import annotations

from typing import Protocol

from newsindex.query.syntax.nodes import QueryNode


class CollectionFigures(Protocol):
    """The figures of a whole collection, which take the place of those of the segments in every score."""

    @property
    def documents(self) -> int:
        """The number of articles."""

    @property
    def average_lengths(self) -> tuple[float, float]:
        """The average lengths of headlines and of bodies in words, over the articles that have the field."""

    def document_frequency(self, term: str, field: str) -> int:
        """How many articles have a term in a field; the field ``text`` is headline and body."""

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many articles have a spelling of a term that differs from this one in accents at most."""

    def expansion_frequency(self, node: QueryNode) -> int:
        """How many articles have any of the spellings that an exact, a wildcard or a fuzzy word stands for,
        in its field."""
