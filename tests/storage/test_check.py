"""An index that was written wrongly, with checksums that fit, is found out by ``check``."""

from __future__ import annotations

import json

import numpy as np
import pytest

import newsindex
from newsindex import Article
from newsindex.storage.arrayfile import ArrayFile, write_arrays

UNSEEN = {
    "code_mark",  # of the spellings beyond the marked ones no posting says anything
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An index with words of many spellings, rare frequencies and positions of all widths."""
    folder = tmp_path_factory.mktemp("sound") / "i"
    forms = "grand grande grands grandes grandement GRAND agrandi Grandés grandées grandés".split()
    articles = [
        Article(
            f"Titre {i} {forms[i % 10]}",
            " ".join(forms[: i % 11]) + f" Le corps numéro {i} du journal. " * (1 + i * i * i // 40),
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


def test_every_array_is_compared_with_the_others(sound):
    (segment,) = sound.glob("*.segment")
    original = segment.read_bytes()
    rng = np.random.default_rng(3)
    silent = []
    names = list(ArrayFile(segment).nbytes())
    for name in names:
        size = len(ArrayFile(segment).array(name))
        for k in range(3 * (size > 0)):
            def change(array, k=k, size=size):
                if k == 2:
                    return array[:-1]
                array[rng.integers(size)] ^= 1 + k
                return array
            rewritten(segment, name, change)
            try:
                with newsindex.open(sound) as index:
                    index.check()
                silent.append((name, k))
            except newsindex.IndexCorrupt as error:
                assert segment.name in str(error)
            except Exception as error:
                silent.append((name, k, repr(error)))
            segment.write_bytes(original)
    assert silent == []
