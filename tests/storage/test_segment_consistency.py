"""An index that was written wrongly, with checksums that fit, is found out by ``check``."""

from __future__ import annotations

import json

import numpy as np
import pytest

import newsindex
from newsindex import Article
from newsindex.storage.array_file import ArrayFile, write_arrays

MEANT = {"landmark", "term_text", "spelling_text", "spelling_text_end", "acronym_text"}
"""What only an analysis of the texts could compare."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An index with words of many spellings, rare frequencies and positions of all widths."""
    folder = tmp_path_factory.mktemp("sound") / "i"
    forms = [
        "grand",
        "grande",
        "grands",
        "grandes",
        "grandement",
        "GRAND",
        "agrandi",
        "Grandés",
        "grandées",
        "grandés",
    ]
    articles = [
        Article(
            f"Titre {i} {forms[i % 10]}",
            "L'Office national des forêts (ONF) " * (i % 7 == 3)
            + "Le Grand Office du corps (GOC) " * (i % 7 == 4)
            + " ".join(forms[: i % 11])
            + f" Le corps numéro {i} du journal. " * (1 + i * i * i // 40),
            id=f"a{i}",
            source=f"Source {i % 3}",
        )
        for i in range(40)
    ]
    with newsindex.create(folder) as index:
        index.add(articles)
        index.check()
    return folder


def rewritten(segment, name, change):
    """Write a segment again with one array changed, and checksums that fit."""
    file = ArrayFile(segment)
    arrays = {each: file.array(each).copy() for each in file.nbytes()}
    meta = json.loads(json.dumps(file.meta))
    del file
    arrays[name] = change(arrays[name])
    segment.unlink()
    write_arrays(segment, arrays, meta)


def changes(name, size, rng):
    """Some ways to change an array: two of its values, and its length."""
    used = 1 if name.startswith("code_") else size  # of the codes the first is one that is used

    def flip(mask):
        def change(array):
            array[rng.integers(used)] ^= mask
            return array

        return change

    yield from (flip(1), flip(2))
    yield lambda array: array[:-1]


def test_every_array_is_compared_with_the_others(sound):
    (segment,) = sound.glob("*.segment")
    original = segment.read_bytes()
    sizes = {name: len(ArrayFile(segment).array(name)) for name in ArrayFile(segment).nbytes()}
    rng = np.random.default_rng(3)
    for name, size in sizes.items():
        for change in changes(name, size, rng) if size and name not in MEANT else ():
            rewritten(segment, name, change)
            with pytest.raises(newsindex.IndexCorrupt, match=segment.name), newsindex.open(sound) as index:
                index.check()
    segment.write_bytes(original)
