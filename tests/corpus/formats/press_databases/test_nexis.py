"""Exports of Nexis become an article each: older and newer, as text, HTML and what Word and RTF give."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from .exports import NEXIS, NEXIS_PAGE, NEXIS_UNI


def test_an_older_document_with_french_fields_is_read(read):
    (article, _), errors = read(NEXIS)
    assert errors == []
    assert article.headline == "Le pont rouvre, et les camions passent"
    assert (article.source, article.author, article.section) == ("Le Littoral", "Nora Alami", "RÉGIONS")
    assert (article.published, article.lang, article.extra) == (date(2024, 3, 14), "fr", {"page": "4"})
    assert article.abstract == "Dix ans de travaux s'achèvent."
    assert article.body.split("\n\n") == [
        "Dix ans de travaux s'achèvent.",
        "Le pont de bois a rouvert hier matin dans la vallée, après des mois de travaux que personne "
        "ne voulait payer.",
        "Les camions passent de nouveau : c'est une fête pour les commerçants.",
    ]


def test_an_older_document_with_english_fields_is_read(read):
    (_, article), errors = read(NEXIS)
    assert errors == []
    assert (article.headline, article.source, article.lang) == ("The port grows", "The Souss Gazette", "en")
    assert article.published == datetime(2024, 3, 10, 15, 5, tzinfo=UTC)
    assert (article.author, article.extra) == ("Omar Idrissi", {"dateline": "AGADIR"})
    assert article.body == "NOTES: it rains.\n\nIt grows."


@pytest.mark.parametrize("mark", ["{} of 2 DOCUMENTS", "{} sur 2 DOCUMENTS", "Dokument {} von 2", "{} sur 2"])
def test_the_numbers_of_documents_are_told_in_each_language(read, mark):
    articles, errors = read(re.sub(r"Document (\d) de 2", lambda number: mark.format(number[1]), NEXIS))
    assert len(articles) == 2
    assert errors == []


def test_lines_without_blank_lines_between_them_are_read(read):
    (article, _), errors = read(re.sub(r"\n\s*\n", "\n", NEXIS))
    assert errors == []
    assert article.headline == "Le pont rouvre, et les camions passent"
    assert article.body.startswith("Dix ans de travaux s'achèvent.\n\nLe pont de bois a rouvert")


def test_the_blocks_of_html_are_those_of_the_text(read):
    (first, second), errors = read(NEXIS_PAGE, "export.html")
    assert errors == []
    assert (first.headline, first.source, first.published) == (
        "Le pont rouvre", "Le Littoral", date(2013, 4, 12),
    )  # fmt: skip
    assert first.body.split("\n\n") == ["Enfin.", "Le pont porte.", "Les camions passent."]
    assert (first.section, first.extra["page"], first.lang) == ("RÉGIONS", "35", "fr")
    assert (second.headline, second.published) == ('" Un marché "', date(2013, 3, 10))


def test_html_without_lines_of_numbers_is_parted_at_its_marks(read):
    articles, errors = read(re.sub(r"\d of 2 DOCUMENTS", "", NEXIS_PAGE), "export.html")
    assert [article.headline for article in articles] == ["Le pont rouvre", '" Un marché "']
    assert errors == []


def test_html_without_marks_is_parted_at_its_lines_of_numbers(read):
    page = re.sub(r"<!--.*?-->|<a name=.*?</a>", "", NEXIS_PAGE, flags=re.S)
    articles, errors = read(page, "export.html")
    assert [article.headline for article in articles] == ["Le pont rouvre", '" Un marché "']
    assert errors == []


def test_a_copyright_may_stand_before_the_source(read):
    notice = "\n\nCopyright 2024 Le Littoral\nTous droits réservés\nLe Littoral\n\n"
    (article, _), errors = read(NEXIS.replace("\n\n                             Le Littoral\n\n", notice))
    assert errors == []
    assert (article.source, article.headline) == ("Le Littoral", "Le pont rouvre, et les camions passent")


def test_a_cover_page_alone_is_an_export_without_an_article(read):
    articles, errors = read(NEXIS_UNI[: NEXIS_UNI.index("\nLe pont rouvre\nLe Littoral")])
    assert articles == []
    assert "this Nexis export holds no article" in errors[0]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_newer_export_is_read_after_its_cover_page(read, gap):
    (first, second), errors = read(re.sub(r"\n\n", gap, NEXIS_UNI))
    assert errors == []
    assert (first.headline, first.source) == ("Le pont rouvre", "Le Littoral (Maroc)")
    assert first.published == datetime(2024, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert (first.section, first.author, first.lang) == ("RÉGIONS", "Nora Alami", "fr")
    assert first.extra == {"page": "7"}
    assert first.body.split("\n\n") == [
        "Dix ans de travaux s'achèvent.", "Le pont porte.", "Notes : il pleut encore.",
    ]  # fmt: skip
    assert (second.headline, second.source, second.author) == ("Le marché ferme", "L'Étal", "Omar Idrissi")
    assert (second.published, second.body) == (
        date(2024, 3, 13), "Les étals sont vides.\n\nLes clients aussi.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("export", "name", "cut", "headline"),
    [
        (NEXIS, "a.txt", "It grows", "The port grows"),
        (NEXIS_UNI, "a.txt", "Les clients", "Le marché ferme"),
        (NEXIS_PAGE, "a.html", "sont vides", '" Un marché "'),
    ],
)
def test_an_export_that_is_cut_gives_the_articles_before_and_names_the_other(
    read, export, name, cut, headline
):
    articles, errors = read(export[: export.index(cut)], name)
    assert len(articles) == 1
    assert errors == [
        f"article 2: the Nexis export is cut short in the article “{headline}”, which was left out: "
        "export it again"
    ]


def test_documents_that_are_missing_by_their_numbers_are_told(read):
    articles, errors = read(NEXIS.replace(" de 2", " de 3"))
    assert len(articles) == 2
    assert errors == ["article 2: the Nexis export is cut short after this article: export it again"]


def test_an_export_that_is_one_of_several_is_whole(read):
    part = NEXIS.replace("Document 1 de 2", "Document 501 de 900").replace(
        "Document 2 de 2", "Document 502 de 900"
    )
    assert read(part)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Un match\n1 of 2\nLe retour se joue dimanche.",
        "Le corps\nCorps\nLe mot vient du latin.",
        "Résumé\nDocument 1 de 2\nIl manque des pages.",
    ],
)
def test_a_text_that_is_no_export_is_a_text(read, text):
    (article,), errors = read(text)
    assert errors == []
    assert article.headline == text.partition("\n")[0]


def test_a_newer_document_may_have_a_date_without_an_hour(read):
    text = (
        "Le pont rouvre\nLe Littoral\nmercredi 13 mars 2024\nCopyright 2024 Le Littoral\nLongueur : 9 mots\n"
    )
    (article,), errors = read(f"{text}Corps\nLe pont porte.\nFin du document\n")
    assert (article.published, article.source, errors) == (date(2024, 3, 13), "Le Littoral", [])


def test_a_newer_document_in_html_is_read(read):
    head = "<html><head><title>1</title></head><body><h1>Le pont rouvre</h1><div>Le Littoral</div>"
    fields = "<div>March 12, 2024</div><div><b>Length:</b> 9 words</div><div><b>Body</b></div>"
    text = "<p>Le pont porte.</p><div><b>Load-Date:</b> March 13, 2024</div><div>End of Document</div>"
    (article,), errors = read(f"{head}{fields}{text}</body></html>", "a.html")
    assert (article.headline, article.body, errors) == ("Le pont rouvre", "Le pont porte.", [])
    assert (article.source, article.published) == ("Le Littoral", date(2024, 3, 12))
