"""What a reader types becomes the tree that was meant."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, AndNot, Every, FuzzyTerm, Not, NullQuery, Or, Phrase, Term, Wildcard

import newsindex
from newsindex.query.syntax import parser
from newsindex.query.syntax.nodes import DateRangeQuery, ExactWordQuery, WordQuery
from tests.properties.strategies import WORDS


def t(text, field="text", boost=1.0, spelling=None):
    return WordQuery(field, text, spelling or text, boost)


JANUARY = DateRangeQuery(29453760, 29498400)  # 2026-01, in minutes

TREES = {
    "Interpol Marrakech": Or([t("interpol"), t("marrakech")]),
    "le Maroc": t("maroc"),
    "le la": Or([t("le"), t("la")]),
    "CAN": t("can"),
    '"médaille d’honneur"': Phrase("text", ["medaill", "honneur"]),
    "« médaille d'honneur »": Phrase("text", ["medaill", "honneur"]),
    "“médaille d'honneur”~3": Phrase("text", ["medaill", "honneur"], slop=3),
    "porte-parole": Phrase("text", ["porte", "parol"]),
    "interpol ET maroc": And([t("interpol"), t("maroc")]),
    "interpol AND maroc": And([t("interpol"), t("maroc")]),
    "interpol OU maroc": Or([t("interpol"), t("maroc")]),
    "interpol SAUF maroc": AndNot(t("interpol"), t("maroc")),
    "interpol police NOT maroc": And([Or([t("interpol"), t("polic", spelling="police")]), Not(t("maroc"))]),
    "+interpol maroc": AndMaybe(t("interpol"), t("maroc")),
    "interpol -maroc": AndNot(t("interpol"), t("maroc")),
    "-maroc": AndNot(Every(), t("maroc")),
    "interpol^3": t("interpol", boost=3.0),
    "titre:interpol": t("interpol", "headline"),
    "Headline:interpol": t("interpol", "headline"),
    'maroc "a: b" titre:"assemblée générale"': Or(
        [t("maroc"), Phrase("text", ["a", "b"]), Phrase("headline", ["assembl", "general"])]
    ),
    'titre:"assemblée générale"': Phrase("headline", ["assembl", "general"]),
    "=Péché": ExactWordQuery("text", "peche", "péché"),
    "titre:=pêche^2": ExactWordQuery("headline", "peche", "pêche", 2.0),
    "+=péché -maroc": AndNot(ExactWordQuery("text", "peche", "péché"), t("maroc")),
    '="porte-parole"': And(
        [
            ExactWordQuery("text", "porte", "porte"),
            ExactWordQuery("text", "parol", "parole"),
            Phrase("text", ["porte", "parol"]),
        ]
    ),
    '="roi nu"^2': And(
        [
            ExactWordQuery("text", "roi", "roi", 2.0),
            ExactWordQuery("text", "nu", "nu", 2.0),
            Phrase("text", ["roi", "nu"], boost=2.0),
        ]
    ),
    "l'Élect*": Wildcard("text", "elect*"),
    "gouv?rnement maroc": Or([Wildcard("text", "gouv?rnement"), t("maroc")]),
    "porte-parol*": And([t("porte"), Wildcard("text", "parol*")]),
    "titre:*ismes": Wildcard("headline", "*ismes"),
    "Tébboun~": FuzzyTerm("text", "tebboun", 1.0, 1, prefixlength=0),
    "texte:Tebboun~2": FuzzyTerm("body", "tebboun", 1.0, 2, prefixlength=0),
    "source:hesp*": Wildcard("source", "hesp*"),
    "source:=hespress": Term("source", "hespress"),
    "*": Every(),
    "maroc *": t("maroc"),
    "Que fait la police ?": t("polic", spelling="police"),
    "maroc source:hespress": And([t("maroc"), Term("source", "hespress")]),
    "source:a source:b maroc": And([Or([Term("source", "a"), Term("source", "b")]), t("maroc")]),
    "date:2026-01": JANUARY,
    'date:"janvier 2026"': JANUARY,
    "date:[2026-01-01 TO 2026-01-31]": JANUARY,
    "date:31/12/2025": DateRangeQuery(29452320, 29453760),
    "depuis:2026-01": DateRangeQuery(29453760, parser.FAR_AHEAD),
    "avant:2026-01": DateRangeQuery(parser.LONG_AGO, 29453760),
    "": NullQuery,
    "«»": NullQuery,
    "()": NullQuery,
}


@pytest.mark.parametrize(("typed", "tree"), TREES.items())
def test_a_query_has_its_tree(typed, tree):
    assert newsindex.parse(typed) == tree


def test_a_space_may_mean_all_the_words():
    assert newsindex.parse("le Maroc Qatar", operator="all") == And([t("maroc"), t("qatar")])


@pytest.mark.parametrize(
    ("typed", "same_as", "note"),
    [
        ('interpol "maroc', "interpol maroc", "quotation mark"),
        ("CAN 2025: les finales", "CAN 2025 les finales", "colon"),
        ("titre: Maroc", "titre Maroc", "colon"),
        ("interpol (maroc", "interpol maroc", "Parentheses"),
        ("interpol^ maroc^x", "interpol maroc x", "without a number"),
        ("Qui gagne?", "Qui gagne", "punctuation"),
        ('"gouvern* local" maroc', '"gouvern local" maroc', "no meaning"),
        ("=gouvern*", "=gouvern", "no meaning"),
        ("titre:[maroc TO qatar]", "titre maroc TO qatar", "colon"),
        ("https://hespress.com", "https hespress.com", "colon"),
    ],
)
def test_what_cannot_be_meant_is_read_as_words_with_a_note(make_index, typed, same_as, note):
    assert newsindex.parse(typed) == newsindex.parse(same_as)
    (said,) = make_index().search(typed).notes
    assert note in said


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("x" * 10_001, "10,000"),
        ("x^" * 501, "500"),
        ("(" * 51 + "a" + ")" * 51, "50"),
        ("date:demain-peut-être", "not a date"),
        ('"coopération policière"~' + "9" * 400, "1,000"),
        ("roi^" + "9" * 400, "1,000"),
        ("a-" * 501, "500"),
        ("a~" * 501, "500"),
        ("*a " * 11, "10 words with"),
        ("-".join(["a*b", "roi~2", *["a?b"] * 10]), "10 words with"),
        ("roi~3", "1 or 2"),
        ("roi~" + "9" * 400, "1 or 2"),
    ],
)
def test_a_query_beyond_a_limit_is_told_the_limit(typed, limit):
    with pytest.raises(newsindex.QueryError, match=limit):
        newsindex.parse(typed)


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("8 913 euros", "8913 euros"),
        ("titre:15 000", "titre:15000"),
        ("CAN 2025 100 buts", 'CAN "2025" 100 buts'),
        ("roi^,5 maroc", "roi^0.5 maroc"),
        ("roi^2,5", "roi^2.5"),
        ("roi^-1 maroc", "roi maroc"),
        ("[Vidéo] le {maroc TO qatar]", "Vidéo le maroc TO qatar"),
        ("Depuis:{2025 TO 2026-01]", "date:[2025 TO 2026-01]"),
        ("date:[* TO 2019]", "date:[TO 2019]"),
        ("date:[2019 TO *]", "date:[2019 TO]"),
        ('date:["janvier 2026" TO 2026-02]', "date:[2026-01 TO 2026-02]"),
    ],
)
def test_what_french_readers_type_is_read_as_they_mean_it(typed, same_as):
    assert newsindex.parse(typed) == newsindex.parse(same_as)


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("maroc,police", "maroc police"),
        ("macron/philippe", "macron philippe"),
        ("8,5 millions", '"8,5" millions'),
        ("maroc ET SAUF police", "maroc SAUF police"),
        ("macron -l'équipe", "macron -équipe"),
        ("le NON de Macron", "le non de Macron"),
    ],
)
def test_signs_between_words_part_them(typed, same_as):
    assert newsindex.parse(typed) == newsindex.parse(same_as)


def test_a_written_or_is_one_and_a_space_restricts_where_it_must():
    qatar, macron = t("qatar"), t("macron")
    source = Term("source", "hespress")
    assert newsindex.parse("qatar OU NOT macron") == Or([qatar, Not(macron)])
    assert newsindex.parse("qatar NOT macron") == And([qatar, Not(macron)])
    assert newsindex.parse("qatar OU source:hespress") == Or([qatar, source])
    assert newsindex.parse("qatar OU macron source:hespress") == And([Or([qatar, macron]), source])
    assert newsindex.parse("qatar ET () ET macron") == And([qatar, macron])


def test_a_period_in_a_tree_can_be_shown():
    assert str(newsindex.parse("date:2026-01")) == "date:[2026-01-01 00:00 TO 2026-02-01 00:00}"


plain = st.lists(
    st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join).map('"{}"'.format),
    max_size=6,
).map(" ".join)


@given(plain, st.sampled_from(["any", "all"]))
def test_plain_queries_have_the_tree_of_whooshs_parser(typed, operator):
    direct = newsindex.parse(typed, operator)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parser, "_SYNTAX", parser.re.compile(""))  # everything is syntax: Whoosh parses
        patched.setattr(parser, "_is_plain", lambda text: False)
        parsed = newsindex.parse(typed, operator)
    assert parsed == direct
    assert _places(parsed) == _places(direct)


def _places(tree):
    return [word.place for word in tree.leaves() if type(word) is WordQuery]


@given(st.text(st.sampled_from('aé"():+-*~^[]{}=?/\\ \n\x00TOETOUNOT«’:,1.'), max_size=40) | st.text())
def test_whatever_is_typed_is_searched_or_refused_with_a_query_error(typed):
    with contextlib.suppress(newsindex.QueryError):
        newsindex.parse(typed)
