"""Patterns match the tokens of the spellings whose folded form they match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.analyzer import Lexicon, fold
from newsindex.backends.opensearch.layout import form_tokens, spelling_tokens
from newsindex.backends.opensearch.searching.querying.patterns import (
    form_pattern,
    literal_pattern,
    wildcard_of,
)

FRENCH = Lexicon().french
LETTERS = st.sampled_from("abeiosuéèêëàâçîïôöùûüÿœæßñøłŋﬁx̄#0123456789,محдё東")
SIGNS = st.sampled_from("abeios*?")


def matches(pattern, spelling):
    return any(re.fullmatch(form_pattern(pattern), token) for token in spelling_tokens(spelling).split(" "))


def spellings(text):
    return [word.spelling for word in FRENCH.analyze(text)]


@given(st.text(LETTERS, max_size=12))
def test_a_spelling_matches_its_folded_form(text):
    for spelling in spellings(text):
        if form := fold(spelling):
            assert matches(form, spelling)
            assert set(spelling_tokens(spelling).split(" ")) & set(form_tokens(form))


@given(st.text(SIGNS, min_size=1, max_size=6), st.text(LETTERS, max_size=12))
def test_a_pattern_matches_what_it_matches_in_folded_forms(pattern, text):
    expression = pattern.replace("*", ".*").replace("?", ".")
    for spelling in spellings(text):
        form = fold(spelling)
        assert matches(pattern, spelling) == bool(form and re.fullmatch(expression, form))


@pytest.mark.parametrize(
    ("pattern", "spelling", "expected"),
    [
        ("peche*", "pêcheurs", True),
        ("p?che", "péché", True),
        ("p?che", "pche", False),
        ("*oeuvre", "chef-d'œuvre", True),
        ("?euvre", "œuvre", True),
        ("?uvre", "œuvre", False),
        ("stras*", "straße", True),
        ("greve*", "#grèvegénérale", True),
        ("gouv*", "agouv", False),
    ],
)
def test_signs_stand_for_letters_of_the_folded_form(pattern, spelling, expected):
    assert matches(pattern, spelling) == expected


@given(st.text(max_size=20))
def test_no_sign_of_a_text_is_one_of_an_expression(text):
    assert re.fullmatch(literal_pattern(text), text)


def test_a_backslash_of_a_pattern_stands_for_itself():
    assert wildcard_of("a\\b*") == "a\\\\b*"
