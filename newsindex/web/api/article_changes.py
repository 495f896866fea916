"""Adding and deleting articles by clients that have the token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.corpus.fields.records import article_from
from newsindex.deadline import check_deadline, deadline
from newsindex.errors import CorpusError, DeadlineExceeded
from newsindex.index import Index
from newsindex.web.limits import Limits
from newsindex.web.problems import Problem, unknown_id
from newsindex.web.service import service_of
from newsindex.web.token_check import check_bearer
from newsindex.wording import counted

from .answers import JSON

if TYPE_CHECKING:
    from newsindex.indexer.index_writer import IndexWriter  # a server that only searches starts without it

_MAX_LISTED_ERRORS: Final = 100
_MAX_LENGTH_DIGITS: Final = 18  # of a Content-Length that is converted to a number


async def add(request: Request, arguments: dict[str, Any]) -> Response:
    """Adds or updates one article or several, in one commit; records that are no articles are reported."""
    service = service_of(request)
    check_bearer(request, service)
    body = await _read_body(request, service.limits)

    def change(index: Index) -> Response:
        records = _parse_records(body, service.limits)
        with index.writer(service.limits.seconds, workers=1) as writer:
            failed, errors = _add_records(writer, records, service.limits)
            if records and failed == len(records):
                raise Problem(422, "none of this is an article: see errors", failed=failed, errors=errors)
        counts = {name: getattr(writer.report, name) for name in ("added", "updated", "skipped")}
        return JSON({**counts, "failed": failed, "errors": errors, "articles": len(index)})

    return await service.write(change)


async def delete(request: Request, arguments: dict[str, Any]) -> Response:
    """Deletes one article."""
    service = service_of(request)
    check_bearer(request, service)

    def change(index: Index) -> Response:
        deleted = index.delete(arguments["article_id"], timeout=service.limits.seconds)
        if not deleted:
            raise unknown_id(arguments["article_id"])
        return JSON({"deleted": deleted, "articles": len(index)})

    return await service.write(change)


def _add_records(writer: IndexWriter, records: list[Any], limits: Limits) -> tuple[int, list[dict[str, Any]]]:
    """Adds records; returns how many of them are no articles, and the first hundred errors.

    An error of a date that cannot be read is among them, although its article is added without the date.
    Raises Problem (503) where it takes too long.
    """
    failed = 0
    errors: list[dict[str, Any]] = []
    try:
        with deadline(limits.change):
            for number, record in enumerate(records, 1):
                check_deadline()
                try:
                    article, wrong_dates = _to_article(record, limits.characters)
                    writer.add(article)
                except CorpusError as error:
                    failed += 1
                    errors.append({"record": number, "reason": error.reason})
                else:
                    errors += [{"record": number, "reason": error.reason} for error in wrong_dates]
    except DeadlineExceeded:
        detail = f"these articles take longer than {limits.change:g} seconds: send fewer at once"
        raise Problem(503, detail) from None
    return failed, errors[:_MAX_LISTED_ERRORS]


def _to_article(record: Any, max_id_length: int) -> tuple[Any, list[CorpusError]]:
    """Makes the article of a mapping, and the errors of its date; leaves anything else as it is.

    Raises CorpusError for too long an id.
    """
    errors: list[CorpusError] = []
    if not isinstance(record, Mapping):
        return record, errors
    article = article_from(record, on_error=errors.append)
    if len(article.id) > max_id_length:
        raise CorpusError(
            f"the id has {len(article.id):,} characters and the limit is {max_id_length:,}: shorten it"
        )
    return article, errors


async def _read_body(request: Request, limits: Limits) -> bytearray:
    """Receives the body of a request. Raises Problem for one of another type, too long or too slow."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(415, "the body must be JSON, and its Content-Type application/json")
    too_long = Problem(413, f"the body is longer than {limits.body:,} bytes: send fewer articles at once")
    announced = request.headers.get("content-length", "")
    is_number = announced.isascii() and announced.isdigit()
    if is_number and (len(announced) > _MAX_LENGTH_DIGITS or int(announced) > limits.body):
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.body:
                    raise too_long
    except TimeoutError:
        raise Problem(408, f"the body did not arrive within {limits.seconds:g} seconds") from None
    return body


def _refuse_constant(constant: str) -> None:
    """Refuses NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(constant)


def _parse_records(body: bytearray, limits: Limits) -> list[Any]:
    """Parses a body into its records. Raises Problem.

    A value of JSON takes some 70 bytes once it is parsed, however short it is written, so the number of
    values is bounded before: each one but the first follows a comma or an opening bracket.
    """
    if sum(body.count(sign) for sign in b",[{") > limits.values:
        raise Problem(413, f"the body has more than {limits.values:,} values: send fewer articles at once")
    try:
        records = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "the body is not valid JSON in UTF-8") from None
    if isinstance(records, dict):
        return [records]
    if not isinstance(records, list):
        raise Problem(422, "the body must be an article, an object, or a list of them")
    if len(records) > limits.records:
        counts = f"{counted(len(records), 'article')} and the limit is {limits.records:,}"
        raise Problem(413, f"the body has {counts}: send fewer at once")
    return records
