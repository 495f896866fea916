"""Recognises the pages of a site that are no articles, so that they are refused by their name.

A page that states in its data that it is an article is one, unless it has no text: a crawler may have been
given a notice in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

import lxml.html

from .boilerplate import fold
from .html_tree import element_text
from .site_names import SiteNames, is_logo
from .structured_data import PageData

ERROR_PAGE: Final = "error page"
SCRIPT_PAGE: Final = "page that needs JavaScript"
CONSENT_PAGE: Final = "notice about cookies"
LOGIN_PAGE: Final = "page to log in"
SEARCH_PAGE: Final = "page of search results"
HOME_PAGE: Final = "home page"
SECTION_PAGE: Final = "section page"

_ADVICE: Final = {
    ERROR_PAGE: "the site gave it in the place of the article",
    SCRIPT_PAGE: "save the article from a browser after it has loaded",
    CONSENT_PAGE: "answer it in a browser, then save the article",
    LOGIN_PAGE: "log in with a browser, then save the article",
    SEARCH_PAGE: "save the articles that it lists",
    HOME_PAGE: "save the articles that it lists",
    SECTION_PAGE: "save the articles that it lists",
}
_ERROR: Final = re.compile(
    r"(?:(?:erreur|error|http)\W*)?(?:40[0134]|410|429|50[0234])\W*"
    r"|(?:erreur|error|http)\W*(?:40[0134]|410|429|50[0234])\b.*"
    r"|(?:40[0134]|410|429|50[0234])\W+(?:erreur|error|page|not|forbidden|bad|internal|service|gateway|acces)\b.*"
    r"|(?:.*\W)?(?:page|article|contenu|document|adresse|url|fichier)s? "
    r"(?:est |n'a |(?:web )?(?:demande|recherche|sollicite)e? |(?:que vous|you) .{1,40}? ){0,3}"
    r"(?:introuvable|inexistante?|non[- ]trouvee?|not found|n'existe (?:pas|plus)|pas (?:ete )?trouvee?"
    r"|n'est (?:pas|plus) disponible|does not exist|unavailable)\W*"
    r"|(?:forbidden|access denied|not found|internal server error|bad (?:gateway|request)|gateway time-?out"
    r"|service (?:temporarily )?unavailable)\b.{0,40}"
    r"|acces (?:refuse|interdit)\W*|service (?:temporairement )?indisponible\W*|(?:site )?en maintenance\W*"
    r"|just a moment\W*|attention required\b.{0,40}|un (?:instant|moment)(?: s'il vous plait)?\W*"
    r"|verification (?:de securite|en cours)\W*|(?:are you a robot|etes-vous un robot|captcha)\W*"
    r"|ou?ps\W*(?:.*\b(?:page|erreur|probleme|error)\b.*)?|une erreur (?:est survenue|s'est produite)\W*"
)
_SCRIPT: Final = re.compile(
    r"(?:activ|enabl|turn on|requi|necessi|besoin d|needs?|autoris|support)\w*\W.{0,60}java ?script"
    r"|java ?script.{0,60}(?:desactive|disabled|activ|enabled|requi|necessaire|indispensable|turned off)"
)
_CONSENT: Final = re.compile(
    r"\bcookies?\b|\btraceurs?\b|consentement|consent\b|vos donnees|donnees personnelles|partenaires"
    r"|vie privee|privacy|tout (?:accepter|refuser)|(?:accepter|refuser|continuer sans)"
)
_CONSENT_SIGNS: Final = tuple(
    map(
        re.compile,
        (
            r"\bcookies?\b|\btraceurs?\b|consentement",
            r"\b(?:vous|vos|votre|you|your)\b",
            r"\b(?:nous|nos|notre|we|our|us)\b",
            r"accept|refus|consent|parametr|continuer|gerer",
        ),
    )
)
_SEARCH: Final = re.compile(
    r"(?:\d+ )?resultats? (?:de|pour|de la|de votre) (?:la |votre )?(?:recherche\b.*|[\"«“].*)"
    r"|search results?\b.*|(?:vous avez|votre) recherche\w*\b.*|recherche [:\"«“].*"
    r"|\d+ resultats?(?: pour\b.*)?|aucun resultat\b.*"
)
_LOGIN: Final = re.compile(
    r"(?:se )?connexion|(?:se connecter|connectez-vous|identifiez-vous|log ?in|sign ?in)\W*|identification"
)
_BARE_SEARCH: Final = re.compile(r"recherche(?: avancee)?|rechercher|search|resultats?(?: pour\b.*)?")
_SEARCH_ADDRESS: Final = re.compile(r"[?&](?:s|q|query|search|recherche|keywords?|mots?)=[^&]", re.I)
_SEPARATOR: Final = re.compile(r"\s+[|–—•·-]+\s+|\s*\|\s*")
_ROOT_PATHS: Final = ("", "/", "/index.html", "/index.php", "/fr", "/fr/", "/accueil", "/accueil/", "/home")
_TITLES: Final = ("h2", "h3", "h4")
_OUTSIDE: Final = ("nav", "aside", "footer")
_MIN_TEASERS: Final = 4
_MIN_LINE: Final = 80  # characters; a shorter line of a page may be anything
_MIN_OWN_CHARACTERS: Final = 300  # of an article on a page that lists others
_MIN_BRIEF_CHARACTERS: Final = 80  # of an article under a headline of its own
_MIN_HEADLINE_WORDS: Final = 4
_MAX_NOTICE_CHARACTERS: Final = 1500  # of the text of a page that is no article
_MAX_SCRIPT_CHARACTERS: Final = 1000
_MAX_CONSENT_CHARACTERS: Final = 6000
_CONSENT_SHARE: Final = 0.5  # of the text's characters, in lines that speak of consent
_MAX_TITLE: Final = 300
_MAX_TEASERS: Final = 500  # that are looked at
_MAX_TEASER_CHARACTERS: Final = 1500  # of a title, a text and what belongs to them
_LEVELS: Final = 3  # of elements around a title that may be its teaser


def refusal(kind: str) -> str:
    """The error message for a page of a kind that is no article."""
    return f"this is {'an' if kind.startswith('e') else 'a'} {kind}, not an article: {_ADVICE[kind]}"


class PageKind:
    """What a page shows of itself before its text is taken; ``without_article`` then says what it is."""

    def __init__(self, tree: lxml.html.HtmlElement, data: PageData) -> None:
        self._is_stated = data.is_article
        self._address = data.url or ""
        self._titles = [fold(text) for text in _titles(tree, data)]
        self._notice = fold(" ".join(_texts(tree.iter("noscript")))[:_MAX_CONSENT_CHARACTERS])
        headings = [heading for heading in islice(tree.iter("h1"), 3) if not is_logo(heading)]
        site = SiteNames(data.site_names(), data.url)
        self._is_headed = not all(map(site.has, _texts(headings)))
        has_headline = any(map(_is_own_headline, headings))
        self._min_own = _MIN_BRIEF_CHARACTERS if has_headline else _MIN_OWN_CHARACTERS

    def without_article(self, tree: lxml.html.HtmlElement, body: Sequence[str]) -> str | None:
        """The name of the kind of a page that is no article, by its tree and the lines of its text."""
        size = sum(map(len, body))
        if self._is_error(size):
            return ERROR_PAGE
        if size < _MAX_NOTICE_CHARACTERS and any(map(_LOGIN.fullmatch, self._titles)):
            return LOGIN_PAGE
        if self._speaks_of_script(tree, body):
            return SCRIPT_PAGE
        limit = _MAX_NOTICE_CHARACTERS if self._is_stated else _MAX_CONSENT_CHARACTERS
        if size < limit and _is_consent(body if size >= _MIN_LINE else _visible_lines(tree)):
            return CONSENT_PAGE
        if self._is_stated:
            return None
        is_list = _is_list(tree, body, self._min_own)
        if self._is_search(is_list) and (is_list or size < _MAX_NOTICE_CHARACTERS):
            return SEARCH_PAGE
        if is_list:
            return HOME_PAGE if self._is_root() or not self._is_headed else SECTION_PAGE
        return None

    def _is_search(self, is_list: bool) -> bool:
        is_bare = any(map(_BARE_SEARCH.fullmatch, self._titles)) or _SEARCH_ADDRESS.search(self._address)
        return any(map(_SEARCH.fullmatch, self._titles)) or (is_list and bool(is_bare))

    def _is_error(self, size: int) -> bool:
        is_error = any(map(_ERROR.fullmatch, self._titles))
        return is_error and (
            size < _MAX_NOTICE_CHARACTERS if not self._is_stated else size < _MIN_OWN_CHARACTERS
        )

    def _speaks_of_script(self, tree: lxml.html.HtmlElement, body: Sequence[str]) -> bool:
        """Whether a page asks for JavaScript and says little else."""
        if sum(map(len, body)) > _MAX_SCRIPT_CHARACTERS:
            return False
        if sum(len(line) for line in body if not _SCRIPT.search(fold(line))) >= _MIN_LINE:
            return False
        text = fold(tree.text_content()[:_MAX_CONSENT_CHARACTERS])
        return len(text) < _MAX_NOTICE_CHARACTERS and bool(
            _SCRIPT.search(text) or _SCRIPT.search(self._notice)
        )

    def _is_root(self) -> bool:
        try:
            parts = urlsplit(self._address)
        except ValueError:
            return False
        is_root = parts.path.lower() in _ROOT_PATHS and bool(parts.hostname)
        return is_root or any(
            title in ("accueil", "page d'accueil", "home", "a la une") for title in self._titles
        )


def _is_list(tree: lxml.html.HtmlElement, body: Sequence[str], min_own: int) -> bool:
    """Whether a text leads to articles, and has fewer characters of its own than ``min_own``."""
    teasers = [*_teasers(tree), *_long_links(tree)]
    if len(teasers) < _MIN_TEASERS:
        return False
    listed = fold(" ".join(teasers))
    return sum(len(line) for line in body if len(line) >= _MIN_LINE and fold(line) not in listed) < min_own


def _titles(tree: lxml.html.HtmlElement, data: PageData) -> Iterator[str]:
    """The titles and first headings of a page, and the parts of its titles."""
    elements = [*tree.xpath("//head/title")[:2], *islice(tree.iter("h1"), 3)]
    for text in [*data.titles(), *_texts(elements)]:
        if 0 < len(text) <= _MAX_TITLE:
            yield text
            yield from _SEPARATOR.split(text)


def _texts(elements: Iterator[lxml.html.HtmlElement] | list[lxml.html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in islice(elements, _MAX_TEASERS)]


def _teasers(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The texts of the smallest parts around each title that is a link: the title, and the text with it."""
    for title in islice(tree.iter(*_TITLES), _MAX_TEASERS):
        is_link = title.find(".//a[@href]") is not None or any(a.tag == "a" for a in title.iterancestors())
        if is_link and not any(around.tag in _OUTSIDE for around in title.iterancestors()):
            yield _teaser(title)


