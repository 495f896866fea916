"""The page without a script: what it shows, in which language, under which prefix; and that it escapes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import Limits, create_app

BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "fr"}
SCRIPT = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
ARTICLES = [
    Article(
        "Interpol à Marrakech",
        "Les polices se réunissent.\n\nInterpol parle.",
        "Le Fanal",
        date(2026, 1, 1),
        url="https://fanal.example/a?b=c&d=é#f",
        section="Monde",
        author="Nadia Alaoui",
    ),
    Article("Interpol quitte Lyon", "Le siège déménage.", "Le Rivage", date(2026, 2, 3), section="Monde"),
    Article("La neige à Ifrane", "Il a neigé.", "Le Fanal", datetime(2025, 12, 2, 13, 5, tzinfo=UTC)),
]


class Page(HTMLParser):
    """The elements of a page, and the text in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag, **wanted):
        return [of for name, of in self.elements if name == tag and wanted.items() <= of.items()]

    def links(self, start="/"):
        return [of["href"] for of in self.all("a") if (of.get("href") or "").startswith(start)]


@pytest.fixture
def ask(make_index):
    """A function that gets an address of the page over some articles, in French."""

    def make(*articles, prefix=""):
        app = create_app(make_index(articles or ARTICLES))
        if prefix:
            app = Starlette(routes=[Mount(prefix, app)])
        client = TestClient(app, base_url="http://localhost", headers=BROWSER)

        def get(address, status=200, **options):
            response = client.get(prefix + address, **options)
            assert response.status_code == status, response.text
            assert response.headers["content-type"] == "text/html; charset=utf-8"
            return Page(response.text)

        get.client = client
        return get

    return make


def test_a_search_shows_hits_with_marks_source_and_french_date(ask):
    page = ask()("/?q=interpol")
    assert "2 articles pour «\u00a0interpol\u00a0»" in page.text
    assert "1er janvier 2026" in page.text
    assert "Le Fanal" in page.text
    assert len(page.all("mark")) >= 2


def test_without_a_query_the_newest_articles_come_first(ask):
    page = ask()("/")
    assert page.text.index("quitte Lyon") < page.text.index("à Marrakech") < page.text.index("neige")


def test_a_moment_is_shown_as_the_clocks_of_the_index_show_it(ask):
    assert "2 décembre 2025, 14 h 05" in ask()("/?q=neige").text


def test_the_browser_the_cookie_and_the_address_choose_the_language(ask):
    get = ask()
    english = get("/?q=interpol", headers={"Accept-Language": "de, en-GB; q=0.8, fr;q=0.5"})
    assert "1 January 2026" in english.text
    assert english.all("html", lang="en")
    assert get("/", headers={"Accept-Language": "ja"}).all("html", lang="fr")
    assert get("/", headers={"Accept-Language": "fr;q=0.5,en;Q=0.8"}).all("html", lang="en")
    assert get("/?ui=en").all("html", lang="en")
    assert get("/").all("html", lang="en"), "the cookie remembers it"
    assert get("/?ui=fr").all("html", lang="fr")


def test_the_link_to_the_other_language_keeps_the_search(ask):
    link = next(iter(ask()("/?q=interpol&source=Le+Fanal").all("a", id="language")))["href"]
    assert parse_qs(urlsplit(link).query) == {"q": ["interpol"], "source": ["Le Fanal"], "ui": ["en"]}


@pytest.mark.parametrize("path", ["/nowhere", "//elsewhere.example/x", "/a%3Fb%22%3E"])
def test_the_link_to_the_other_language_stays_on_this_host(ask, path):
    get = ask()
    page = Page(get.client.get(f"http://localhost{path}").text)
    link = urlsplit(next(iter(page.all("a", id="language")))["href"])
    assert not link.netloc
    assert link.path == "/" + path.strip("/")


@pytest.mark.parametrize("field", ["headline", "body", "source", "section", "author", "abstract", "id"])
def test_what_stands_in_an_article_is_escaped(ask, field):
    article = Article(**{"headline": "neige", "id": "x", field: f"neige {SCRIPT}"})
    get = ask(article, Article("Autre", section="A", source="B", author="C"))
    for address in ("/", "/?q=neige", f"/article?id={'x' if field != 'id' else ''}"):
        status = 404 if address.endswith("id=") else 200
        page = get(address, status)
        assert not page.all("img")
        assert [script for script in page.all("script") if "src" not in script] == []
        assert not any(name.startswith("on") for _, of in page.elements for name in of)
    assert SCRIPT in get("/").text or field in ("abstract", "id")


