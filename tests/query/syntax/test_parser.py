"""What a reader types becomes the tree that was meant."""

from __future__ import annotations

import contextlib
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.query.syntax import parser
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    WildcardQuery,
    WordQuery,
)
from newsindex.query.syntax.visitor import all_leaves
from tests.properties.strategies import WORDS


def t(text, field="text", boost=1.0, spelling=None):
    return WordQuery(field, text, spelling or text, boost)


def all_of(*clauses):
    return AndQuery(clauses)


def any_of(*clauses):
    return OrQuery(clauses)


def parse(typed, operator="any"):
    return parser.parse_query(typed, UTC, operator).tree


UTC = ZoneInfo("UTC")
JANUARY = DateRangeQuery(29453760, 29498400)  # 2026-01, in minutes

TREES = {
    "Interpol Marrakech": any_of(t("interpol"), t("marrakech")),
    "le Maroc": t("maroc"),
    "le la": any_of(t("le"), t("la")),
    "CAN": t("can"),
    '"médaille d’honneur"': PhraseQuery("text", ("medaill", "honneur")),
    "« médaille d'honneur »": PhraseQuery("text", ("medaill", "honneur")),
    "“médaille d'honneur”~3": PhraseQuery("text", ("medaill", "honneur"), slop=3),
    "porte-parole": PhraseQuery("text", ("porter", "parol")),
    "interpol ET maroc": all_of(t("interpol"), t("maroc")),
    "interpol AND maroc": all_of(t("interpol"), t("maroc")),
    "interpol OU maroc": any_of(t("interpol"), t("maroc")),
    "interpol SAUF maroc": AndNotQuery(t("interpol"), t("maroc")),
    "interpol police NOT maroc": all_of(
        any_of(t("interpol"), t("polic", spelling="police")), NotQuery(t("maroc"))
    ),
    "+interpol maroc": AndMaybeQuery(t("interpol"), t("maroc")),
    "interpol -maroc": AndNotQuery(t("interpol"), t("maroc")),
    "-maroc": AndNotQuery(EveryQuery(), t("maroc")),
    "interpol^3": t("interpol", boost=3.0),
    "titre:interpol": t("interpol", "headline"),
    "Headline:interpol": t("interpol", "headline"),
    'maroc "a: b" titre:"assemblée générale"': any_of(
        t("maroc"), PhraseQuery("text", ("a", "b")), PhraseQuery("headline", ("assembler", "general"))
    ),
    'titre:"assemblée générale"': PhraseQuery("headline", ("assembler", "general")),
    "=Péché": ExactWordQuery("text", "pecher", "péché"),
    "titre:=pêche^2": ExactWordQuery("headline", "pecher", "pêche", 2.0),
    "+=péché -maroc": AndNotQuery(ExactWordQuery("text", "pecher", "péché"), t("maroc")),
    '="porte-parole"': all_of(
        ExactWordQuery("text", "porter", "porte"),
        ExactWordQuery("text", "parol", "parole"),
        PhraseQuery("text", ("porter", "parol")),
    ),
    '="roi nu"^2': all_of(
        ExactWordQuery("text", "roi", "roi", 2.0),
        ExactWordQuery("text", "nu", "nu", 2.0),
        PhraseQuery("text", ("roi", "nu"), boost=2.0),
    ),
    "l'Élect*": WildcardQuery("text", "elect*"),
    "gouv?rnement maroc": any_of(WildcardQuery("text", "gouv?rnement"), t("maroc")),
    "porte-parol*": all_of(t("porter", spelling="porte"), WildcardQuery("text", "parol*")),
    "titre:*ismes": WildcardQuery("headline", "*ismes"),
    "Tébboun~": FuzzyQuery("text", "tebboun", 1),
    "texte:Tebboun~2": FuzzyQuery("body", "tebboun", 2),
    "source:hesp*": LabelQuery("source", ("hesp*",), pattern=True),
    "source:=hespress": LabelQuery("source", ("hespress",)),
    "*": EveryQuery(),
    "maroc *": t("maroc"),
    "Que fait la police ?": t("polic", spelling="police"),
    "maroc source:hespress": all_of(t("maroc"), LabelQuery("source", ("hespress",))),
    "source:a source:b maroc": all_of(
        any_of(LabelQuery("source", ("a",)), LabelQuery("source", ("b",))), t("maroc")
    ),
    "(source:a OU source:b) maroc": all_of(
        any_of(LabelQuery("source", ("a",)), LabelQuery("source", ("b",))), t("maroc")
    ),
    "(source:a OU section:b) source:c": all_of(
        any_of(LabelQuery("source", ("a",)), LabelQuery("section", ("b",))), LabelQuery("source", ("c",))
    ),
    "date:2026-01": JANUARY,
    'date:"janvier 2026"': JANUARY,
    "date:[2026-01-01 TO 2026-01-31]": JANUARY,
    "date:31/12/2025": DateRangeQuery(29452320, 29453760),
    "depuis:2026-01": DateRangeQuery(29453760, FAR_AHEAD),
    "avant:2026-01": DateRangeQuery(LONG_AGO, 29453760),
    "": NoQuery(),
    "«»": NoQuery(),
    "()": NoQuery(),
}


