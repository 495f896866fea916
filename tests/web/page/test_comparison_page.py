"""The page that compares searches: what it charts, in which language; and that it escapes."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import create_app

from .test_page_routes import BROWSER, Page

ARTICLES = [
    Article("Il neige", published=date(2025, 11, 3), source="Le Fanal", id="1"),
    Article("Il neige encore", published=date(2026, 2, 4), source="Le Fanal", id="2"),
    Article("Il pleut", published=date(2026, 1, 5), source="Le Rivage", id="3"),
    Article("Il vente", published=date(2026, 3, 9), source="Le Rivage", id="4"),
    Article("Il neige un jour", source="Le Rivage", id="5"),
]


@pytest.fixture
def ask(make_index):
    client = TestClient(create_app(make_index(ARTICLES)))

    def ask(address="", status=200, **headers):
        answer = client.get(f"/compare{address}", headers={**BROWSER, **headers})
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    return ask


def figures(page):
    """The text of the table, without spaces."""
    return "".join(page.text.split("Tous les articles")[1].split("Exporter")[0].split())


def test_the_page_without_searches_has_fields_for_them(ask):
    page = ask()
    assert len([field for field in page.all("input", name="q") if field.get("id") != "q"]) == 2
    assert page.all("svg", id="lines") == []
    assert "Jusqu’à 5 recherches" in page.text


def test_searches_are_overlaid_and_their_figures_are_in_a_table(ask):
    page = ask("?q=neige&q=pleut&by=month")
    assert len(page.all("polyline")) == 2
    assert "neigepleut" in figures(page)
    assert "novembre2025" in figures(page)
    assert "mars2026" not in figures(page), "the chart ends with the last match"
    assert "3dont1sansdateoud’uneautreépoque" in figures(page)
    fields = [field["value"] for field in page.all("input", name="q") if field.get("id") != "q"]
    assert fields == ["neige", "pleut", ""]


def test_a_chosen_period_is_charted_whole(ask):
    page = ask("?q=pleut&by=month&since=2025-10&until=2026-03")
    assert figures(page).count("2026") == 3
    assert "octobre2025" in figures(page)
    assert page.all("input", name="since", value="2025-10-01")
    assert page.all("input", name="until", value="2026-03-31")


def test_a_figure_leads_to_its_articles_within_the_filters(ask):
    links = ask("?q=neige&by=month&source=Le+Fanal").links("/?q=neige")
    assert [parse_qs(urlsplit(link).query) for link in links][1:] == [
        {"q": ["neige"], "source": ["Le Fanal"], "since": [month], "until": [month]}
        for month in ("2025-11", "2026-02")
    ]


def test_the_page_goes_on_with_what_is_set(ask):
    page = ask("?q=neige&q=pleut&by=week&show=share&source=Le+Fanal&operator=all&sort=newest")
    downloads = page.links("/api/timeline.csv")
    assert parse_qs(urlsplit(downloads[0]).query) == {
        "q": ["neige", "pleut"], "by": ["week"], "source": ["Le Fanal"], "operator": ["all"],
    }  # fmt: skip
    assert "/compare?q=pleut&by=week&show=share&source=Le+Fanal&operator=all" in page.links("/compare")
    assert "/compare?q=neige&q=pleut&by=week&show=share&operator=all" in page.links("/compare")
    assert "/compare?q=neige&q=pleut&by=week&source=Le+Fanal&operator=all" in page.links("/compare")
    hidden = {field["name"]: field["value"] for field in page.all("input", type="hidden")}
    assert hidden == {"source": "Le Fanal", "operator": "all", "show": "share"}


def test_searches_that_are_given_twice_or_are_empty_count_once_or_not(ask):
    page = ask("?q=neige&q=&q=+neige+&q=pleut")
    assert len(page.all("polyline")) == 2


def test_periods_that_the_chart_has_no_room_for_are_longer_and_the_page_says_so(ask, make_index):
    old = [*ARTICLES, Article("Il neige jadis", published=date(2000, 1, 1), id="old")]
    answer = TestClient(create_app(make_index(old))).get("/compare?q=neige&by=day", headers=BROWSER)
    page = Page(answer.text)
    assert "par mois" in page.text
    assert "seraient trop nombreuses" in page.text
    assert len(page.all("tr")) < 400
    assert "seraient trop nombreuses" not in ask("?q=neige&by=day&since=2026&until=2026").text


def test_matches_without_a_date_alone_make_no_chart(ask):
    page = ask("?q=jour")
    assert page.all("svg", id="lines") == []
    assert "Aucun article" in page.text


def test_the_search_page_leads_here(make_index):
    client = TestClient(create_app(make_index(ARTICLES)))
    page = Page(client.get("/?q=neige&source=Le+Fanal&sort=newest", headers=BROWSER).text)
    assert "/compare?q=neige&source=Le+Fanal" in page.links("/compare")


def test_the_page_speaks_english(ask):
    page = ask("?q=neige&by=month", **{"Accept-Language": "en"})
    assert "Compare: neige" in page.text
    assert "50.0%" in page.text or "100.0%" in page.text


def test_notes_on_how_a_search_was_read_are_shown(ask):
    assert "zeta" in ask("?q=neige+source:Zeta").text.casefold().split("recherche 1")[0]


def test_what_was_typed_is_escaped(ask):
    page = ask("?q=%3Cscript%3Eneige%3C/script%3E&q=%22%3E%3Cimg+src=x%3E+pleut")
    assert page.all("img") == []
    assert all(of.get("src", "").startswith("/static/") for of in page.all("script"))


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("?" + "&".join(f"q=a{i}" for i in range(6)), "jusqu’à 5 recherches, et non 6"),
        ("?q=" + "a" * 2_001, "2\u202f001 caractères"),
        ("?q=neige&by=decade", "« by » est l’un de : day, week, month, year"),
        ("?q=neige&since=jamais", "« jamais » n’est pas une date"),
        ("?q=neige&since=2999", "est dans l’avenir"),
    ],
)
def test_what_cannot_be_compared_is_said_on_a_page(ask, address, detail):
    assert detail in ask(address, 400).text
