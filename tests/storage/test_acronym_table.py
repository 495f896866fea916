"""The pairs of acronym and long name of a segment are read as they were written, and may be missing."""

from __future__ import annotations

import json

import numpy as np
import pytest

import newsindex
from newsindex import Acronym, Article
from newsindex.storage.acronym_table import ACRONYM_ARRAYS, AcronymPair, acronym_arrays, read_acronyms
from newsindex.storage.array_file import ArrayFile, write_arrays

ONF = AcronymPair("ONF", "Office national des forêts", "offic national de foret", False)
MODEM = AcronymPair("MoDem", "Mouvement démocrate", "mouv democrat", True)
ARTICLE = Article("L'Office national des forêts (ONF) plante", id="a")
ARRAYS = {
    "acronym_text": lambda array: np.frombuffer(b'[["B","b","b",false],["A","a","a",false]]', np.uint8),
    "acronym_first": lambda array: array * 0,
    "acronym_document": lambda array: array + 60_000,
}


def rewritten(folder, change):
    """Write the segment of an index again, its arrays changed, and checksums that fit."""
    (segment,) = folder.glob("*.segment")
    file = ArrayFile(segment)
    arrays = {each: file.array(each).copy() for each in file.nbytes()}
    meta = json.loads(json.dumps(file.meta))
    del file
    segment.unlink()
    write_arrays(segment, change(arrays), meta)


def test_pairs_are_read_as_written_sorted_and_with_each_document_once(tmp_path):
    arrays = acronym_arrays([(ONF, 7), (MODEM, 3), (ONF, 2), (ONF, 7)])
    write_arrays(tmp_path / "x", arrays, {})
    table = read_acronyms(ArrayFile(tmp_path / "x"))
    assert table.pairs == [MODEM, ONF]
    assert table.first.tolist() == [0, 1, 3]
    assert table.document.tolist() == [3, 2, 7]


def test_without_a_definition_there_are_no_arrays(tmp_path):
    assert acronym_arrays([]) == {}
    write_arrays(tmp_path / "x", {}, {})
    assert read_acronyms(ArrayFile(tmp_path / "x")).pairs == []


def test_an_index_from_before_there_were_acronyms_opens_and_learns_from_now_on(tmp_path):
    with newsindex.create(tmp_path / "i") as index:
        index.add([ARTICLE])
    rewritten(tmp_path / "i", lambda arrays: {k: v for k, v in arrays.items() if k not in ACRONYM_ARRAYS})
    with newsindex.open(tmp_path / "i") as index:
        index.check()
        assert index.acronyms() == []
        assert len(index.search("ONF")) == 1
        index.add([Article("Le Conseil supérieur du travail (CST)", id="b")])
        index.optimize()
        assert index.acronyms() == [Acronym("CST", "Conseil supérieur du travail", 1)]
        index.check()


@pytest.mark.parametrize("name", ARRAYS)
def test_a_check_finds_acronyms_that_make_no_sense(tmp_path, name):
    with newsindex.create(tmp_path / "i") as index:
        index.add([ARTICLE])
        index.check()
    rewritten(tmp_path / "i", lambda arrays: {**arrays, name: ARRAYS[name](arrays[name])})
    with newsindex.open(tmp_path / "i") as index, pytest.raises(newsindex.IndexCorrupt, match="no sense"):
        index.check()
