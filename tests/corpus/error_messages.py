"""The message of an error in reading, without its file and line."""

from __future__ import annotations


def message(error):
    return f"{error.record}: {error.reason}" if error.record else error.reason
