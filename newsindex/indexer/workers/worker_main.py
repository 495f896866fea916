"""The program of a worker process: scans articles and builds segments for its parent.

It reads requests from its standard input and answers on its standard output (see worker_messages.py) until
its standard input ends, which happens however the parent ends.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from itertools import chain
from pathlib import Path
from typing import Any

from newsindex.analyzer import Lexicon
from newsindex.indexer.building.batch import Batch
from newsindex.indexer.building.segment_builder import Block
from newsindex.indexer.scanning.scanners import new_scanner
from newsindex.storage.text_store import unpack_headline_and_body

from .worker_messages import read_batch_columns, read_packed_articles, receive, send


def main() -> None:
    """Obeys requests until the parent sends no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes, and the parent decides
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    errors = os.open(os.devnull, os.O_WRONLY) if sys.stderr is None else sys.stderr.fileno()
    os.dup2(errors, sys.stdout.fileno())  # so that nothing a library prints becomes an answer
    first = receive(sys.stdin.buffer)
    if first is None:
        return
    settings, _ = first
    batch = Batch(new_scanner(Lexicon.from_record(settings["lexicon"]).french), settings["acronyms"])
    while (message := receive(sys.stdin.buffer)) is not None:
        try:
            answer = _obey(batch, *message)
        except OSError as error:
            answer = {"errno": error.errno, "reason": error.strerror, "file": str(error.filename or "")}, b""
        except Exception:
            answer = {"error": traceback.format_exc()}, b""
        if answer is not None:
            send(answers, *answer)


def _obey(batch: Batch, head: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Does what a request says; returns the answer, or None where the request has none."""
    match head["do"]:
        case "scan":
            packed = read_packed_articles(head, payload)
            batch.scan(Block(packed, list(chain.from_iterable(map(unpack_headline_and_body, packed)))))
            return None
        case "packed_text":
            return {}, batch.packed_text(head["number"])
        case "is_full":
            return {}, b"full" if batch.is_full() else b""
        case "clear":
            batch.clear()
            return None
        case _:
            batch.build(Path(head["path"]), read_batch_columns(head, payload))
            return {}, b""
