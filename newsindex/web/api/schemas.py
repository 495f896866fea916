"""The JSON Schemas of the answers and bodies of the API."""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_NUMBER: Final[Schema] = {"type": "number"}
_COUNTS: Final[Schema] = {"type": "object", "additionalProperties": _COUNT}


def _object(properties: dict[str, Schema], optional: str = "") -> Schema:
    """Makes the schema of an object of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name != optional],
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_ARTICLE: Final[dict[str, Schema]] = {
    "id": _TEXT,
    "headline": _TEXT,
    "body": _TEXT,
    "abstract": _TEXT,
    "source": _TEXT_OR_NULL,
    "published": {"type": ["string", "null"], "description": "A day or a moment, in ISO form."},
    "url": _TEXT_OR_NULL,
    "section": _TEXT_OR_NULL,
    "author": _TEXT_OR_NULL,
    "lang": _TEXT_OR_NULL,
    "extra": {"type": "object", "additionalProperties": _TEXT},
}
_ERRORS: Final[Schema] = {
    **_list(_object({"record": {"type": "integer", "minimum": 1}, "reason": _TEXT})),
    "description": "The first hundred records that are no articles, counted from 1, and why.",
}
_PAGE: Final[dict[str, Schema]] = {
    "total": _COUNT,
    "seconds": _NUMBER,
    "next": _TEXT_OR_NULL,
    "notes": _list(_TEXT),
    "suggestion": _TEXT_OR_NULL,
    "facets": {"type": "object", "additionalProperties": _COUNTS},
    "timeline": _COUNTS,
    "hits": _list(_ref("Hit")),
}
_HIT: Final[dict[str, Schema]] = {
    "article": _ref("ArticleOfHit"),
    "score": _NUMBER,
    "headline": _ref("Snippet"),
    "snippet": _ref("Snippet"),
    "duplicates": _list(_ref("ArticleOfHit")),
}

SCHEMAS: Final[dict[str, Schema]] = {
    "Article": _object({**_ARTICLE, "duplicates": _list(_TEXT)}),
    "ArticleOfHit": _object({name: schema for name, schema in _ARTICLE.items() if name != "body"}),
    "Snippet": _object(
        {
            "html": {"type": "string", "description": "Escaped; the words of the query in <mark>."},
            "text": _TEXT,
            "spans": _list({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
        }
    ),
    "Explanation": _object({"value": _NUMBER, "description": _TEXT, "details": _list(_ref("Explanation"))}),
    "Hit": _object(
        {**_HIT, "explanation": _ref("Explanation")},
        optional="explanation",
    ),
    "Results": _object({"query": _TEXT, **_PAGE}),
    "Similar": _object({"id": _TEXT, **_PAGE}),
    "Timeline": _object(
        {
            "unit": _TEXT,
            "periods": _list(_TEXT),
            "totals": {**_list(_COUNT), "description": "All articles of each period that pass the filters."},
            "series": _list(_ref("Series")),
            "notes": _list(_TEXT),
            "seconds": _NUMBER,
        }
    ),
    "Series": _object(
        {
            "query": _TEXT,
            "total": {**_COUNT, "description": "All matches, those without a date too."},
            "counts": {**_list(_COUNT), "description": "The matches of each period."},
            "shares": {
                **_list({"type": ["number", "null"], "minimum": 0, "maximum": 1}),
                "description": "The same as shares of all articles of each period; null where it has none.",
            },
        }
    ),
    "DistinctiveWords": _object(
        {
            "articles": {**_COUNT, "description": "The articles found."},
            "reference_articles": {**_COUNT, "description": "Those that they are compared with."},
            "words": _list(_ref("DistinctiveWord")),
            "notes": _list(_TEXT),
            "seconds": _NUMBER,
        }
    ),
    "DistinctiveWord": _object(
        {
            "text": _TEXT,
            "articles": {**_COUNT, "description": "The articles found that have it."},
            "reference": _COUNT,
            "share": {**_NUMBER, "minimum": 0, "maximum": 1},
            "reference_share": {**_NUMBER, "minimum": 0, "maximum": 1},
            "score": {**_NUMBER, "description": "The log-likelihood ratio G² (Dunning, 1993)."},
            "query": {"type": "string", "description": "What finds it, in the query language."},
            "example": _ref("Snippet"),
            "article_id": {"type": "string", "description": "The article of the example."},
            "lang": _TEXT_OR_NULL,
        }
    ),
    "Suggestions": _object({"prefix": _TEXT, "suggestions": _list(_TEXT)}),
    "Stats": _object(
        {
            **dict.fromkeys(("articles", "deleted", "terms", "segments", "commit", "bytes"), _COUNT),
            "bytes_by_part": _COUNTS,
            "acronyms": _COUNT,
            "frequent_acronyms": _list(_object({"acronym": _TEXT, "name": _TEXT, "articles": _COUNT})),
        }
    ),
    "Health": _object({"status": {"const": "ok"}, "articles": _COUNT, "commit": _COUNT, "version": _TEXT}),
    "Record": {
        "type": "object",
        "description": "A headline, a body or both, and what else is known, by the names that people use.",
        "properties": {name: {} for name in _ARTICLE},
    },
    "Records": {"oneOf": [_ref("Record"), _list(_ref("Record"))]},
    "Added": _object(
        {**dict.fromkeys(("added", "updated", "skipped", "failed", "articles"), _COUNT), "errors": _ERRORS}
    ),
    "Deleted": _object({"deleted": _COUNT, "articles": _COUNT}),
    "Alert": _object(
        {
            "name": _TEXT,
            "query": _TEXT,
            "operator": _TEXT,
            "filters": {
                "type": "object",
                "additionalProperties": {"anyOf": [_TEXT, _list(_TEXT)]},
                "description": "The filters that restrict anything, by name.",
            },
            "created": _TEXT,
            "seen": {"type": ["string", "null"], "description": "The moment of the last acknowledgement."},
            "new": _COUNT,
            "error": {"type": ["string", "null"], "description": "Why the query cannot be run any more."},
        }
    ),
    "Alerts": _object({"alerts": _list(_ref("Alert"))}),
    "Match": _object({"alert": _TEXT, "sequence": _COUNT, "commit": _COUNT, **_HIT}),
    "Matches": _object({"matches": _list(_ref("Match"))}),
    "Removed": _object({"removed": _TEXT}),
    "Acknowledged": _object({"name": _TEXT, "new": _COUNT}),
    "Problem": {
        "type": "object",
        "description": "What went wrong, as RFC 9457 has it.",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "failed": _COUNT,
            "errors": _ERRORS,
        },
        "required": ["type", "title", "status", "detail"],
    },
}
