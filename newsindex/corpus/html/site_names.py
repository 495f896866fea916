"""The names of a page's site, by which a logo is told from a headline and taken from the end of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Final
from urllib.parse import urlsplit

import lxml.html

from newsindex.corpus.fields.addresses import address_parts

from .boilerplate import fold

SEPARATOR: Final = re.compile(r"\s+(?:[|¦–—―•·∙:›»«/~<>-]|::|\|\|)+\s+|\s*[|¦•]\s*")
_STRONG_SEPARATOR: Final = re.compile(r"\s*(?:[|¦•]|::|»)+\s*")
_LOGO_NAME: Final = re.compile(r"\blogo|site-?(?:title|name|brand|logo)|\bbrand|masthead", re.I)
_NAME_OF_PAPER: Final = re.compile(r"(?:L[ea]s? |L['’])[A-ZÀ-Þ].{2,30}")
_ARTICLES: Final = ("le", "la", "les", "l")
_MAX_NAME_CHARACTERS: Final = 60
_MAX_NAME_WORDS: Final = 6
_MIN_HEADLINE_WORDS: Final = 3  # what stands before the name of a site that nothing else states


class SiteNames:
    """The names under which a site is known, for comparison."""

    def __init__(self, names: Iterable[str], address: str | None) -> None:
        host = address_parts(address).hostname or ""
        labels = host.removeprefix("www.").split(".")
        domain = max(labels[:-1], key=len, default="")  # "echo" of echo.example, "presse" of fr.presse.com
        keys = {key for name in names for key in _keys(name)}
        self._keys = {key for key in {*keys, *_keys(host.removeprefix("www.")), *_keys(domain)} if key}

    def has(self, text: str) -> bool:
        """Whether a text is a name of the site and nothing else."""
        return len(text) <= _MAX_NAME_CHARACTERS and not self._keys.isdisjoint(_keys(text))

    def without(self, title: str) -> str:
        """A title without the names of the site at its ends."""
        for part in SEPARATOR.finditer(title):
            if part.start() and self.has(title[part.end() :]):
                return self.without(title[: part.start()])
        first = SEPARATOR.search(title)
        if first and first.start() and title[first.end() :] and self.has(title[: first.start()]):
            return title[first.end() :]
        return title


def _keys(name: str) -> Iterator[str]:
    """A name as letters and digits alone, with and without its article."""
    words = re.findall(r"[^\W_]+", fold(name))
    yield "".join(words)
    yield "".join(words[1:] if words[0] in _ARTICLES else words) if words else ""


def is_logo(heading: lxml.html.HtmlElement) -> bool:
    """Whether a heading is the name of the site: it leads to the front page, or is named so."""
    links = heading.iterfind(".//a[@href]")
    if any(_is_front_page(link.get("href")) for link in links):
        return True
    around = heading.getparent()
    if around is not None and around.tag == "a" and _is_front_page(around.get("href", "")):
        return True
    return _LOGO_NAME.search(f"{heading.get('class', '')} {heading.get('id', '')}"[:200]) is not None


def _is_front_page(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    is_root = parts.path in ("", "/", "index.html", "/index.html", "index.php", "/index.php", "./")
    return is_root and not parts.query and not parts.fragment and address.strip() not in ("", "#")


def name_in_title(title: str, headings: Set[str]) -> str:
    """The name of the site at one end of the title of a page; empty where there seems to be none.

    ``headings`` has the page's headings and stated headlines, folded: at one end of the title stands one of
    them. Without one the name is what the last separator parts from the rest. A hyphen stands in headlines
    too: after one a name is known by the article that begins the names of newspapers.
    """
    if fold(title) in headings:
        return ""
    ends = [(title[: part.start()], title[part.end() :]) for part in SEPARATOR.finditer(title)]
    for headline, name in reversed(ends):
        is_heading = fold(headline) in headings and _is_whole(headline, title)
        if is_heading and _is_short(name) and not (fold(name) in headings and _is_longer(name, headline)):
            return name
    for name, headline in ends:
        if fold(headline) in headings and _is_short(name) and _is_longer(headline, name):
            return name
    for headline, name in ends:
        if fold(name) in headings and _is_short(name) and _is_longer(headline, name):
            return name
    return split_title(title)[1]


def last_part(name: str) -> str:
    """What stands after the last separator in a text, as the site in "Section - Site"."""
    return SEPARATOR.split(name)[-1]


def _is_whole(headline: str, title: str) -> bool:
    """Whether the beginning of a title is more than the kicker before a colon."""
    is_kicker = title[len(headline) :].lstrip().startswith(":")
    return not is_kicker or len(headline.split()) >= _MIN_HEADLINE_WORDS


def _is_longer(one: str, other: str) -> bool:
    return len(one.split()) > len(other.split())


def _is_short(name: str) -> bool:
    return 0 < len(name) <= _MAX_NAME_CHARACTERS and len(name.split()) <= _MAX_NAME_WORDS


def split_title(title: str) -> tuple[str, str]:
    """The headline and the name of the site in a title by its typography; without a name the title."""
    last = next(reversed(list(SEPARATOR.finditer(title))), None)
    if last is None or len(title[: last.start()].split()) < _MIN_HEADLINE_WORDS:
        return title, ""
    headline, name = title[: last.start()], title[last.end() :]
    is_name = _STRONG_SEPARATOR.fullmatch(last[0]) or _NAME_OF_PAPER.fullmatch(name)
    return (headline, name) if _is_short(name) and is_name else (title, "")
