"""A reader with a mouse and a keyboard: types, picks, filters, chooses a period, reads, and goes back."""

from __future__ import annotations

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def box(page):
    return page.get_by_role("combobox", name="Rechercher dans les articles")


def options(page):
    return page.get_by_role("option")


def bars(page):
    return page.locator("#chart a")


def total(page):
    return int(page.locator("#summary").get_attribute("data-total"))


def test_a_suggestion_is_picked_with_the_mouse(visit, keep):
    page = visit()
    box(page).press_sequentially("mar")
    expect(options(page).first).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    keep(page, "suggestions")
    wanted = options(page).nth(1).inner_text()
    options(page).nth(1).click()
    expect(page.locator("#summary")).to_contain_text(wanted)
    expect(box(page)).to_have_value(wanted)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_suggestion_is_picked_with_the_keyboard_alone(visit):
    page = visit()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("mar")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == options(page).first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("mar")
    page.keyboard.press("ArrowUp")
    wanted = options(page).last.inner_text()
    expect(box(page)).to_have_value(wanted)
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text(wanted)
    expect(page.get_by_role("status")).to_contain_text(wanted)


def test_escape_gives_back_what_was_typed(visit):
    page = visit()
    box(page).press_sequentially("mar")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("mar")


def test_a_misspelt_query_is_put_right(visit):
    page = visit("?q=interpoll+marakech")
    page.locator("p.suggestion").get_by_role("link").click()
    expect(page.locator("#summary")).to_contain_text("interpol marrakech")
    expect(box(page)).to_have_value("interpol marrakech")


def test_facets_narrow_the_search_and_chips_widen_it_and_back_goes_back(visit, keep):
    page = visit("?q=marrakech")
    before = total(page)
    facet = page.get_by_role("region", name="Source").get_by_role("link").first
    number = int(facet.locator(".number").inner_text().split()[0])
    facet.click()
    chip = page.get_by_role("list", name="Filtres actifs").get_by_role("link")
    expect(chip).to_be_visible()
    assert total(page) == number < before
    assert "source=" in page.url
    expect(page.locator("#summary")).to_be_focused()
    expect(page.locator("#summary")).to_contain_text(f"{number} article")
    keep(page, "filtered")
    page.go_back()
    expect(chip).to_have_count(0)
    assert total(page) == before
    page.go_forward()
    chip.click()
    expect(chip).to_have_count(0)
    assert page.url.endswith("?q=marrakech")


def test_the_filters_stay_when_another_word_is_searched(visit):
    page = visit("?q=marrakech&source=Marrakech+Soir")
    box(page).fill("police")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text("police")
    assert re.search(r"\?q=police&source=Marrakech\+Soir$", page.url)


def test_a_period_is_chosen_by_dragging_over_the_chart(visit, keep):
    page = visit("?q=marrakech")
    wanted = [bars(page).nth(i) for i in (-6, -5, -4, -3)]
    since, until = wanted[0].get_attribute("data-since"), wanted[-1].get_attribute("data-until")
    expected = sum(int(bar.get_attribute("data-count")) for bar in wanted)
    first, last = (bar.locator(".reach").bounding_box() for bar in (wanted[0], wanted[-1]))
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 40)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 40, steps=4)
    expect(page.locator("#chart a.chosen")).to_have_count(4)
    keep(page, "period")
    page.mouse.up()
    expect(page.get_by_role("list", name="Filtres actifs")).to_contain_text("Période")
    assert f"since={since}&until={until}" in page.url
    assert total(page) == expected


def test_a_period_is_chosen_with_the_keyboard_alone(visit):
    page = visit("?q=marrakech")
    assert page.locator('#chart a[tabindex="0"]').count() == 1
    bars(page).last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#chart a.chosen")).to_have_count(3)
    expect(page.get_by_role("status")).to_contain_text(" – ")
    since, until = (bars(page).nth(i).get_attribute("data-since") for i in (-4, -2))
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Filtres actifs")).to_contain_text("Période")
    assert f"since={since}" in page.url
    assert f"until={until}" in page.url


def test_one_bar_is_chosen_with_a_click(visit):
    page = visit("?q=marrakech")
    bar = bars(page).last
    since, count = bar.get_attribute("data-since"), int(bar.get_attribute("data-count"))
    bar.locator(".reach").click()
    expect(page.get_by_role("list", name="Filtres actifs")).to_contain_text("Période")
    assert f"since={since}" in page.url
    assert total(page) == count


