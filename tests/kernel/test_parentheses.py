"""The kernel leaves out no parenthesis that defines an acronym."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpora import corpus
from newsindex import Article
from newsindex.compiled import compiled_kernel
from newsindex.indexer.scanning.acronym_definitions import find_definitions
from newsindex.storage.stored_articles import pack_article

pytestmark = pytest.mark.skipif(compiled_kernel() is None, reason="the compiled kernel is not in use")

ACRONYMS = ["ONU", "O.N.U.", "Insee", "CGT-FO", "S&P", "MoDem", "ÉNA", "DOMs", "la", "PS", "LFI", "x"]
NAMES = [
    "Organisation des Nations unies", "Institut national de la statistique et des études économiques",
    "France insoumise", "l'Ecole nationale d'administration", "Mouvement démocrate", "Parti socialiste",
    "Confédération générale du travail - Force ouvrière", "départements d’outre-mer", "électricité de France",
    "Standard and Poor's", "Office",
]  # fmt: skip
BETWEEN = [
    " (",
    "(",
    ") ",
    "), ",
    " « ",
    " » ",
    "\u00a0",
    "\n",
    " ",
    "  ",
    ", ",
    "; ",
    "/",
    " - ",
    "_",
    "\x1c",
    "(",
]
BEFORE = [
    "sigle : ",
    "ou ",
    "dit ",
    "dite ",
    "en abrégé ",
    "ci-après ",
    "l'",
    "d’",
    "le ",
    "",
    "ex-",
    "de la ",
]
pieces = st.one_of(*map(st.sampled_from, (ACRONYMS, NAMES, BETWEEN, BEFORE)))
definitions = st.one_of(
    st.lists(pieces, max_size=12).map("".join),
    st.builds(
        "{} {}{} ({}{}{}) {}".format,
        *map(
            st.sampled_from,
            (BEFORE, NAMES, ["", " »", "”"], BEFORE, ACRONYMS, ["", " ", ", b", " : c"], NAMES),
        ),
    ),
    st.builds(
        "{}{}{}({}{}{}){}".format,
        *map(
            st.sampled_from,
            (BEFORE, ACRONYMS, [" ", " » ", "\u00a0"], BEFORE, NAMES, ["", ", c", "; d"], BETWEEN),
        ),
    ),
)
texts = st.lists(definitions, max_size=3).map(" ".join)


def places_of(text):
    """The places that the kernel finds in a text."""
    (found,) = compiled_kernel().find_parentheses([pack_article(Article("x", text, id="a"))]) or [(1, [])]
    number, places = found
    assert number == 1
    assert all(text[place] == "(" for place in places)
    return places


@given(text=texts)
def test_no_definition_is_left_out(text):
    assert list(find_definitions(text, places_of(text))) == list(find_definitions(text))


def test_no_definition_of_real_articles_is_left_out(data):
    found = written = looked_at = 0
    for article in islice(corpus(data, None), 6000):
        if "(" in article.body:
            places = places_of(article.body)
            definitions = list(find_definitions(article.body))
            assert list(find_definitions(article.body, places)) == definitions
            found += len(definitions)
            written += article.body.count("(")
            looked_at += len(places)
    assert found > 100
    assert looked_at < written / 3


def test_texts_that_are_no_unicode_have_none(kernel):
    assert kernel.find_parentheses([b"\0" * 8 + b"Office national \xff (ONE)"]) == []
    with pytest.raises(ValueError, match="cut short"):
        kernel.find_parentheses([b"\0\0\0\0\1\0\0\0"])
