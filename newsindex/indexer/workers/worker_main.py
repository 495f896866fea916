"""How does a process scan articles and build segments for another one?

``python -m newsindex.indexer.workers.worker_main`` does what its standard input says and answers on its
standard output (see worker_messages.py) until its parent ends, however that ends.
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
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.storage.text_store import written

from .worker_messages import read_articles, read_rows, receive, send


def main() -> None:
    """Work until the parent has no more to say."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes, and the parent decides
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    begin = receive(sys.stdin.buffer)
    if begin is None:
        return
    batch = Batch(Scanner(Lexicon.from_record(begin[0]["lexicon"]).french))
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
    match head["do"]:
        case "scan":
            stored = read_articles(head, payload)
            batch.scan(stored, list(chain.from_iterable(map(written, stored))))
            return None
        case "give":
            return {}, batch.packed(head["number"])
        case "tell":
            return {}, b"full" if batch.is_full() else b""
        case "forget":
            batch.forget()
            return None
        case _:
            batch.build(Path(head["path"]), read_rows(head, payload))
            return {}, b""


if __name__ == "__main__":
    main()
