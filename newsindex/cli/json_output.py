"""JSON on standard output."""

from __future__ import annotations

import json
from typing import Any

import click


def echo_json(value: Any) -> None:
    """Prints a value as one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
