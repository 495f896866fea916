"""Replaces a file by a new one that appears only when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsindex.errors import NewsIndexError


@contextmanager
def replace_file(name: str) -> Iterator[BinaryIO]:
    """Open a file to write, which takes its place at the end of the block; after an error nothing changes.

    Of a symbolic link the file that it leads to is replaced. A pipe or device is written directly.

    Raises NewsIndexError where the file cannot be written.
    """
    try:
        path = Path(os.path.realpath(name))
        if path.exists() and not path.is_file():
            with open(path, "wb") as stream:
                yield stream
            return
        making = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            with open(making, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(making, path)
        finally:
            making.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise NewsIndexError(f"{name!r} cannot be written ({error}): name another file") from error
