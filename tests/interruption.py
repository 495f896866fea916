"""Starts processes that Ctrl-C ends, also where the tests run in the background of a shell.

Such a shell has its children ignore SIGINT, and a process inherits what is ignored.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Has the processes that are started inside the block receive SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
