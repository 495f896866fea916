"""Lines that a program broke are put together, and paragraphs of a line each are not."""

from __future__ import annotations

from newsindex.corpus.formats.press_databases.text_paragraphs import paragraphs

BROKEN = """Le pont de bois a rouvert hier matin dans la
vallée, après des mois de travaux que personne
ne voulait payer."""


def test_broken_lines_are_one_paragraph():
    assert paragraphs(BROKEN.split("\n")) == [" ".join(BROKEN.split("\n"))]


def test_a_line_that_ends_early_is_a_paragraph():
    lines = ["Le pont.", "Les camions passent de nouveau sur le pont de bois.", "Fin."]
    assert paragraphs(lines) == lines


def test_lines_of_one_length_that_end_sentences_are_paragraphs():
    lines = [
        "Le pont de bois a rouvert hier matin dans la baie.",
        "Les camions passent de nouveau dans la vallée.",
    ]
    assert paragraphs(lines) == lines


def test_blank_lines_part_paragraphs():
    assert paragraphs(["Un.", "", " ", "Deux  mots."]) == ["Un.", "Deux mots."]