@pytest.mark.parametrize(("typed", "tree"), TREES.items())
def test_a_query_has_its_tree(typed, tree):
    assert parse(typed) == tree


def test_a_space_may_mean_all_the_words():
    assert parse("le Maroc Qatar", operator="all") == all_of(t("maroc"), t("qatar"))


@pytest.mark.parametrize(
    ("typed", "same_as", "note"),
    [
        ('interpol "maroc', "interpol maroc", "quotation mark"),
        ('roi titre:"Le Monde', 'roi titre:"Le Monde"', "was added"),
        ("+le maroc", "le maroc", "left out"),
        ("+le +maroc", "le +maroc", "left out"),
        ("budget~x", "budget x", "left out"),
        ("budget~0.8 maroc", "budget maroc", "left out"),
        ('"roi maroc"~x', '"roi maroc" x', "left out"),
        ("polic! maroc", "polic maroc", "polic*"),
        ("(polic$)", "polic", "polic*"),
        ("maroc !qatar", "maroc qatar", "-qatar"),
        ("TIT_HEAD=roi maroc", "TIT_HEAD roi maroc", "colon behind"),
        ('maroc (hd="le roi")', 'maroc (hd "le roi")', "colon behind"),
        ("titre:* maroc", "maroc", "without letters"),
        ("maroc ***", "maroc", "without letters"),
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
    assert parse(typed) == parse(same_as)
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
        parse(typed)


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
    assert parse(typed) == parse(same_as)


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
    assert parse(typed) == parse(same_as)


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("date:2025-11 TO 2025-12", "date:[2025-11 TO 2025-12]"),
        ("Depuis:2025-11 TO 2025-12 maroc", "date:[2025-11 TO 2025-12] maroc"),
        ('date:"novembre 2025" TO "décembre 2025"', "date:[2025-11 TO 2025-12]"),
        ('"date:2025 TO 2026"', '"date 2025 TO 2026"'),
        ("maroc && qatar", "maroc AND qatar"),
        ("maroc&&qatar", "maroc AND qatar"),
        ("maroc || qatar", "maroc OR qatar"),
        ("maroc && NOT qatar", "maroc AND NOT qatar"),
        ('"maroc && qatar"', '"maroc qatar"'),
        ("source:hespress, maroc", "source:hespress maroc"),
        ("source:hesp*, maroc", "source:hesp* maroc"),
        ("depuis:2025-11, maroc", "depuis:2025-11 maroc"),
        ("maroc/titre:qatar", "maroc titre:qatar"),
        ("maroc ET(qatar OU roi)ET fès", "maroc ET (qatar OU roi) ET fès"),
        ("maroc ^2 qatar", "maroc^2 qatar"),
        ("maroc^2(qatar)", "maroc^2 qatar"),
        ("NOT NOT maroc", "maroc"),
        ("NEAR maroc", "near maroc"),
        ("maroc XOR", "maroc xor"),
        ("date:2025-11 à 2025-12", "date:[2025-11 TO 2025-12]"),
        ("Date:2025-11 au 2025-12 maroc", "date:[2025-11 TO 2025-12] maroc"),
        ("depuis:01/11/2025 jusqu’au 31/12/2025", "date:[2025-11-01 TO 2025-12-31]"),
        ("maroc date:2024 - 2026", "maroc date:[2024 TO 2026]"),
        ("date:2025-11 à 10h", "date:2025-11 à (10h)"),
        ("date:2025-11 à 20 ans", "date:2025-11 à (20) ans"),
        ("(+) maroc", "maroc"),
        ('maroc source:"', "maroc source"),
        ('"a [* TO b]" maroc', '"a TO b" maroc'),
        ("maroc roi~2, fès", "maroc roi~2 fès"),
        ("NOT NOT NOT maroc", "NOT maroc"),
        ("SAUF maroc", "NOT maroc"),
        ("SAUF source:*", "NOT source:*"),
        ("qatar OU SAUF maroc", "qatar OU NOT maroc"),
        ("(SAUF maroc) qatar", "(NOT maroc) qatar"),
    ],
)
def test_what_other_languages_have_is_understood(typed, same_as):
    assert parse(typed) == parse(same_as)


