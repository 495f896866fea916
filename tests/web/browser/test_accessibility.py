"""The page for those who use no mouse or do not see it: what axe finds, and what it cannot see."""

from __future__ import annotations

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, style.outlineWidth, Boolean(document.activeElement.closest("#chart"))];
}"""
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844, "has_touch": True}


def test_axe_finds_nothing_while_suggestions_are_open(visit):
    page = visit()
    page.get_by_role("combobox").press_sequentially("mar")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def violations(page):
    found = axe.Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_the_first_stop_of_tab_leads_past_the_head_of_the_page(visit):
    page = visit("?q=interpol")
    page.keyboard.press("Tab")
    playwright.expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_what_has_the_focus_is_seen(visit):
    page = visit("?q=interpol")
    for _ in range(12):
        page.keyboard.press("Tab")
        style, width, is_bar = page.evaluate(FOCUSED)
        assert is_bar or (style != "none" and width != "0px"), "a bar of the chart has a frame of its own"


def test_the_chart_is_one_stop_of_tab(visit):
    page = visit("?q=marrakech")
    page.locator("#chart a").last.focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('#chart'))")


def test_the_page_speaks_english_to_an_english_browser(visit, keep):
    page = visit("?q=interpol", locale="en-GB")
    keep(page, "english")
    assert page.get_by_role("link", name="Newest").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".hits article").first.get_attribute("lang") == "fr"


def test_the_orders_stand_in_one_row_on_a_phone(visit):
    page = visit("?q=interpol+marrakech", **PHONE)
    tops = (
        page.locator(".choices")
        .first.locator("a")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    )
    assert len(tops) == 4
    assert len(set(tops)) == 1
