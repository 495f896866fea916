"""The press page is known by its form: ticker, notices, headline, where and when, paragraphs, link."""

from __future__ import annotations

import gzip
import unicodedata
from datetime import date, datetime

import pytest

import newsindex

GAP = "\u00a0" * 4
TICKER = GAP.join(
    [
        "Le port de Nador ouvre",
        "Essai : l’équipe gagne",
        "Neige: deux routes coupées",
        "Edito. Partir",
    ]
)
NOTICE = (
    "Merci d'avoir signalé!\n"
    "Cette image sera automatiquement bloquée après qu'elle soit signalée par plusieurs personnes.\n"
)
OWN = "Essai : l'équipe gagne"
BODY = "Un premier paragraphe.\nUn second, plus long."
CLOSING = "Cliquez ici pour lire l'article depuis sa source."


def page(
    ticker=TICKER + GAP,
    notice=NOTICE,
    where="Publié dans Le Rif le 02 - 01 - 2026",
    closing=CLOSING,
):
    return f"{ticker}\n\n\n{notice}\n\n{OWN}\n{where}\n\n{BODY}\n\n\n{closing}"


def read(tmp_path, text, name="page.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    corpus = newsindex.read(path)
    return list(corpus), corpus.errors


def test_the_page_gives_its_article_and_the_other_headlines_once(tmp_path):
    (own, *others), errors = read(tmp_path, page())
    assert (own.headline, own.source, own.published) == (OWN, "Le Rif", date(2026, 1, 2))
    assert own.body == BODY.replace("\n", "\n\n")
    assert [a.headline for a in others] == [
        "Le port de Nador ouvre", "Neige: deux routes coupées", "Edito. Partir",
    ]  # fmt: skip
    assert all((a.body, a.source, a.published) == ("", None, None) for a in others)
    assert errors == []


@pytest.mark.parametrize(
    ("changed", "source", "published", "others"),
    [
        ({"ticker": ""}, "Le Rif", date(2026, 1, 2), 0),
        ({"notice": ""}, "Le Rif", date(2026, 1, 2), 3),
        ({"closing": ""}, "Le Rif", date(2026, 1, 2), 3),
        ({"where": ""}, None, None, 3),
        ({"where": "Publié dans Le Matin"}, "Le Matin", None, 3),
        ({"where": "Publié le 3/2/2025"}, None, date(2025, 2, 3), 3),
        (
            {"where": "Publié dans L'Écho du Sud le 1 - 12 - 2025"},
            "L'Écho du Sud",
            date(2025, 12, 1),
            3,
        ),
        (
            {"where": "Publié dans Aujourd'hui le Maroc le vendredi 2 janvier 2026"},
            "Aujourd'hui le Maroc",
            date(2026, 1, 2),
            3,
        ),
        ({"where": "Publié dans Le Rif le 02 - 01 - 2026."}, "Le Rif", date(2026, 1, 2), 3),
        (
            {"where": "Publié dans Le Rif le 2 janvier 2026 à 10h"},
            "Le Rif",
            datetime(2026, 1, 2, 10),
            3,
        ),
        ({"ticker": TICKER.replace(GAP, "\u00a0\u00a0")}, "Le Rif", date(2026, 1, 2), 3),
        ({"ticker": GAP.join(["Un", "Un", "Deux"])}, "Le Rif", date(2026, 1, 2), 2),
        ({"where": "Publiée dans Le Rif le mardi 3 février 2026"}, "Le Rif", date(2026, 2, 3), 3),
        ({"where": "Publié dans Le Rif le : 02/01/2026"}, "Le Rif", date(2026, 1, 2), 3),
        (
            {"where": "Publié dans Le Rif le 2 janvier 2026 à 10h30 | Mis à jour le 3 janvier 2026 à 9h"},
            "Le Rif",
            datetime(2026, 1, 2, 10, 30),
            3,
        ),
    ],
)
def test_pages_of_the_same_form_are_read(tmp_path, changed, source, published, others):
    (own, *rest), errors = read(tmp_path, page(**changed))
    assert (own.headline, own.source, own.published) == (OWN, source, published)
    assert own.body == BODY.replace("\n", "\n\n")
    assert len(rest) == others
    assert errors == []


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.replace("’", "'").encode("cp1252"),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: text.replace("\n", " \u00a0\t\r\n").encode(),
])  # fmt: skip
def test_line_ends_marks_and_encodings_do_not_matter(tmp_path, change):
    articles, errors = read(tmp_path, change(page()))
    plain, _ = read(tmp_path, page().replace("’", "'"))
    assert [(a.headline.replace("’", "'"), a.body, a.published) for a in articles] == [
        (a.headline, a.body, a.published) for a in plain
    ]
    assert errors == []


