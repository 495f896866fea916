"""What French words become, case by case.

The cases are in french.tsv, each a written form, its terms, and the forms that a reader takes for the same
and for different words. Doubts are written beside the rows.
"""

from __future__ import annotations

import pytest

import newsindex
from newsindex.analyzer import analyze

from . import forms, table

TABLE = table("golden/french.tsv")


def terms(text: str) -> list[str]:
    return [word.term for word in analyze(text)]


each_row = pytest.mark.parametrize("row", TABLE, ids=[row["written"] for row in TABLE])


@each_row
def test_a_written_form_has_its_terms(row):
    assert " ".join(terms(row["written"])) == row["terms"]


@each_row
def test_forms_of_one_word_meet_and_those_of_others_do_not(row):
    own = terms(row["written"])
    found = {form: terms(form) == own for column in ("meets", "apart") for form in forms(row[column])}
    assert found == dict.fromkeys(forms(row["meets"]), True) | dict.fromkeys(forms(row["apart"]), False)


def test_no_written_form_has_two_rows():
    written = [row["written"] for row in TABLE]
    assert len(written) == len(set(written))


def test_elided_words_without_end_are_left_out_one_by_one():
    assert terms("l'" * 5000 + "avocat") == ["avocat"]


def test_the_analyzer_is_a_whoosh_analyzer_that_keeps_offsets_and_places():
    text = "Le procureur de l'État et l’œuvre"
    tokens = newsindex.FrenchAnalyzer()(text, positions=True, chars=True)
    found = [(t.text, t.pos, text[t.startchar : t.endchar]) for t in tokens]
    assert found == [("procureur", 1, "procureur"), ("etat", 3, "État"), ("oeuvrer", 5, "œuvre")]
