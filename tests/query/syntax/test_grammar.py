"""The grammar gives the trees of Whoosh's parser, in a time that grows with the length of the query."""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.analyzer import Lexicon
from newsindex.query.syntax.parser import parse_query
from tests.query.syntax.test_parser import _positions
from tests.reference.whoosh_grammar import parse_with_whoosh

UTC = ZoneInfo("UTC")
LEXICON = Lexicon()

words = st.sampled_from(
    [
        "maroc",
        "qatar",
        "le",
        "la",
        "porte-parole",
        "l'avocat",
        "8 913",
        "va-t-il",
        "macron/philippe",
        "=péché",
        '="roi nu"',
        "elec*",
        "p?che",
        "Tebboun~",
        "roi~2",
        "date:2026-01",
        "depuis:2025",
        "avant:2026-02",
        "date:[2025 TO 2026-01]",
        "source:hespress",
        "source:hesp*",
        'source:"Le Monde"',
        "id:a",
        "titre:maroc",
        "Titre:le",
        "titre:=pêche",
        '"coopération policière"',
        '"le roi"',
        '"médaille d’honneur"~3',
        "—",
        '""',
        'titre:"le roi"~2',
        "10 %",
        "œuvre",
        "et",
        "()",
    ]
)
boosted = st.tuples(words, st.sampled_from(["", "", "^2", "^0,5"])).map("".join)


def _groups(inner):
    """Operands between operators, operands with signs, and both; operators have operands on both sides."""
    operators = st.sampled_from(
        [" ", "  ", " ET ", " AND ", " OU ", " OR ", " SAUF ", " ANDNOT ", " AND NOT ", " ET NON ", " NOT "]
    )
    joined = st.lists(st.tuples(inner, operators), min_size=1, max_size=4).flatmap(
        lambda pairs: inner.map(lambda last: "".join(map("".join, pairs)) + last)
    )
    signed = st.lists(
        st.tuples(st.sampled_from(["", "", "+", "-"]), inner).map("".join), min_size=1, max_size=4
    )
    mixed = st.tuples(signed.map(" ".join), operators, signed.map(" ".join)).map("".join)
    plain = joined | signed.map(" ".join) | mixed | inner.map("NOT {}".format)
    wrapped = plain.map("({})".format)
    return plain.map("({})".format) | wrapped.map("{}^3".format) | wrapped.map("titre:{}".format)


nested = st.recursive(boosted, _groups, max_leaves=6)
queries = nested | st.lists(nested, max_size=3).map(" ".join) | st.tuples(nested, nested).map(" SAUF ".join)


@given(queries, st.sampled_from(["any", "all"]))
def test_a_query_has_the_tree_of_whooshs_parser(typed, operator):
    ours = parse_query(typed, UTC, operator).tree
    whooshs = parse_with_whoosh(typed, UTC, operator)
    assert ours == whooshs
    assert _positions(ours) == _positions(whooshs)


def _calls(typed):
    """How many functions are called to parse a query."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    parse_query(typed, UTC, lexicon=LEXICON)
    LEXICON.french.words_of_run.clear()  # the words of a long text are not kept either
    sys.setprofile(count)
    try:
        parse_query(typed, UTC, lexicon=LEXICON)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "operand",
    [
        "maroc SAUF ",
        "maroc ET ",
        "maroc OU ",
        "maroc AND NOT ",
        "NOT ",
        "NOT maroc ",
        "-maroc ",
        "+maroc ",
        "+maroc -qatar ",
        "maroc && ",
        "maroc || ",
        "maroc NEAR ",
        "ET ",
        "ET OU ",
        "(maroc qatar) ",
        "(maroc) ET ",
        "(+maroc -qatar roi) ",
        "(maroc SAUF qatar) SAUF ",
        "() ",
        ")(",
        "titre:maroc ",
        "titre:(",
        "titre:texte:",
        '"le roi" ',
        '"le roi"~3 ',
        "maroc^2 ",
        "^2 ",
        "(maroc)^2 ",
        "source:hespress ",
        "source:hespress, ",
        "date:2025 ",
        "date:[2025 TO 2026] ",
        "date:2025 TO 2026 ",
        "=péché ",
        "porte-parole ",
        "maroc,qatar ",
        "a-",
        "-!",
        "+",
        "--",
        "~",
        "maroc~",
        '""',
        "[",
        "(",
    ],
)
def test_ten_times_as_many_operands_take_about_ten_times_as_many_steps(operand):
    """At most twenty times, for long texts are analysed anew; squared growth would be a hundred times."""
    closing = operand.count("(") - operand.count(")")
    few, many = (4, 40) if closing else (10, 100)  # the depth is limited
    typed = [operand * count + "maroc" + ")" * (closing * count) for count in (few, many)]
    assert _calls(typed[1]) <= 20 * _calls(typed[0])


def test_nested_groups_with_signs_and_operators_take_steps_in_proportion():
    for before, after in [
        ("(+maroc -", " roi)"),
        ("(maroc SAUF ", ")"),
        ("(NOT ", ")"),
        ("titre:(roi ", ")"),
    ]:
        few, many = (f"{before * count}qatar{after * count}" for count in (4, 40))
        assert _calls(many) <= 20 * _calls(few)