def test_accents_may_be_written_apart_from_their_letters(tmp_path):
    (own, *others), errors = read(tmp_path, unicodedata.normalize("NFD", page()))
    assert (own.source, own.published, len(others)) == ("Le Rif", date(2026, 1, 2), 3)
    assert unicodedata.normalize("NFC", own.body) == BODY.replace("\n", "\n\n")
    assert errors == []


def test_the_same_headline_on_two_pages_is_one_article(tmp_path):
    one, _ = read(tmp_path, page())
    two, _ = read(tmp_path, page(ticker=GAP.join(["Autre", "Edito. Partir", "Encore"])))
    assert one[-1].id in {a.id for a in two}


def test_a_paragraph_keeps_its_no_break_spaces(tmp_path):
    (own, *_), _ = read(tmp_path, page().replace("Un second", "Un\u00a0\u00a0second"))
    assert "Un\u00a0\u00a0second, plus long." in own.body


def test_a_text_that_ends_with_its_date_keeps_its_headline_and_body(tmp_path):
    ((own,), errors) = read(tmp_path, "Un titre\n\nUn corps.\n\nPublié le 3 mars 2024\n")
    assert (own.headline, own.body, own.published) == ("Un titre", "Un corps.", date(2024, 3, 3))
    assert errors == []


def test_a_ticker_alone_is_its_headlines(tmp_path):
    articles, errors = read(tmp_path, TICKER)
    assert [a.headline for a in articles] == TICKER.split(GAP)
    assert errors == []


def test_of_a_page_cut_short_is_kept_what_there_is(tmp_path):
    (own, *_), errors = read(tmp_path, gzip.compress(page().encode())[:-5], "page.txt.gz")
    assert own.headline == OWN
    assert "cut short" in str(errors[0])


def test_a_page_with_nothing_on_it_is_reported(tmp_path):
    assert "headline or a body" in str(read(tmp_path, CLOSING)[1][0])


@pytest.mark.parametrize("wrong", ["32 - 13 - 2026", "31 - 02 - 2026", "02 - 01", "mardi", "02 janvier"])
def test_a_wrong_date_is_reported_and_costs_nothing_else(tmp_path, wrong):
    articles, errors = read(tmp_path, page(where=f"Publié dans Le Rif le {wrong}"))
    own = articles[0]
    assert (own.headline, own.source, own.published) == (OWN, "Le Rif", None)
    assert own.body == BODY.replace("\n", "\n\n")
    assert len(articles) == 1 + 3
    assert [f" date: '{wrong}' " in str(error) for error in errors] == [True]


@pytest.mark.parametrize(
    ("where", "author", "source", "published"),
    [
        ("Publié par Lina Amrani dans Le Rif le 02 - 01 - 2026", "Lina Amrani", "Le Rif", date(2026, 1, 2)),
        ("Publié par Lina Amrani le 02 - 01 - 2026", "Lina Amrani", None, date(2026, 1, 2)),
        ("Publié le 02 - 01 - 2026 par Lina Amrani", "Lina Amrani", None, date(2026, 1, 2)),
        ("Publié le 2 janvier 2026 par Lina Amrani dans Le Rif", "Lina Amrani", "Le Rif", date(2026, 1, 2)),
        ("Publié dans Le Rif le 02/01/2026 par la rédaction", "la rédaction", "Le Rif", date(2026, 1, 2)),
        ("Publié par Lina Amrani dans Le Rif", "Lina Amrani", "Le Rif", None),
        ("Publié par Lina Amrani", "Lina Amrani", None, None),
        ("Publié le 02/01/2026 à 10h par Lina Amrani", "Lina Amrani", None, datetime(2026, 1, 2, 10)),
    ],
)  # fmt: skip
def test_the_line_under_the_headline_may_name_the_author(tmp_path, where, author, source, published):
    (own, *others), errors = read(tmp_path, page(where=where))
    assert (own.headline, own.body) == (OWN, BODY.replace("\n", "\n\n"))
    assert (own.author, own.source, own.published) == (author, source, published)
    assert (len(others), errors) == (3, [])


