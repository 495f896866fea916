"""The answers of the API that are JSON.

Each function takes a searcher over the index, the arguments that the parameters gave, and the request. It
runs in a thread.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsindex._version import __version__
from newsindex.encoding.article_codec import article_to_dict
from newsindex.encoding.result_json import page_dict, results_dict
from newsindex.searching.searcher import Searcher
from newsindex.web.problems import unknown_id
from newsindex.web.service import service_of

Arguments = dict[str, Any]


class JSON(Response):
    """A JSON document."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Encodes the document."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def search(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with one page of results."""
    return JSON(results_dict(arguments["query"], searcher.search(**arguments)))


def suggest(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with completions of a prefix."""
    return JSON({"prefix": arguments["prefix"], "suggestions": searcher.suggest(**arguments)})


def similar(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with articles about the same as one."""
    if arguments["article_id"] not in searcher:
        raise unknown_id(arguments["article_id"])
    return JSON({"id": arguments["article_id"], **page_dict(searcher.similar(**arguments))})


def article(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with one whole article and the ids of those with the same text."""
    whole = searcher.get(arguments["article_id"])
    if whole is None:
        raise unknown_id(arguments["article_id"])
    duplicates = [duplicate.id for duplicate in searcher.duplicates_of(whole.id)]
    return JSON({**article_to_dict(whole), "duplicates": duplicates})


def stats(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with the counts and sizes of the index."""
    return JSON(asdict(service_of(request).index.stats()))


def health(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers that the index can be read, and how many articles it has."""
    state = {"status": "ok", "articles": len(searcher), "commit": searcher.commit, "version": __version__}
    return JSON(state, headers={"Cache-Control": "no-store"})
