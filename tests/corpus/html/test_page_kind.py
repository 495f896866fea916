"""A page without an article is refused by its name; an article that resembles one is read."""

from __future__ import annotations

import pytest

import newsindex
from tests.corpus.error_messages import message

TITLES = [
    "Tanger : le port s'étend",
    "Neige : deux routes coupées",
    "Foot : le derby est reporté",
    "Fès : le pont est refait",
    "Oujda : la pluie revient enfin",
    "Nador : un lycée ouvre mardi",
]
TEXT = "Le conseil a voté mardi la réfection du pont, attendue depuis dix ans par les riverains de l'oued."
TEASER = (
    "La commune attend ce chantier, promis en été, et les élus disent qu'il sera achevé avant la rentrée."
)
TEASERS = "".join(
    f"<article><h2><a href='/{n}'>{title}</a></h2><p>{n}. {TEASER}</p></article>"
    for n, title in enumerate(TITLES)
)
LINKS = "".join(f"<li><a href='/{n}'>{title}</a></li>" for n, title in enumerate(TITLES))
RELATED = "".join(f"<h3><a href='/{n}'>{title}</a></h3>" for n, title in enumerate(TITLES))
CONSENT = """<h1>Vos choix</h1>
<p>Nous et nos partenaires utilisons des cookies pour mesurer l'audience et vous montrer des annonces.</p>
<p>Vous pouvez refuser ou retirer votre consentement à tout moment.</p>"""
ROOT = "<link rel='canonical' href='https://echo.example/'>"


def page(title, body, head=""):
    return (
        f"<!DOCTYPE html><html lang='fr'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


@pytest.fixture
def read(tmp_path):
    def read(content):
        (tmp_path / "a.html").write_text(content)
        corpus = newsindex.read(tmp_path / "a.html")
        return list(corpus), [message(error) for error in corpus.errors]

    return read


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("home page", page("L'Écho", f"<h1>L'Écho</h1>{TEASERS}", ROOT)),
        ("home page", page("L'Écho : toute l'actualité", TEASERS)),
        ("home page", page("L'Écho", f"<ul>{LINKS}</ul>", ROOT)),
        ("section page", page("Sport - L'Écho", f"<h1>Sport</h1>{TEASERS}")),
        ("section page", page("Sport - L'Écho", f"<h1>Sport</h1><p>Le sport ici.</p>{RELATED}")),
        ("search results", page("Résultats de recherche pour « pont »", f"<h1>Résultats</h1>{TEASERS}")),
        ("search results", page("Recherche - L'Écho", f"<h1>Recherche</h1>{TEASERS}")),
        ("search results", page("Résultats de la recherche", "<p>Aucun texte ne répond.</p>")),
        ("error page", page("Page introuvable - L'Écho", "<h1>Oups</h1><p>Cette page a été déplacée.</p>")),
        ("error page", page("404 Not Found", "<h1>404 Not Found</h1><hr>nginx")),
        ("error page", page("Erreur 404 | L'Écho", f"<p>Retour à l'accueil.</p>{TEASERS}")),
        ("error page", page("403 Forbidden", "<h1>Forbidden</h1>")),
        ("error page", page("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>")),
        ("error page", page("L'Écho", "<h1>La page que vous demandez n'existe plus</h1><p>Désolés.</p>")),
        ("JavaScript", page("L'Écho", "<div id='root'></div><noscript>Activez JavaScript.</noscript>")),
        ("JavaScript", page("L'Écho", "<p>JavaScript est désactivé dans votre navigateur.</p>")),
        ("cookies", page("L'Écho", CONSENT)),
        ("log in", page("Connexion", "<h1>Connexion</h1><p>Identifiant</p><p>Mot de passe</p>")),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_by_its_name(read, kind, content):
    articles, (error,) = read(content)
    assert articles == []
    assert kind in error
    assert "not an article: " in error


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (TITLES[3], f"<p>{TEXT}</p><div><h2>À lire aussi</h2>{RELATED}</div>"),
        ("500 migrants secourus au large de Nador", f"<p>{TEXT}</p>"),
        ("404, le film, sort à Fès mardi", f"<p>{TEXT}</p>"),
        ("Le document que l'on disait introuvable", f"<p>{TEXT}</p>"),
        ("L'université de Fès recrute - Recherche", f"<p>{TEXT}</p>"),
        ("Une amende pour ses cookies", "<p>La Commission inflige une amende pour des cookies déposés sans"
         " consentement, dit-elle mardi.</p><p>Les internautes ne pouvaient refuser les cookies.</p>"),
        ("Le langage JavaScript a trente ans", f"<p>{TEXT}</p><p>JavaScript reste activé partout.</p>"),
        (TITLES[0], f"<noscript>JavaScript est désactivé.</noscript><p>{TEXT}</p>"),
        (TITLES[0], "".join(f"<p>{n}. {TEXT}</p>" for n in range(6)) + TEASERS),
    ],
)  # fmt: skip
def test_an_article_that_resembles_such_a_page_is_read(read, title, body):
    (article,), errors = read(page(title, f"<h1>{title}</h1>{body}"))
    assert article.headline == title
    assert errors == []


def test_an_article_on_a_page_that_states_the_front_page_as_its_address_is_read(read):
    body = f"<h1>{TITLES[0]}</h1>" + "".join(f"<p>{n}. {TEXT}</p>" for n in range(6))
    (article,), _ = read(page(TITLES[0], body + TEASERS, ROOT))
    assert article.body.count(TEXT) >= 6


def test_of_a_page_of_very_many_elements_the_text_is_read_all_the_same(read):
    body = "".join(f"<p>{n}. {TEXT}</p>" for n in range(21_000))
    (article,), errors = read(page(TITLES[0], f"<article><h1>{TITLES[0]}</h1>{body}</article>"))
    assert (article.headline, article.body.count(TEXT), errors) == (TITLES[0], 21_000, [])
