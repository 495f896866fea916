"""The headline of a page is what its data, headings and title agree on: no logo, kicker or section."""

from __future__ import annotations

import json

import lxml.html
import pytest

from newsindex.corpus.html.page_headline import PageHeadline
from newsindex.corpus.html.structured_data import PageData

HEADLINE = "Pêche : la sardine revient au port"
SITE = "L'Écho du Rif"


def headline(head="", body=""):
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = PageHeadline(tree, PageData(tree))
    return found.text, found.site


def title(text):
    return f"<title>{text}</title>"


def og(text):
    return f'<meta property="og:title" content="{text}">'


def named(text=SITE):
    return f'<meta property="og:site_name" content="{text}">'


def linked(*objects):
    return f'<script type="application/ld+json">{json.dumps({"@graph": objects})}</script>'


ARTICLE = f"<article><h2>{HEADLINE}</h2></article>"
SEPARATORS = [" - ", " – ", " — ", " | ", "|", " • ", " · ", " :: ", " » ", " ~ ", " / ", "\u00a0| ", " ||| "]


@pytest.mark.parametrize("separator", [*SEPARATORS, " : "])
def test_the_name_of_the_site_is_taken_off_in_any_typography(separator):
    both = HEADLINE + separator + SITE
    assert headline(og(both) + named())[0] == HEADLINE
    assert headline(title(both), f"<h1>{HEADLINE}</h1>") == (HEADLINE, SITE)
    assert headline(title(both), f"<h1>{SITE}</h1>{ARTICLE}") == (HEADLINE, SITE)
    assert headline(title(SITE + separator + HEADLINE) + named())[0] == HEADLINE


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_title_alone_is_split_where_a_name_ends_it(separator):
    assert headline(title(HEADLINE + separator + SITE)) == (HEADLINE, SITE)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<h1><a href='/'>{SITE}</a></h1>{ARTICLE}"),
        ("", f"<h1 class='site-title'>{SITE}</h1><h1>{HEADLINE}</h1>"),
        (named(), f"<h1>{SITE}</h1>{ARTICLE}"),
        (title(f"{HEADLINE} - {SITE}"), f"<h1>{SITE.upper()}</h1>{ARTICLE}"),
        (title(f"{HEADLINE} - {SITE}"), f"<h1><a href='/'><img alt=\"{SITE}\"></a></h1>{ARTICLE}"),
        (title(f"{HEADLINE} - {SITE}"), f"<h1>Pêche</h1>{ARTICLE}"),
        (title(f"{HEADLINE} - {SITE}"), f"<h1>{SITE}</h1><h1>Pêche</h1><h1>{HEADLINE}</h1>"),
        (title(f"{HEADLINE} - Mer - {SITE}"), f"<h1>{HEADLINE}</h1>"),
        (title(f"{HEADLINE} | Mer | {SITE}"), ""),
        (title(f"{HEADLINE} - {SITE}"), f"<h1><span>Mer</span> {HEADLINE}</h1>"),
        (title(f"{HEADLINE} - {SITE}"), f"<h1>{SITE}</h1><article><h3>{HEADLINE}</h3></article>"),
        (title(f"{SITE} : {HEADLINE}"), f"<h1>{SITE}</h1>{ARTICLE}"),
        (og("Pêche") + title(f"{HEADLINE} | {SITE}"), f"<h1>{HEADLINE}</h1>"),
        (og("Pêche"), f"<h1>{HEADLINE}</h1>"),
        (og(SITE) + named() + title(f"{HEADLINE} | {SITE}"), f"<h1>{HEADLINE}</h1>"),
        (og(SITE) + title(f"{HEADLINE} - {SITE}"), ARTICLE),
        (og("Pêche : la sardine…"), f"<h1>{HEADLINE}</h1>"),
        (title(SITE), f"<h1>{SITE}</h1><div itemprop='headline'>{HEADLINE}</div>"),
        (title(SITE), f"<h1><a href='/'>{SITE}</a></h1><div class='article-title'>{HEADLINE}</div>"),
        (
            linked({"@type": "WebSite", "name": SITE}, {"@type": "NewsArticle", "headline": HEADLINE}),
            f"<h1>{SITE}</h1>",
        ),
        (linked({"@type": "NewsArticle", "headline": "Pêche"}) + og(HEADLINE), f"<h1>{HEADLINE}</h1>"),
        (
            linked(
                {"@type": "NewsArticle", "headline": "Un tout autre article", "url": "https://e.example/a"},
                {"@type": "NewsArticle", "headline": HEADLINE, "url": "https://e.example/b"},
            )
            + "<link rel='canonical' href='https://e.example/b'>",
            "",
        ),
    ],
)  # fmt: skip
def test_a_full_headline_goes_before_a_logo_a_section_and_a_kicker(head, body):
    assert headline(head, body)[0] == HEADLINE


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("", "<h1>Archaïsme</h1>", "Archaïsme"),
        (title("Archaïsme - AOC"), "<h1>Archaïsme</h1>", "Archaïsme"),
        (title("Archaïsme : un mot de la retraite"), "<h1>Archaïsme : un mot de la retraite</h1>", None),
        (title("Fès : un pont - enfin"), "", "Fès : un pont - enfin"),
        (title("Accueil"), "<h2>Un sous-titre de la page</h2>", None),
        ("", "<h1><a href='/'>L'Écho</a></h1>", "L'Écho"),
        ("", "", ""),
    ],
)
def test_what_is_the_only_headline_is_kept_as_it_is(head, body, expected):
    own = expected if expected is not None else body.partition(">")[2].partition("<")[0]
    assert headline(head, body)[0] == own
