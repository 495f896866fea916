"""What may be missing: optional libraries with the extras that bring them, and a Python to start."""

from __future__ import annotations

import os
import re
import sys
from typing import Final

_MAX_MESSAGE_CHARACTERS: Final = 200
_PYTHON_NAME: Final = re.compile(r"(python|pypy)w?[\d.]*(t|d|-dbg|-intel64)?(\.exe)?", re.IGNORECASE)


def python_executable() -> str | None:
    """The running Python, to start another process with; None where the running program is no plain Python.

    In a program that embeds Python, or is frozen, or runs under uWSGI, ``sys.executable`` is empty or that
    program itself, which must not be started.
    """
    executable = sys.executable
    if not executable or getattr(sys, "frozen", False):
        return None
    return executable if _PYTHON_NAME.fullmatch(os.path.basename(executable)) else None


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
