"""What is said where the system refuses a file, and what makes a file's name outlive a loss of power?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import NewsIndexError


@contextmanager
def reporting_refusals(folder: Path) -> Iterator[None]:
    """The system's errors as ours, which say what to do: a full disk, a folder that is not ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise NewsIndexError(
            f"{error.filename or folder} could not be read or written ({reason}): "
            "see to the disk and to its permissions, then do it again"
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the names of new files in a folder durable, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except (OSError, AttributeError):  # Windows cannot open a folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
