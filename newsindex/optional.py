"""The messages that name the extra of an optional library that is missing or fails."""

from __future__ import annotations


def needs(extra: str, error: ImportError) -> str:
    """What to say where a library is missing."""
    return f"this needs {error.name or extra}, which is not installed: run `pip install newsindex[{extra}]`"


def failure(error: Exception) -> str:
    """What to say of a library's own error."""
    return " ".join(f"this cannot be read ({type(error).__name__}: {error}".split())[:200] + ")"
