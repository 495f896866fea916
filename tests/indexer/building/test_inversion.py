"""Inverted words are the words, however they are cut into parts and ranges."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.indexer.building import inversion
from newsindex.indexer.building.inversion import Words, invert, word_codes
from newsindex.storage.spelling_table import SLOTS, assign_slots

TERM_OF_SPELLING = np.sort(np.array([0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4], np.uint32))
CODES = word_codes(TERM_OF_SPELLING, assign_slots(TERM_OF_SPELLING))
documents = st.lists(st.lists(st.integers(0, len(CODES) - 1), max_size=9), min_size=1, max_size=6)


class Taken:
    """An encoder that only notes what it is given."""

    def __init__(self, headline_length):
        self.rows = []
        self.terms = 0

    def add(self, term, document, position, mark, terms):
        assert len(term) == 0 or term.max() < terms
        rows = zip(
            (term + self.terms).tolist(), document.tolist(), position.tolist(), mark.tolist(), strict=True
        )
        self.rows += rows
        self.terms += terms


@pytest.mark.parametrize("few", [False, True], ids=["all terms at once", "few terms at a time"])
@given(written=documents, cut=st.integers(1, 6), rng=st.randoms(use_true_random=False))
def test_every_word_is_found_under_its_term_and_new_document(few, written, cut, rng):
    number = list(range(len(written)))
    rng.shuffle(number)
    parts = [
        Words(np.array(list(chain.from_iterable(some)), np.int32), np.array(list(map(len, some))))
        for some in (written[i : i + cut] for i in range(0, len(written), cut))
    ]
    occurrences = np.bincount(TERM_OF_SPELLING[list(chain.from_iterable(written))].astype(int), minlength=5)
    slot = assign_slots(TERM_OF_SPELLING)
    expected = sorted(
        (int(TERM_OF_SPELLING[s]), number[d], position, 1 << slot[s] if slot[s] < SLOTS else 0)
        for d, words in enumerate(written)
        for position, s in enumerate(words)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "make_postings_encoder", Taken)
        patch.setattr(inversion, "_RANGE_WORDS", 4)
        if few:
            split = [slice(i, i + 1) for i in range(5)]
            patch.setattr(inversion, "_sortable_ranges", lambda occurrences, bits: split)
        encoder = invert(parts, CODES, np.array(number), occurrences, np.zeros(0, np.uint32))
    assert encoder.rows == expected
    assert parts == []


@given(st.lists(st.integers(1, 20), max_size=30), st.integers(1, 6))
def test_terms_are_kept_together_as_far_as_bits_allow(sizes, bits):
    occurrences = np.array(sizes, np.int64)
    found = [range(terms.start, terms.stop) for terms in inversion._sortable_ranges(occurrences, bits)]
    assert [term for terms in found for term in terms] == list(range(len(sizes)))
    assert all(len(terms) <= 1 << bits for terms in found)