@pytest.mark.parametrize(
    ("typed", "kind", "values"),
    [
        ("maroc NEAR qatar", "near_operator", ("NEAR",)),
        ("maroc NEAR/3 qatar", "near_operator", ("NEAR/3",)),
        ("maroc NEAR5 qatar", "near_operator", ("NEAR5",)),
        ("maroc ADJ qatar", "near_operator", ("ADJ",)),
        ("maroc ADJ3 qatar", "near_operator", ("ADJ3",)),
        ("maroc W/3 qatar", "near_operator", ("W/3",)),
        ("maroc w/3 qatar", "near_operator", ("w/3",)),
        ("maroc W/s qatar", "near_operator", ("W/s",)),
        ("maroc NOT W/3 qatar", "near_operator", ("NOT W/3",)),
        ("maroc N/5 qatar", "near_operator", ("N/5",)),
        ("maroc near5 qatar", "near_operator", ("near5",)),
        ("maroc adj/3 qatar", "near_operator", ("adj/3",)),
        ("maroc PRE/3 qatar", "near_operator", ("PRE/3",)),
        ("maroc %5 qatar", "near_operator", ("%5",)),
        ("NEAR(maroc qatar)", "near_operator", ("NEAR",)),
        ("maroc SAME qatar", "near_operator", ("SAME",)),
        ("maroc /3 qatar", "near_operator", ("/3",)),
        ("maroc /s qatar", "near_operator", ("/s",)),
        ("maroc /P qatar", "near_operator", ("/P",)),
        ("(maroc)/seg(qatar)", "near_operator", ("/seg",)),
        ("maroc /n3/ qatar", "near_operator", ("/n3/",)),
        ("maroc w/para qatar", "near_operator", ("w/para",)),
        ("maroc pre/s qatar", "near_operator", ("pre/s",)),
        ("maroc near/p qatar", "near_operator", ("near/p",)),
        ("maroc onear/3 qatar", "near_operator", ("onear/3",)),
        ("maroc NOT NEAR/3 qatar", "near_operator", ("NOT NEAR/3",)),
        ("maroc XOR qatar", "unknown_operator", ("XOR",)),
        ("atleast5 maroc", "unknown_operator", ("atleast5",)),
        ("allcaps(maroc) qatar", "unknown_operator", ("allcaps",)),
        ("PLURAL(maroc)", "unknown_operator", ("PLURAL",)),
        ("ATLEAST3 maroc", "unknown_operator", ("ATLEAST3",)),
        ("qatar atleast3(maroc)", "unknown_operator", ("atleast3",)),
        ("maroc SAUF", "operator_without_operands", ("SAUF",)),
        ("(OU maroc) qatar", "operator_without_operands", ("OU",)),
        ("maroc NOT", "operator_without_operands", ("NOT",)),
        ("maroc ET OU qatar", "operator_without_operands", ("ET", "OU")),
        ("|| maroc", "operator_without_operands", ("||",)),
        ("^2 maroc", "boost_without_word", ()),
        ("maroc (titre:) qatar", "field_without_value", ("titre:",)),
    ],
)
@pytest.mark.parametrize("operator", ["any", "all"])
def test_an_operator_without_its_operands_is_an_optional_word_with_a_note(
    make_index, typed, kind, values, operator
):
    parsed = parser.parse_query(typed, UTC, operator)
    assert {note.kind for note in parsed.notes} == {kind}
    assert tuple(value for note in parsed.notes for value in note.values) == values
    if kind != "field_without_value":
        index = make_index([Article("Le Maroc et le Qatar", id="a")])
        assert index.search(typed, operator=operator).total == 1


