"""What does each address of the API answer, once its parameters are read?

Each function takes the index, the arguments and the request, in a thread of its own.
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
from newsindex.index import Index
from newsindex.web.problems import Problem

Arguments = dict[str, Any]


class JSON(Response):
    """A JSON document."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The document as bytes."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def search(index: Index, arguments: Arguments, request: Request) -> Response:
    """One page of results."""
    return JSON(results_dict(arguments["query"], index.search(**arguments)))


def suggest(index: Index, arguments: Arguments, request: Request) -> Response:
    """Words and headlines that begin as the reader does."""
    return JSON({"prefix": arguments["prefix"], "suggestions": index.suggest(**arguments)})


def similar(index: Index, arguments: Arguments, request: Request) -> Response:
    """Articles like one."""
    if arguments["article_id"] not in index:
        raise not_found(arguments["article_id"])
    return JSON({"id": arguments["article_id"], **page_dict(index.similar(**arguments))})


def article(index: Index, arguments: Arguments, request: Request) -> Response:
    """One whole article, and the ids of those with the same text."""
    found = index.get(arguments["article_id"])
    if found is None:
        raise not_found(arguments["article_id"])
    duplicates = [other.id for other in index.duplicates_of(found.id)]
    return JSON({**article_to_dict(found), "duplicates": duplicates})


def stats(index: Index, arguments: Arguments, request: Request) -> Response:
    """What the index holds."""
    return JSON(asdict(index.stats()))


def health(index: Index, arguments: Arguments, request: Request) -> Response:
    """That the index can be read, and how many articles it has."""
    state = {"status": "ok", "articles": len(index), "commit": index.commit, "version": __version__}
    return JSON(state, headers={"Cache-Control": "no-store"})


def not_found(article_id: str) -> Problem:
    """The problem that no article has an id."""
    return Problem(404, f"no article has the id {article_id!r:.200}")
