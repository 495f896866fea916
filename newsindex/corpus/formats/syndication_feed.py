"""Reads the entries of an RSS or Atom feed (extra: feeds).

A feed is read from its bytes: nothing that it names is fetched, and no entity of its own is resolved.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urljoin

import feedparser

from newsindex.corpus.html.html_tree import plain_text
from newsindex.corpus.inputs.bounded_reading import BUFFER, decode_text, read_whole
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .detection import xml_root
from .format_input import FormatInput, FormatItems
from .xml.xml_refusals import xml_refusal

_MAX_FEED: Final = 16 << 20  # bytes
_KIND_SCHEME: Final = "http://schemas.google.com/g/2005#kind"  # says what an entry of Blogger is
_READ_KINDS: Final = ("", "post", "page")
_ADDRESS_AND_NAME: Final = re.compile(r"\S+@\S+\s+\(([^()]+)\)")  # as RSS asks for
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DATES: Final = ("published", "updated", "created")


def read(content: FormatInput) -> FormatItems:
    """The article of each entry, and an error where the feed is not well-formed XML."""
    raw, damage = read_whole(content.stream, _MAX_FEED)
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not (feed.entries or feed.version):
        raise damage or _refusal(raw)
    content = replace(content, fields=None)
    ids = _EntryIds(feed)
    for number, entry in enumerate(feed.entries, 1):
        if reason := _reason_to_pass_over(entry):
            content.pass_over(reason)
        else:
            yield from content.items(_record(entry, feed.feed, ids), place=f"entry {number}")
    if damage:
        yield damage
    elif feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield CorpusError(f"the feed is not well-formed XML: {str(feed.bozo_exception)[:200]}")


def _reason_to_pass_over(entry: Any) -> str | None:
    """What an entry of an archive of Blogger is that is no published post; None for another entry."""
    if entry.get("app_draft", entry.get("draft")) == "yes":
        return "draft"
    kinds = (tag.get("term") or "" for tag in entry.get("tags", ()) if tag.get("scheme") == _KIND_SCHEME)
    kind = next(kinds, "").rpartition("#")[2]
    return None if kind in _READ_KINDS else kind


def _refusal(raw: bytes) -> CorpusError:
    """The error for what is no feed; RDF, which a feed may be, is refused by its name."""
    root = xml_root(decode_text(raw[:BUFFER].lstrip(), is_cut=True))
    if root and root.name.lower() == "rdf":
        return xml_refusal(root)
    return CorpusError("this XML is no RSS or Atom feed")


class _EntryIds:
    """The addresses and ids of a feed's entries.

    The address of an entry is its id, unless entries that differ in their own ids, or in their headlines
    where they have none, share it.
    """

    def __init__(self, feed: Any) -> None:
        self._home = _web_address(feed.feed.get("link"))
        self._keys_of_url: dict[str, set[str]] = defaultdict(set)
        for entry in feed.entries:
            self._keys_of_url[self.url(entry)].add(_entry_key(entry))

    def url(self, entry: Any) -> str:
        """The address of an entry on the web, empty without one: a tag or another id is no address."""
        link = entry.get("link") or ""
        if link and link != entry.get("id"):  # feedparser gives the id of an entry without a link as its link
            with suppress(ValueError):  # an address that cannot be split stays as it is
                link = urljoin(self._home, link)
        return _web_address(link)

    def article_id(self, entry: Any) -> str:
        """The id of an entry's article; empty where its address is the id."""
        url, guid = self.url(entry), entry.get("id") or ""
        if url and len(self._keys_of_url[url]) == 1:
            return ""
        if ":" in guid or not (url or guid):  # such as urn:uuid:..., which no other feed has
            return guid
        base = url or self._home
        return f"{base}#{_entry_key(entry)}" if base else guid


def _entry_key(entry: Any) -> str:
    """What tells an entry from others of its feed."""
    return entry.get("id") or _headline(entry)


def _web_address(url: str | None) -> str:
    """The address itself if it is one of the web, else nothing."""
    return url if url and url.startswith(("http://", "https://")) else ""


def _headline(entry: Any) -> str:
    return " ".join(plain_text(entry.get("title", "")).split())


def _record(entry: Any, feed: Any, ids: _EntryIds) -> dict[str, object]:
    """The fields of an entry: its content is the body, and its summary where it has none."""
    texts = [plain_text(part.get("value", "")) for part in entry.get("content", ())]
    summary = plain_text(entry.get("summary", ""))
    body = max([*texts, summary], key=len)
    return {
        "headline": _headline(entry),
        "body": body,
        "source": plain_text(entry.get("source", {}).get("title") or "") or _feed_title(feed),
        "published": _published(entry),
        "url": ids.url(entry),
        "id": ids.article_id(entry),
        "section": _section(entry),
        "author": _authors(entry),
        "lang": (entry.get("language") or feed.get("language") or "")[:2].lower(),
        "abstract": "" if summary == body else summary,
    }


def _section(entry: Any) -> str | None:
    tags = (tag for tag in entry.get("tags", ()) if tag.get("scheme") != _KIND_SCHEME)
    return next((tag.term for tag in tags if tag.get("term")), None)


def _feed_title(feed: Any) -> str:
    return " ".join(plain_text(feed.get("title", "")).split())


def _authors(entry: Any) -> str | None:
    if named := _ADDRESS_AND_NAME.fullmatch(entry.get("author") or ""):
        return named[1]
    names = [author.get("name") for author in entry.get("authors", ())]
    return ", ".join(filter(None, names)) or entry.get("author")


def _published(entry: Any) -> date | str:
    """The time of publication, else of the last update, else the text that is no date."""
    texts = [(name, text) for name in _DATES if (text := dict.get(entry, name))]
    for name, text in texts:
        try:
            return parse_date(text)
        except ValueError:  # feedparser knows more forms of dates, but no French names of months
            if parsed := dict.get(entry, f"{name}_parsed"):
                return _EPOCH + timedelta(seconds=timegm(parsed))  # Windows has no times before 1970
    return texts[0][1] if texts else ""
