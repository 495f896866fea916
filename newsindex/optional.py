"""Messages about an optional library that is missing or fails, and the extra that brings it."""

from __future__ import annotations

_MAX_MESSAGE_CHARACTERS = 200


def missing_library(extra: str, error: ImportError) -> str:
    """The message for a library that is not installed; it names the extra that brings it."""
    return f"this needs {error.name or extra}, which is not installed: {install_with(extra)}"


def install_with(extra: str) -> str:
    """The advice to install newsindex with one of its extras; the manual has the commands for it."""
    return f"install newsindex with its extra `{extra}`"


def library_failure(error: Exception) -> str:
    """The message for an exception that a library raised while it read a file; line ends become spaces."""
    message = " ".join(f"this cannot be read ({type(error).__name__}: {error}".split())
    return message[:_MAX_MESSAGE_CHARACTERS] + ")"
