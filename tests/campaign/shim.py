"""How is every change that a program makes to its files recorded, stopped short, or made to fail?

By a library preloaded into it (shim.c), built with the system's C compiler, that sees SQLite's writes too.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

_RECORD = struct.Struct("<ciqqII")
_SOURCE = Path(__file__).with_name("shim.c")


class Call(NamedTuple):
    """A call that changed a file, or a note of the program (``A``); see shim.c for ``what``."""

    what: str
    fd: int
    at: int
    size: int
    path: str
    data: bytes


def is_available():
    """Whether programs can be watched here."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def build(folder):
    """Compile the library into a folder; returns its path."""
    library = Path(folder) / "shim.so"
    if not library.exists():
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, _SOURCE], check=True)
    return library


def environment(library, root, log=None, kill_at=None):
    """The environment of a program whose changes below ``root`` are watched."""
    watched = {"LD_PRELOAD": str(library), "CAMPAIGN_ROOT": str(root)}
    if log is not None:
        watched["CAMPAIGN_LOG"] = str(log)
    if kill_at is not None:
        watched["CAMPAIGN_KILL_AT"] = str(kill_at)
    return {**os.environ, **watched}


@cache
def _loaded():
    """The library in this process, or None where it has not been preloaded."""
    here = ctypes.CDLL(None)
    if not hasattr(here, "campaign_note"):
        return None
    for function in (here.campaign_note, here.campaign_arm, here.campaign_failed):
        function.restype = ctypes.c_long
    here.campaign_note.argtypes = [ctypes.c_long]
    here.campaign_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_long]
    return here


def note(number):
    """Put a number into the record, between the calls before and after it."""
    library = _loaded()
    if library is not None:
        library.campaign_note(number)


def fail_from(call, error, calls=0):
    """Let the call'th call from now on and so many in all, or all after it, fail with an errno."""
    _loaded().campaign_arm(call, error, calls)


def stop_failing():
    """Let calls pass again."""
    _loaded().campaign_arm(0, 0, 0)


def failed():
    """How many calls have failed since :func:`fail_from`."""
    return _loaded().campaign_failed()


def read_log(path):
    """The calls of a record, in order."""
    content = Path(path).read_bytes()
    calls, at = [], 0
    while at < len(content):
        what, fd, offset, size, path_length, data_length = _RECORD.unpack_from(content, at)
        at += _RECORD.size
        name = content[at : at + path_length].decode()
        at += path_length
        calls.append(Call(what.decode(), fd, offset, size, name, content[at : at + data_length]))
        at += data_length
    return calls
