"""Each text of an article has the direction of its own language, whatever the language of the page is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import create_app
from tests.web.page_states import ARABIC

VOID = {"meta", "link", "input", "br", "img", "hr", "line", "rect", "path", "circle", "use", "polyline"}
LETTER = re.compile("[\u0600-\u06ff]")
ADDRESSES = [
    "/?q=طنجة",
    "/?q=طنجة&source=هسبريس&collapse=false",
    "/?source=غير+موجود",
    f"/article?id={ARABIC.id}&q=طنجة".replace("&<", "%26<"),
    "/article?id=copy",
    "/article?id=french",
    "/compare?q=طنجة&q=neige&source=هسبريس",
    "/words?q=طنجة",
    "/alerts",
    "/alerts?name=طنجة",
    "/?q=طنجة&since=غدا",
]


class Texts(HTMLParser):
    """The texts and values of a page in Arabic letters, each with the elements around it."""

    def __init__(self, html):
        super().__init__()
        self.around = []
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if (
            tag == "input"
            and attributes.get("type") != "hidden"
            and LETTER.search(attributes.get("value") or "")
        ):
            self.found.append((attributes["value"], [(tag, attributes)]))
        if tag not in VOID:
            self.around.append((tag, attributes))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.around.pop()[0] == tag

    def handle_data(self, data):
        if LETTER.search(data):
            self.found.append((data.strip(), list(self.around)))


@pytest.fixture
def client(make_index):
    copy = Article(ARABIC.headline, ARABIC.body, "الثاني", lang="ar", id="copy")
    index = make_index([ARABIC, copy, Article("Tanger", "Le mot طنجة se lit ici.", lang="fr", id="french")])
    index.alerts.add("طنجة", "طنجة", section="سياسة")
    index.add([Article("طنجة مرة أخرى", "خبر قصير عن المدينة.", lang="ar", id="new")])
    return TestClient(create_app(index, token="geheim"), headers={"Accept": "text/html"})


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_text_in_another_script_has_its_own_direction(client, address):
    texts = Texts(client.get(address).text)
    assert texts.found
    for text, around in texts.found:
        tags = [tag for tag, _ in around]
        is_isolated = "\u2068" in text or "bdi" in tags or any(of.get("dir") == "auto" for _, of in around)
        assert is_isolated or {"svg", "title"} & set(tags), f"{text!r} in {tags}"


def test_the_language_of_each_article_is_named_where_it_is_known(client):
    for address in ("/?q=طنجة", "/article?id=french"):
        assert 'lang="ar"' in client.get(address).text
    folded = client.get("/?q=طنجة").text
    assert re.search(r'<ul>\s*<li lang="ar"><a dir="auto"', folded), "also of a folded dispatch"
