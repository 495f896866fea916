"""The texts of corpora of IRaMuTeQ and Alceste become an article each."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex

from .exports import IRAMUTEQ


def test_starred_variables_are_fields_and_the_first_line_is_the_headline(read):
    (first, second), errors = read(IRAMUTEQ)
    assert errors == []
    assert (first.headline, first.body) == ("Le pont rouvre", "Le pont porte.\n\nLes camions passent.")
    assert (first.source, first.published, first.author) == ("Le Littoral", date(2024, 3, 12), "Nora Alami")
    assert (first.lang, first.extra) == ("fr", {"texte": "3", "theme": "travaux"})
    assert (second.headline, second.published, second.extra) == (
        "Le marché ferme", date(2024, 3, 13), {"an": "2024"},
    )  # fmt: skip


def test_a_variable_may_be_the_headline(read):
    (article,), _ = read("**** *titre_Le_pont_rouvre *date_20240312\nLe pont porte.")
    assert (article.headline, article.body) == ("Le pont rouvre", "Le pont porte.")
    assert article.published == date(2024, 3, 12)


def test_a_year_a_month_and_a_day_are_a_date(read):
    (article,), errors = read("**** *an_2024 *mois_3 *jour_4\nLe pont\nIl porte.")
    assert (article.published, errors) == (date(2024, 3, 4), [])


def test_a_text_without_words_is_an_error_and_costs_no_other(read):
    articles, errors = read("**** *source_Etal\n\n" + IRAMUTEQ)
    assert len(articles) == 2
    assert errors == ["text 1: an article needs a headline or a body"]


def test_a_line_of_stars_that_is_damaged_still_begins_a_text(read):
    articles, _ = read(IRAMUTEQ + "**** source *date_2024-03-14\nLe bac\nIl attend.\n")
    assert [article.headline for article in articles] == ["Le pont rouvre", "Le marché ferme", "Le bac"]
    assert articles[2].published == date(2024, 3, 14)


@pytest.mark.parametrize(
    "text", ["**** un hôtel\nIl ferme.", "2024 *avis\nIl ferme.", "Le texte\n**** *a_b\nSuite"]
)
def test_a_text_that_is_no_corpus_is_a_text(read, text):
    (article,), errors = read(text)
    assert errors == []
    assert article.headline == text.partition("\n")[0]


def test_the_parts_of_a_date_are_no_whole_date_though_their_names_are_those_of_one(read):
    (article,), errors = read("**** *annee_2024 *mois_03 *jour_12\nLe pont\nIl porte.")
    assert (article.published, errors) == (date(2024, 3, 12), [])


def test_the_month_of_a_date_may_be_a_name(read):
    (article,), errors = read("**** *jour_12 *mois_mars *annee_2024\nLe pont\nIl porte.")
    assert (article.published, errors) == (date(2024, 3, 12), [])


@pytest.mark.parametrize(
    ("variables", "source", "published", "extra"),
    [
        ("*j_LeMonde *d_2026-01-31", "LeMonde", date(2026, 1, 31), {}),
        ("*jnl_Le_Monde *pub_20260131", "Le Monde", date(2026, 1, 31), {}),
        ("*med_LeMonde *dt_31_01_2026 *sexe_f", "LeMonde", date(2026, 1, 31), {"sexe": "f"}),
        ("*j_31 *x_20261399", None, None, {"j": "31", "x": "20261399"}),
        ("*j_LeMonde *source_Rif *date_2026-01-31 *d_2026-02-01", "Rif", date(2026, 1, 31),
         {"j": "LeMonde", "d": "2026-02-01"}),
        ("*an_2026 *mois_janvier *jour_31", None, date(2026, 1, 31),
         {"an": "2026", "mois": "janvier", "jour": "31"}),
    ],
)  # fmt: skip
def test_short_names_are_understood_where_their_values_are_plain(read, variables, source, published, extra):
    (article,), errors = read(f"**** {variables}\nLe pont\nIl porte.")
    assert (article.source, article.published, article.extra, errors) == (source, published, extra, [])


def test_variables_of_ones_own_are_reported_and_can_be_mapped(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text("**** *canal_Rif *quand_2026_01_31 *titre_Un_titre\nLe pont\n", encoding="utf-8")
    corpus = newsindex.read(path)
    assert [(article.source, dict(article.extra)) for article in corpus] == [(None, {"canal": "Rif"})]
    assert dict(corpus.summary.unread) == {"canal": 1}
    mapped = newsindex.read(path, fields={"source": "canal", "date": "quand", "title": "titre"})
    (article,) = mapped
    assert (article.headline, article.body) == ("Un titre", "Le pont")
    assert (article.source, article.published) == ("Rif", date(2026, 1, 31))
    assert mapped.errors == []
