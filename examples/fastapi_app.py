"""Serves the page and the API in a FastAPI application: ``uvicorn examples.fastapi_app:app``."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException

from examples.sample import open_index
from newsindex import QueryError, aio
from newsindex.web import create_app

index = open_index()
app = FastAPI()
app.mount("/presse", create_app(index))


@app.get("/headlines")
async def headlines(q: str = "", since: str | None = None) -> list[str]:
    """Answer with the newest headlines for some words."""
    try:
        await aio.refresh(index)  # shows what other processes have committed
        results = await aio.search(index, q, limit=5, since=since, sort="newest")
    except QueryError as error:
        raise HTTPException(422, str(error)) from None
    return [hit.article.headline for hit in results]
