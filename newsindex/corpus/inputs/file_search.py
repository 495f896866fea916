"""Finds the files that a user's paths mean: the files themselves, and those below folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from newsindex.arguments import PathName
from newsindex.errors import CorpusError

from .passed_over import HIDDEN_FOLDER, SIDE_FOLDER_FILE, is_side_folder, reason_of_name

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


def find_files(given: PathName, pass_over: Callable[[str], object] | None = None) -> list[FoundFile]:
    """The file of a path, or the files below the folder. Raises CorpusError for a path without a file.

    ``pass_over`` is called with the reason for each file in a folder that is no article by its name.
    """
    name = os.fspath(given)
    if name == _STANDARD_INPUT:
        return [FoundFile(name)]
    try:
        if stat.S_ISDIR(os.stat(name).st_mode):
            return sorted(_walk(Path(name), pass_over or _count_nothing), key=_place)
    except FileNotFoundError:
        raise CorpusError("there is no such file or folder", name) from None
    except (OSError, ValueError) as error:
        raise CorpusError(f"this path cannot be read: {error}", name) from None
    return [FoundFile(name, Path(name))]


def _place(file: FoundFile) -> str:
    """The place of a file in the order, which is the same on every system."""
    return file.name.replace(os.sep, "/")


def _count_nothing(reason: str) -> None:
    """Files that are passed over need not be counted."""


def _walk(folder: Path, pass_over: Callable[[str], object]) -> Iterator[FoundFile]:
    """The files below a folder, without what is passed over, indexes and links that lead out of it."""
    home = folder.resolve()
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = _folders_to_walk(parent, folders, names, pass_over)
        for name in names:
            path = Path(parent, name)
            if reason := reason_of_name(name):
                pass_over(reason)
            elif not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(home):
                yield FoundFile(str(path), path, _irregular_file_error(path), in_folder=True)
            else:
                pass_over("link out of the folder")
    for error in unreadable:
        yield FoundFile(str(error.filename), None, f"the folder cannot be read: {error.strerror}")


def _folders_to_walk(
    parent: str, folders: list[str], names: list[str], pass_over: Callable[[str], object]
) -> list[str]:
    """The folders in a folder that may hold articles; what saved pages have beside them is passed over."""
    beside = set(names)
    kept = []
    for name in folders:
        if is_side_folder(name, beside):
            for _, _, inside in os.walk(os.path.join(parent, name)):
                for _ in inside:
                    pass_over(SIDE_FOLDER_FILE)
        elif name.startswith("."):
            pass_over(HIDDEN_FOLDER)
        elif not name.lower().endswith(_INDEX_SUFFIX):
            kept.append(name)
    return kept


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
