"""Durable writing of files and of their names in a folder, and quiet deletion of them."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any


def sync_file(descriptor: int) -> None:
    """Makes the content of an open file durable."""
    with suppress(
        ImportError, AttributeError, OSError
    ):  # only macOS has the call, and not for network folders
        control: Any = importlib.import_module("fcntl")
        control.fcntl(descriptor, control.F_FULLFSYNC)  # fsync leaves the content in the memory of the disk
        return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Makes the names of new files in a folder durable, where the system offers that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open a folder
        return
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def delete_files(paths: Iterable[Path]) -> list[Path]:
    """Deletes files that the index no longer needs; returns those that the system keeps.

    A reader that has one open keeps its content. Windows does not delete a file that is open anywhere.
    """
    kept = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:  # the next writer tries again
            kept.append(path)
    return kept
