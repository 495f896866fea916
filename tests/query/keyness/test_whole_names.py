"""The names of which words are parts."""

from __future__ import annotations

import pytest

from newsindex.query.keyness.whole_names import whole_name


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("dit Marine Le Pen.", "Pen", "Le Pen"),
        ("dit L’Oréal.", "Oréal", "L’Oréal"),
        ("à La Roche-sur-Yon", "Roche", "La Roche"),
        ("dit Jean-Luc Mélenchon", "Luc Mélenchon", "Jean-Luc Mélenchon"),
        ("en Provence-Alpes-Côte", "Alpes", "Provence-Alpes-Côte"),
        ("du Covid-19.", "Covid", "Covid-19"),
        ("Le Pen parle", "Pen", "Pen"),
        ("Il dit. Le Pen parle", "Pen", "Pen"),
        ("dit Le maire", "maire", "maire"),
        ("une demi-finale", "finale", "finale"),
        ("dit-il", "dit", "dit"),
        ("dit -Luc", "Luc", "Luc"),
        ("TF1-", "TF1", "TF1"),
        ("Pen", "Pen", "Pen"),
        ("le ministre Ben Ali Yahia dit", "Ben Ali", "Ben Ali Yahia"),
        ("le ministre Ben Ali Yahia dit", "Ali Yahia", "Ben Ali Yahia"),
        ("dit Mohammed Ben Ali Yahia à", "Ali Yahia", "Mohammed Ben Ali Yahia"),
        ("Hier Ben Ali a dit", "Ben Ali", "Ben Ali"),
        ("dit Marion Maréchal-Le Pen.", "Marion Maréchal-Le", "Marion Maréchal-Le Pen"),
        ("selon Ben Ali, Yahia", "Ben Ali", "Ben Ali"),
        ("selon Ali Yahia dit", "Ali", "Ali"),
        ("dit Front national Paris", "Front national", "Front national"),
    ],
)
def test_a_name_is_joined_by_hyphens_or_has_an_article_with_a_capital(text, part, whole):
    start = text.index(part)
    first, last = whole_name(text, start, start + len(part))
    assert text[first:last] == whole
