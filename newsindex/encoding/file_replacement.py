"""Replaces a file by a new one that appears only when it is complete."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from newsindex.errors import NewsIndexError

# A file that exists already, or a link under the name, is an error: neither is followed.
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NEW_FILE_MODE: Final = 0o666  # from which the process's umask takes bits


@contextmanager
def replace_file(name: str) -> Iterator[BinaryIO]:
    """Opens a file to write, which takes its place at the end of the block; after an error nothing changes.

    The new file is written beside the old one under a hidden name of its own, so that any number of threads
    and processes may replace the same file: each succeeds, and the last to end wins. The permissions of the
    old file are kept. Of a symbolic link the file that it leads to is replaced, and the link stays. A pipe
    or device is written directly.

    Raises NewsIndexError where the file cannot be written.
    """
    try:
        path = Path(os.path.realpath(name))
        if not path.parent.is_dir():
            folder = os.path.dirname(name)
            if not folder or os.path.isdir(folder):  # the name is a link to a file elsewhere
                folder = str(path.parent)
            raise NewsIndexError(
                f"{name!r} cannot be written: there is no folder {folder!r}, so make it first"
            )
        if path.exists() and not path.is_file():
            with open(path, "wb") as stream:
                yield stream
            return
        temporary = path.with_name(f".newsindex-{secrets.token_hex(8)}.new")
        permissions = _permissions(path)
        descriptor = os.open(temporary, _CREATE, _NEW_FILE_MODE if permissions is None else permissions)
        try:
            with open(descriptor, "wb") as stream:
                if permissions is not None:
                    os.chmod(temporary, permissions)  # the umask may have taken bits
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, path)
        except BaseException:
            _delete(temporary)
            raise
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        # The text of the whole error would name the temporary file.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise NewsIndexError(f"{name!r} cannot be written ({reason}): name another file") from error


def _delete(path: Path) -> None:
    """Deletes a file, if it can be; the error that it is deleted for is the one that is told."""
    with suppress(OSError):
        os.chmod(path, stat.S_IREAD | stat.S_IWRITE)  # Windows deletes no file that is read-only
        path.unlink()


def _permissions(path: Path) -> int | None:
    """The permission bits of a file; None where there is no file yet."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
