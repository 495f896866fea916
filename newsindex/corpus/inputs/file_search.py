"""Finds the files that a user's paths mean: the files themselves, and those below folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from newsindex.arguments import PathName
from newsindex.errors import CorpusError

_STANDARD_INPUT: Final = "-"
_INDEX_SUFFIX: Final = ".newsindex"  # by custom the end of an index's name
_DOCUMENTATION_SUFFIXES: Final = (".md", ".markdown", ".rst")


class FoundFile(NamedTuple):
    """A file to read, or the error that prevents it; standard input has no path."""

    name: str
    path: Path | None = None
    error: str | None = None


def find_files(given: PathName) -> list[FoundFile]:
    """The file of a path, or the files below the folder. Raises CorpusError for a path without a file."""
    name = os.fspath(given)
    if name == _STANDARD_INPUT:
        return [FoundFile(name)]
    try:
        if stat.S_ISDIR(os.stat(name).st_mode):
            return sorted(_walk(Path(name)))
    except FileNotFoundError:
        raise CorpusError("there is no such file or folder", name) from None
    except (OSError, ValueError) as error:
        raise CorpusError(f"this path cannot be read: {error}", name) from None
    return [FoundFile(name, Path(name))]


def _walk(folder: Path) -> Iterator[FoundFile]:
    """The files below a folder, without hidden ones, documentation, indexes and links that lead out of it."""
    home = folder.resolve()
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = [
            name for name in folders if not name.startswith(".") and not name.endswith(_INDEX_SUFFIX)
        ]
        for path in (Path(parent, name) for name in names if not is_passed_over(name)):
            if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(home):
                yield FoundFile(str(path), path, _irregular_file_error(path))
    for error in unreadable:
        yield FoundFile(str(error.filename), None, f"the folder cannot be read: {error.strerror}")


def _irregular_file_error(path: Path) -> str | None:
    """The error of a pipe or device, which reading would wait for; a missing file fails when it is opened."""
    return "this is not a regular file" if path.exists() and not path.is_file() else None


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is hidden, documentation, or what macOS puts beside the files of a zip."""
    lowered = name.lower()
    return (
        name.startswith((".", "__MACOSX"))
        or lowered.startswith("readme")
        or lowered.endswith(_DOCUMENTATION_SUFFIXES)
    )


def size_of(file: FoundFile) -> int:
    """The size of a file on disk in bytes; 0 for what has no size, or is gone."""
    try:
        status = file.path.stat() if file.path else None
    except OSError:
        return 0
    return status.st_size if status and stat.S_ISREG(status.st_mode) else 0
