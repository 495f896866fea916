"""Patterns of folded words match the spellings that are folded into them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.analyzer import fold
from newsindex.backends.opensearch.searching.querying.spelling_patterns import (
    literal_pattern,
    spelling_pattern,
    wildcard_of,
)

LETTERS = "abcdeiouyéèêëàâçîïôöùûüÿœæßñøł0123456789"


@given(st.text(LETTERS, min_size=1, max_size=10))
def test_a_spelling_matches_the_pattern_of_its_folded_form(spelling):
    assert re.fullmatch(spelling_pattern(fold(spelling)), spelling)


@given(st.text(LETTERS, min_size=1, max_size=6), st.text(LETTERS, min_size=1, max_size=6))
def test_only_spellings_with_that_folded_form_match(spelling, other):
    matches = re.fullmatch(spelling_pattern(fold(other)), spelling) is not None
    assert matches == (fold(spelling) == fold(other))


@pytest.mark.parametrize(
    ("pattern", "spelling", "matches"),
    [
        ("peche*", "pêcheurs", True),
        ("p?che", "péché", True),
        ("p?che", "pche", False),
        ("*oeuvre", "chef-d'œuvre", True),
        ("gouv*", "agouv", False),
    ],
)
def test_signs_stand_for_letters(pattern, spelling, matches):
    assert bool(re.fullmatch(spelling_pattern(pattern), spelling)) == matches


@given(st.text(max_size=20))
def test_no_sign_of_a_text_is_one_of_an_expression(text):
    assert re.fullmatch(literal_pattern(text), text)


def test_a_backslash_of_a_pattern_stands_for_itself():
    assert wildcard_of("a\\b*") == "a\\\\b*"
