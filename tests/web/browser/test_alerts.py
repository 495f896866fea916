"""Alerts in a browser: followed, shown and acknowledged, judged by axe."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex
from newsindex import Article

from .conftest import serving
from .test_accessibility import PHONE, WIDE, violations

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
DARK = PHONE | {"color_scheme": "dark"}


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """An index with alerts that have something new."""
    with newsindex.create(tmp_path_factory.mktemp("alerts") / "x.newsindex") as index:
        index.alerts.add("neige", "neige", source="L'Écho", since="2025")
        index.alerts.add("eau potable à Tiznit", "eau AND tiznit")
        day = date(2026, 1, 1)
        index.add(
            Article(f"La neige {n}", f"Il neige {n} fois. " * n, source="L'Écho", id=str(n), published=day)
            for n in range(1, 4)
        )
        yield index


@pytest.fixture(scope="module")
def served(followed):
    with serving(followed, token="jeton") as address:
        yield address


@pytest.mark.parametrize("reader", [WIDE, DARK], ids=["wide-light", "phone-dark"])
@pytest.mark.parametrize("address", ["alerts", "alerts?name=neige", "?q=neige"])
def test_axe_finds_nothing(visit, keep, address, reader):
    page = visit(address, **reader)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    keep(page, f"alerts {address.replace('?', ' ')}, {reader.get('color_scheme', 'light')}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


def test_a_search_is_followed_and_what_comes_is_marked_as_seen(visit, followed):
    page = visit("?q=gel")
    page.get_by_text("Suivre cette recherche").click()
    page.get_by_label("Nom de l’alerte").fill("gelées")
    page.get_by_label("Jeton du serveur").fill("jeton")
    page.get_by_role("button", name="Suivre").click()
    playwright.expect(page.get_by_role("heading", name="gelées")).to_be_visible()
    followed.add([Article("Le gel arrive", "Il gèle : le gel.", id="gel")])
    page.reload()
    playwright.expect(page.get_by_role("link", name="Le gel arrive")).to_be_visible()
    page.get_by_label("Jeton du serveur").fill("jeton")
    page.get_by_role("button", name="Marquer comme vu").click()
    playwright.expect(page.get_by_text("0 nouveau")).to_be_visible()
    assert followed.alerts.counts()["gelées"] == 0


def test_a_wrong_token_is_told(visit, followed):
    page = visit("alerts?name=neige")
    page.get_by_label("Jeton du serveur").fill("faux")
    page.get_by_role("button", name="Supprimer").click()
    playwright.expect(page.get_by_text("Le jeton n’est pas celui du serveur")).to_be_visible()
    assert "neige" in followed.alerts
