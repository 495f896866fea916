"""Words that stand out as a table for people."""

from __future__ import annotations

import click
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from newsindex import DistinctiveWord, DistinctiveWords, Snippet
from newsindex.wording import counted

from .exit_status import show_notes
from .terminal import console, marked, printable


def show_words(words: DistinctiveWords, reference: str) -> None:
    """Prints a row for each word: its articles, its share, that of the ``reference``, and an example.

    Notes and the numbers of articles compared go to standard error. On a terminal an example ends where the
    line does.
    """
    show_notes(words.notes)
    if words:
        _show_rows(words, reference)
    click.echo(
        f"{counted(len(words), 'word')} of {counted(words.articles, 'article')}, against "
        f"{words.reference_articles:,}, {words.seconds * 1000:.0f} ms",
        err=True,
    )


def _show_rows(words: DistinctiveWords, reference: str) -> None:
    out = console()
    rows = [("word", "articles", "share", reference), *map(_figures, words)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    examples = [Text("example"), *(marked(_one_line(word.example), out) for word in words)]
    for number, (row, example) in enumerate(zip(rows, examples, strict=True)):
        name, *figures = row
        line = Text(set_cell_size(name, widths[0]))
        for figure, width in zip(figures, widths[1:], strict=True):
            line.append(f"  {figure:>{width}}")
        shown = line.cell_len
        line.append("  ").append_text(example)
        if out.is_terminal:  # which would break the line; its figures are shown even where that is so
            line.truncate(max(out.width, shown), overflow="ellipsis")
        line.stylize("bold" if not number else "")
        out.print(line, soft_wrap=True)


def _figures(word: DistinctiveWord) -> tuple[str, str, str, str]:
    text = printable(word.text).replace("\n", " ")
    return text, f"{word.articles:,}", f"{word.share:.1%}", f"{word.reference_share:.1%}"


def _one_line(snippet: Snippet) -> Snippet:
    """The snippet without line ends and control characters; its length stays the same."""
    return Snippet(printable(snippet.text).replace("\n", " "), snippet.spans)
