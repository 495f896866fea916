"""``python -m benchmarks.peers.tantivy_server FOLDER`` serves an index of tantivy with the API of newsindex.

It is the least that a program has to do which shows the same page of ten hits: it parses the query, ranks,
counts, reads the articles, marks headline and passage, and encodes the same JSON. It has no page, no deadline
and no cache, does not look for new commits, and reads nothing of a request but its query.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from pathlib import Path
from typing import Any, Final

import tantivy
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import plain_words
from .tantivy_peer import Engine

_HITS: Final = 10
_SNIPPET_CHARACTERS: Final = 150  # as many as tantivy takes


class Searches:
    """Answers searches over one index."""

    def __init__(self, folder: Path) -> None:
        self._engine = Engine()
        self._engine.open(folder)

    def answer(self, query: str) -> dict[str, Any]:
        """One page of results under the names of newsindex's API."""
        started = time.perf_counter()
        engine = self._engine
        parsed = engine.parsed(plain_words(query))
        found = engine.searcher.search(parsed, _HITS, count=True)
        schema = engine.index.schema
        headline = tantivy.SnippetGenerator.create(engine.searcher, parsed, schema, "headline")
        body = tantivy.SnippetGenerator.create(engine.searcher, parsed, schema, "body")
        hits = []
        for score, address in found.hits:
            document = engine.searcher.doc(address)
            snippets = headline.snippet_from_doc(document), body.snippet_from_doc(document)
            hits.append(_hit(document, score, *snippets))
        return {
            "query": query,
            "total": found.count,
            "seconds": round(time.perf_counter() - started, 6),
            "next": None,
            "notes": [],
            "suggestion": None,
            "facets": {},
            "timeline": {},
            "hits": hits,
        }


def _hit(
    document: tantivy.Document, score: float, headline: tantivy.Snippet, body: tantivy.Snippet
) -> dict[str, Any]:
    published = document.get_first("published")
    article = {
        "id": document.get_first("id"),
        "headline": document.get_first("headline"),
        "source": document.get_first("source"),
        "published": published.date().isoformat() if published else None,
    }
    return {
        "article": article,
        "score": score,
        "headline": _marked(headline, str(article["headline"])),
        "snippet": _marked(body, str(document.get_first("body"))[:_SNIPPET_CHARACTERS]),
        "duplicates": [],
    }


def _marked(snippet: tantivy.Snippet, plain: str) -> dict[str, Any]:
    """A snippet in its three forms; the plain text where no word of the query is in the field."""
    html = snippet.to_html()
    if not html:
        return {"html": plain, "text": plain, "spans": []}
    spans = [(part.start, part.end) for part in snippet.highlighted()]
    return {"html": html, "text": snippet.fragment(), "spans": spans}


def create_app(folder: Path) -> Starlette:
    """The application: one address, like that of newsindex."""
    searches = Searches(folder)

    def search(request: Request) -> Response:
        answer = searches.answer(request.query_params.get("q", ""))
        content = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(content, media_type="application/json")

    return Starlette(routes=[Route("/api/search", search)])


def main() -> None:
    """Serves on a free port, and writes the address on standard error."""
    app = create_app(Path(sys.argv[1]))
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/", file=sys.stderr, flush=True)
    config = uvicorn.Config(app, access_log=False, lifespan="off", log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
