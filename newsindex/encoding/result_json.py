"""Converts the results of a search to plain values for JSON, under the names that they have in Python."""

from __future__ import annotations

from typing import Any

from newsindex.results import Explanation, Hit, Results, Snippet

from .article_codec import article_to_dict


def snippet_dict(snippet: Snippet) -> dict[str, Any]:
    """A text and its marks, also as HTML."""
    return {"html": snippet.html, "text": snippet.text, "spans": snippet.spans}


def explanation_dict(explanation: Explanation) -> dict[str, Any]:
    """A score, what it is, and the explanations of its parts, nested."""
    return {
        "value": explanation.value,
        "description": explanation.description,
        "details": [explanation_dict(detail) for detail in explanation.details],
    }


def _hit_dict(hit: Hit) -> dict[str, Any]:
    explained = {} if hit.explanation is None else {"explanation": explanation_dict(hit.explanation)}
    return {
        "article": article_to_dict(hit.article, with_body=False),
        "score": hit.score,
        "headline": snippet_dict(hit.headline),
        "snippet": snippet_dict(hit.snippet),
        "duplicates": [article_to_dict(article, with_body=False) for article in hit.duplicates],
        **explained,
    }


def results_dict(query: str, results: Results) -> dict[str, Any]:
    """A query and the page of results that it gave."""
    return {"query": query, **page_dict(results)}


def page_dict(results: Results) -> dict[str, Any]:
    """One page of results; the hits come without the bodies of their articles."""
    return {
        "total": results.total,
        "seconds": round(results.seconds, 6),
        "next": results.next,
        "notes": results.notes,
        "suggestion": results.suggestion,
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "timeline": dict(results.timeline),
        "hits": [_hit_dict(hit) for hit in results],
    }
