"""JSON on standard output."""

from __future__ import annotations

import codecs
import json
import sys
from typing import Any

import click


def echo_json(value: Any, indent: int | None = 2) -> None:
    """Prints a value as one JSON document, on one line without an ``indent``.

    Letters are escaped unless standard output is in Unicode, so that none is lost in another encoding.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_unicode = codecs.lookup(encoding).name.startswith("utf")
    click.echo(json.dumps(value, ensure_ascii=not is_unicode, indent=indent))
