"""Arrays of postings that make no sense, with checksums that fit, end in an answer or in IndexCorrupt."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, IndexCorrupt
from newsindex.storage.array_file import ArrayFile, write_arrays
from newsindex.storage.segment import Segment

FORMS = ["grand", "grande", "grands", "grandes", "grandement", "GRAND", "agrandi", "Grandés", "grandées"]
READ = (
    "posting", "position", "term_posting", "term_occurrence", "term_posting_byte", "term_position_byte",
    "rare_posting", "rare_headline", "rare_body", "rare_mark", "code_headline", "code_body", "code_mark",
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The arrays of a segment with all forms of lists and rare frequencies, and what its file says of
    them."""
    folder = tmp_path_factory.mktemp("sound") / "i"
    articles = [
        Article(
            f"Titre {i % 20} {FORMS[i % 9]}",
            " ".join(FORMS[: i % 10]) + f" Le corps numéro {i % 50} du journal. " * (1 + i * i // 1500),
            id=f"a{i}",
        )
        for i in range(600)
    ]
    with newsindex.create(folder) as index:
        index.add(articles)
    (path,) = folder.glob("*.segment")
    file = ArrayFile(path)
    return {name: file.array(name).copy() for name in file.nbytes()}, json.loads(json.dumps(file.meta))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder for segments that are read and deleted."""
    return tmp_path_factory.mktemp("hostile")


def everything(segment):
    """Reads all postings: term by term, some of each, and all together."""
    reader = segment.postings
    lengths = segment.headline_length.astype(int) + segment.body_length
    for term in range(segment.terms):
        documents, codes = reader.documents(term), reader.codes(term)
        assert (np.diff(documents.astype(int)) > 0).all()
        assert (documents < segment.documents).all()
        assert len(codes) == len(documents) == len(reader.marks(term)) == len(reader.frequencies(term).body)
        counts, positions = reader.positions(term)
        assert len(positions) == counts.sum()
        assert (positions < np.repeat(lengths[documents], counts)).all()
        some = np.arange(0, len(documents), 3)
        reader.details(term, some)
        starts = (np.cumsum(counts) - counts)[some]
        np.testing.assert_array_equal(reader.first_positions(term, some), positions[starts])
        np.testing.assert_array_equal(reader.positions(term, some)[0], counts[some])
    found = reader.postings_of_range(0, segment.terms)
    assert len(reader.values_of_range(0, segment.terms)) == found.occurrences.sum()


def test_a_sound_segment_is_read(sound, tmp_path):
    write_arrays(tmp_path / "x.segment", *sound)
    everything(Segment(tmp_path / "x.segment"))


@given(st.sampled_from(READ), st.data())
def test_postings_that_make_no_sense_are_refused_or_read(sound, hostile, name, data):
    values, meta = sound
    array = values[name].copy()
    limits = np.iinfo(array.dtype)
    number = st.integers(limits.min, limits.max) | st.integers(0, min(300, limits.max)) | st.just(limits.max)
    for _ in range(data.draw(st.integers(0, 4))):
        if len(array):
            array[data.draw(st.integers(0, len(array) - 1))] = data.draw(number)
    if data.draw(st.booleans()):
        array = array[: data.draw(st.integers(0, len(array)))]
    path = hostile / "x.segment"
    write_arrays(path, {**values, name: array}, meta)
    try:
        everything(Segment(path, mapped=False))
    except IndexCorrupt as error:
        assert path.name in str(error)  # noqa: PT017 - it may also be read
    finally:
        path.unlink()
