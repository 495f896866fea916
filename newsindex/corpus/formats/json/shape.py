"""The class Shape: how one kind of tool writes an article in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of tool writes an article.

    ``keys`` are alternatives, separated by ``|``: a record has this shape if it has all keys of one of them.
    ``paths`` gives for a field of Article the places of its value, the best first; a dot leads into an inner
    object. ``dropped`` are keys that say what others say, or nothing of the article.
    """

    name: str
    keys: str
    paths: Mapping[str, str]
    dropped: str = ""
    alternatives: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        alternatives = tuple(frozenset(keys.split()) for keys in self.keys.split("|"))
        object.__setattr__(self, "alternatives", alternatives)