@pytest.mark.parametrize("name", ["q", "source", "since", "sort", "after", "id", "ui", "nobody"])
@pytest.mark.parametrize("path", ["/", "/article"])
def test_what_stands_in_an_address_is_escaped(ask, path, name):
    get = ask()
    response = get.client.get(path, params={name: SCRIPT})
    page = Page(response.text)
    assert response.status_code in (200, 400, 404)
    assert not page.all("img")
    assert [script for script in page.all("script") if "src" not in script] == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "JaVaScRiPt://x/%0aalert(1)",
                                 "https://[", "ftp://x.example/a"])  # fmt: skip
def test_only_addresses_of_the_web_become_links(ask, url):
    page = ask(Article("Neige", "Il a neigé.", url=url, id="x"))("/article?id=x")
    assert url not in [of.get("href") for _, of in page.elements]
    assert not [of for of in page.all("a") if "rel" in of]


def test_an_article_is_shown_marked_with_its_source_and_the_way_back(ask):
    get = ask()
    results = get("/?q=interpol&section=Monde")
    link = next(link for link in results.links("/article?") if "fanal.example" in link)
    page = get(link)
    assert page.text.count("Interpol") >= 2
    assert len(page.all("mark")) == 2
    source = page.all("a", href=ARTICLES[0].url)
    assert source[0]["rel"] == "noopener noreferrer"
    assert "/?q=interpol&section=Monde" in page.links()


def test_of_a_long_article_the_page_shows_the_beginning_and_links_to_the_whole(make_index):
    article = Article("Neige " * 60, "Il neige. " * 60, abstract="Neige " * 60, id="a/b?c")
    client = TestClient(create_app(make_index([article]), limits=Limits(article=100)), headers=BROWSER)
    answer = client.get("/article?q=neige&id=a/b?c")
    page = Page(answer.text)
    assert "Seuls les 100 premiers caractères" in page.text
    assert page.text.count("neige.") == 10
    assert len(answer.text) < 8_000
    (whole,) = page.links("/api/articles")
    assert client.get(whole).json()["body"] == article.body
    assert "premiers caractères" not in client.get("/article?id=nobody").text


