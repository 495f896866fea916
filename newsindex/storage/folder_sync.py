"""Durable creation and quiet deletion of file names in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Makes the names of new files in a folder durable, where the system offers that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except (OSError, AttributeError):  # Windows cannot open a folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def delete_files(paths: Iterable[Path]) -> None:
    """Deletes files that the index no longer needs; a reader that has one open keeps its content."""
    for path in paths:
        with suppress(OSError):  # the next writer tries again
            path.unlink(missing_ok=True)