@pytest.mark.parametrize("ticker", [TICKER, ""])
def test_a_standfirst_over_the_date_begins_the_body(tmp_path, ticker):
    where = "Un chapeau qui résume.\n\nPublié dans Le Rif le 02 - 01 - 2026"
    (own, *_), errors = read(tmp_path, page(ticker=ticker, where=where))
    assert (own.headline, own.source) == (OWN, "Le Rif")
    assert own.body.split("\n\n") == ["Un chapeau qui résume.", *BODY.split("\n")]
    assert errors == []


def test_the_headline_is_the_one_that_stands_in_the_ticker(tmp_path):
    (own, *_), _ = read(tmp_path, page(notice="Accueil\nSociété\n"))
    assert own.headline == OWN
    assert own.body.startswith("Accueil\n\nSociété\n\nUn premier")


def test_a_date_over_the_headline_is_read(tmp_path):
    ((own,), _) = read(tmp_path, "Publié le 3 mars 2024\nUn titre\n\nUn corps.")
    assert (own.headline, own.body, own.published) == ("Un titre", "Un corps.", date(2024, 3, 3))


@pytest.mark.parametrize(
    "spaced", ["Un\u00a0\u00a0corps.", "Casa\u00a0\u00a0\u00a0\u00a012\u00a0\u00a0\u00a0\u00a015"]
)
def test_no_break_spaces_over_a_date_at_the_end_are_text(tmp_path, spaced):
    ((own,), errors) = read(tmp_path, f"Un titre\n\n{spaced}\n\nPublié le 3 mars 2024\n")
    assert (own.headline, own.body, own.published) == ("Un titre", spaced, date(2024, 3, 3))
    assert errors == []


@pytest.mark.parametrize("between", ["", "\n"])
def test_pages_one_after_another_in_a_file_are_each_read(tmp_path, between):
    second = page(ticker=GAP.join(["Encore un", "Un dernier", "Edito. Partir"])).replace(
        OWN, "Un autre titre"
    )
    articles, errors = read(tmp_path, page() + between + second)
    assert [a.source for a in articles if a.body] == ["Le Rif", "Le Rif"]
    assert {"Encore un", "Un dernier"} < {a.headline for a in articles}
    assert errors == []


def test_the_real_page_is_read_whole_and_twice_changes_nothing(seed_page, make_index):
    index = make_index(newsindex.read(seed_page))
    assert len(index) == 48
    (article,) = (a for a in index if a.body)
    assert article.headline.startswith("Sécurité internationale : comment le Maroc")
    assert (article.source, article.published) == ("Hespress", date(2026, 1, 2))
    assert len(article.body.split("\n\n")) == 14
    for stranger in ("Cliquez ici", "Merci d'avoir", "Cette image", "\u00a0\u00a0", "Publié dans"):
        assert stranger not in article.body
    again = index.add(newsindex.read(seed_page))
    assert (again.added, again.updated, again.skipped) == (0, 0, 48)


def test_the_real_page_answers_as_a_reader_expects(seed_page, make_index):
    index = make_index(newsindex.read(seed_page))
    best = index.search("Interpol Marrakech")[0]
    assert best.article.source == "Hespress"
    assert "<mark>Interpol</mark>" in best.snippet.html
    assert "<mark>Marrakech</mark>" in best.snippet.html
    cup = [hit.article.headline for hit in index.search("CAN 2025", limit=20)]
    with_both = [title for title in cup if "CAN" in title and "2025" in title]
    assert len(with_both) >= 5
    assert cup[: len(with_both)] == with_both
    assert index.search("securite internationale")[0].article.source == "Hespress"
    for apostrophe in "'’":
        found = index.search(f'"médaille d{apostrophe}honneur"')
        assert "<mark>médaille d&#x27;honneur</mark>" in found[0].snippet.html
