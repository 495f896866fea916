"""Which files of a folder appear or change, as long as somebody asks?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newsindex.errors import CorpusError
from newsindex.optional import needs

from .file_search import find_files

_LONGEST: Final = 10  # times the quiet that is waited for, where changes never cease
_WAKE: Final = 0.5  # seconds, after which who waits is asked again whether there is something left to do


def changed_files(folder: Path, quiet: float, without: Path) -> Iterator[list[str]]:
    """At first every file that a reading of the folder would read, then those that appeared or changed.

    Each time ``quiet`` seconds have passed without a change; an empty list where nothing happens for a
    while. Nothing is said of files below the folder ``without``.

    Raises CorpusError without the library, and for a folder that cannot be watched, or is gone.
    """
    try:
        from watchfiles import Change, watch  # an extra
    except ImportError as error:
        raise CorpusError(needs("watch", error)) from None
    root = os.path.realpath(folder)
    step = max(1, round(quiet * 1000))
    changes = watch(
        root,
        watch_filter=None,
        step=step,
        debounce=step * _LONGEST,
        rust_timeout=round(_WAKE * 1000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    is_first = True
    while True:
        try:
            seen = next(changes)  # the first begins the watch: nothing that happens later is missed
        except (OSError, RuntimeError) as error:
            raise CorpusError(f"the folder cannot be watched: {error}", str(folder)) from error
        files = {path for change, path in seen if change != Change.deleted}
        folders = {path for change, path in seen if change == Change.added and os.path.isdir(path)}
        found = _found(folder, root, without) if is_first or files else {}
        yield [name for path, name in found.items() if is_first or path in files or _is_in(path, folders)]
        is_first = False
        if not os.path.isdir(root):
            raise CorpusError("the folder is gone", str(folder))


def _found(folder: Path, root: str, without: Path) -> dict[str, str]:
    """The names of files to read, by their paths as the watch writes them."""
    home = without.resolve()
    found = {}
    for file in find_files(folder):
        if file.path and not file.error and not file.path.absolute().is_relative_to(home):
            path = os.path.join(root, os.path.relpath(file.path, folder))
            found[os.fsencode(path).decode(errors="replace")] = file.name
    return found


def _is_in(path: str, folders: set[str]) -> bool:
    return any(path.startswith(folder + os.sep) for folder in folders)
