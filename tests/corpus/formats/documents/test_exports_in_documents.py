"""A document that a press database exported becomes the articles in it."""

from __future__ import annotations

from html import escape

import pytest

from tests.corpus.formats.documents.written_documents import open_document, word

EXPORT = """
Document 1 de 2

                              La Gazette du Souss

                              13 mars 2024 mercredi

Sardine : Agadir dépasse ses espoirs

RUBRIQUE: PORTS; Pg. 7

LONGUEUR: 88 mots

Le port d'Agadir a débarqué 31 000 tonnes de sardines en février.

LANGUE: FRENCH; FRANÇAIS

Copyright 2024 La Gazette du Souss
Tous droits réservés

Document 2 de 2

                              L'Écho de Fès

                              14 mars 2024 jeudi

Fès rouvre trois bibliothèques

LONGUEUR: 90 mots

Trois bibliothèques de quartier rouvrent à Fès.

LANGUE: FRENCH; FRANÇAIS

Copyright 2024 L'Écho de Fès
Tous droits réservés
"""
LINES = EXPORT.split("\n")
RTF = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in "\\par\n".join(LINES))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (word(LINES), "a.docx"),
        (open_document("".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)), "a.odt"),
        (r"{\rtf1\ansi " + RTF + r"\par}", "a.rtf"),
    ],
)
def test_each_article_of_an_export_is_one(read_file, content, name):
    articles, errors, _ = read_file(content, name)
    assert [(a.headline, a.source) for a in articles] == [
        ("Sardine : Agadir dépasse ses espoirs", "La Gazette du Souss"),
        ("Fès rouvre trois bibliothèques", "L'Écho de Fès"),
    ]
    assert errors == []
