"""What do results and articles look like as JSON? The names are those of Python."""

from __future__ import annotations

from typing import Any

from newsindex.article import Article
from newsindex.results import Explanation, Hit, Results, Snippet


def article_dict(article: Article, *, with_body: bool = True) -> dict[str, Any]:
    """An article by field name; dates in ISO form."""
    published = article.published
    return {
        "id": article.id,
        "headline": article.headline,
        **({"body": article.body} if with_body else {}),
        "abstract": article.abstract,
        "source": article.source,
        "published": None if published is None else published.isoformat(),
        "url": article.url,
        "section": article.section,
        "author": article.author,
        "lang": article.lang,
        "extra": dict(article.extra),
    }


def _snippet_dict(snippet: Snippet) -> dict[str, Any]:
    return {"html": snippet.html, "text": snippet.text, "spans": snippet.spans}


def explanation_dict(explanation: Explanation) -> dict[str, Any]:
    """How a score came about."""
    return {
        "value": explanation.value,
        "description": explanation.description,
        "details": [explanation_dict(detail) for detail in explanation.details],
    }


def _hit_dict(hit: Hit) -> dict[str, Any]:
    explained = {} if hit.explanation is None else {"explanation": explanation_dict(hit.explanation)}
    return {
        "article": article_dict(hit.article, with_body=False),
        "score": hit.score,
        "headline": _snippet_dict(hit.headline),
        "snippet": _snippet_dict(hit.snippet),
        "duplicates": [article_dict(article, with_body=False) for article in hit.duplicates],
        **explained,
    }


def results_dict(query: str, results: Results) -> dict[str, Any]:
    """The results of a search."""
    return {"query": query, **page_dict(results)}


def page_dict(results: Results) -> dict[str, Any]:
    """A page of results."""
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
