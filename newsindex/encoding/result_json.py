"""Converts the results of a search to plain values for JSON, under the names that they have in Python."""

from __future__ import annotations

from datetime import date
from typing import Any

from newsindex.distinctive_words import DistinctiveWords
from newsindex.results import Alert, Explanation, Hit, Match, Results, Snippet
from newsindex.timelines import Timeline

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


def timeline_dict(timeline: Timeline) -> dict[str, Any]:
    """Compared timelines: the periods, and the counts and shares of each query in the same order."""
    return {
        "unit": timeline.unit,
        "periods": timeline.periods,
        "totals": timeline.totals,
        "series": [
            {
                "query": series.query,
                "total": series.total,
                "counts": series.counts,
                "shares": [None if share is None else round(share, 6) for share in series.shares],
            }
            for series in timeline.series
        ],
        "notes": timeline.notes,
        "seconds": round(timeline.seconds, 6),
    }


def words_dict(words: DistinctiveWords) -> dict[str, Any]:
    """The words that stand out, each with its counts, shares, score and example."""
    return {
        "articles": words.articles,
        "reference_articles": words.reference_articles,
        "words": [
            {
                "text": word.text,
                "articles": word.articles,
                "reference": word.reference,
                "share": round(word.share, 6),
                "reference_share": round(word.reference_share, 6),
                "score": round(word.score, 4),
                "query": word.query,
                "example": snippet_dict(word.example),
                "article_id": word.article_id,
                "lang": word.lang,
            }
            for word in words
        ],
        "notes": words.notes,
        "seconds": round(words.seconds, 6),
    }


def alert_dict(alert: Alert, new: int) -> dict[str, Any]:
    """An alert, and how many of its matches are ``new``; dates in ISO form."""
    filters = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in alert.filters.items()
    }
    return {
        "name": alert.name,
        "query": alert.query,
        "operator": alert.operator,
        "filters": filters,
        "created": alert.created.isoformat(),
        "seen": None if alert.seen is None else alert.seen.isoformat(),
        "new": new,
        "error": alert.error,
    }


def match_dict(match: Match) -> dict[str, Any]:
    """A match of an alert: its place in the order of all matches, and its hit."""
    return {
        "alert": match.alert.name,
        "sequence": match.sequence,
        "commit": match.commit,
        **_hit_dict(match.hit),
    }
