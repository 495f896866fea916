"""How do the names of files in a folder come and go for good?"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


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


def discard(paths: Iterable[Path]) -> None:
    """Delete files that nothing names any more; readers that opened one keep their view."""
    for path in paths:
        with suppress(OSError):  # then the next writer deletes it
            path.unlink(missing_ok=True)
