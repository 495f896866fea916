"""The description of the API as an OpenAPI 3.1 document, made from the table of its operations."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from newsindex._version import __version__
from newsindex.web.parameters import Parameter

from .operations import Operation
from .schemas import SCHEMAS

_ETAG_HEADER: Final = {
    "ETag": {
        "description": "Send it back as If-None-Match: an answer that would be the same has status 304.",
        "schema": {"type": "string"},
    }
}


def openapi_document(operations: Iterable[Operation], root: str) -> dict[str, Any]:
    """Makes the document; ``root`` is the path under which the application is mounted."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "newsindex",
            "summary": "Full-text search for French-language news.",
            "version": __version__,
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe(operation: Operation) -> dict[str, Any]:
    success = _content("Done.", operation.media_types, operation.schema)
    responses: dict[str, Any] = {"200": success}
    if operation.method == "GET":
        success["headers"] = _ETAG_HEADER
        responses["304"] = {"description": "The client has this already."}
    for status in sorted(operation.problems):
        responses[str(status)] = _content(HTTPStatus(status).phrase, ("application/problem+json",), "Problem")
    description: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": responses,
    }
    if operation.body:
        description["requestBody"] = {"required": True, **_body(("application/json",), operation.body)}
    if operation.method != "GET":
        description["security"] = [{"token": []}]
    return description


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.location,
        "description": parameter.description,
        "required": parameter.required,
        "schema": parameter.schema,
    }


def _content(description: str, media_types: Iterable[str], schema: str | None) -> dict[str, Any]:
    return {"description": description, **_body(media_types, schema)}


def _body(media_types: Iterable[str], schema: str | None) -> dict[str, Any]:
    content = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "string"}
    return {"content": {media_type: {"schema": content} for media_type in media_types}}
