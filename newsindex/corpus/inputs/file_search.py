"""Finds the files that a user's paths mean: the files themselves, and those below folders."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from newsindex.arguments import PathName
from newsindex.errors import CorpusError

from .passed_over import HIDDEN_FILE, SIDE_FOLDER_FILE, is_side_folder, reason_of_name

_STANDARD_INPUT: Final = "-"
_INDEX_SUFFIX: Final = ".newsindex"  # by custom the end of an index's name


class FoundFile(NamedTuple):
    """A file to read, or the error that prevents it; standard input has no path.

    A file ``in_folder`` was found below a folder, or in an archive, and not given by its name.
    """

    name: str
    path: Path | None = None
    error: str | None = None
    in_folder: bool = False


def find_files(given: PathName, passed_over: Counter[str] | None = None) -> list[FoundFile]:
    """The file of a path, or the files below the folder. Raises CorpusError for a path without a file.

    What is passed over in the folder is counted in ``passed_over`` by the reason.
    """
    name = os.fspath(given)
    if name == _STANDARD_INPUT:
        return [FoundFile(name)]
    try:
        if stat.S_ISDIR(os.stat(name).st_mode):
            return sorted(_walk(Path(name), Counter() if passed_over is None else passed_over))
    except FileNotFoundError:
        raise CorpusError("there is no such file or folder", name) from None
    except (OSError, ValueError) as error:
        raise CorpusError(f"this path cannot be read: {error}", name) from None
    return [FoundFile(name, Path(name))]


def _walk(folder: Path, passed_over: Counter[str]) -> Iterator[FoundFile]:
    """The files below a folder, without what is passed over, indexes and links that lead out of it."""
    home = folder.resolve()
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        beside = set(names)
        kept = []
        for name in folders:
            if is_side_folder(name, beside):
                passed_over[SIDE_FOLDER_FILE] += sum(
                    len(files) for _, _, files in os.walk(Path(parent, name))
                )
            elif name.startswith("."):
                passed_over[HIDDEN_FILE] += 1
            elif not name.endswith(_INDEX_SUFFIX):
                kept.append(name)
        folders[:] = kept
        for name in names:
            path = Path(parent, name)
            if reason := reason_of_name(name):
                passed_over[reason] += 1
            elif not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(home):
                yield FoundFile(str(path), path, _irregular_file_error(path), in_folder=True)
    for error in unreadable:
        yield FoundFile(str(error.filename), None, f"the folder cannot be read: {error.strerror}")


def _irregular_file_error(path: Path) -> str | None:
    """The error of a pipe or device, which reading would wait for; a missing file fails when it is opened."""
    return "this is not a regular file" if path.exists() and not path.is_file() else None


def size_of(file: FoundFile) -> int:
    """The size of a file on disk in bytes; 0 for what has no size, or is gone."""
    try:
        status = file.path.stat() if file.path else None
    except OSError:
        return 0
    return status.st_size if status and stat.S_ISREG(status.st_mode) else 0