def test_the_weight_of_a_group_counts_for_what_it_requires_too():
    maroc, qatar = AndQuery((t("maroc"),), 2.0), AndQuery((t("qatar"),), 2.0)
    assert parse("(+maroc qatar)^2") == AndMaybeQuery(maroc, qatar)


def test_a_note_is_a_sentence_with_a_kind_and_its_values(make_index):
    (note,) = make_index([Article("x", source="Hespress")]).search("source:Le").notes
    assert (note.kind, note.values) == ("unknown_label_frequent", ("source", "Le", "Hespress"))
    (note,) = parser.parse_query("-le maroc", UTC).notes
    assert (note.kind, note.values) == ("dash_before_stop_word", ("le",))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("LE ROI ET LA REINE", "all_capitals"),
        ("LE PEUPLE SAME DE LA NORVEGE", "all_capitals"),
        ("HEADLINE(roi)", "field_without_colon"),
        ('hlead("le roi")', "field_without_colon"),
        ("date:d'hier à avant-hier", "reversed_relative_period"),
        ("date:2025 à hier mars", "words_behind_date"),
        ('le "roi', "unpaired_quotation_mark"),
        ("le (roi", "unpaired_parentheses"),
        ("Qui est le roi? Lui", "question_mark"),
        ("roi^", "boost_without_number"),
        ("Le roi. -Vidéo", "dash_of_a_list"),
        ("roi -la", "dash_before_stop_word"),
        ("Maroc: le roi", "unknown_field"),
        ("titre:", "field_without_value"),
        ("Source: hespress", "field_without_value"),
        ("titre:^2", "field_without_value"),
        ("sourc:hespress", "unknown_field_near"),
        ("=gouv*", "literal_pattern"),
        ("date:[2026 TO 2025]", "reversed_period"),
        ("date:2026-02 à 2026-01", "reversed_period"),
        ("roi~x", "tilde_without_number"),
        ("+la roi", "plus_before_stop_word"),
        ("!roi", "exclamation_before_word"),
        ("gouv!", "truncation_sign"),
        ("hd=roi", "equals_sign"),
        ("titre:*", "pattern_without_letters"),
        ("text:*", "pattern_without_letters"),
        ('source:"roi', "missing_quotation_mark"),
    ],
)
def test_what_was_read_otherwise_has_a_kind_of_note(typed, kind):
    assert [note.kind for note in parser.parse_query(typed, UTC).notes] == [kind]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("sourc:hespress", ("sourc", "source")),
        ('maroc Titr:"le roi"', ("Titr", "titre")),
        ("(langues:fr)", ("langues", "langue")),
        ("datte:2026", ("datte", "date")),
        ("+autheur:(a OU b)", ("autheur", "auteur")),
    ],
)
def test_a_misspelt_field_is_told_with_the_name_that_is_near_it(typed, near):
    (note,) = parser.parse_query(typed, UTC).notes
    assert (note.kind, note.values) == ("unknown_field_near", near)
    assert f"did you mean {near[1]}:?" in note


DATES = {
    "date:janvier à mars 2025": "date:[2025-01 TO 2025-03]",
    "date:2025-01 à mars": "date:[2025-01 TO 2025-03]",
    "date:3-5 janvier 2025": "date:[2025-01-03 TO 2025-01-05]",
    "date:3 - 5 janvier 2025 maroc": "date:[2025-01-03 TO 2025-01-05] maroc",
    "date:janvier-mars 2025, maroc": "date:[2025-01 TO 2025-03] maroc",
    "date:3-janvier-2025": "date:2025-01-03",
    "date:janvier 2025 maroc": "date:2025-01 maroc",
    "(date:Janvier 2025 OU date:mars 2025) maroc": "(date:2025-01 OU date:2025-03) maroc",
    "roi -date:janvier 2025": "roi -date:2025-01",
    "date:janvier 2025^2 roi": "date:2025-01 roi",
    "date:du 3 au 5 janvier 2025": "date:[2025-01-03 TO 2025-01-05]",
    'date:"novembre 2025" à "décembre 2025"': "date:[2025-11 TO 2025-12]",
    "date:mardi 6 janvier 2026 à 10h30": "date:2026-01-06T10:30",
    "date:06/01/2026 10:30": "date:2026-01-06T10:30",
    "depuis:janvier 2025 roi": "depuis:2025-01 roi",
    "depuis:3 au 5 janvier 2025": "date:[2025-01-03 TO 2025-01-05]",
    'depuis:"2025-11 à 2025-12"': "date:[2025-11 TO 2025-12]",
    "avant:mars 2025 roi": "avant:2025-03 roi",
    "until:fin mars 2025": 'until:"fin mars 2025"',
    "date:1er trimestre 2025 roi": "date:[2025-01 TO 2025-03] roi",
    "date:[janvier TO mars 2025]": "date:[2025-01 TO 2025-03]",
}


