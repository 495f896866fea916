"""Each kind of query finds its articles, and no others."""

from __future__ import annotations

import pytest

from newsindex import Article

from ..golden import forms
from .conftest import VARIANTS, ids
from .press import LONG_ID, PRESS

WATER = {"onee", "onee-seul", "onee-nom"}
COPIES = {"copie-1", "copie-2", "copie-3"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Words: inflections, accents, ligatures, elision
        ("marrakech", {"interpol", "pluies"}),
        ("interpol marrakech", {"interpol", "pluies"}),
        ("oeuvre", {"oeuvre"}),
        ("œuvres", {"oeuvre"}),
        ("peche", {"peche", "peche-orgueil"}),
        ("péché", {"peche", "peche-orgueil"}),
        ("l’assemblée", {"interpol"}),
        ("recruter", {"metiers"}),
        ("rien-de-tel", set()),
        ("le la les", None),
        ("!!!", set()),
        ("interpol d'une", {"interpol"}),
        # Phrases and proximity
        ('"coopération policière"', {"cooperation"}),
        ('"policière coopération"', set()),
        ('"police judiciaire"', COPIES),
        ('"accord policière"', set()),
        ('"accord policière"~4', {"cooperation"}),
        ('"accord policière"~2', set()),
        ('"signent un accord de coopération"', {"cooperation"}),
        ('titre:"coopération policière"', {"cooperation"}),
        ('texte:"police judiciaire"', COPIES),
        ('titre:"police judiciaire"', set()),
        ('"interpol marrakech"', set()),
        ('"interpol marrakech"~2', {"interpol"}),
        ('"interpol à marrakech"', {"interpol"}),
        ('"s\'ouvre à marrakech"', {"interpol"}),
        # Signs and operators
        ("+marrakech -interpol", {"pluies"}),
        ("marrakech AND interpol", {"interpol"}),
        ("marrakech ET (interpol OU pluies)", {"interpol", "pluies"}),
        ("marrakech SAUF interpol", {"pluies"}),
        ("marrakech NOT interpol", {"pluies"}),
        ("maroc OU thon", {"can", "peche"}),
        ("+coopération policière", {"cooperation", "regions"}),
        ("interpol AND (maroc OR marrakech) NOT drogue", {"interpol"}),
        ("-marrakech source:hespress", {"gouvernement", "onee-seul", "copie-3"}),
        # Fields
        ("titre:thon", {"peche"}),
        ("titre:sénégal", set()),
        ("texte:sénégal", {"can"}),
        ("headline:interpol", {"interpol"}),
        ("id:or", {"or"}),
        (f'id:"{LONG_ID}"', {LONG_ID}),
        ("source:hespress", {"interpol", "pluies", "gouvernement", "onee-seul", "copie-3"}),
        ("source:HESP*", {"interpol", "pluies", "gouvernement", "onee-seul", "copie-3"}),
        ('source:"l\'echo"', {"can", "or", "cooperation", "onee"}),
        ("section:securite", {"interpol", "cooperation"}),
        ('author:"a. un"', {"interpol", "cooperation"}),
        ("lang:en", {"english"}),
        ("source:hespress marrakech", {"interpol", "pluies"}),
        ("source:inconnue", set()),
        # Dates
        ("marrakech source:hespress date:2026", {"pluies"}),
        ("date:2023", {"gouvernement", "cop"}),
        ("date:[2025-12 TO 2026-01]", {"can", "pluies", "peche"}),
        ("depuis:2026-02", COPIES),
        ("avant:2022", {"balises", LONG_ID}),
        ('date:"janvier 2026"', {"can", "pluies", "peche"}),
        ("date:2026-01-01", {"peche"}),
        ('date:"du 1 au 2 juin 2025"', {"cooperation", "regions"}),
        ("date:1999", set()),
        # Exact words
        ("=péché", {"peche-orgueil"}),
        ("=pêche", {"peche"}),
        ("=peche", set()),
        ("=Interpol", {"interpol"}),
        ('="police judiciaire"', COPIES),
        ("titre:=péché", {"peche-orgueil"}),
        # Patterns
        ("gouvern*", {"gouvernement"}),
        ("*isme", {"metiers"}),
        ("gouv?rneur", {"gouvernement"}),
        ("titre:*isme", {"metiers"}),
        ("titre:gouverneu*", set()),
        ("zzz*", set()),
        ("marrakech inter*", {"interpol", "pluies"}),
        # Fuzzy words
        ("Tebboune~", {"tebboune", "teboune"}),
        ("Tebboun~", {"tebboune"}),
        ("Tebboun~2", {"tebboune", "teboune"}),
        ("titre:Tebboun~", {"tebboune"}),
        ("Tebouhne~", {"teboune"}),
        ("interpole~ -marrakech", set()),
        # Boosts
        ("interpol^3 pluies", {"interpol", "pluies"}),
        ("(maroc thon)^2 pluies^0.5", {"can", "peche", "pluies"}),
        # Written variants
        ("20 h 30", {"can"}),
        ("COP28", {"cop"}),
        ("=COP28", {"cop"}),
        ('"COP28 ouvre"', {"cop"}),
        ("CAN2025", {"can"}),
        # Acronyms that the articles define
        ("ONEE", WATER),
        ("Office national de l'électricité et de l'eau", WATER | COPIES),
        ("ONEE barrage +promet", {"onee-seul"}),
        ("=ONEE", {"onee", "onee-seul"}),
    ],
)  # fmt: skip
def test_a_query_finds_its_articles(presse, query, expected):
    results = presse.search(query, limit=100)
    assert results.total == len(results)
    if expected is not None:
        assert set(ids(results)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [("interpol marrakech", {"interpol"}), ("marrakech", {"interpol", "pluies"}), ("maroc thon", set()),
     ("le maroc", {"can"}), ("ONEE barrage", {"onee", "onee-seul"}), ("", None),
     ("interpol -marrakech", set()),
     ('"police judiciaire" tiznit', COPIES), ("tebboun~ oran", {"tebboune"}), ("cop 28", {"cop"})],
)  # fmt: skip
def test_a_space_may_ask_for_all_words(presse, query, expected):
    results = presse.search(query, limit=100, operator="all")
    assert set(ids(results)) == ({one.id for one in PRESS} if expected is None else expected)


