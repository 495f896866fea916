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
    ],
)
def test_a_name_is_joined_by_hyphens_or_has_an_article_with_a_capital(text, part, whole):
    start = text.index(part)
    first, last = whole_name(text, start, start + len(part))
    assert text[first:last] == whole
