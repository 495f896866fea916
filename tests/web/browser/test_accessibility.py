"""The main states of the page, judged by axe, in light and dark, wide and narrow; and what axe cannot see."""

from __future__ import annotations

from urllib.parse import quote

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

STATES = {
    "home": "",
    "results": "?q=interpol+marrakech",
    "narrowed": "?q=interpol&section=S%C3%A9curit%C3%A9&since=2025-11&until=2025-12",
    "second page": "?q=police&limit=3&after={next}",
    "nothing": "?q=zzzzz&source=Hespress",
    "bad query": "?q=neige&since=nimportequand",
    "no page": "nowhere",
    "article": "article?q=interpol&id={id}",
    "comparison": "compare?q=maroc&q=police&q=neige&q=football&q=justice&section=Sport",
    "shares": "compare?q=maroc&q=neige&show=share&by=month",
    "words": "words?q=neige",
    "trends": "trends?since=2025-11",
    "no trends": "trends?since=2001&until=2001",
    "comparison of nothing": "compare?since=2025",
}
FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, style.outlineWidth, Boolean(document.activeElement.closest("#chart"))];
}"""
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844, "has_touch": True}


@pytest.fixture
def address(sample):
    """A function that gives the address of a state."""
    found = sample.search("police", limit=3, collapse=True)
    shown = sample.search("interpol", limit=1)[0].article.id
    return lambda state: STATES[state].format(next=found.next, id=quote(shown, safe=""))


@pytest.mark.parametrize(
    "reader",
    [WIDE | {"color_scheme": "light"}, PHONE | {"color_scheme": "dark"}],
    ids=["wide-light", "phone-dark"],
)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visit, keep, address, state, reader):
    page = visit(address(state), **reader)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    keep(page, f"{state}, {reader['color_scheme']}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


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


@pytest.mark.parametrize("state", STATES)
def test_a_finger_hits_what_is_to_be_hit(visit, address, state):
    page = visit(address(state), **PHONE)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    low = """() => [...document.querySelectorAll("a:not(.skip, svg a), button, summary")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
      .map((one) => one.outerHTML)"""
    assert page.evaluate(low) == []


def test_the_orders_stand_in_one_row_on_a_phone(visit):
    page = visit("?q=interpol+marrakech", **PHONE)
    tops = (
        page.locator(".choices")
        .first.locator("a")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    )
    assert len(tops) == 4
    assert len(set(tops)) == 1
