"""How does a client with the token add and delete articles?"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.corpus.fields.records import article_from
from newsindex.errors import CorpusError
from newsindex.index import Index
from newsindex.web.limits import Limits
from newsindex.web.problems import Problem
from newsindex.web.service import Service, service_of

from .answers import JSON, not_found

_SHOWN_ERRORS: Final = 100


async def add(request: Request, arguments: dict[str, Any]) -> Response:
    """Add or update one article or several, in one commit; what cannot become an article is reported."""
    service = service_of(request)
    _check_token(request, service)
    body = await _body(request, service.limits)

    def change(index: Index) -> Response:
        records = _records(body)
        errors = []
        with index.writer(service.limits.seconds, workers=1) as writer:
            for number, record in enumerate(records, 1):
                try:
                    writer.add(_article(record, service.limits.characters))
                except CorpusError as error:
                    errors.append({"record": number, "reason": error.reason})
            if records and len(errors) == len(records):
                raise Problem(422, "none of this is an article: see errors", errors=errors[:_SHOWN_ERRORS])
        counts = {name: getattr(writer.report, name) for name in ("added", "updated", "skipped")}
        shown = {"failed": len(errors), "errors": errors[:_SHOWN_ERRORS]}
        return JSON({**counts, **shown, "articles": len(index)})

    return await service.change(change)


async def delete(request: Request, arguments: dict[str, Any]) -> Response:
    """Delete one article."""
    service = service_of(request)
    _check_token(request, service)

    def change(index: Index) -> Response:
        deleted = index.delete(arguments["article_id"], timeout=service.limits.seconds)
        if not deleted:
            raise not_found(arguments["article_id"])
        return JSON({"deleted": deleted, "articles": len(index)})

    return await service.change(change)


def _check_token(request: Request, service: Service) -> None:
    """Raise Problem (401) for a request that does not bear the token."""
    given = request.headers.get("authorization", "")
    scheme, _, token = given.partition(" ")
    wanted = (service.token or "").encode()
    borne = token.strip().encode("latin-1")  # as it came, byte for byte
    if scheme.lower() == "bearer" and wanted and secrets.compare_digest(borne, wanted):
        return
    detail = "this needs the header `Authorization: Bearer TOKEN`, with the token that the server was given"
    raise Problem(401, detail, {"WWW-Authenticate": 'Bearer realm="newsindex"'})


def _article(record: Any, most: int) -> Any:
    """The article of a record; what is none stays as it is. Raises CorpusError for too long an id."""
    if not isinstance(record, Mapping):
        return record
    article = article_from(record)
    if len(article.id) > most:
        raise CorpusError(f"the id has {len(article.id):,} characters and the limit is {most:,}: shorten it")
    return article


async def _body(request: Request, limits: Limits) -> bytearray:
    """The body of a request, as long and as slow as it may be at most. Raises Problem."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "the body must be JSON, and its Content-Type application/json")
    too_long = Problem(413, f"the body is longer than {limits.body:,} bytes: send fewer articles at once")
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limits.body):
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > limits.body:
                    raise too_long
    except TimeoutError:
        raise Problem(408, f"the body did not arrive within {limits.seconds:g} seconds") from None
    return body


def _no_json(constant: str) -> None:
    """NaN and Infinity, which Python reads, and which are not JSON."""
    raise ValueError(constant)


def _records(body: bytearray) -> list[Any]:
    """What is in a body. Raises Problem."""
    try:
        records = json.loads(body.decode("utf-8-sig"), parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise Problem(400, "the body is not valid JSON in UTF-8") from None
    if isinstance(records, dict):
        return [records]
    if not isinstance(records, list):
        raise Problem(422, "the body must be an article, an object, or a list of them")
    return records
