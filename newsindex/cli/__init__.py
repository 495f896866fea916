"""The ``newsindex`` command: it parses its arguments, calls the public API and prints."""

from .main import main

__all__ = ["main"]