@pytest.mark.parametrize(("typed", "same_as"), DATES.items())
def test_a_date_of_several_words_needs_no_quotation_marks(typed, same_as):
    parsed = parser.parse_query(typed, UTC)
    assert parsed.tree == parse(same_as)
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("typed", "same_as", "unread"),
    [
        ("date:2025 et 2026", 'date:2025 "2026"', "2026"),
        ("date:2025-01 ou mars", "date:2025-01 +ou mars", "mars"),
        ("date:2025 mars", "date:2025 (mars)", "mars"),
        ("date:2025 3 mars", "date:2025 (3) mars", "3 mars"),
        ("date:2025-11 à 10h", "date:2025-11 (10h)", "10h"),
        ("date:2025-11-03 20 h", "date:2025-11-03 (20) h", "20 h"),
    ],
)
def test_what_seems_a_part_of_a_date_and_is_searched_for_is_told(typed, same_as, unread):
    parsed = parser.parse_query(typed, UTC)
    assert parsed.tree == parse(same_as)
    (note,) = parsed.notes
    assert (note.kind, note.values) == ("words_behind_date", (unread,))


def test_a_date_that_ends_before_it_begins_is_refused_whatever_day_it_is():
    with pytest.raises(newsindex.QueryError, match="ends before it begins"):
        parse("date:mars 2025 à janvier 2025")


@pytest.mark.parametrize("name", ["ressource", "acteur", "hauteur", "science", "puis", "élection"])
def test_a_word_of_the_articles_is_no_misspelt_field(make_index, name):
    index = make_index([Article(f"Les {name}s, puis {name}", id="a")])
    (note,) = index.search(f"{name}:eau").notes
    assert note.kind == "unknown_field"
    assert index.parse(f"{name}:eau").notes == (note,)


@pytest.mark.parametrize("name", ["titer", "sourse", "autheur", "sources", "auteurs", "langues", "sectoin"])
def test_a_misspelt_field_is_told_though_an_article_has_the_word(make_index, name):
    right = {"titer": "titre", "sourse": "source", "autheur": "auteur", "sectoin": "section"}
    articles = [Article(f"{right.get(name, name)} {i}", id=str(i)) for i in range(30)]
    index = make_index([*articles, Article(name, id="x")])
    (note,) = index.search(f"{name}:eau").notes
    assert (note.kind, note.values[0]) == ("unknown_field_near", name)


@pytest.mark.parametrize("name", ["ressource", "élection", "puis", "avait", "kid", "ide"])
def test_a_name_that_differs_much_is_near_no_field(name):
    (note,) = parser.parse_query(f"{name}:eau", UTC).notes
    assert note.kind == "unknown_field"


@pytest.mark.parametrize(
    "typed", ["sources: le roi parle", "site:lemonde.fr", "https://maroc.ma", "x: source"]
)
def test_a_colon_in_a_sentence_and_a_name_near_no_field_are_told_without_a_name(typed):
    assert {note.kind for note in parser.parse_query(typed, UTC).notes} == {"unknown_field"}


def test_the_bullets_of_a_list_are_left_out_without_a_note():
    assert parser.parse_query("* roi (reine OR fou) * tour", UTC).notes == ()


