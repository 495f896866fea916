"""Exports of Europresse become an article each, in either generation of their markup."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from .exports import (
    EUROPRESSE,
    EUROPRESSE_BRIDGE,
    EUROPRESSE_END,
    EUROPRESSE_HEAD,
    EUROPRESSE_MARKET,
    EUROPRESSE_TABLES,
)


def test_an_article_of_the_newer_markup_has_its_parts_apart_from_its_text(read):
    (article, _), errors = read(EUROPRESSE, "export.html")
    assert errors == []
    assert article.headline == "Le pont de bois rouvre"
    assert article.body.split("\n\n") == [
        "Dix ans de travaux s'achèvent.", "Le pont porte.", "Les camions", "Ils passent", "enfin.",
    ]  # fmt: skip
    assert article.abstract == "Dix ans de travaux s'achèvent."
    assert (article.source, article.section) == ("Le Littoral", "Régions")
    assert article.author == "Nora Alami, Omar Idrissi"
    assert article.published == datetime(2024, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert article.url == "https://littoral.example/2024/pont"
    assert article.extra == {"page": "A1, A3", "document": "news·20240312·LI·0045"}


def test_without_a_date_in_the_header_the_number_of_the_document_gives_the_day(read):
    (_, article), _ = read(EUROPRESSE, "export.html")
    assert article.published == date(2024, 3, 15)
    assert article.source == "L'Étal (site web)"


def test_a_long_text_in_the_place_of_the_author_belongs_to_the_text(read):
    (_, article), _ = read(EUROPRESSE, "export.html")
    assert article.author is None
    assert article.body.startswith("Personne ne sait")
    assert article.body.endswith("Les étals sont vides.\n\nLes clients aussi.")


def test_the_address_of_a_home_page_is_no_address_of_an_article(read):
    (_, article), _ = read(EUROPRESSE, "export.html")
    assert article.url is None


def test_the_dates_of_the_english_interface_are_read(read):
    english = EUROPRESSE.replace("mardi 12 mars 2024 - 14:05 UTC +0100", "Tuesday, March 12, 2024")
    (article, _), errors = read(english.replace("1 432 mots", "1 432 words"), "export.html")
    assert errors == []
    assert (article.published, article.section) == (date(2024, 3, 12), "Régions")
    assert article.extra["page"] == "A1, A3"


def test_articles_of_the_older_markup_are_read_from_their_tables(read):
    (first, second), errors = read(EUROPRESSE_TABLES.encode("latin-1"), "export.htm")
    assert errors == []
    assert (first.headline, first.source, first.author) == (
        "Les criées se vident", "Le Littoral", "Nora Alami",
    )  # fmt: skip
    assert (first.published, first.section) == (date(2012, 10, 4), "Éditorial")
    assert first.extra == {"kicker": "Pêche", "page": "03", "document": "news·20121004·LI·156190"}
    assert first.body.split("\n\n") == [
        "À l'aube, deux bateaux seulement.", "Le port attend.", "Les mareyeurs aussi.",
    ]  # fmt: skip
    assert (second.headline, second.author) == ("Un étal de plus", None)
    assert second.body.endswith("(1) Une note.")


def test_an_export_that_is_cut_in_an_article_gives_those_before_and_names_it(read):
    articles, errors = read(EUROPRESSE[: EUROPRESSE.index("Les clients")], "export.html")
    assert [article.headline for article in articles] == ["Le pont de bois rouvre"]
    assert errors == [
        "article 2: the Europresse export is cut short in the article “Le marché ferme”, which was left out: "
        "export it again"
    ]


def test_an_export_that_is_cut_after_an_article_gives_it_and_says_so(read):
    articles, errors = read(EUROPRESSE_HEAD + EUROPRESSE_BRIDGE, "export.html")
    assert len(articles) == 1
    assert errors == [
        "article 1: the Europresse export is cut short after this article: export it again",
    ]


def test_the_older_markup_cut_short_gives_what_is_whole(read):
    articles, errors = read(
        EUROPRESSE_TABLES[: EUROPRESSE_TABLES.index("(1) Une")].encode("latin-1"), "e.html"
    )
    assert len(articles) == 1
    assert "“Un étal de plus”" in errors[0]


def test_an_export_without_an_article_says_what_it_is(read):
    articles, errors = read(EUROPRESSE_HEAD + EUROPRESSE_END, "export.html")
    assert articles == []
    assert "this Europresse export holds no article" in errors[0]


def test_a_page_that_speaks_of_europresse_is_a_page(read):
    text = (
        "<p>On cherche class='DocPublicationName' dans l'export d'Europresse, puis on compte les lignes.</p>"
    )
    articles, errors = read(f"<html><head><title>Compter</title></head><body>{text}</body></html>", "a.html")
    assert errors == []
    assert [article.headline for article in articles] == ["Compter"]


def test_a_piece_of_an_export_without_its_beginning_is_read(read):
    articles, errors = read(EUROPRESSE_MARKET, "piece.html")
    assert [article.headline for article in articles] == ["Le marché ferme"]
    assert errors == []


def test_the_section_and_the_date_may_stand_beside_the_header(read):
    spans = (
        '<span class="DocTitreSousSection">Villes</span><span>jeudi 14 mars 2024</span><span>32 mots</span>'
    )
    headed = EUROPRESSE_MARKET.replace('<div class="titre', f'<div>{spans}</div><div class="titre', 1)
    (article,), _ = read(EUROPRESSE_HEAD + headed + EUROPRESSE_END, "export.html")
    assert (article.published, article.section) == (date(2024, 3, 14), "Villes")
