"""Converts a press review to plain values for JSON, under the names that they have in Python."""

from __future__ import annotations

from typing import Any

from newsindex.encoding.article_codec import article_to_dict
from newsindex.encoding.result_json import snippet_dict

from .review_content import ReviewContent, ReviewEntry


def review_dict(review: ReviewContent) -> dict[str, Any]:
    """The content of a review; its articles come without their bodies, beside the texts that it shows."""
    return {
        "title": review.title,
        "query": review.query,
        "period": review.period,
        "made": review.made.isoformat(timespec="seconds"),
        "total": review.total,
        "shown": review.shown,
        "undated": review.undated,
        "later": review.later,
        "sources": dict(review.sources),
        "timeline": dict(review.timeline),
        "sections": [
            {"title": section.title, "entries": [_entry_dict(entry) for entry in section.entries]}
            for section in review.sections
        ],
    }


def _entry_dict(entry: ReviewEntry) -> dict[str, Any]:
    return {
        "article": article_to_dict(entry.article, with_body=False),
        "headline": snippet_dict(entry.headline),
        "text": snippet_dict(entry.text),
        "copies": [article_to_dict(article, with_body=False) for article in entry.copies],
    }
