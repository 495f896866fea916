"""The acronyms that the documents of a segment define: each with its long name, and the documents that do.

A *pair* is an acronym and a long name. The arrays are optional: a segment without a definition has none of
them, nor has one that was written before there were any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .array_file import Array, ArrayFile, checked_cast, part_ends

ACRONYM_ARRAYS: Final = ("acronym_text", "acronym_first", "acronym_document")


class AcronymPair(NamedTuple):
    """An acronym and a long name as they are written, and the terms of the name, parted by spaces.

    ``is_loose`` says whether one definition alone is no proof.
    """

    acronym: str
    name: str
    terms: str
    is_loose: bool


class AcronymTable(NamedTuple):
    """The pairs of a segment, sorted, and the documents that define them, deleted ones included."""

    pairs: list[AcronymPair]
    first: NDArray[np.uint32]  # bounds in ``document``, shape (pairs + 1,)
    document: NDArray[np.uint16]  # ascending for each pair


def acronym_arrays(definitions: Iterable[tuple[AcronymPair, int]]) -> Mapping[str, Array]:
    """The arrays of pairs and the documents that define them, in any order and repeated or not."""
    documents: dict[AcronymPair, set[int]] = {}
    for pair, document in definitions:
        documents.setdefault(pair, set()).add(document)
    if not documents:
        return {}
    pairs = sorted(documents)
    listed = [sorted(documents[pair]) for pair in pairs]
    text = json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode()
    return {
        "acronym_text": np.frombuffer(text, np.uint8),
        "acronym_first": part_ends(map(len, listed), np.uint32),
        "acronym_document": checked_cast(np.fromiter(chain.from_iterable(listed), np.int64), np.uint16),
    }


def read_acronyms(file: ArrayFile) -> AcronymTable:
    """The acronyms of a segment file; none where it does not have the arrays."""
    if "acronym_text" not in file:
        return AcronymTable([], np.zeros(1, np.uint32), np.zeros(0, np.uint16))
    text, first, document = map(file.array, ACRONYM_ARRAYS)
    return AcronymTable([AcronymPair(*pair) for pair in json.loads(text.tobytes())], first, document)