def _long_links(tree: lxml.html.HtmlElement) -> list[str]:
    """The texts of links that are as long as a headline and stand in no paragraph of text."""
    links = (link for link in tree.iter("a") if link.get("href"))
    texts = (
        " ".join(link.text_content().split())
        for link in islice(links, _MAX_TEASERS)
        if not any(around.tag in (*_OUTSIDE, "p", *_TITLES) for around in link.iterancestors())
    )
    return [text for text in texts if len(text.split()) >= _MIN_HEADLINE_WORDS]


def _is_own_headline(heading: lxml.html.HtmlElement) -> bool:
    """Whether a heading is as long as a headline, and no link to an article."""
    is_link = heading.find(".//a[@href]") is not None
    return not is_link and len(heading.text_content().split()) >= _MIN_HEADLINE_WORDS


def _teaser(title: lxml.html.HtmlElement) -> str:
    text = title.text_content()
    for around in islice(title.iterancestors(), _LEVELS):
        if len(list(islice(around.iter(*_TITLES), 2))) > 1:
            break
        wider = around.text_content()
        if len(wider) > _MAX_TEASER_CHARACTERS:
            break
        text = wider
    return " ".join(text.split())


def _is_consent(lines: Sequence[str]) -> bool:
    """Whether most of a text speaks of consent, and in it a site asks its readers for it."""
    folded = [fold(line) for line in lines]
    spoken = sum(len(line) for line in folded if _CONSENT.search(line))
    text = " ".join(folded)
    return spoken > _CONSENT_SHARE * len(text) and all(sign.search(text) for sign in _CONSENT_SIGNS)


def _visible_lines(tree: lxml.html.HtmlElement) -> list[str]:
    return element_text(tree)[:_MAX_CONSENT_CHARACTERS].split("\n\n")
