"""What a table holds in several columns is put together, and lists in a cell are taken apart."""

from datetime import date, datetime

import pytest

import newsindex

from .workbooks import xlsx


def read(tmp_path, content, name="revue.csv", **options):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = newsindex.read(tmp_path / name, **options)
    return list(corpus), [str(error) for error in corpus.errors]


@pytest.mark.parametrize(
    ("names", "cells", "published"),
    [
        ("Date;Heure", "06/05/2025;14h05", datetime(2025, 5, 6, 14, 5)),
        ("Heure de publication;Date de publication", "14:05;6 mai 2025", datetime(2025, 5, 6, 14, 5)),
        ("Date;Heure", "06/05/2025 09:00;14h05", datetime(2025, 5, 6, 9)),
        ("Date;Heure", "06/05/2025;matin", date(2025, 5, 6)),
        ("Jour;Mois;Année", "6;5;2025", date(2025, 5, 6)),
        ("Année;Mois;Jour;Heure", "2025;mai;6;14:05", datetime(2025, 5, 6, 14, 5)),
        ("Day;Month;Year", "6;May;2025", date(2025, 5, 6)),
        ("Jour;Mois;Année", "6;;2025", None),
        ("Jour;Date", "mardi;06/05/2025", date(2025, 5, 6)),
        ("Date", "45783", date(2025, 5, 6)),
        ("Date", "45783,5", datetime(2025, 5, 6, 12)),
        ("Date", "6 aoÃ»t 2025", date(2025, 8, 6)),
    ],
)
def test_parts_of_a_date_are_joined(tmp_path, names, cells, published):
    articles, _ = read(tmp_path, f"Titre;Texte;{names}\nLe souk rouvre;Oui.;{cells}\n")
    assert [a.published for a in articles] == [published]


@pytest.mark.parametrize(
    ("names", "cells", "author"),
    [
        ("Prénom;Nom", "Lina;Tazi", "Lina Tazi"),
        ("Nom de l'auteur;Prénom de l'auteur", "Tazi;Lina", "Lina Tazi"),
        ("Nom;Prénom;Auteur", "Tazi;Lina;AFP", "AFP"),
        ("Nom", "Tazi", None),
        ("Auteur", "Par Lina Tazi", "Lina Tazi"),
        ("Auteur", "Parvati Tazi", "Parvati Tazi"),
        ("authors", "\"['Lina Tazi', 'Omar Amrani']\"", "Lina Tazi, Omar Amrani"),
        ("authors", '"[""Lina Tazi""]"', "Lina Tazi"),
        ("authors", "[Lina Tazi", "[Lina Tazi"),
        ("authors", "[]", ""),
        ("Auteur", "N/A", ""),
    ],
)
def test_people_are_joined_and_lists_are_read(tmp_path, names, cells, author):
    articles, errors = read(tmp_path, f"Titre;Texte;{names}\nLe souk rouvre;Oui.;{cells}\n")
    assert ([a.author or "" for a in articles], errors) == ([author or ""], [])


def test_an_object_in_a_cell_has_its_name(tmp_path):
    articles, _ = read(tmp_path, "title,source\nLe souk,\"{'id': None, 'name': 'Le Rif'}\"\n")
    assert articles[0].source == "Le Rif"


@pytest.mark.parametrize("others", ["5/25/2025", "5/25/2025 2:05 PM"])
def test_a_column_with_the_month_first_is_read_so(tmp_path, others):
    table = f"Date,Headline\n5/6/2025,Le souk rouvre\n{others},La digue cède\n"
    articles, _ = read(tmp_path, table)
    assert articles[0].published == date(2025, 5, 6)
    articles, _ = read(tmp_path, table + "25/5/2025,Le tramway\n", "autre.csv")
    assert articles[0].published == date(2025, 6, 5)
    rows = [["Date", "Titre"], ["5/6/2025", "Le souk rouvre"], [others, "La digue cède"]]
    articles, _ = read(tmp_path, xlsx({"A": rows}), "revue.xlsx")
    assert articles[0].published == date(2025, 5, 6)


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", "Date,Headline\n3/12/2024,Le souk rouvre\n"),
    ("a.csv", "Date,Time,Headline\n3-12-2024,0:00,Le souk\n"),
    ("a.xlsx", xlsx({"A": [["Date", "Titre"], ["3/12/2024", "Le souk rouvre"]]})),
    ("a.json", '[{"title": "Le souk rouvre", "pubDate": "03/12/2024 00:00"}]'),
    ("a.jsonl", '{"quand": "3/12/24", "title": "Le souk rouvre"}'),
    ("a.csv", "Date,Headline\n2024-03-12,Le souk rouvre\n25/3/2024,La digue\n"),
    ("a.csv", "Publication,Headline\n3/12/2024,Le souk rouvre\n"),
    ("a.json", '[{"title": "Le souk rouvre", "publication": "3/12/2024"}]'),
])  # fmt: skip
def test_dates_have_the_month_first_where_the_user_says_so(tmp_path, name, content):
    mapping = {"published": "quand"} if "quand" in str(content) else None
    articles, errors = read(tmp_path, content, name, month_first=True, fields=mapping)
    assert errors == []
    days = [article.published.strftime("%Y-%m-%d") for article in articles]
    assert days == ["2024-03-12", "2024-03-25"][: len(days)]


@pytest.mark.parametrize("written", ["2/30/2024", "2-29-2023", "13/13/2024", "2/29/23"])
def test_a_date_on_no_calendar_is_told_as_it_is_written(tmp_path, written):
    (article,), errors = read(tmp_path, f"Date,Headline\n{written},Le souk\n", month_first=True)
    assert (article.published, article.extra) == (None, {"Date": written})
    assert repr(written) in errors[0]


@pytest.mark.parametrize("written", ["2/29/2024", "2/29/24", "2/29/2000"])
def test_a_leap_day_is_on_the_calendar(tmp_path, written):
    (article,), _ = read(tmp_path, f"Date,Headline\n{written},Le souk\n", month_first=True)
    assert (article.published.month, article.published.day) == (2, 29)


def test_an_export_is_read_alike_whatever_comes_first(tmp_path):
    with newsindex.create(tmp_path / "a.newsindex") as index:
        index.add([newsindex.Article("Le souk", published=date(2024, 3, 12))])
        index.export(tmp_path / "a.csv")
    (article,) = newsindex.read(tmp_path / "a.csv", month_first=True)
    assert article.published == date(2024, 3, 12)


def test_what_the_user_maps_is_not_joined(tmp_path):
    articles, _ = read(
        tmp_path, "Titre;Date;Heure;Jour\nLe souk;5 mai 2025;14:05;6/5/2025\n", fields={"published": "Jour"}
    )
    assert articles[0].published in (date(2025, 5, 6), datetime(2025, 5, 6, 14, 5))


def test_a_row_with_a_mapped_column_is_the_header_row(tmp_path):
    articles, errors = read(tmp_path, "Gros;Petit\nUn titre;Un texte\n", fields={"headline": "Gros"})
    assert ([a.headline for a in articles], errors) == (["Un titre"], [])


def test_names_that_were_decoded_wrongly_are_known(tmp_path):
    articles, _ = read(tmp_path, "Titre;Texte intÃ©gral;Langue\nLe souk;Il rouvre.;FranÃ§ais\n")
    assert [(a.body, a.lang) for a in articles] == [("Il rouvre.", "fr")]
