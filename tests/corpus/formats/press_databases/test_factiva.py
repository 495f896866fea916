"""Exports of Factiva become an article each: HTML and RTF, with and without the codes of fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from striprtf.striprtf import rtf_to_text

from newsindex.corpus.formats.press_databases.factiva.factiva_record import is_personal_name

from .exports import FACTIVA_CODED_RTF, FACTIVA_CODES, FACTIVA_LINES, FACTIVA_RTF


def test_the_fields_of_a_table_with_codes_are_read(read):
    (article,), errors = read(FACTIVA_CODES, "export.html")
    assert errors == []
    assert (article.headline, article.source, article.author) == (
        "Le pont rouvre", "Le Littoral", "Nora Alami",
    )  # fmt: skip
    assert article.published == datetime(2011, 12, 29, 15, 32)
    assert (article.section, article.lang) == ("Régions", "fr")
    assert article.body.split("\n\n") == ["Le pont porte.", "Les camions passent.", "Les bacs attendent."]
    assert article.extra == {"page": "12", "document": "LITFR00020111229e7ct0001r"}


def test_the_lines_of_an_article_without_codes_are_told_by_their_order(read):
    (first, second), errors = read(FACTIVA_LINES, "export.html")
    assert errors == []
    assert (first.headline, first.section, first.author) == ("The port grows", "Economy", "Nora Alami")
    assert first.published == datetime(2024, 3, 13, 14, 5, tzinfo=UTC)
    assert (first.source, first.lang, first.body) == ("The Souss Gazette", "en", "One port.\n\nTons")
    assert first.extra == {"page": "A7", "document": "GAZSOU0020240313ek3d0000b"}
    assert (second.headline, second.author, second.lang) == ("Le marché ferme", "Omar Idrissi", "fr")
    assert second.published == date(2024, 3, 1)


def test_the_text_of_an_rtf_is_read(read):
    (first, second), errors = read(rtf_to_text(FACTIVA_RTF))
    assert errors == []
    assert (first.headline, first.author) == ("Le pont de bois rouvre à tous", "Nora Alami")
    assert (first.published, first.source) == (datetime(2024, 3, 12, 14, 5), "Le Littoral")
    assert (first.body, first.extra["page"]) == ("Le pont porte.\n\nLes camions passent.", "7")
    assert (second.section, second.headline) == ("Société", "Le marché ferme et les clients partent")
    assert (second.body, second.lang) == ("Les étals sont vides.", "fr")


@pytest.mark.parametrize("bar", ["|", "\t", " "])
def test_the_text_of_an_rtf_with_codes_is_read(read, bar):
    (article,), errors = read(rtf_to_text(FACTIVA_CODED_RTF).replace("|", bar))
    assert errors == []
    assert (article.headline, article.published) == ("Le pont rouvre", date(2024, 3, 12))
    assert article.body.split("\n\n") == ["Un pont.", "Un bac.", "LA ROUTE attend.", "IN extremis."]


def test_blank_lines_part_the_headline_from_the_authors(read):
    text = (
        "Le Pont Rouvre\n\nNora Alami\n12 mots\n12 mars 2024\nLe Littoral\nLITFR\nFrançais\n"
        "© 2024 Le Littoral\n\n"
        "Le pont porte.\n\nDocument LITFR00020240312ek3c0000a\n"
    )
    (article,), errors = read(text)
    assert errors == []
    assert (article.headline, article.author, article.body) == (
        "Le Pont Rouvre", "Nora Alami", "Le pont porte.",
    )  # fmt: skip


def test_an_export_that_is_cut_gives_the_articles_before(read):
    articles, errors = read(FACTIVA_LINES[: FACTIVA_LINES.index("sont vides")], "export.html")
    assert [article.headline for article in articles] == ["The port grows"]
    assert "cut short in the article “Le marché ferme”" in errors[0]


def test_a_text_that_is_cut_gives_the_articles_before(read):
    text = rtf_to_text(FACTIVA_RTF)
    articles, errors = read(text[: text.index("sont vides")])
    assert len(articles) == 1
    assert "“Le marché ferme et les clients partent”" in errors[0]


def test_an_export_without_an_article_says_what_it_is(read):
    articles, errors = read(
        "<html><head><title>Factiva</title></head><body>Rien</body></html>", "export.html"
    )
    assert articles == []
    assert "this Factiva export holds no article" in errors[0]


@pytest.mark.parametrize(
    "text",
    [
        "Le concours\n432 mots\nC'est la limite que le jury donne aux candidats.",
        "Le dossier\nDocument de travail\nHD : haute définition\nPD : public domain",
    ],
)
def test_a_text_that_is_no_export_is_a_text(read, text):
    (article,), errors = read(text)
    assert errors == []
    assert article.headline == text.partition("\n")[0]


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Nora Alami", True),
        ("Par Nora Alami, à Fès", True),
        ("Omar ben Idrissi et Nora Alami", True),
        ("Le pont rouvre", False),
        ("Fès : Le Pont", False),
        ("Société", False),
    ],
)
def test_names_of_people_are_told_from_headlines(text, is_name):
    assert is_personal_name(text) is is_name