def test_an_article_is_opened_read_and_left(visit, keep):
    page = visit("?q=interpol+marrakech")
    page.evaluate("scrollTo(0, 400)")
    link = page.locator(".hits h2 a").nth(2)
    headline = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    assert page.locator("article mark").count() > 1
    keep(page, "article")
    page.get_by_role("region", name="Articles proches").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(headline)
    page.go_back()
    page.go_back()
    expect(page.locator("#summary")).to_contain_text("interpol marrakech")
    assert page.url.endswith("?q=interpol+marrakech")


def test_sorting_and_paging_are_addresses(visit):
    page = visit("?q=police&limit=5")
    page.get_by_role("link", name="Plus récents").click()
    expect(page.get_by_role("link", name="Plus récents")).to_have_attribute("aria-current", "true")
    shown = page.locator(".hits h2").all_inner_texts()
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_role("link", name="Première page")).to_be_visible()
    assert "sort=newest" in page.url
    assert not set(shown) & set(page.locator(".hits h2").all_inner_texts())
    page.reload()
    expect(page.get_by_role("link", name="Première page")).to_be_visible()
    page.get_by_role("link", name="Première page").click()
    expect(page.locator(".hits h2").first).to_have_text(shown[0])


def test_folded_dispatches_unfold(visit):
    page = visit("?q=interpol")
    folded = page.get_by_role("group").filter(has_text="presque identique").first
    expect(folded.get_by_role("link").first).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.get_by_role("link").first).to_be_visible()


def test_new_articles_are_announced(visit):
    page = visit("?q=marrakech")
    page.locator("#summary").evaluate("summary => summary.dataset.total -= 2")  # as if two came since
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#fresh")).to_contain_text("2 nouveaux articles")
    expect(page.get_by_role("status")).to_have_text("2 nouveaux articles")
    page.get_by_role("link", name="Actualiser").click()
    expect(page.locator("#fresh")).to_be_hidden()


@pytest.mark.parametrize("query", ["marrakech", "zzzzz"])
def test_a_newer_article_is_told_of_though_there_are_as_many_or_none_were(visit, query):
    page = visit(f"?q={query}")
    page.wait_for_load_state("networkidle")
    newer = {"total": 1, "hits": [{"id": "new", "published": "2999-01-01"}]}
    page.route("**/api/search?*", lambda route: route.fulfill(json=newer))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#fresh")).to_contain_text("1 nouvel article")


def test_changed_results_are_announced_and_shown(visit):
    page = visit("?q=marrakech")
    page.wait_for_load_state("networkidle")
    fresh = page.locator("#fresh")
    page.locator("#summary").evaluate("summary => summary.dataset.commit -= 1")  # as if there were one since
    with page.expect_response("**/?q=marrakech"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_load_state("networkidle")
    expect(fresh).to_be_hidden()  # nothing that is shown has changed
    page.locator("#summary").evaluate("summary => summary.dataset.commit -= 1")
    page.locator(".hits h2 a").first.evaluate("link => link.textContent = 'Comme avant'")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(fresh).to_contain_text("Des résultats ont changé")
    expect(page.get_by_role("status")).to_have_text("Des résultats ont changé")
    page.get_by_role("link", name="Actualiser").click()
    expect(page.locator(".hits h2 a").first).not_to_have_text("Comme avant")
    expect(fresh).to_be_hidden()


def test_without_a_script_every_step_is_a_link_or_a_form(visit):
    page = visit(java_script_enabled=False)
    page.get_by_role("searchbox").fill("marrakech")
    page.get_by_role("button", name="Rechercher").click()
    before = total(page)
    page.get_by_role("region", name="Source").get_by_role("link").first.click()
    bars(page).last.locator(".reach").click()
    assert total(page) < before
    assert {"q", "since", "until", "source"} <= set(re.findall(r"(\w+)=", page.url))
    page.locator(".hits h2 a").first.click()
    page.get_by_role("link", name="Retour aux résultats").click()
    page.get_by_role("link", name="Tout effacer").click()
    assert page.url.endswith("?q=marrakech")


def test_a_page_that_is_not_ours_is_opened_as_the_browser_does(visit):
    page = visit("?q=marrakech")
    page.route("**/*section=*", lambda route: route.fulfill(status=502, body="bad gateway"))
    page.get_by_role("region", name="Rubrique").get_by_role("link").first.click()
    expect(page.locator("body")).to_have_text("bad gateway")
