"""The words that stand out, and those that rise: each is a link that narrows the search."""

from __future__ import annotations

import html
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import newsindex
from newsindex import Article
from newsindex.web import Limits, create_app
from newsindex.web.page.page_address import PageAddress
from tests.properties.strategies import corpora, queries, signed_queries

from .test_page_routes import BROWSER, Page

TODAY = date.today()
NEW = [
    Article(f"La neige {i}", f"Le chasse-neige arrive au village {i} & <b>.", id=f"new {i}",
            source="Le Fanal", published=TODAY - timedelta(days=1 + i % 3)) for i in range(6)
]  # fmt: skip
OLD = [
    Article(f"Un sujet {i}", f"La plaine attend la pluie {i}.", id=f"old {i}", source="Le Rivage",
            published=TODAY - timedelta(days=12 + i)) for i in range(9)
]  # fmt: skip


@pytest.fixture
def index(make_index):
    return make_index([*NEW, *OLD])


@pytest.fixture
def ask(index):
    client = TestClient(create_app(index))

    def ask(address, status=200, **headers):
        answer = client.get(address, headers={**BROWSER, **headers})
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    return ask


def searched(page, word):
    """The parameters of the link of a word."""
    links = [parse_qs(urlsplit(link).query) for link in page.links("/?")]
    return next(link for link in links if word in link.get("q", [""])[0].casefold())


def test_the_words_of_a_search_narrow_it(ask, index):
    page = ask("/words?q=neige&source=Le+Fanal&sort=newest")
    assert "Les mots qui ressortent pour «\u00a0neige\u00a0»" in page.text
    assert "6 articles, comparés à 9 autres" in page.text
    link = searched(page, "village")
    assert link["source"] == ["Le Fanal"]
    assert link["q"][0].startswith("neige ET ")
    assert index.search(link["q"][0], limit=0).total == 6


def test_what_the_articles_say_is_escaped(ask):
    page = ask("/words?q=neige&source=Le+Fanal")
    assert page.all("b") == ask("/").all("b"), "only those of the head of the page"
    assert page.all("mark")


def test_the_page_of_results_does_not_compute_them_and_leads_to_them(ask, monkeypatch):
    monkeypatch.setattr(newsindex.Searcher, "words", None)
    page = ask("/?q=neige&source=Le+Fanal&sort=newest")
    assert page.all("a", href="/words?q=neige&source=Le+Fanal")
    assert ask("/").links("/words") == []
    assert "/trends" in ask("/").links("/trends")


def test_trends_are_of_the_last_seven_days_and_each_leads_to_its_articles(ask, index):
    page = ask("/trends")
    assert "Ce qui monte (7 jours)" in page.text
    link = searched(page, "village")
    found = index.search(link["q"][0], since=link["since"][0], limit=0).total
    assert found == 6
    assert date.fromisoformat(link["since"][0]) >= TODAY - timedelta(days=8)


def test_another_period_is_chosen_by_a_link_and_the_filters_stay(ask):
    page = ask("/trends?source=Le+Fanal")
    assert "/trends?source=Le+Fanal&since=30+jours" in page.links("/trends")
    assert "Ce qui monte (30 jours)" in ask("/trends?since=30+jours").text


def test_the_pages_speak_english(ask):
    english = {"Accept-Language": "en"}
    assert "What is rising (7 days)" in ask("/trends", **english).text
    assert searched(ask("/words?q=neige", **english), "village")["q"][0].startswith("neige AND ")


def test_where_no_word_stands_out_the_page_says_so_and_why(ask):
    page = ask("/words?q=absent")
    assert "Aucun mot ne ressort" in page.text
    assert "Aucun article trouvé." in page.text


@pytest.mark.parametrize("page", ["/words", "/trends"])
@pytest.mark.parametrize(
    ("parameters", "detail"),
    [
        ("q=" + "a" * 2_001, "2\u202f001 caractères"),
        ("since=2999", "est dans l’avenir"),
        ("since=jamais", "« jamais » n’est pas une date"),
    ],
)
def test_what_cannot_be_asked_is_said_on_a_page(ask, page, parameters, detail):
    assert detail in ask(f"{page}?{parameters}", 400).text


def test_words_that_take_too_long_are_an_answer_with_status_503(index, monkeypatch):
    def too_long(*args, **options):
        raise newsindex.DeadlineExceeded("too long")

    monkeypatch.setattr(newsindex.Searcher, "words", too_long)
    client = TestClient(create_app(index, limits=Limits(seconds=5)))
    assert client.get("/words?q=neige", headers=BROWSER).status_code == 503
    assert client.get("/?q=neige", headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", '"chasse neige"'),
        ("neige", 'neige ET "chasse neige"'),
        ("neige pluie", '(neige pluie) ET "chasse neige"'),
        ('"la neige" ET pluie', '"la neige" ET pluie ET "chasse neige"'),
        ("(neige pluie) AND vent", '(neige pluie) AND vent ET "chasse neige"'),
        ("neige OU pluie", '(neige OU pluie) ET "chasse neige"'),
        ("-neige", '(-neige) ET "chasse neige"'),
        ("source:Fanal", '(source:Fanal) ET "chasse neige"'),
        ('neige "pluie', '(neige pluie) ET "chasse neige"'),
        ("neige )", 'neige ET "chasse neige"'),
    ],
)
def test_a_narrowed_query_is_as_short_as_it_may_be(query, narrowed):
    assert PageAddress({"q": (query,)} if query else {}).narrowed('"chasse neige"', "ET").query == narrowed


@given(corpora(max_size=20), queries | signed_queries, st.sampled_from(["maroc", '"la neige"']),
       st.sampled_from(["any", "all"]))  # fmt: skip
def test_a_narrowed_search_finds_what_the_search_and_the_word_both_find(articles, query, word, operator):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        index.add(articles)

        def ids(asked):
            return {hit.article.id for hit in index.search(asked, limit=100, operator=operator)}

        narrowed = PageAddress({"q": (query,)} if query.strip() else {}).narrowed(word, "ET").query
        assert ids(narrowed) == ids(query) & ids(word)


def test_the_text_of_the_script_is_in_the_page(index):
    text = TestClient(create_app(index)).get("/?q=neige", headers=BROWSER).text
    script = (Path(newsindex.__file__).parent / "web/static/page.js").read_text()
    said = {re.sub("[A-Z]", lambda m: "-" + m[0].lower(), name) for name in re.findall(r"say\.(\w+)", script)}
    assert all(f"data-{name}=" in html.unescape(text) for name in said)


def test_words_and_examples_have_the_language_of_their_article(make_index):
    arabic = [
        Article(f"الثلج {i}", f"وصلت القافلة إلى القرية {i}.", id=f"new {i}", lang="ar", published=TODAY)
        for i in range(6)
    ]
    index = make_index([*arabic, *OLD])
    assert {word.lang for word in index.words("القرية")} == {"ar"}
    page = Page(TestClient(create_app(index)).get("/words?q=القرية", headers=BROWSER).text)
    assert {example["lang"] for example in page.all("p", **{"class": "example"})} == {"ar"}
    assert {name["lang"] for name in page.all("span", **{"class": "name"}) if "lang" in name} == {"ar"}
    plain = Page(TestClient(create_app(index)).get("/words?q=plaine", headers=BROWSER).text)
    assert {example["lang"] for example in plain.all("p", **{"class": "example"})} == {"fr"}
