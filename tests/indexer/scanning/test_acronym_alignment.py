"""The letters of an acronym are aligned with the words of its long name as by trying every way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsindex.indexer.scanning import acronym_alignment
from newsindex.indexer.scanning.acronym_alignment import AcronymLetters, align, read_word

from ...reference.acronyms import cheapest

WORDS = ("agence", "nationale", "santé", "des", "la", "le", "et", "au", "etudes", "elan", "ar", "d")
words = st.lists(st.sampled_from(WORDS), max_size=7)
acronyms = st.text("anseld", min_size=2, max_size=5).map(str.upper)


def aligned(acronym, names):
    return align(AcronymLetters.of(acronym.lower()), names)


def folded(names):
    return [read_word(name) for name in names]


@given(acronyms, words)
def test_the_alignment_is_the_cheapest_and_of_these_the_shortest(acronym, names):
    found = aligned(acronym, names)
    assert (found and (found.cost, found.words)) == cheapest(acronym.lower(), folded(names))


@given(acronyms, words)
def test_the_short_way_gives_what_the_long_one_does(acronym, names):
    found = aligned(acronym, names)
    if found is not None:
        assert found == acronym_alignment._align_any(acronym.lower(), names)
