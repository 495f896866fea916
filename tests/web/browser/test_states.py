"""Every state of the page, judged by axe, in light and dark, wide and narrow, in French and English."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

import newsindex
from tests.web.page_states import STATES, address_of, applications, fill

from .conftest import serving_application
from .test_accessibility import PHONE, WIDE, violations

READERS = {
    "wide, light, French": WIDE | {"color_scheme": "light"},
    "phone, dark, English": PHONE | {"color_scheme": "dark", "locale": "en-GB"},
}
LOW = """() => [...document.querySelectorAll("a:not(.skip, svg a), button, summary")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
  .map((one) => one.outerHTML)"""
CUT_OFF = """() => [...document.querySelectorAll("#main h1, #main h2, #main p, .help-panel dt")]
  .filter((one) => one.checkVisibility() && !one.classList.contains("unseen"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The applications that show the states, and the index of most of them."""
    folder = tmp_path_factory.mktemp("states")
    with (
        newsindex.create(folder / "presse.newsindex") as index,
        newsindex.create(folder / "vide.newsindex") as empty,
    ):
        fill(index)
        yield applications(index, empty), index


@pytest.fixture(scope="module")
def served(pages):
    """The address of a server of all states, each behind the name of its application."""
    shown_by, _ = pages
    mounted = Starlette(routes=[Mount(f"/{name}", shown) for name, shown in shown_by.items()])
    with serving_application(mounted) as address:
        yield address


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_and_a_finger_hits_what_is_to_be_hit(visit, keep, pages, name, reader):
    state = STATES[name]
    page = visit(f"{state.shown_by}/{address_of(state, pages[1])}", **READERS[reader])
    page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    keep(page, f"{name}, {reader}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(LOW) == []
