"""Finds the articles in JSON-LD, and puts in the place of a reference the object that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_ARTICLE_TYPE: Final = re.compile(r"(?:.*[/:])?(?:\w*Article|\w*Posting|Report)")
_TEXTS: Final = frozenset(("headline", "name", "articleBody", "title", "text"))  # else it refers to another
_MAX_DEPTH: Final = 8
_REFERRING: Final = ("author", "creator", "publisher", "isPartOf", "articleSection", "sourceOrganization")
_PREFIX: Final = re.compile(r"(?:https?://schema\.org/|schema:)")


def linked_articles(document: Any) -> list[dict[str, Any]]:
    """The articles of a JSON-LD document, in its order; empty for another document and one without any."""
    roots = document if isinstance(document, list) else [document]
    if not all(isinstance(root, dict) and ("@graph" in root or "@type" in root) for root in roots):
        return []
    nodes = [_plain_names(node) for node in _nodes(document, _MAX_DEPTH)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return [_resolved(node, named) for node in nodes if _is_article(node) and not _TEXTS.isdisjoint(node)]


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects with a type or an id in a document; those within an article are parts of it."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, dict) and depth:
        if "@type" in value or "@id" in value:
            yield value
        if not _is_article(value):
            for inner in value.values():
                if isinstance(inner, dict | list):
                    yield from _nodes(inner, depth - 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    several = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPE.fullmatch(kind) for kind in several)


def _plain_names(node: Mapping[str, Any]) -> dict[str, Any]:
    return {_PREFIX.sub("", name, count=1): value for name, value in node.items()}


def _resolved(node: dict[str, Any], named: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    for name in _REFERRING:
        if name in node:
            several = node[name] if isinstance(node[name], list) else [node[name]]
            node[name] = [_referred(item, named) for item in several]
    return node


def _referred(value: Any, named: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
        return named.get(value["@id"], value)
    return value
