"""How does the API describe itself to programs? As an OpenAPI 3.1 document, made from its table."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from newsindex._version import __version__

from .operations import Operation
from .parameters import Parameter
from .schemas import SCHEMAS

_ETAG: Final = {
    "ETag": {
        "description": "Send it back as If-None-Match: an answer that would be the same has status 304.",
        "schema": {"type": "string"},
    }
}


def document(operations: Iterable[Operation], root: str) -> dict[str, Any]:
    """The document; ``root`` is the path under which the application is mounted."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
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


def _described(operation: Operation) -> dict[str, Any]:
    done = _content("Done.", operation.media_type, operation.result)
    responses: dict[str, Any] = {"200": done}
    if operation.method == "GET":
        done["headers"] = _ETAG
        responses["304"] = {"description": "The client has this already."}
    for status in sorted(operation.problems):
        responses[str(status)] = _content(HTTPStatus(status).phrase, "application/problem+json", "Problem")
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": responses,
    }
    if operation.takes:
        described["requestBody"] = {"required": True, **_body("application/json", operation.takes)}
    if operation.method != "GET":
        described["security"] = [{"token": []}]
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": parameter.schema,
    }


def _content(description: str, media_type: str, schema: str | None) -> dict[str, Any]:
    return {"description": description, **_body(media_type, schema)}


def _body(media_type: str, schema: str | None) -> dict[str, Any]:
    described = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "string"}
    return {"content": {media_type: {"schema": described}}}
