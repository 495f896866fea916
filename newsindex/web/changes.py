"""How does a client with the token add and delete articles?"""

from __future__ import annotations

import json
import secrets
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from ..errors import CorpusError
from ..index import Index
from .answers import JSON, not_found
from .problems import Problem
from .service import Service, service_of

_SHOWN_ERRORS: Final = 100


async def add(request: Request, arguments: dict[str, Any]) -> Response:
    """Add or update one article or several, in one commit; what cannot become an article is reported."""
    service = service_of(request)
    _check_token(request, service)
    body = await _body(request, service.limits.body)

    def change(index: Index) -> Response:
        records = _records(body)
        errors = []
        with index.writer(service.limits.seconds, workers=1) as writer:
            for number, record in enumerate(records, 1):
                try:
                    writer.add(record)
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


async def _body(request: Request, most: int) -> bytearray:
    """The body of a request, in at most so many bytes. Raises Problem."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "the body must be JSON, and its Content-Type application/json")
    too_long = Problem(413, f"the body is longer than {most:,} bytes: send fewer articles at once")
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > most):
        raise too_long
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise too_long
    return body


def _records(body: bytearray) -> list[Any]:
    """What is in a body. Raises Problem."""
    try:
        records = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Problem(400, "the body is not valid JSON in UTF-8") from None
    if isinstance(records, dict):
        return [records]
    if not isinstance(records, list):
        raise Problem(422, "the body must be an article, an object, or a list of them")
    return records
