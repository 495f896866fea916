"""The download of a press review, made of what a search finds."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.searching.searcher import Searcher

REVIEW_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media type of each format."""


def review_file(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answers with a review as a file; ``format`` is one of REVIEW_TYPES, the rest is of Searcher.review."""
    options = dict(arguments)
    ending = options.pop("format")
    content = searcher.review(**options).encoded(f".{ending}")
    return Response(
        content,
        media_type=REVIEW_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="revue.{ending}"'},
    )
