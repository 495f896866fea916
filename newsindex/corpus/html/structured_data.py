"""Takes what a web page states of its article: JSON-LD, OpenGraph, and the other tags of its head."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urljoin, urlsplit

import lxml.html

from newsindex.dates.publication_dates import parse_date
from newsindex.forks import cached_property

from .json_ld import article_object, linked_objects
from .marked_elements import first_time, marked_author, marked_dates, marked_headlines

_DATE_TAGS: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "published_time",
    "datepublished", "date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "dc.date.created", "pubdate", "publishdate", "publish-date", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
)  # fmt: skip
_SITE_TYPES: Final = ("WebSite", "NewsMediaOrganization")
_URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/_.-]|$)")
_BYLINE_START: Final = re.compile(r"(?:par|by|de la rédaction d[eu]) +(?=[A-ZÀ-Þ])", re.I)
_SITE_IN_BRACKETS: Final = re.compile(r" *\((?:www\.|https?:)[^()]*\)")


class PageData:
    """The structured data of a page; each property is empty, or None, where the page does not state it.

    ``address`` is the page's own where it is known, for links relative to it.
    """

    def __init__(self, tree: lxml.html.HtmlElement, address: str | None = None) -> None:
        self._address = address
        self._tree = tree
        self._tags = _tags(tree)
        self._objects = linked_objects(tree)
        known = {*self._tags["og:title"], *self._tags["og:url"], *_canonical(tree)}
        self._article = article_object(self._objects, known)

    def titles(self) -> list[str]:
        """The headline as each kind of data has it, the most reliable first."""
        tagged = self._tagged("og:title", "twitter:title")
        return _texts([self._article.get("headline"), *tagged, *marked_headlines(self._tree)])

    @property
    def is_article(self) -> bool:
        """Whether the page states that it is an article: in JSON-LD, in OpenGraph, or in its body."""
        is_tagged = "article" in self._tagged("og:type") or bool(self._tagged("article:published_time"))
        is_linked = "headline" in self._article or "articleBody" in self._article
        return is_tagged or is_linked or bool(self._tree.xpath('boolean(//*[@itemprop="articleBody"])'))

    @property
    def site(self) -> str:
        """The name of the site."""
        return next(iter(self.site_names()), "")

    def site_names(self) -> list[str]:
        """Every name of the site that the page states, the most reliable first."""
        sites = [item.get("name") for item in self._objects.values() if item.get("@type") in _SITE_TYPES]
        given = [
            *self._tagged("og:site_name"),
            *self._names("publisher"),
            *self._tagged("application-name", "apple-mobile-web-app-title"),
            *sites,
        ]
        return [name for text in _texts(given) if (name := _site(text))]

    @property
    def authors(self) -> str:
        """The authors' names, with commas between several."""
        tagged = self._tagged("author", "article:author", "dc.creator", "sailthru.author", "parsely-author")
        for names in (self._names("author"), tagged, marked_author(self._tree)):
            people = dict.fromkeys(_person(name) for name in _texts(names) if not _is_address(name))
            if people:
                return ", ".join(people)
        return ""

    @property
    def published(self) -> date | None:
        """The date of publication from the data, from the address, or from an element of time."""
        stated = [self._article.get(name) for name in ("datePublished", "dateCreated", "uploadDate")]
        match = _URL_DATE.search(urlsplit(self._stated_address or "").path)
        in_address = ["-".join(part.zfill(2) for part in match.groups())] if match else []
        dates = [*stated, *self._tagged(*_DATE_TAGS), *marked_dates(self._tree), *in_address]
        return _first_date([*dates, *first_time(self._tree)])

    @property
    def url(self) -> str | None:
        """The page's own address: the one that came with it, else the one that it states."""
        return self._address or self._stated_address

    @cached_property
    def _stated_address(self) -> str | None:
        """The canonical address, absolute."""
        main = self._article.get("mainEntityOfPage")
        given = [
            *_canonical(self._tree),
            *self._tagged("og:url"),
            self._article.get("url"),
            main.get("@id") if isinstance(main, dict) else main,
            *(item.get("url") for item in self._objects.values() if item.get("@type") == "WebPage"),
        ]
        absolute = [_absolute(url, self._address) for url in _texts(given)]
        urls = [url for url in absolute if url]
        inner = [url for url in urls if len(urlsplit(url).path) > 1]  # some name their front page everywhere
        return next(iter([*inner, *urls]), None)

    @property
    def section(self) -> str:
        """The section of the newspaper."""
        stated = self._article.get("articleSection")
        several = stated if isinstance(stated, list) else [stated]
        return next(iter(_texts([*several, *self._tagged("article:section")])), "")

    @property
    def description(self) -> str:
        """The standfirst."""
        stated = [self._article.get("description")]
        return next(iter(_texts([*stated, *self._tagged("og:description", "description")])), "")

    @property
    def body(self) -> str:
        """The text of the article."""
        return next(iter(_texts([self._article.get("articleBody")])), "")

    @property
    def lang(self) -> str:
        """The language as a code of two letters."""
        given = [
            *self._tree.xpath("/html/@lang | /html/@xml:lang"),
            self._article.get("inLanguage"),
            *self._tagged("og:locale", "content-language", "language"),
        ]
        codes = (re.match(r"([a-z]{2})(?![a-z])", text.lower()) for text in _texts(given))
        return next((code[1] for code in codes if code), "")

    def _tagged(self, *names: str) -> list[str]:
        return [content for name in names for content in self._tags[name]]

    def _names(self, field: str) -> list[object]:
        """The names of people or organizations, which may stand elsewhere under an id."""
        value = self._article.get(field)
        given = value if isinstance(value, list) else [value]
        return [
            {**self._objects.get(str(item.get("@id")), {}), **item}.get("name")
            if isinstance(item, dict)
            else item
            for item in given
        ]


def _canonical(tree: lxml.html.HtmlElement) -> list[str]:
    return [str(address) for address in tree.xpath('//link[@rel="canonical"]/@href')]


def _tags(tree: lxml.html.HtmlElement) -> defaultdict[str, list[str]]:
    tags: defaultdict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                tags[name.strip().lower()].append(content)
    return tags


def _texts(values: Iterable[object]) -> list[str]:
    """The values that are text and not empty, entities decoded and runs of white space made one space."""
    plain = (" ".join(html.unescape(value).split()) for value in values if isinstance(value, str))
    return [text for text in plain if text]


def _first_date(values: Iterable[object]) -> date | None:
    for text in _texts(values):
        try:
            return parse_date(text)
        except (ValueError, OverflowError):
            continue  # the next may be well written
    return None


def _absolute(url: str, base: str | None) -> str | None:
    try:
        joined = urljoin(base or "https://", url)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None


def _is_address(name: str) -> bool:
    return name.startswith(("http:", "https:", "www.", "@", "//")) or "facebook.com" in name


def _person(name: str) -> str:
    return _SITE_IN_BRACKETS.sub("", _BYLINE_START.sub("", name, count=1))


def _site(name: str) -> str:
    return name.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
