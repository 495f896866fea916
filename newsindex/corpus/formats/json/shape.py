"""The class Shape: how one kind of tool writes an article in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A place of a value in a record, and the names that lead to it."""

    text: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Place:
        """The place that a path with dots names."""
        return cls(text, tuple(text.split(".")))


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of tool writes an article.

    ``keys`` are alternatives, separated by ``|``: a record has this shape if it has all keys of one of them.
    ``paths`` gives for a field of Article the places of its value, the best first; a dot leads into an inner
    object. ``dropped`` are keys that say what others say, or nothing of the article. The other
    attributes are the same, taken apart: ``set_aside`` are all places that are no extra values.
    """

    name: str
    keys: str
    paths: Mapping[str, str]
    dropped: str = ""
    alternatives: tuple[frozenset[str], ...] = field(init=False)
    places: tuple[tuple[str, tuple[Place, ...]], ...] = field(init=False)
    set_aside: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        alternatives = tuple(frozenset(keys.split()) for keys in self.keys.split("|"))
        places = tuple((name, tuple(map(Place.of, paths.split()))) for name, paths in self.paths.items())
        inner = {place.text for _, several in places for place in several if len(place.parts) > 1}
        object.__setattr__(self, "alternatives", alternatives)
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "set_aside", inner.union(self.dropped.split()))