def test_a_page_of_fifteen_million_characters_is_short(make_index):
    body = "La neige tombe sur Ifrane.\n" * (15_000_000 // 27)
    client = TestClient(create_app(make_index([Article("Neige", body, id="x")]), limits=Limits(seconds=60)))
    assert len(client.get("/article?q=neige&id=x").content) < 1_000_000


def test_a_long_headline_is_short_in_lists(make_index):
    articles = [Article("Neige " * 50_000, "Il neige. " * 9, source, id=source) for source in "ab"]
    client = TestClient(create_app(make_index(articles)), headers=BROWSER)
    for address in ("/?q=neige", "/", "/?q=neige&collapse=false"):
        assert len(client.get(address).text) < 50_000
    assert client.get("/article?id=a").text.count("Neige") < 50_000


def test_an_article_that_is_not_there_is_a_page_of_its_own(ask):
    assert "pas dans l’index" in ask()("/article?id=nobody", 404).text


def test_an_address_that_is_none_is_a_page_too(ask):
    get = ask()
    assert "Cette page n’existe pas" in get("/nowhere/at/all", 404).text
    answer = get.client.get("/nowhere", headers={"Accept": "*/*"})
    assert answer.headers["content-type"] == "application/problem+json", "a program gets what it can read"


def test_a_query_that_cannot_be_read_says_what_to_do(ask):
    page = ask()("/?q=neige&since=bientot&source=Le+Fanal", 400)
    assert "« bientot » n’est pas une date" in page.text
    assert "Chercher sans les filtres" in page.text
    assert "/?q=neige" in page.links()
    assert page.all("input", name="q")[0]["value"] == "neige"


def test_an_empty_index_says_how_to_fill_it(make_index):
    client = TestClient(create_app(make_index()), base_url="http://localhost")
    assert "newsindex index" in client.get("/").text


def test_no_results_offer_a_way_on(ask):
    page = ask()("/?q=girafe&source=Le+Fanal&operator=all")
    assert {"/?q=girafe&operator=all", "/?q=girafe&source=Le+Fanal", "/"} <= set(page.links())


def test_without_results_the_filters_are_to_blame_where_there_are_some_without(ask):
    page = ask()("/?q=interpol&source=Nulle+part")
    assert "2 articles sans les filtres" in page.text
    assert "orthographe" not in page.text
    assert "/?q=interpol" in page.links()
    assert not page.links("/api/search.csv")
    assert "Montrer toutes les dépêches" not in page.text
    nothing = ask()("/?q=girafe&source=Le+Fanal")
    assert "sans les filtres" not in nothing.text
    assert "orthographe" in nothing.text


def test_facets_lead_to_narrower_searches_and_back(ask):
    get = ask()
    assert "/?q=interpol&source=Le+Fanal" in get("/?q=interpol").links()
    narrowed = get("/?q=interpol&source=Le+Fanal")
    assert "1 article" in narrowed.text
    assert "/?q=interpol" in narrowed.links(), "the filter can be taken away"
    assert "/?q=interpol&source=Le+Rivage" in narrowed.links(), "or be exchanged"


def test_spellings_that_a_filter_takes_for_one_are_one_choice_that_is_chosen_once(ask):
    sources = ["L'Echo de Fès", "L'Écho de Fès", "L'Écho de Fès", "Le Rif"]
    get = ask(*(Article("Interpol", source=source, id=str(i)) for i, source in enumerate(sources)))
    choices = [link for link in get("/?q=interpol").links() if "source=" in link]
    assert [parse_qs(urlsplit(link).query)["source"] for link in choices] == [["L'Écho de Fès"], ["Le Rif"]]
    chosen = get(choices[0]).all("a", **{"aria-current": "true"})
    assert len([of for of in chosen if of["href"] == "/?q=interpol"]) == 1


def test_a_period_says_how_many_articles_without_a_date_it_leaves_out(ask):
    get = ask(*ARTICLES, Article("Interpol sans date", "Interpol parle."))
    told = "Articles sans date, qui ne sont donc pas dans la période\u00a0: 1."
    assert told in get("/?q=interpol&since=2026").text
    assert told not in get("/?q=interpol").text


def test_each_bar_of_the_chart_is_a_link_with_a_name(ask):
    page = ask()("/?q=interpol")
    bars = [of for of in page.all("a") if "data-since" in of]
    assert bars[0]["aria-label"] == "1er janvier 2026\u00a0: 1 article"
    assert bars[0]["href"] == "/?q=interpol&since=2026-01-01&until=2026-01-01"
    assert sum(int(of["data-count"]) for of in bars) == 2


def test_the_chart_of_a_chosen_period_reaches_over_all_of_it(ask):
    bars = [
        of["data-since"]
        for of in ask()("/?q=interpol&since=2026-01&until=2026-01").all("a")
        if "data-since" in of
    ]
    assert (bars[0], bars[-1], len(bars)) == ("2026-01-01", "2026-01-31", 31)


def test_one_day_with_articles_is_one_bar(ask):
    bars = [of["data-since"] for of in ask()("/?q=neige").all("a") if "data-since" in of]
    assert bars == ["2025-12-02"]


def test_one_wrong_date_does_not_spoil_the_chart(ask):
    page = ask(*ARTICLES, Article("Faute de frappe", published=date(9999, 1, 1)))("/")
    bars = [of for of in page.all("a") if "data-since" in of]
    assert sum(int(of["data-count"]) for of in bars) == 3
    assert len(bars) < 60
    assert "1 article d’une autre époque" in page.text


def test_what_is_dated_in_the_future_is_neither_the_latest_nor_on_the_chart(ask):
    later = [Article(f"Plus tard {day}", published=date(2999, 1, day), id=f"l{day}") for day in (1, 2)]
    get = ask(*ARTICLES, *later)
    page = get("/?limit=2")
    assert page.text.index("quitte Lyon") < page.text.index("Plus tard ")
    assert sum(int(of["data-count"]) for of in page.all("a") if "data-since" in of) == 3
    assert "2 articles d’autres époques" in page.text
    (newest,) = [of for of in page.all("a", **{"aria-current": "true"}) if "limit" in of["href"]]
    assert newest["href"] == "/?limit=2"
    seen, address = [], "/?limit=2"
    while address:
        following = get.client.get(address).text
        seen += re.findall(r"<h2.*?>([^<]+)</a></h2>", following)
        address = next((of["href"] for of in Page(following).all("a", rel="next")), None)
    assert seen[:1] + seen[3:] == ["Interpol quitte Lyon", "Interpol à Marrakech", "La neige à Ifrane"]
    assert set(seen[1:3]) == {"Plus tard 1", "Plus tard 2"}


def test_what_is_dated_in_the_future_is_found_where_its_time_is_asked_for(ask):
    page = ask(*ARTICLES, Article("Plus tard", published=date(2999, 1, 1)))("/?since=2999")
    assert "Plus tard" in page.text
    assert [of["data-since"] for of in page.all("a") if "data-since" in of] == ["2999-01-01"]


def test_a_chosen_value_is_marked_however_it_is_written(ask):
    page = ask(*ARTICLES, Article("Azrou", source="L'Écho de l'Atlas"))("/?source=l'echo+DE+l'atlas")
    order, value = page.all("a", **{"aria-current": "true"})
    assert parse_qs(urlsplit(order["href"]).query) == {"source": ["l'echo DE l'atlas"]}
    assert value["href"] == "/"


def test_several_values_of_a_filter_are_chips_that_are_removed_one_by_one(ask):
    get = ask(*ARTICLES, Article("Interpol ailleurs", source="Le Phare"))
    page = get("/?q=interpol&source=le+fanal&source=Le+Phare&section=")
    assert "2 articles" in page.text
    chips = [of["href"] for of in page.all("a", **{"class": "chip"})]
    assert chips == ["/?q=interpol&source=Le+Phare", "/?q=interpol&source=le+fanal"]
    values = [of["href"] for of in page.all("a", **{"aria-current": "true"}) if "sort" not in of["href"]]
    assert set(chips) <= set(values)
    hidden = [of["value"] for of in page.all("input", name="source", form="search")]
    assert hidden == ["le fanal", "Le Phare"]
    (article, *_) = page.links("/article?")
    assert parse_qs(urlsplit(article).query)["source"] == ["le fanal", "Le Phare"]
    for link in page.links("/api/"):
        assert get.client.get(link).status_code == 200


def test_a_blank_parameter_is_as_none(ask):
    page = ask()("/?q=interpol&since=%20&source=+")
    assert "2 articles" in page.text
    assert not page.all("a", **{"class": "chip"})


def test_the_cookie_of_the_language_is_only_sent_where_it_is_safe(make_index):
    app = create_app(make_index(ARTICLES))
    for scheme in ("http", "https"):
        cookie = TestClient(app, base_url=f"{scheme}://localhost").get("/?ui=en").headers["set-cookie"]
        assert ("Secure" in cookie) == (scheme == "https")


def test_near_identical_dispatches_are_folded_and_unfolded(ask):
    body = "Le ministre a annoncé mardi à Rabat un plan de douze milliards pour les barrages du royaume, " * 3
    get = ask(
        *(Article("Un plan pour les barrages", body + source, source) for source in ("Un", "Deux", "Trois"))
    )
    assert "2 dépêches presque identiques" in get("/?q=barrages").text
    assert len(get("/?q=barrages").all("article")) == 1
    assert len(get("/?q=barrages&collapse=false").all("article")) == 3


def test_pages_follow_one_another_without_a_gap(ask):
    get = ask(*(Article(f"Neige {i}", published=date(2026, 1, i + 1), id=str(i)) for i in range(7)))
    seen, address = [], "/?q=neige&sort=oldest&limit=3"
    while address:
        page = get(address)
        seen += re.findall(r"Neige (\d)\n", page.text)
        address = next((of["href"] for of in page.all("a", rel="next")), None)
        if "after=" in (address or ""):
            assert "after" not in (page.all("a", rel="first") or [{"href": ""}])[0]["href"]
    assert seen == list("0123456")


def test_the_search_can_be_taken_along_as_a_feed_and_as_csv(ask):
    get = ask()
    for link in get("/?q=interpol&source=Le+Fanal&sort=newest&limit=5").links("/api/"):
        assert get.client.get(link).status_code == 200


def test_the_link_to_csv_says_how_many_rows_there_are_at_most(make_index):
    client = TestClient(create_app(make_index(ARTICLES), limits=Limits(rows=2)), base_url="http://localhost")
    client.headers["Accept-Language"] = "fr"
    assert "Exporter les 2 premiers en CSV" in client.get("/").text
    assert "Exporter en CSV" in client.get("/?q=interpol").text


def test_every_link_stays_under_the_prefix(ask):
    get = ask(prefix="/presse")
    for address in (
        "/",
        "/?q=interpol",
        "/article?id=" + "https%3A%2F%2Ffanal.example%2Fa%3Fb%3Dc%26d%3D%C3%A9%23f",
        "/?since=x",
    ):
        page = Page(get.client.get("/presse" + address).text)
        for _, of in page.elements:
            for name in ("href", "src", "action"):
                if (of.get(name) or "").startswith("/"):
                    assert of[name].startswith("/presse/")
    assert get.client.get("/presse/static/page.js").status_code == 200


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("page.js", "text/javascript"), ("page.css", "text/css"), ("icon.svg", "image/svg+xml")],
)
def test_scripts_and_styles_have_their_types_whatever_the_system_believes(ask, monkeypatch, name, media_type):
    """A program that was installed on Windows may have given their suffixes other types."""
    monkeypatch.setattr("mimetypes.guess_type", lambda name: ("text/plain", None))
    answer = ask().client.get(f"/static/{name}")
    assert answer.headers["content-type"].split(";")[0] == media_type


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(ask):
    page = ask()("/?q=interpol")
    assert not page.all("style")
    assert not any("style" in of for _, of in page.elements)
    sources = [
        of.get("src") or of.get("href") for tag, of in page.elements if tag in ("script", "link", "img")
    ]
    assert all(source.startswith("/") for source in sources)
