"""The words of documents in the form in which the cluster takes them: texts of tokens with spaces between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanner import Scan

from ..frequencies import FieldWeights, token_frequencies
from .word_texts import WordTexts

_NUMBER_BITS: Final = np.int64(32)
_NUMBER_MASK: Final = np.int64((1 << 32) - 1)


def _suffix(frequency: int) -> str:
    """What follows a token of some frequency."""
    return f"|{frequency} "


_SUFFIXES: Final = tuple(map(_suffix, range(4096)))


class DocumentWords(NamedTuple):
    """What the fields of words of some documents hold, each list in the order of the documents."""

    fields: dict[str, list[str]]
    headline_length: list[int]
    body_length: list[int]


def document_words(scan: Scan, texts: WordTexts, weights: FieldWeights) -> DocumentWords:
    """The fields of words of documents from a scan of the headline and the body of each."""
    sizes = np.diff(scan.first)
    headline_length, body_length = sizes[::2], sizes[1::2]
    documents = len(headline_length)
    field = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)  # twice the document, and 1 for bodies
    stem = texts.stem_of_spelling[scan.spelling]
    stem_key, frequency = _stem_frequencies(field, stem, weights.of_lengths(headline_length, body_length))
    spelling_key = np.sort(field << _NUMBER_BITS | scan.spelling)
    spelling_key = spelling_key[_opens(spelling_key)]
    form_key, form_frequency = _form_frequencies(spelling_key, texts, stem_key, frequency)
    places = _take(texts.stems, stem)
    spellings = _take(texts.spellings, spelling_key & _NUMBER_MASK)
    spelling_first = np.searchsorted(spelling_key, np.arange(len(sizes) + 1) << _NUMBER_BITS)
    headline_places, body_places = _joined_fields(places, scan.first)
    headline_spellings, body_spellings = _joined_fields(spellings, spelling_first)
    return DocumentWords(
        {
            "stems": _counted(texts.stems, stem_key, frequency, documents),
            "forms": _counted(texts.forms, form_key, form_frequency, documents),
            "headline_places": headline_places,
            "body_places": body_places,
            "headline_spellings": headline_spellings,
            "body_spellings": body_spellings,
        },
        headline_length.tolist(),
        body_length.tolist(),
    )


def _stem_frequencies(
    field: NDArray[np.int64],
    stem: NDArray[np.int64],
    weights: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The keys of the documents and their stems, ascending, and the frequency of each."""
    weight = np.stack(weights, axis=1).ravel()[field].astype(np.float64)
    keys = field >> 1 << _NUMBER_BITS | stem
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(_opens(keys))
    sums = np.add.reduceat(weight[order], first) if len(first) else weight
    return keys[first], token_frequencies(sums)


def _opens(keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each of some ascending keys is the first of its value."""
    opens = np.ones(len(keys), bool)
    opens[1:] = keys[1:] != keys[:-1]
    return opens


def _form_frequencies(
    spelling_key: NDArray[np.int64],
    texts: WordTexts,
    stem_key: NDArray[np.int64],
    stem_frequency: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The keys of the documents and their forms, ascending, and the highest frequency of a term of each."""
    document = spelling_key >> (_NUMBER_BITS + 1) << _NUMBER_BITS
    spelling = spelling_key & _NUMBER_MASK
    frequency = stem_frequency[np.searchsorted(stem_key, document | texts.stem_of_spelling[spelling])]
    key = document | texts.form_of_spelling[spelling]
    order = np.argsort(key)
    key, frequency = key[order], frequency[order]
    first = np.flatnonzero(_opens(key))
    return key[first], np.maximum.reduceat(frequency, first) if len(first) else frequency


def _take(texts: Sequence[str], numbers: NDArray[Any]) -> list[str]:
    return list(map(texts.__getitem__, numbers.tolist()))


def _joined_fields(words: list[str], first: NDArray[Any]) -> tuple[list[str], list[str]]:
    """The words of each headline, and of each body, with spaces between; ``first`` has their bounds."""
    joined = [" ".join(words[start:end]) for start, end in pairwise(first.tolist())]
    return joined[::2], joined[1::2]


def _counted(
    texts: Sequence[str], keys: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int
) -> list[str]:
    """The tokens of each document with their frequencies."""
    suffixes: Sequence[str] = _SUFFIXES
    if len(frequencies) and frequencies.max() >= len(suffixes):
        suffixes = [_suffix(frequency) for frequency in range(int(frequencies.max()) + 1)]
    parts = [""] * (2 * len(keys))
    parts[::2] = _take(texts, keys & _NUMBER_MASK)
    parts[1::2] = _take(suffixes, frequencies)
    first = (2 * np.searchsorted(keys, np.arange(documents + 1) << _NUMBER_BITS)).tolist()
    return ["".join(parts[start:end])[:-1] for start, end in pairwise(first)]
