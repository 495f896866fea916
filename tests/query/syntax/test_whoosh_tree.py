"""Other programs get the tree of a query in Whoosh's classes; a search does without Whoosh."""

from __future__ import annotations

import subprocess
import sys

import pytest
from whoosh.query import And, AndMaybe, AndNot, Every, FuzzyTerm, Not, NullQuery, Or, Phrase, Term, Wildcard

import newsindex
from newsindex.query.syntax.nodes import LabelQuery
from newsindex.query.syntax.whoosh_tree import DateRange, ExactWordTerm, WordTerm, whoosh_tree


def t(text, field="text", boost=1.0, spelling=None):
    return WordTerm(field, text, spelling or text, boost)


TREES = {
    "Interpol Marrakech": Or([t("interpol"), t("marrakech")]),
    "interpol ET maroc": And([t("interpol"), t("maroc")]),
    "interpol SAUF maroc": AndNot(t("interpol"), t("maroc")),
    "+interpol maroc": AndMaybe(t("interpol"), t("maroc")),
    "-maroc": AndNot(Every(), t("maroc")),
    "NOT maroc": And([Not(t("maroc"))]),
    "interpol^3": t("interpol", boost=3.0),
    "(interpol maroc)^2": And([Or([t("interpol"), t("maroc")])], boost=2.0),
    'titre:"assemblée générale"~3': Phrase("headline", ["assembler", "general"], slop=3),
    "=Péché": ExactWordTerm("text", "pecher", "péché"),
    "elect*": Wildcard("text", "elect*"),
    "Tébboun~2": FuzzyTerm("text", "tebboun", 1.0, 2, prefixlength=0),
    "source:hespress": Term("source", "hespress"),
    "source:hesp*": Wildcard("source", "hesp*"),
    "date:2026-01": DateRange(29453760, 29498400),
    "": NullQuery,
}


@pytest.mark.parametrize(("typed", "tree"), TREES.items())
def test_a_query_has_its_tree_of_whoosh(typed, tree):
    assert newsindex.parse(typed) == tree


def test_several_labels_are_any_of_them():
    assert whoosh_tree(LabelQuery("source", ("a", "b"))) == Or([Term("source", "a"), Term("source", "b")])


def test_an_index_gives_the_tree_and_the_notes(make_index):
    tree, notes = make_index().parse('interpol "maroc', "all")
    assert tree == And([t("interpol"), t("maroc")])
    assert [note.kind for note in notes] == ["unpaired_quotation_mark"]


def test_parts_can_be_shown_and_kept_in_sets():
    january, exact = newsindex.parse("date:2026-01"), newsindex.parse("=péché")
    assert str(january) == "date:[2026-01-01 00:00 TO 2026-02-01 00:00}"
    assert repr(january) == "DateRange(29453760, 29498400)"
    assert (january.is_leaf(), january.field()) == (True, "date")
    assert str(exact) == "text:=péché"
    assert len({january, newsindex.parse("date:2026-01"), exact}) == 2
    assert t("peche", spelling="péché") != t("peche", spelling="pêche")


def test_a_search_does_not_load_whoosh(make_index):
    index = make_index([newsindex.Article("Le Maroc, Interpol", source="L'Écho", id="a")])
    script = (
        "import sys, newsindex\n"
        "index = newsindex.open(sys.argv[1])\n"
        "index.search('+maroc (gouv* OU interpol~) source:echo', explain=True)\n"
        "index.similar('a'); index.suggest('int'); index.marked('a', 'maroc')\n"
        "list(index.articles('maroc'))\n"
        "assert 'whoosh' not in sys.modules\n"
        "index.parse('maroc')\n"
        "assert 'whoosh' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script, str(index.path)], check=True)
