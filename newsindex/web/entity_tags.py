"""Entity tags (ETags), which tell a client that has an answer already whether it is still the same."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from starlette.requests import Request

from newsindex._version import __version__
from newsindex.searching.searcher import Searcher


def entity_tag(searcher: Searcher, request: Request, variant: str = "") -> str:
    """Computes a tag that changes when the answer to a request may change.

    An answer depends on the index and its commit, this program, the address, its ``variant``, and the hour,
    because "last week" is not always the same week. An index that is deleted and created again counts its
    commits from the beginning, and has another identity. The tag is weak, because two equal answers tell
    different times that they took.
    """
    state = (
        __version__,
        searcher.identity,
        searcher.commit,
        len(searcher),
        f"{datetime.now(UTC):%Y%m%d%H}",
        request.scope.get("root_path", ""),
        request.scope["path"],
        request.headers.get("host", ""),
        request.url.scheme,
        request.scope["query_string"],
        variant,
    )
    return f'W/"{hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()}"'


def known_tags(request: Request) -> list[str]:
    """Lists the tags of the answers that the client has, as it sends them in If-None-Match."""
    return [tag.strip() for line in request.headers.getlist("if-none-match") for tag in line.split(",")]
