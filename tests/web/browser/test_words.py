"""A reader looks at the words that stand out, with a script and without one."""

from __future__ import annotations

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

NARROWED = re.compile("^pluie ET ")


def panel(page):
    return page.get_by_role("region", name="Mots qui ressortent")


def test_the_words_come_into_the_panel_and_one_narrows_the_search(visit, keep):
    page = visit("?q=pluie")
    before = int(page.locator("#summary").get_attribute("data-total"))
    panel(page).get_by_role("link", name="Montrer ces mots").click()
    word = panel(page).get_by_role("listitem").first.get_by_role("link")
    expect(word).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("mots")
    keep(page, "words panel")
    count = int(word.locator(".number").inner_text().split()[0])
    word.click()
    expect(page.locator("#q")).to_have_value(NARROWED)
    assert count <= int(page.locator("#summary").get_attribute("data-total")) < before


def test_without_a_script_the_words_have_a_page_of_their_own(visit):
    page = visit("?q=pluie", java_script_enabled=False)
    panel(page).get_by_role("link", name="Montrer ces mots").click()
    expect(page.locator("#summary")).to_contain_text("Les mots qui ressortent pour «\u00a0pluie\u00a0»")
    page.locator("#words-found a").first.click()
    expect(page.locator("#q")).to_have_value(NARROWED)


def test_what_takes_too_long_is_said_in_the_panel(visit):
    page = visit("?q=pluie")
    page.route("**/words?*", lambda route: route.fulfill(status=503, body="<p>busy</p>"))
    panel(page).get_by_role("link", name="Montrer ces mots").click()
    expect(panel(page)).to_contain_text("Le calcul a pris trop de temps")


def test_trends_are_reached_from_the_start_page(visit):
    page = visit()
    page.get_by_role("link", name="Ce qui monte").first.click()
    expect(page.locator("#summary")).to_contain_text("Ce qui monte (7 jours)")
    page.get_by_role("link", name="30 jours").click()
    expect(page.locator("#summary")).to_contain_text("Ce qui monte (30 jours)")


def test_a_word_that_rose_leads_to_its_articles_of_that_time(visit):
    page = visit("trends?since=2025-11")
    page.locator("#words-found a").first.click()
    expect(page.get_by_role("list", name="Filtres actifs")).to_contain_text("Période")
    assert "since=2025-11-01" in page.url
