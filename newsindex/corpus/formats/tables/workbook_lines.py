"""Runs the program that reads a workbook, and gives the lines that it writes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Any, Final, cast

from newsindex.corpus.inputs.bounded_reading import BUFFER, MAX_LINE
from newsindex.errors import CorpusError
from newsindex.optional import python_executable

from . import workbook_process

_TOO_MUCH: Final = "the workbook is damaged, or its cells are more than can be held"
_NO_PYTHON: Final = "a workbook is read by another Python, and this program can start none: save it as CSV"
_MAX_MESSAGE_CHARACTERS: Final = 200


def workbook_lines(content: bytes) -> Iterator[dict[str, Any] | list[Any]]:
    """The lines of :mod:`workbook_process` for a workbook: an object for each sheet, a list for each row.

    Raises CorpusError where the workbook cannot be read, after the rows that could be.
    """
    executable = python_executable()
    if executable is None:
        raise CorpusError(_NO_PYTHON)
    with subprocess.Popen(
        [executable, workbook_process.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        try:
            output = io.BufferedReader(cast(Any, process.stdout), BUFFER)
            writing = threading.Thread(target=_write, args=(process.stdin, content), daemon=True)
            writing.start()
            yield from _lines(output)
        finally:
            process.kill()
            writing.join()


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    """Gives the program its input; a program that has ended takes none."""
    assert pipe is not None
    try:
        with pipe:
            pipe.write(content)
    except OSError:
        return


def _lines(output: io.BufferedReader) -> Iterator[dict[str, Any] | list[Any]]:
    while line := output.readline(MAX_LINE):
        try:
            value = json.loads(line)
        except ValueError:
            break  # cut short by the end of the program, or longer than any row
        if isinstance(value, dict) and "end" in value:
            return
        if isinstance(value, dict) and "error" in value:
            message = str(value["error"])[:_MAX_MESSAGE_CHARACTERS]
            raise CorpusError(f"the workbook is damaged: {message}")
        yield value
    raise CorpusError(_TOO_MUCH)
