"""Lucene: its French analysis, texts stored, positions, one indexing thread; a Java program beside this one.

The program takes its own times, so that neither the pipe to it nor the start of its machine counts, and is
asked all queries for some seconds before they are timed, so that its code is compiled.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from . import Taken, plain_words
from .java import lucene_command

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it

_KINDS: Final = ("any", "all", "phrase", "any + total", "all + total", "phrase + total", "end to end")
_WARM_SECONDS: Final = 5.0
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Engine:
    """Runs the program; it ends with this process."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> float:
        """Indexes articles; returns the seconds that the program counted."""
        command = [*lucene_command(), "build", str(folder)]
        with _start(command) as program:
            stdin, stdout = _pipes(program)
            for article in articles:
                published = str(_minute(article.published)) if article.published else "0"
                fields = (article.id, article.headline, article.body, published, article.source or "")
                stdin.write("\t".join([field.translate(_ESCAPES) for field in fields]) + "\n")
            stdin.close()
            seconds = float(stdout.readline())
        if program.returncode:
            raise RuntimeError(f"the Lucene peer ended with status {program.returncode}")
        return seconds

    def open(self, folder: Path) -> None:
        """Starts the program on what was built."""
        self._program = _start([*lucene_command(), "serve", str(folder)])

    def _request(self, *fields: str) -> str:
        stdin, stdout = _pipes(self._program)
        stdin.write("\t".join([field.translate(_ESCAPES) for field in fields]) + "\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise RuntimeError(f"the Lucene peer gave no answer to {fields[:3]}")
        return answer.rstrip("\n")

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        """Each kind of query as a request to the program."""

        def asking(kind: str) -> Callable[[list[str]], object]:
            return lambda words: self._request("ask", kind, " ".join(words))

        return {kind: asking(kind) for kind in _KINDS}

    def times(self, kind: str, lists: Sequence[list[str]]) -> list[Taken]:
        """What the program counted for each query of a kind, asked for some seconds before."""
        queries = [" ".join(words) for words in lists]
        numbers = list(map(int, self._request("time", kind, str(_WARM_SECONDS), *queries).split("\t")))
        return [Taken(wall / 1e6, used / 1e6) for wall, used in zip(numbers[::2], numbers[1::2], strict=True)]

    def ranked(self, question: str, limit: int) -> list[str]:
        """The ids of the best articles for a question, best first."""
        answer = self._request("ranked", str(limit), " ".join(plain_words(question)))
        return answer.split("\t") if answer else []


def _start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )


def _pipes(program: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    """The standard input and output of the program."""
    return cast("IO[str]", program.stdin), cast("IO[str]", program.stdout)


def _minute(published: date) -> int:
    """Minutes since 1970 of a day, or of a moment."""
    if isinstance(published, datetime):
        return int(published.timestamp() // 60)
    return (published - date(1970, 1, 1)).days * 24 * 60
