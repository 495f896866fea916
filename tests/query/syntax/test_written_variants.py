"""Every way to write a word finds every other way, and nothing that a query finds is lost for it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import FRENCH
from newsindex.analyzer.stopwords import StopWords
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.syntax.clock_times import clock_time
from newsindex.query.syntax.nodes import ExactWordQuery, OrQuery, PhraseQuery, WordQuery
from newsindex.query.syntax.parser import parse_query
from newsindex.query.syntax.written_variants import MAX_VARIANT_WEIGHT

UTC = ZoneInfo("UTC")
STOP_WORDS = StopWords()
words = st.text("aeiloprstuvz", min_size=4, max_size=9).filter(lambda word: word not in STOP_WORDS)
letters = st.text("bcdfgkmpqvwxz", min_size=1, max_size=4)
digits = st.text("123456789", min_size=1, max_size=4)


@contextmanager
def indexed(headlines):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        index.add([Article(headline, id=headline) for headline in headlines])
        yield index


def found(index, query):
    return {hit.article.id for hit in index.search(query, operator="all", limit=100)}


def tree_of(index, query):
    with index.snapshot() as searcher:
        return parse_query(query, UTC, dictionary=SnapshotDictionary(searcher._backend.snapshot)).tree


def assert_each_finds_all(forms, among=()):
    with indexed({*forms, *among}) as index:
        for form in forms:
            assert found(index, form) == set(forms), form


@given(words, words)
def test_a_compound_is_found_joined_hyphenated_and_parted(first, second):
    assume(first + second not in STOP_WORDS and FRENCH.term(first) != FRENCH.term(second))
    assume(FRENCH.term(second) != FRENCH.term("est"))
    forms = {first + second, f"{first}-{second}", f"{first} {second}"}
    assert_each_finds_all(forms, [first, second, f"{first} est"])


@given(letters, digits)
def test_letters_and_a_number_are_found_joined_hyphenated_and_parted(name, number):
    forms = {name + number, f"{name}-{number}", f"{name} {number}"}
    assert_each_finds_all(forms, [name, f"{name}{number}0x"])


@given(st.integers(0, 23), st.integers(1, 59))
def test_a_clock_time_is_found_in_every_form(hour, minute):
    forms = {
        written
        for number in (f"{hour}", f"{hour:02}")
        for written in (
            f"{number}h{minute:02}", f"{number}H{minute:02}", f"{number} h {minute:02}",
            f"{number}:{minute:02}", f"{number} heures {minute:02}", f"{number}h {minute:02}",
        )
    }  # fmt: skip
    assert_each_finds_all(forms, [f"{hour}h", f"{hour + 1:02}h{minute:02}", f"{hour + 60} h"])


@given(st.lists(words.map(str.capitalize), min_size=2, max_size=3, unique=True))
def test_a_hashtag_and_its_words_find_each_other(parts):
    hashtag, written = "#" + "".join(parts), " ".join(parts)
    assume("".join(parts).lower() not in STOP_WORDS)
    assert_each_finds_all({hashtag, written})


_TOKENS = st.sampled_from(
    ["COP28", "COP 28", "#COP28", "anti-gang", "antigang", "20h30", "20:30", "2e", "deuxième", "second",
     "covid", "Covid-19", "COVID19", "L'Oréal", "Loréal", "la", "fontaine", "en", "fin", "49.3", "49-3",
     "Saint", "grève"]
)  # fmt: skip
_texts = st.lists(_TOKENS, min_size=1, max_size=5).map(" ".join)


@given(st.lists(_texts, min_size=1, max_size=8, unique=True), _texts, st.sampled_from(["any", "all"]))
def test_variants_take_no_match_away(headlines, query, operator):
    with indexed(headlines) as index, index.snapshot() as searcher:
        plain = parse_query(query, UTC, operator).tree
        with_variants = parse_query(
            query, UTC, operator, dictionary=SnapshotDictionary(searcher._backend.snapshot)
        ).tree
        evaluator, (view, *_) = Evaluator(searcher._backend.snapshot), searcher._backend.snapshot.views
        matches = [set(evaluator.matches(view, tree).documents.tolist()) for tree in (plain, with_variants)]
        assert matches[0] <= matches[1]


def test_a_variant_scores_less_than_what_was_typed():
    with indexed(["COP28 à Dubaï", "la COP 28"]) as index:
        typed, variant = tree_of(index, "COP28").clauses
    assert typed == WordQuery("text", "cop28", "cop28")
    assert variant.positive == PhraseQuery("text", ("cop", "28"), 1, variant.positive.boost)
    assert 0 < variant.positive.boost <= MAX_VARIANT_WEIGHT


def test_a_variant_scores_nothing_in_an_article_that_has_what_was_typed():
    with indexed(["COP28, COP 28", "COP28 et rien"]) as index:
        scores = {hit.article.id: hit.score for hit in index.search("COP28")}
        typed = parse_query("COP28", UTC).tree
        assert tree_of(index, "COP28").clauses[1].negative == typed
    assert len(scores) == 2
    assert len({round(score, 5) for score in scores.values()}) == 1


def test_the_parts_of_a_hashtag_are_found():
    with indexed(["Vers la #GrèveGénérale", "Une grève", "Un général"]) as index:
        assert found(index, "grève") == {"Vers la #GrèveGénérale", "Une grève"}
        (hit,) = index.search('"grève générale"')
        assert hit.headline.html == "Vers la <mark>#GrèveGénérale</mark>"


def test_a_query_whose_variants_no_article_has_is_as_typed():
    with indexed(["rien"]) as index:
        assert tree_of(index, "COP28 antigang 20h30") == parse_query("COP28 antigang 20h30", UTC).tree


def test_variants_have_no_place_in_the_order_of_the_words():
    with indexed(["le sommet COP 28 de Dubaï", "COP28"]) as index:
        tree = tree_of(index, "sommet COP28 Dubaï")
    assert isinstance(tree, OrQuery)
    assert [getattr(node, "position", None) for node in tree.clauses] == [0, 1, 2, None]


def test_a_parted_form_that_is_a_slip_is_no_variant():
    with indexed([f"antigang {i}" for i in range(300)] + ["anti gang"]) as index:
        assert tree_of(index, "antigang") == WordQuery("text", "antigang", "antigang")


def test_exact_words_have_no_variants():
    with indexed(["COP 28", "COP28"]) as index:
        assert tree_of(index, "=COP28") == ExactWordQuery("text", "cop28", "cop28")


def test_words_of_a_field_have_variants_in_it():
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        index.add([Article("La COP 28", id="1"), Article("Dubaï", "La COP 28", id="2")])
        assert found(index, "titre:COP28") == {"1"}


def test_what_is_excluded_is_excluded_in_every_form():
    with indexed(["sommet COP28", "sommet COP 28", "sommet"]) as index:
        assert found(index, "sommet NOT COP28") == {"sommet"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("20h30", (20, "30")), ("20 h 30", (20, "30")), ("20:30", (20, "30")), ("20 heures 30", (20, "30")),
        ("9h", (9, "")), ("09h00", (9, "")), ("24h", (24, "")), ("25h", None), ("20h60", None), ("20", None),
        ("20 30", None), ("2030", None), ("h30", None), ("1 heure", (1, "")),
    ],
)  # fmt: skip
def test_a_clock_time_is_read_from_its_written_forms(written, expected):
    assert clock_time(written) == expected


def test_a_hashtag_before_a_hyphen_keeps_its_word():
    with indexed(["La #Grève-Générale", "L'assemblée générale"]) as index:
        assert found(index, "#Grève-Générale") == {"La #Grève-Générale"}


def test_an_exact_word_is_found_in_a_hashtag():
    with indexed(["Tous #CAN2025", "Tous au stade"]) as index:
        assert found(index, "=CAN2025") == {"Tous #CAN2025"}
        assert found(index, "=CAN") == {"Tous #CAN2025"}


def test_a_clock_time_is_no_range_of_numbers():
    with indexed(["Le train de 20:30", "Les 20-30 ans", "Entre 20, 30 et 40"]) as index:
        assert found(index, "20h30") == {"Le train de 20:30"}


def test_synonyms_of_several_words_take_no_variant_of_them_away(tmp_path):
    settings = tmp_path / "words.toml"
    settings.write_text('[synonyms]\n"COP 28" = ["conférence climat"]\n', encoding="utf-8")
    headlines = ["La COP28", "La COP 28", "Une conférence climat"]
    with newsindex.create(tmp_path / "i", settings=settings) as index:
        index.add([Article(headline, id=headline) for headline in headlines])
        assert found(index, "COP 28") == set(headlines)


def test_completions_do_not_double_the_sign_of_a_hashtag():
    with indexed(["Vers la #GrèveGénérale"]) as index:
        assert index.suggest("#gre")[0].startswith("#Gr")
