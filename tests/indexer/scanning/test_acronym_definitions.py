"""Definitions of acronyms are found in any text, within a sentence and a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsindex.indexer.scanning import acronym_definitions as definitions


def test_a_text_without_a_parenthesis_defines_nothing():
    assert not list(definitions.find_definitions("Office national des forêts, ONF."))


def test_an_acronym_at_the_start_of_a_text_has_no_name_before_it():
    assert not list(definitions.find_definitions("(ONF) Les forêts"))
    assert not list(definitions.find_definitions("A (ONF)"))


def test_line_ends_and_several_spaces_in_a_name_become_one_space():
    (found,) = definitions.find_definitions("L'Office  national\u00a0des forêts (ONF)")
    assert found.name == "Office national des forêts"


def test_a_name_does_not_cross_a_sentence_or_a_line():
    assert not list(definitions.find_definitions("L'Office. National des forêts (ONF)"))
    assert not list(definitions.find_definitions("L'Office\nnational des forêts (ONF)"))


def test_a_definition_that_is_written_twice_is_found_twice():
    text = "L'Office national des forêts (ONF)"
    assert len(list(definitions.find_definitions(f"{text}, oui, {text}"))) == 2


@given(st.text("ONF (),.«»\"'’-a\n", max_size=40))
def test_any_text_can_be_read(text):
    list(definitions.find_definitions(text))
