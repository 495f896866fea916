"""The words that stand out are the same with the compiled kernel and without, to the last bit."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.keyness.background import background_of
from tests.query.keyness.strategies import corpora, long_texts

pytestmark = pytest.mark.usefixtures("kernel")


def both(index, *arguments, **filters):
    """The words by the kernel, and those over arrays of an index opened anew."""
    by_kernel = index.words(*arguments, **filters)
    with patch.object(Snapshot, "compiled", None), newsindex.open(index.path) as opened:
        over_arrays = opened.words(*arguments, **filters)
    return [replace(words, seconds=0.0) for words in (by_kernel, over_arrays)]


@given(
    corpora(),
    st.lists(long_texts, max_size=12),
    st.integers(1, 3),
    st.sampled_from(["", "gouvernement", '"Abdelilah Benkirane"', "banque*"]),
    st.integers(0, 30),
)
def test_words_are_equal(articles, bodies, commits, query, limit):
    articles = [
        *articles,
        *(Article("Long", body, source="Hespress", id=f"l{i}") for i, body in enumerate(bodies)),
    ]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        for part in range(commits):
            index.add(articles[part::commits])
        index.delete("a0", "a3")
        by_kernel, over_arrays = both(index, query, limit, source="Hespress")
        assert by_kernel == over_arrays
        by_kernel, over_arrays = both(index, query, since="2026-06", until="2026-08", reference="before")
        assert by_kernel == over_arrays


def test_words_of_many_articles_are_equal_where_terms_are_frequent(make_index):
    words = ["crise", "sanitaire", "Conseil", "constitutionnel", "mer", "vent", "port", "grève"]
    rng = np.random.default_rng(1)
    articles = [
        Article(
            "", " ".join(rng.choice(words, 70 if i % 3 else 12)) + f" n{i}", id=f"{i}", source=f"s{i % 2}"
        )
        for i in range(1500)
    ]
    articles = [
        replace(one, body=one.body + " Abdelilah Benkirane" if one.source == "s0" else one.body)
        for one in articles
    ]
    by_kernel, over_arrays = both(make_index(articles[:700], articles[700:]), source="s0")
    assert by_kernel == over_arrays
    assert "Abdelilah Benkirane" in [word.text for word in by_kernel]


def test_bad_arguments_of_the_counts_are_refused(make_index):
    snapshot = make_index([Article("Titre", "Texte", id="a")]).snapshot()._backend.snapshot
    background_of(snapshot)
    handle = snapshot.compiled.handle
    documents, terms = np.zeros(1, np.uint16), np.zeros(1, np.uint32)
    with pytest.raises(ValueError, match="each segment"):
        handle.term_counts([terms], [], None)
    with pytest.raises(ValueError, match="each segment"):
        handle.term_counts([], [documents], None)
    with pytest.raises(ValueError, match="no term 99"):
        handle.term_counts([np.full(1, 99, np.uint32)], [documents], None)
    with pytest.raises(ValueError, match="each segment"):
        handle.neighbours([], [], 1, None)
    with pytest.raises(ValueError, match="are more than"):
        handle.neighbours([snapshot.compiled.term("titr")] * 2049, [documents], 1, None)
    with pytest.raises(snapshot.compiled.kernel.DeadlinePassed):
        handle.term_counts([terms], [documents], 0.0)
    with pytest.raises(snapshot.compiled.kernel.DeadlinePassed):
        handle.neighbours([snapshot.compiled.term("texte")], [documents], 1, 0.0)
