"""Watches a folder and gives the names of the files that appear or change in it (extra: watch)."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newsindex.errors import CorpusError, ExtraNotInstalled
from newsindex.optional import missing_library

from .file_search import find_files

_MAX_QUIET_PERIODS: Final = 10  # after so many, changes that never cease are given all the same
_WAKE_SECONDS: Final = 0.5  # after so many without a change the caller gets an empty list


def changed_files(folder: Path, quiet: float, excluded: Path | None) -> Iterator[list[str]]:
    """First every file that a reading of the folder would read, then those that appeared or changed.

    A list comes each time ``quiet`` seconds have passed without a change; an empty one where nothing
    happens for a while. Files below the folder ``excluded``, if any, are left out.

    Raises ExtraNotInstalled at once without the library, and CorpusError, while it is read, for a folder that
    cannot be watched, or is gone.
    """
    try:
        from watchfiles import watch  # an extra
    except ImportError as error:
        raise ExtraNotInstalled(missing_library("watch", error)) from None
    root = os.path.realpath(folder)
    step = max(1, round(quiet * 1000))
    batches = watch(
        root,
        watch_filter=None,
        step=step,
        debounce=step * _MAX_QUIET_PERIODS,
        rust_timeout=round(_WAKE_SECONDS * 1000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    changes = ({(change.name, path) for change, path in batch} for batch in batches)
    return _names_of_changes(changes, folder, root, excluded)


def _names_of_changes(
    changes: Iterator[set[tuple[str, str]]], folder: Path, root: str, excluded: Path | None
) -> Iterator[list[str]]:
    """The files of each batch of changes, which are named "added", "modified" and "deleted"."""
    is_first = True
    while True:
        try:
            batch = next(changes)  # the first call begins the watch: nothing that happens later is missed
        except (OSError, RuntimeError) as error:
            raise CorpusError(f"the folder cannot be watched: {error}", str(folder)) from error
        files = {_plain(path) for change, path in batch if change != "deleted"}
        folders = {_plain(path) for change, path in batch if change == "added" and os.path.isdir(path)}
        found = _paths_and_names(folder, root, excluded) if is_first or files else []
        yield [name for path, name in found if is_first or path in files or _is_below(path, folders)]
        is_first = False
        if not os.path.isdir(root):
            raise CorpusError("the folder is gone", str(folder))


def _paths_and_names(folder: Path, root: str, excluded: Path | None) -> list[tuple[str, str]]:
    """The paths of the files to read, to compare with those that the library tells, and their names."""
    home = None if excluded is None else os.path.realpath(excluded)
    found = []
    for file in find_files(folder):
        if file.path and not file.error:
            path = os.path.join(root, os.path.relpath(file.path, folder))
            if home is None or not _is_below(path, {home}):
                found.append((_plain(os.fsencode(path).decode(errors="replace")), file.name))
    return found


def _plain(path: str) -> str:
    """A path in small letters and one Unicode form.

    macOS tells a change under the name that the disk has, whatever name of the folder was given. Where two
    files have one plain path, both are given, and the one that did not change is not read again.
    """
    return unicodedata.normalize("NFC", path).casefold()


def _is_below(path: str, folders: set[str]) -> bool:
    return any(path.startswith(folder + os.sep) for folder in folders)
