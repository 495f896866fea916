"""A standfirst outside of the text is kept in front of it; a caption, a teaser or a letter's box is not."""

from __future__ import annotations

import pytest

import newsindex

HEADLINE = "Pêche : la sardine revient au port"
LEAD = "La criée n'avait pas connu un tel mois depuis dix ans."
TEXT = [
    "Le port a débarqué trente mille tonnes de sardines en février, dit l'office des pêches.",
    "Les mareyeurs n'en espéraient pas la moitié après trois semaines de houle et de vent.",
    "Au marché de gros, le kilo se vendait lundi deux dirhams de moins que l'an passé.",
]
BODY = (
    "".join(f"<p>{paragraph}</p>" for paragraph in TEXT) + f"<p>{'Les bateaux repartiront jeudi. ' * 10}</p>"
)
MARKED = f"<div itemprop='articleBody'>{BODY}</div>"


@pytest.fixture
def body_of(tmp_path):
    def body_of(content, head=""):
        page = (
            f"<!DOCTYPE html><html><head><title>{HEADLINE}</title>{head}</head><body>{content}</body></html>"
        )
        (tmp_path / "a.html").write_text(page)
        (article,) = newsindex.read(tmp_path / "a.html")
        return article.body

    return body_of


NAMES = [
    "chapo",
    "chapeau",
    "lead",
    "standfirst",
    "intro",
    "excerpt",
    "article__chapo",
    "entry-summary",
    "sous-titre",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "layout",
    [
        "<article><h1>{0}</h1><div class='{1}'><p>{2}</p></div><div class='content'>{3}</div></article>",
        "<article><h1>{0}</h1><p class='{1}'>{2}</p>{4}</article>",
        "<header><h1>{0}</h1><p class='{1}'>{2}</p></header><main><article>{3}</article></main>",
        "<div><h1>{0}</h1></div><div class='{1}'>{2}</div><div class='text'>{3}</div>",
        "<section class='{1}'>{2}</section><h1>{0}</h1>{4}",
    ],
)
def test_a_standfirst_is_known_by_its_name(body_of, name, layout):
    body = body_of(layout.format(HEADLINE, name, LEAD, BODY, MARKED))
    assert body.startswith(LEAD + "\n\n" + TEXT[0])
    assert body.count(LEAD) == 1


@pytest.mark.parametrize(
    "content",
    [
        f"<article><h1>{HEADLINE}</h1><div itemprop='description'>{LEAD}</div>{MARKED}</article>",
        f"<article><header><h1>{HEADLINE}</h1><p>{LEAD}</p><p>Par Lina Amrani</p></header>{MARKED}</article>",
        f"<h1>{HEADLINE}</h1><h2>{LEAD}</h2>{MARKED}",
        f"<h1>{HEADLINE}</h1><p data-testid='standfirst'>{LEAD}</p>{MARKED}",
    ],
)
def test_a_standfirst_is_known_by_its_place(body_of, content):
    assert body_of(content).split("\n\n")[:2] == [LEAD, TEXT[0]]


def test_a_standfirst_that_the_page_states_too_is_there_once(body_of):
    head = f'<meta name="description" content="{LEAD}">'
    assert body_of(f"<h1>{HEADLINE}</h1><p class='chapo'>{LEAD}</p>{MARKED}", head).count(LEAD) == 1


OTHER = "Les parasols reviennent sur la plage, dit la commune."


@pytest.mark.parametrize(
    "other",
    [
        f"<div class='intro'><a href='/x'>{OTHER}</a></div>",
        f"<div class='newsletter'><p class='intro'>{OTHER}</p></div>",
        f"<p class='lead'>Inscrivez-vous pour recevoir la lettre. {OTHER}</p>",
        f"<p class='lead-caption'>{OTHER}</p>",
        f"<figure><div class='description'>{OTHER}</div></figure>",
        f"<aside><p class='intro'>{OTHER}</p></aside>",
        f"<div><h3><a href='/y'>Les parasols</a></h3><p class='chapo'>{OTHER}</p></div>",
        f"<article><h2>Les parasols</h2><p class='excerpt'>{OTHER}</p></article>",
        f"<div class='author-intro'>{OTHER}</div>",
        f"<div class='cookie-banner'><p class='intro'>{OTHER}</p></div>",
    ],
)
def test_what_belongs_to_something_else_is_no_standfirst(body_of, other):
    assert body_of(f"<h1>{HEADLINE}</h1>{other}{MARKED}").startswith(TEXT[0])
