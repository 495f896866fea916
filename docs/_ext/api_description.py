"""The addresses of the JSON API described in Markdown, from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsindex.web import Limits
from newsindex.web.api.alert_operations import alert_operations
from newsindex.web.api.analysis_operations import analysis_operations
from newsindex.web.api.openapi import openapi_document
from newsindex.web.api.operations import operations


def api_document() -> dict[str, Any]:
    """The OpenAPI document of an application with a token and the default limits."""
    limits = Limits()
    table = [
        *operations(limits, with_changes=True),
        *analysis_operations(limits),
        *alert_operations(limits, with_changes=True),
    ]
    return openapi_document(table, "")


def describe_api(document: Mapping[str, Any]) -> str:
    """Describe all operations and schemas as Markdown, with headings of the second and third level."""
    lines = ["## Addresses", ""]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            lines += _operation(path, method, operation)
    lines += ["## Answers and bodies", ""]
    for name, schema in document["components"]["schemas"].items():
        lines += _schema(name, schema)
    return "\n".join(lines)


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {method.upper()} {path}"
    yield ""
    yield operation["summary"]
    yield ""
    if body := operation.get("requestBody"):
        yield f"The body is {_content(body)}."
        yield ""
    if operation["parameters"]:
        yield "| parameter | type | meaning |"
        yield "|---|---|---|"
        for parameter in operation["parameters"]:
            required = " Required." if parameter["required"] else ""
            meaning = f"{parameter['description']}{required}".replace("|", "\\|")
            yield f"| `{parameter['name']}` | {_type(parameter['schema'])} | {meaning} |"
        yield ""
    problems = ", ".join(status for status in operation["responses"] if int(status) >= 400)
    needs_token = " It needs the token." if "security" in operation else ""
    yield f"Answers with {_content(operation['responses']['200'])}; problems: {problems}.{needs_token}"
    yield ""


def _content(answer: Mapping[str, Any]) -> str:
    media_types = " or ".join(f"`{media_type}`" for media_type in answer["content"])
    reference = next(iter(answer["content"].values()))["schema"].get("$ref")
    return f"{media_types}, {_link(reference)}" if reference else media_types


def _schema(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"(schema-{name.lower()})="
    yield f"### {name}"
    yield ""
    if description := schema.get("description"):
        yield description
        yield ""
    if "oneOf" in schema:
        yield "One of: " + ", ".join(map(_type, schema["oneOf"])) + "."
        yield ""
    if properties := schema.get("properties"):
        yield "| member | type | meaning |"
        yield "|---|---|---|"
        for member, value in properties.items():
            yield f"| `{member}` | {_type(value)} | {value.get('description', '')} |"
        yield ""


def _link(reference: str) -> str:
    name = reference.rpartition("/")[2]
    return f"[{name}](#schema-{name.lower()})"


def _type(schema: Mapping[str, Any]) -> str:
    """A type of JSON Schema in words."""
    if "$ref" in schema:
        return _link(schema["$ref"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    kind = schema.get("type", "any value")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and isinstance(values := schema.get("additionalProperties"), Mapping):
        return f"object of {_type(values)}"
    words = kind if isinstance(kind, str) else " or ".join(kind)
    bounds = [
        f"{sign} {schema[key]:,}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema
    ]
    default = [f"default `{_json(schema['default'])}`"] if schema.get("default") is not None else []
    return ", ".join([words, *bounds, *default])


def _json(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
