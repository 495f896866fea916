"""Serves the page and the API in a Starlette application: ``uvicorn examples.starlette_app:app``."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from examples.sample import open_index
from newsindex import QueryError, aio
from newsindex.web import create_app

index = open_index()


async def headlines(request: Request) -> JSONResponse:
    """Answer with the newest headlines for the words in ?q=…, from the day in &since=… on."""
    query, since = request.query_params.get("q", ""), request.query_params.get("since")
    try:
        await aio.refresh(index)  # shows what other processes have committed
        results = await aio.search(index, query, limit=5, since=since, sort="newest")
    except QueryError as error:
        return JSONResponse({"detail": str(error)}, 422)
    return JSONResponse([hit.article.headline for hit in results])


app = Starlette(routes=[Route("/headlines", headlines), Mount("/presse", create_app(index))])
