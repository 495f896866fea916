"""Finds the objects of a page's JSON-LD, and among them the one that describes the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from typing import Any, Final

import lxml.html

_ARTICLE_TYPE: Final = re.compile(r"(?:.*Article|.*Posting|Report)")
_PAGE_TYPES: Final = (
    "WebPage", "ItemPage", "VideoObject", "AudioObject", "PodcastEpisode", "Recipe", "Product",
)  # fmt: skip
_MAX_DEPTH: Final = 6  # objects around the one that describes the article

LinkedObject = dict[str, Any]


def linked_objects(tree: lxml.html.HtmlElement) -> dict[str, LinkedObject]:
    """Every object of the page's JSON-LD, by its id, or by a number where it has none."""
    objects: dict[str, LinkedObject] = {}
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        text = (script.text_content() or "").strip().removeprefix("<!--").removesuffix("-->")
        try:
            document = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue  # other data of the page say the same
        for item in _nested_objects(document, _MAX_DEPTH):
            objects.setdefault(str(item.get("@id") or len(objects)), {}).update(item)
    return objects


def _nested_objects(value: Any, depth: int) -> Iterator[LinkedObject]:
    if isinstance(value, list):
        for item in value:
            yield from _nested_objects(item, depth)
    elif isinstance(value, dict) and depth:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nested_objects(value.get(name), depth - 1)


def article_object(objects: dict[str, LinkedObject], known: Set[str] = frozenset()) -> LinkedObject:
    """The object that describes the article, else the one of the page.

    Of several articles it is the first with an address or a headline that is in ``known``, else the first.
    """
    for is_kind in (_ARTICLE_TYPE.fullmatch, _PAGE_TYPES.__contains__):
        found = [item for item in objects.values() if any(map(is_kind, _kinds(item)))]
        if found:
            return next((item for item in found if not known.isdisjoint(_stated(item))), found[0])
    return {}


def _kinds(item: LinkedObject) -> list[str]:
    kinds = item.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _stated(item: LinkedObject) -> list[str]:
    """The headline and the addresses of an object."""
    main = item.get("mainEntityOfPage")
    values = [item.get(name) for name in ("headline", "url", "@id")]
    values.append(main.get("@id") if isinstance(main, dict) else main)
    return [value for value in values if isinstance(value, str)]
