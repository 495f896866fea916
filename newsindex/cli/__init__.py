"""The ``newsindex`` command: parses, calls the public API, prints."""

from .command_group import main

__all__ = ["main"]
