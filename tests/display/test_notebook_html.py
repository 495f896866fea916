"""Results show themselves in a notebook: escaped, on their own, and with what was counted."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from newsindex import Article, Hit, Results, Snippet

HOSTILE = '"><script>alert(1)</script>&<b onmouseover=x>'
TAGS = {"a", "b", "div", "li", "mark", "ol", "p", "table", "td", "tr"}


class Reader(HTMLParser):
    """Tags, links and text of a piece of HTML, which must be balanced."""

    def __init__(self, content):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.links, self.attributes, self.text = set(), [], [], set(), ""
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def hit(headline="Un pont", **fields):
    snippet = Snippet("Un pont sur le Bouregreg", ((3, 7),))
    return Hit(Article(headline, **fields), 1.5, Snippet(headline), snippet)


def test_a_page_shows_hits_counts_and_timeline(make_index):
    articles = [
        Article(
            f"Interpol {i}", "La police.", f"Journal {i}", date(2025, 11 + i, 3), f"https://h.example/{i}"
        )
        for i in range(2)
    ]
    index = make_index(articles)
    read = Reader(index.search("interpol", 1, sort="oldest", facets="source", timeline="month")._repr_html_())
    assert "1 of 2 articles" in read.text
    assert "Interpol 0" in read.text
    assert "Journal 1" in read.text
    assert "matches from 2025-11 to 2025-12, at most 1" in read.text
    assert read.links == ["https://h.example/0"]
    assert read.tags <= TAGS


def test_everything_that_comes_from_outside_is_escaped():
    article = Article(HOSTILE, HOSTILE, HOSTILE, section=HOSTILE, url=f"https://h.example/{HOSTILE}")
    found = Hit(article, 1.0, Snippet(HOSTILE, ((0, 3),)), Snippet(HOSTILE, ((2, 10),)), (article,) * 7)
    results = Results(
        (found,), 9, 0.01, facets={HOSTILE: {HOSTILE: 1}}, timeline={HOSTILE: 2}, notes=(HOSTILE,),
        suggestion=HOSTILE,
    )  # fmt: skip
    for content in (results._repr_html_(), found._repr_html_()):
        read = Reader(content)
        assert read.tags <= TAGS
        assert read.attributes <= {
            "aria-label",
            "dir",
            "href",
            "lang",
            "rel",
            "role",
            "style",
            "target",
            "title",
        }
        assert HOSTILE in read.text
        assert set(read.links) == {article.url}
        assert "and 2 more" in read.text


def test_only_addresses_of_the_web_are_links():
    assert Reader(hit(url="javascript:alert(1)")._repr_html_()).links == []
    assert Reader(hit(url="HTTPS://h.example/")._repr_html_()).links == ["HTTPS://h.example/"]
    assert Reader(hit()._repr_html_()).links == []


def test_marks_and_long_facets_are_shown_within_bounds():
    results = Results((hit(),), 1, 0.0, facets={"source": {f"S{i}": 9 for i in range(13)}, "author": {}})
    content = results._repr_html_()
    assert content.count(">pont</mark>") == 1
    assert "and 3 more" in content
    assert "author" not in content


def test_a_page_without_hits_says_so():
    read = Reader(Results((), 0, 0.0, suggestion="interpol")._repr_html_())
    assert "0 articles" in read.text
    assert "Did you mean interpol?" in read.text


@pytest.mark.parametrize("count", [1, 2, 1000])
def test_a_timeline_has_a_column_for_each_period(count):
    timeline = {f"P{i}": i + 1 for i in range(count)}
    content = Results((), 5, 0.0, timeline=timeline)._repr_html_()
    assert content.count('<div title="P') == count
    assert f"matches from P0 to P{count - 1}" in content


def test_the_texts_of_an_article_name_its_language():
    content = hit(lang="ar")._repr_html_()
    assert content.count('<div dir="auto" lang="ar">') == 2
    copy = Hit(Article("Un pont"), 1.5, Snippet("Un pont"), Snippet(""), (Article("Pont", lang="en"),))
    content = copy._repr_html_()
    assert content.count('lang="fr"') == 1
    assert content.count('dir="auto" lang="en"') == 1
