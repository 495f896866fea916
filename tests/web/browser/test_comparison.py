"""A reader compares searches, with a script and without one."""

from __future__ import annotations

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def test_a_search_is_compared_with_another_from_its_timeline(visit, keep):
    page = visit("?q=neige&since=2025")
    page.get_by_role("link", name="Comparer avec d’autres recherches").click()
    expect(page.get_by_label("Recherche 1")).to_have_value("neige")
    page.get_by_label("Recherche 2").fill("pluie")
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator("#summary")).to_have_text("Comparer : neige, pluie")
    expect(page.get_by_role("list", name="Filtres actifs")).to_contain_text("Période")
    expect(page.locator(".legend li")).to_have_count(2)
    page.get_by_role("link", name="Part des articles").click()
    expect(page.locator(".legend li")).to_have_count(2)
    keep(page, "compared")
    page.get_by_role("link", name="Retirer la recherche neige").click()
    expect(page.locator(".legend li")).to_have_count(1)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_figure_of_the_table_leads_to_its_articles(visit, has_script):
    page = visit("compare?q=maroc&q=neige&by=year", java_script_enabled=has_script)
    page.locator(".figures summary").click()
    figure = page.get_by_role("table").get_by_role("link").last
    count = figure.inner_text()
    figure.click()
    expect(page.locator("#summary")).to_contain_text(f"{count} article")


def test_lines_differ_by_more_than_their_colour(visit):
    page = visit("compare?q=maroc&q=police&q=neige&q=football&q=justice")
    looks = page.locator(".legend .line").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).strokeDasharray)"
    )
    assert len(set(looks)) == 5
    markers = page.locator(".legend .marker").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    assert len(set(markers)) == 5
