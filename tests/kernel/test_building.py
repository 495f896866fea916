"""A segment that is built with the kernel has the arrays of one that is built without it."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpora import corpus
from newsindex import Article
from newsindex.analyzer import FRENCH
from newsindex.compiled import compiled_kernel
from newsindex.indexer.building import inversion
from newsindex.indexer.building.batch import Batch
from newsindex.indexer.building.segment_builder import BatchColumns, Block
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.storage.array_file import ArrayFile
from newsindex.storage.segment_writer import Columns
from newsindex.storage.stored_articles import pack_article

from .test_scanning import texts

pytestmark = pytest.mark.skipif(compiled_kernel() is None, reason="the compiled kernel is not in use")

INFLECTIONS = st.sampled_from(
    ["chante", "chantes", "chantons", "chantez", "chantent", "chanter", "chanta", "le"]
)
sung = st.lists(INFLECTIONS, max_size=60).map(" ".join)
articles = st.lists(
    st.tuples(texts.filter(str.strip), texts | sung, st.integers(0, 3), st.booleans()), min_size=1, max_size=6
)


def build(scanner, path, some, kept, minutes, block=2):
    """The arrays of the segment of some articles, scanned a few at a time."""
    batch = Batch(scanner)
    for start in range(0, len(some), block):
        part = some[start : start + block]
        written = [text for article in part for text in (article.headline, article.body)]
        batch.scan(Block([pack_article(article) for article in part], written))
    count = sum(kept)
    nothing = np.zeros(0, np.uint32)
    columns = Columns(
        published=np.array(minutes, np.int32)[kept],
        headline_length=nothing,
        body_length=nothing,
        id_hash=np.arange(count, dtype=np.uint64),
        content_hash=np.arange(count, dtype=np.uint64),
        labels={},
    )
    batch.build(path, BatchColumns(columns, np.array(kept, bool)))
    file = ArrayFile(path)
    return {name: np.array(file.array(name)) for name in file.nbytes()}


def assert_equal(first, second):
    assert first.keys() == second.keys()
    for name, array in first.items():
        assert array.dtype == second[name].dtype, name
        assert np.array_equal(array, second[name]), name


@given(written=articles, range_words=st.sampled_from([1, 1_000_000]))
def test_the_arrays_of_a_segment_are_the_same(tmp_path_factory, written, range_words):
    some = [Article(headline, body, id=f"a{i}") for i, (headline, body, *_) in enumerate(written)]
    minutes = [minute for *_, minute, _ in written]
    kept = [is_kept for *_, is_kept in written]
    kept[0] = True
    folder = tmp_path_factory.mktemp("segments")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "_RANGE_WORDS", range_words)
        plain = build(Scanner(FRENCH), folder / "plain", some, kept, minutes)
    compiled = build(CompiledScanner(compiled_kernel(), FRENCH), folder / "compiled", some, kept, minutes)
    assert_equal(plain, compiled)


def test_the_arrays_of_real_articles_are_the_same(tmp_path, kernel, data):
    some = list(islice(corpus(data, None), 3000))
    minutes = [i * 7919 % 1000 for i in range(len(some))]
    kept = [i % 50 > 0 for i in range(len(some))]
    plain = build(Scanner(FRENCH), tmp_path / "plain", some, kept, minutes, 512)
    compiled = build(CompiledScanner(kernel, FRENCH), tmp_path / "compiled", some, kept, minutes, 512)
    assert_equal(plain, compiled)


def test_an_inversion_refuses_articles_that_are_not_there(kernel):
    scanner = CompiledScanner(kernel, FRENCH)
    batch = kernel.Batch()
    article = pack_article(Article("Titre", "corps", id="a"))
    scanner.enter(scanner.handle.scan_packed([article], []))
    batch.keep(scanner.handle, 8)
    scanner.find_terms()
    with pytest.raises(ValueError, match="no article 1"):
        batch.invert(scanner.handle, np.array([1], np.uint32), set(), 10)
    with pytest.raises(ValueError, match="no articles"):
        batch.keep(scanner.handle, 0)


def test_an_inversion_needs_the_terms_of_all_spellings(kernel):
    scanner = CompiledScanner(kernel, FRENCH)
    batch = kernel.Batch()
    scanner.enter(scanner.handle.scan_packed([pack_article(Article("Titre", "corps", id="a"))], []))
    batch.keep(scanner.handle, 8)
    with pytest.raises(ValueError, match="terms of some spellings"):
        batch.invert(scanner.handle, np.array([0], np.uint32), set(), 10)