@pytest.mark.parametrize(
    "typed",
    [
        "* -roi",
        "* source:a",
        "source:*",
        "roi~2, fès",
        '"le roi"~3',
        "Attention! Le roi",
        "Yahoo! et 5$ de plus",
        "id:a~b",
        "source:yahoo!",
        "+l'avocat",
        "-avant:2026 roi",
        "+avant:2026 roi",
        "date:[2025 TO 2025]",
        "axe N/S",
        "24/7",
        "1/3 des voix",
        "1 /3 des voix",
        "300 km /s",
        "le peuple same de Norvège",
        "les SAME",
        "auteur(s) du plan",
        "caps(s)",
        "date:2025-11 à 20 ans",
        "date:janvier 2025 12 morts",
        "date:2025 -mars",
        "date:hier, mars",
        'date:"janvier 2025" "mars"',
        'titre:=roi ="roi nu" (=roi)',
    ],
)
def test_what_is_read_as_it_was_typed_has_no_note(typed):
    assert parser.parse_query(typed, UTC).notes == ()


def test_a_sign_before_a_field_is_kept_though_its_name_is_a_stop_word():
    assert parse("roi -avant:2026") == AndNotQuery(t("roi"), DateRangeQuery(LONG_AGO, 29453760))


def test_a_pattern_of_a_source_restricts_as_a_source_does():
    assert parse("maroc source:hesp*") == all_of(t("maroc"), LabelQuery("source", ("hesp*",), pattern=True))


def test_scores_stay_finite_however_weights_are_nested(make_index):
    index = make_index([Article("Le Maroc", id="a"), Article("Le Qatar", id="b")])
    (hit,) = index.search("(maroc^1000)^1000")
    assert 0 < hit.score < float("inf")
    for typed in ["((maroc^1000)^1000)^2", "(" * 40 + "maroc" + ")^1000" * 40]:
        with pytest.raises(newsindex.QueryError, match="1,000,000"):
            index.search(typed)
    with pytest.raises(newsindex.QueryError, match="1,000,000"):  # though the whole would be small
        index.search("(" * 40 + "maroc" + ")^1000" * 20 + ")^0,000001" * 20)
    (hit,) = index.search("(" * 40 + "maroc" + ")^0,000001" * 40)
    assert hit.score == pytest.approx(0)


def test_a_long_chain_of_operators_is_parsed_and_searched(make_index):
    index = make_index([Article("Le Maroc", id="a")])
    assert index.search(" SAUF ".join(["maroc", *["qatar"] * 249])).total == 1
    assert index.search(" ET ".join(["maroc"] * 250)).total == 1
    assert index.search("NOT " * 498 + "maroc").total == 1


def test_a_written_or_is_one_and_a_space_restricts_where_it_must():
    qatar, macron = t("qatar"), t("macron")
    source = LabelQuery("source", ("hespress",))
    assert parse("qatar OU NOT macron") == any_of(qatar, NotQuery(macron))
    assert parse("qatar NOT macron") == all_of(qatar, NotQuery(macron))
    assert parse("qatar OU source:hespress") == any_of(qatar, source)
    assert parse("qatar OU macron source:hespress") == all_of(any_of(qatar, macron), source)
    assert parse("qatar ET () ET macron") == all_of(qatar, macron)


def test_a_period_in_a_tree_can_be_shown():
    assert str(parse("date:2026-01")) == "date:[2026-01-01 00:00 TO 2026-02-01 00:00}"


plain = st.lists(
    st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join).map('"{}"'.format),
    max_size=6,
).map(" ".join)


@given(plain, st.sampled_from(["any", "all"]))
def test_plain_queries_have_the_tree_of_the_grammar(typed, operator):
    direct = parse(typed, operator)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parser, "_SYNTAX", parser.re.compile(""))  # everything is syntax
        patched.setattr(parser, "_is_plain", lambda text: False)
        parsed = parse(typed, operator)
    assert parsed == direct
    assert _positions(parsed) == _positions(direct)


def _positions(tree):
    """What nodes do not compare: the positions of the words, and the optional words that they hold."""
    return [
        (word.position, word.stop_words, _positions_of(word.stop_words), _positions_of(word.phrase_words))
        for word in all_leaves(tree)
        if isinstance(word, WordQuery)
    ]


def _positions_of(words):
    return [(word.term, word.position) for word in words]


@given(st.text(st.sampled_from('aé"():+-*~^[]{}=?/\\ \n\x00TOETOUNOT«’:,1.'), max_size=40) | st.text())
def test_whatever_is_typed_is_searched_or_refused_with_a_query_error(typed):
    with contextlib.suppress(newsindex.QueryError):
        parse(typed)
