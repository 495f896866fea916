"""The code blocks of a page of the manual, and the comments that say how each is run.

A comment stands alone on the line before its block: ``<!-- file: NAME -->`` writes the block to a file,
``<!-- output -->`` compares it with what the Python block before it printed, and ``<!-- not run: REASON -->``
leaves it out. ``<!-- check`` begins lines of Python that readers do not see, up to ``-->``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Final

_BLOCK: Final = re.compile(
    r"^<!-- check\n(?P<check>.*?)^-->$"
    r"|(?:^ *<!-- (?P<comment>.*?) -->\n\n?)?^(?P<indent> *)```(?P<language>[^\n`]*)\n"
    r"(?P<code>.*?)^(?P=indent)```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Block:
    """One block: its ``language``, its text, the line on which it begins, and the comment before it."""

    language: str
    code: str
    line: int
    comment: str = ""

    @property
    def file(self) -> str | None:
        """The name of the file that the block is written to."""
        return self._after("file: ")

    @property
    def reason(self) -> str | None:
        """Why the block is not run."""
        return self._after("not run: ")

    @property
    def is_output(self) -> bool:
        """Whether the block is what the Python block before it prints."""
        return self.comment == "output"

    def _after(self, word: str) -> str | None:
        return self.comment.removeprefix(word) if self.comment.startswith(word) else None


def page_blocks(path: Path) -> list[Block]:
    """Return the blocks of a page in their order; hidden checks have the language "check"."""
    text = path.read_text(encoding="utf-8")
    blocks = [_block(found, text.count("\n", 0, found.start()) + 1) for found in _BLOCK.finditer(text)]
    return [block for block in blocks if not block.language.startswith("{")]  # directives of Sphinx


def _block(found: re.Match[str], line: int) -> Block:
    if (check := found["check"]) is not None:
        return Block("check", check, line)
    return Block(found["language"], dedent(found["code"]), line, found["comment"] or "")
