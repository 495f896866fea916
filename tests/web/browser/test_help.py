"""The help panel, and the keys of the page."""

from __future__ import annotations

import pytest

from .test_accessibility import PHONE, WIDE, violations

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
WHERE = "document.activeElement.closest('li') && document.activeElement.textContent.trim()"


def panel(page):
    return page.get_by_role("region", name="Aide à la recherche")


@pytest.mark.parametrize("reader", [WIDE, PHONE | {"color_scheme": "dark"}], ids=["wide", "phone"])
def test_axe_finds_nothing_while_the_help_is_open(visit, keep, reader):
    page = visit("?q=interpol", **reader)
    page.locator("#help summary").click()
    expect(panel(page)).to_be_visible()
    keep(page, f"help {reader['width']}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = panel(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= reader["width"]
    assert box["y"] + box["height"] <= reader["height"]


def test_the_help_opens_with_its_key_and_closes_with_escape(visit):
    page = visit("?q=interpol")
    page.keyboard.press("j")
    before = page.evaluate(WHERE)
    assert before
    page.keyboard.press("?")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel(page).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    assert page.evaluate(WHERE) == before, "the focus is where it was"
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(panel(page)).to_be_hidden()


def test_the_focus_returns_only_to_where_the_help_was_opened_from(visit):
    page = visit("?q=interpol")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.mouse.click(20, 700)
    expect(panel(page)).to_be_hidden()
    page.locator("#help summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("#help summary")).to_be_focused()


def test_an_example_is_searched_and_the_panel_closes(visit):
    page = visit("?q=marrakech&source=Marrakech+Soir")
    page.keyboard.press("?")
    panel(page).get_by_role("link", name="titre:interpol").click()
    expect(page.locator("#q")).to_have_value("titre:interpol")
    expect(page.locator("#summary")).to_contain_text("articles pour «\u00a0titre:interpol\u00a0»")
    expect(panel(page)).to_be_hidden()
    assert "source=" not in page.url


@pytest.mark.parametrize("leave", ["click elsewhere", "tab on"])
def test_the_panel_closes_when_the_reader_leaves_it(visit, leave):
    page = visit("?q=interpol")
    page.locator("#help summary").click()
    expect(panel(page)).to_be_visible()
    if leave == "tab on":
        page.locator("#use-keys").focus()
        page.keyboard.press("Tab")
    else:
        page.mouse.click(20, 700)
    expect(panel(page)).to_be_hidden()


def test_without_a_script_the_help_opens_and_its_examples_are_links(visit):
    page = visit(java_script_enabled=False)
    page.locator("#help summary").click()
    expect(panel(page)).to_be_visible()
    expect(page.locator("#use-keys")).to_be_hidden()
    panel(page).get_by_role("link", name="gouvern*").click()
    expect(page.locator("#summary")).to_contain_text("gouvern*")


def test_keys_lead_from_hit_to_hit_and_open_one(visit):
    page = visit("?q=police")
    headlines = page.locator(".hits h2 a").all_inner_texts()
    for key, hit in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(WHERE) == headlines[hit]
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top > page.locator(".masthead").bounding_box()["height"], (
            "the head of the page does not hide it"
        )
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(headlines[1])


def test_keys_lead_to_the_next_page_and_to_the_search_box(visit):
    page = visit("?q=police&limit=5")
    page.keyboard.press("n")
    expect(page.get_by_role("link", name="Première page")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_what_is_typed_into_a_field_is_no_key_of_the_page(visit):
    page = visit("?q=police")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("jk?/o n")
    expect(page.locator("#q")).to_have_value("jk?/o n")
    expect(panel(page)).to_be_hidden()
    assert page.url.endswith("?q=police")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_a_modifier_are_those_of_the_browser(visit, modifier):
    page = visit("?q=police")
    page.evaluate("addEventListener('keydown', (event) => (window.prevented = event.defaultPrevented))")
    page.keyboard.press(f"{modifier}+j")
    assert page.evaluate("window.prevented") is False
    assert not page.evaluate(WHERE)


def test_a_reader_can_do_without_the_keys_and_that_is_remembered(visit):
    page = visit("?q=police")
    assert page.locator("#q").get_attribute("aria-keyshortcuts") == "/"
    page.keyboard.press("?")
    page.locator("#use-keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert not page.evaluate("document.activeElement.closest('.hits')")
    assert page.locator("#q").get_attribute("aria-keyshortcuts") is None
    page.reload()
    page.keyboard.press("?")
    expect(panel(page)).to_be_hidden()
    page.locator("#help summary").click()
    page.locator("#use-keys").check()
    page.keyboard.press("?")
    expect(panel(page)).to_be_hidden()
