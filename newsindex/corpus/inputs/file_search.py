"""Which files are meant by the paths that a user gives?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple

from newsindex.errors import CorpusError

PathName = str | PathLike[str]
STANDARD_INPUT: Final = "-"
_INDEX: Final = ".newsindex"  # by custom the end of an index's name
_DOCUMENTATION: Final = (".md", ".markdown", ".rst")


class FoundFile(NamedTuple):
    """A file to read, or what is wrong with it; standard input has no path."""

    name: str
    path: Path | None = None
    error: str | None = None


def find_files(given: PathName) -> list[FoundFile]:
    """The files of a path: itself, or those of the folder. Raises CorpusError where there is none."""
    name = os.fspath(given)
    if name == STANDARD_INPUT:
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
        folders[:] = [name for name in folders if not name.startswith(".") and not name.endswith(_INDEX)]
        for path in (Path(parent, name) for name in names if not is_passed_over(name)):
            if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(home):
                yield FoundFile(str(path), path, _why_not_read(path))
    for error in unreadable:
        yield FoundFile(str(error.filename), None, f"the folder cannot be read: {error.strerror}")


def _why_not_read(path: Path) -> str | None:
    """Pipes and devices would be waited for; what is gone is told when it is opened."""
    return "this is not a regular file" if path.exists() and not path.is_file() else None


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is hidden, or documentation, or what macOS puts beside files in a zip."""
    plain = name.lower()
    return name.startswith((".", "__MACOSX")) or plain.startswith("readme") or plain.endswith(_DOCUMENTATION)


def size_of(file: FoundFile) -> int:
    """Bytes on disk; 0 for what has no size, or is gone."""
    try:
        status = file.path.stat() if file.path else None
    except OSError:
        return 0
    return status.st_size if status and stat.S_ISREG(status.st_mode) else 0
