"""A source that no article has is told with the names that the articles have."""

from __future__ import annotations

import pytest

from newsindex import Article
from newsindex.query.suggestion.unknown_labels import near_names

SOURCES = ["Hespress", "Hespress", "Hespress", "Le Matin", "Le Matin", "La Gazette du Souss", "TelQuel"]


@pytest.fixture
def press(make_index):
    return make_index([Article("Neige", f"{i}", source=name, id=str(i)) for i, name in enumerate(SOURCES)])


@pytest.mark.parametrize(
    ("query", "kind", "values"),
    [
        ("source:Hespres", "unknown_label_near", ("source", "Hespres", "Hespress")),
        ('source:"Gazette du Souss"', "unknown_label_near",
         ("source", "Gazette du Souss", "La Gazette du Souss")),
        ("source:GazetteDuSouss", "unknown_label_without_quotes",
         ("source", "GazetteDuSouss", "La Gazette du Souss")),
        ("source:Le Monde", "unknown_label_without_quotes", ("source", "Le", "Le Matin")),
        ('source:"Le"', "unknown_label_near", ("source", "Le", "Le Matin")),
        ('source:"Le Monde"', "unknown_label_frequent",
         ("source", "Le Monde", "Hespress, Le Matin, La Gazette du Souss")),
        ("source:zzz*", "unknown_label_frequent",
         ("source", "zzz*", "Hespress, Le Matin, La Gazette du Souss")),
        ("auteur:Untel", "unknown_label", ("author", "Untel")),
    ],
)  # fmt: skip
def test_an_unknown_name_is_told_with_known_ones(press, query, kind, values):
    (note,) = press.search(query).notes
    assert (note.kind, note.values) == (kind, values)
    assert all(value in note for value in values)


def test_quotes_are_advised_only_where_the_query_has_none(press):
    assert "quotes" in press.search("source:Le Matin").notes[0]
    assert "quotes" not in press.search('source:"Le Monde"').notes[0]
    assert "quotes" not in press.search('source:"Gazette du Souss"').notes[0]
    (note,) = press.timeline("neige", source="Le").notes or press.words("neige", source="Le").notes[:1]
    assert "quotes" not in note


def test_names_of_deleted_articles_are_not_named(press):
    press.delete("3", "4")
    assert "Le Matin" not in press.search('source:"Le Monde"').notes[0]


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("Lemonde", ["Le Monde"]), ("Le Mnde", ["Le Monde"]), ("L'Equipe", ["L’Équipe"]), ("zz", []),
        ("Monde", ["Le Monde"]), ("Le Monde diplomatique", ["Le Monde"]), ("", []), ("*", []),
    ],
)  # fmt: skip
def test_a_name_is_near_by_its_words_or_its_letters(value, near):
    assert near_names(value, {"Le Monde": 9, "L’Équipe": 3, "Hespress": 1}) == near