@pytest.mark.parametrize("row", VARIANTS, ids=[row["query"] for row in VARIANTS])
def test_a_query_finds_the_other_written_forms(variants, row):
    found = set(ids(variants.search(row["query"], operator="all", limit=1000)))
    assert found >= set(forms(row["finds"]))
    assert found.isdisjoint(forms(row["not"]))


# Which comes first


@pytest.mark.parametrize(
    ("query", "first", "later"),
    [
        ("Interpol Marrakech", "interpol", "pluies"),
        ("péché", "peche-orgueil", "peche"),
        ("pêche", "peche", "peche-orgueil"),
        ("coopération policière", "cooperation", "regions"),
        ("Teboune Tebboune~", "teboune", "tebboune"),
        ("maroc thon^5", "peche", "can"),
        ("maroc^5 thon", "can", "peche"),
        ("ONEE", "onee", "onee-nom"),
        ("oran tiznit^0.1", "tebboune", "copie-1"),
    ],
)
def test_the_better_answer_comes_first(presse, query, first, later):
    found = ids(presse.search(query, limit=100))
    assert found.index(first) < found.index(later)
    assert found[0] == first


def test_scores_fall_from_hit_to_hit(presse):
    for query in ("marrakech interpol", "eau", "barrage onee office", "coopération", "le maroc"):
        scores = [hit.score for hit in presse.search(query, limit=100)]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0


def test_what_was_typed_comes_before_its_variants(make_index):
    index = make_index([Article("La COP 28 s'ouvre", id="2"), Article("La COP28 s'ouvre", id="1")])
    assert ids(index.search("COP28")) == ["1", "2"]
    assert ids(index.search("COP 28")) == ["2", "1"]


def test_a_word_in_the_headline_counts_more_than_one_in_the_body(make_index):
    index = make_index(
        [
            Article("Un titre", "Le barrage se remplit.", id="texte"),
            Article("Le barrage", "Un texte.", id="titre"),
        ]
    )
    assert ids(index.search("barrage")) == ["titre", "texte"]


def test_neighbouring_words_count(make_index):
    apart = "La banque est au bord de la rivière ; plus loin, une centrale."
    near = "La banque centrale est au bord de la rivière, plus loin."
    index = make_index([Article("A", apart, id="apart"), Article("A", near, id="near")])
    assert ids(index.search("banque centrale")) == ["near", "apart"]


# Notes and what was meant


@pytest.mark.parametrize(
    ("query", "read"),
    [('interpol "marrakech', {"interpol", "pluies"}), ("Maroc : interpol", {"can", "interpol"}),
     ("MAROC ET SENEGAL", {"can"}), ("qui est interpol ?", {"interpol"})],
)  # fmt: skip
def test_what_cannot_be_parsed_is_searched_as_words(presse, query, read):
    assert set(ids(presse.search(query))) == read


def test_a_value_of_several_words_without_quotes_is_told_in_a_note(presse):
    (note,) = presse.search("source:Le Rif thon").notes
    assert (
        note
        == "No article has the source 'Le'; a name of several words needs quotes, as in source:\"Le Fanal\"."
    )
    (note,) = presse.search("thon", source="Lerif").notes
    assert note == "No article has the source 'Lerif'; names near it: Le Rif."
    assert presse.search("source:zz").notes[0].kind == "unknown_label_frequent"
    assert presse.search('source:"le rif" thon').notes == ()


def test_a_misspelt_field_is_told_and_a_word_of_the_articles_is_not_one(make_index):
    index = make_index([Article("L’acteur et sa saison", id="a")])
    assert [note.kind for note in index.search("acteur:x").notes] == ["unknown_field"]
    (note,) = index.search("autheur:x").notes
    assert (note.kind, note.values) == ("unknown_field_near", ("autheur", "auteur"))


def test_a_date_of_several_words_needs_no_quotation_marks(presse):
    expected = {"interpol", "or"}
    assert set(ids(presse.search("date:novembre à décembre 2025", limit=100))) == expected


def test_the_tree_of_a_query_is_shown(presse):
    assert "interpol" in str(presse.parse("interpol AND maroc").tree)


def test_acronyms_are_learned_from_the_articles(presse, make_index):
    (learned,) = presse.acronyms()
    assert (learned.acronym, learned.articles) == ("ONEE", 1)
    assert learned.name == "Office national de l'électricité et de l'eau"
    index = make_index([one for one in PRESS if one.id in WATER], acronyms=False)
    assert index.acronyms() == []
    assert set(ids(index.search("ONEE"))) == {"onee", "onee-seul"}


def test_an_acronym_is_forgotten_with_its_last_definition(make_index):
    index = make_index([one for one in PRESS if one.id in WATER])
    assert set(ids(index.search("ONEE"))) == WATER
    index.delete("onee")
    assert index.acronyms() == []
    assert set(ids(index.search("ONEE"))) == {"onee-seul"}
