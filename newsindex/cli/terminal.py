"""Results and articles as text for people.

Marks are bold and coloured on a terminal; elsewhere they stand between ``**``, so that they are seen
in a file or a pipe too.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Final

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from newsindex import Article, Results, Snippet
from newsindex.wording import counted

from .count_bars import count_lines
from .exit_status import show_notes

_MARK_STYLE: Final = "bold yellow"
_VALUES: Final = {"source": "a source", "section": "a section", "lang": "a language", "year": "a date"}
"""The facets that count all values; of authors there may be more than a cluster counts."""


class _Console(Console):
    """A console that leaves a broken pipe to the command."""

    def on_broken_pipe(self) -> None:
        """Raises the error: rich would end the program with status 1, which means that nothing was found."""
        raise


def console(*, to_stderr: bool = False) -> Console:
    """Makes a console on standard output or standard error; only a terminal folds long lines."""
    stream = sys.stderr if to_stderr else sys.stdout
    return _Console(
        stderr=to_stderr,
        highlight=False,
        soft_wrap=stream is None or not stream.isatty(),  # None where it was closed
    )


def marked(snippet: Snippet, out: Console, style: str = "") -> Text:
    """Styles a snippet and its marks."""
    text = Text(style=style)
    end_of_last = 0
    for start, end in snippet.spans:
        text.append(snippet.text[end_of_last:start])
        if out.is_terminal:
            text.append(snippet.text[start:end], _MARK_STYLE)
        else:
            text.append(f"**{snippet.text[start:end]}**")
        end_of_last = end
    text.append(snippet.text[end_of_last:])
    return text


def printable(text: str) -> str:
    """Replaces control characters, which could drive the terminal, by spaces; the length stays the same."""
    return "".join(c if c.isprintable() or c in "\n\u00ad" else " " for c in text)


def byline(article: Article) -> str:
    """Joins the source, date and section of an article, those that are known."""
    published = article.published
    parts = [article.source, str(published)[:16] if published else None, article.section]
    return printable(" · ".join(part for part in parts if part))


def show_results_page(results: Results) -> None:
    """Prints a page of results; notes, counts, a correction and the next cursor go to standard error.

    The cursor is long: it is printed only where the page itself is on a terminal.
    """
    show_notes(results.notes)
    show_results(results)
    shown_of = f"{len(results):,} of " if len(results) < results.total else ""
    click.echo(
        f"{shown_of}{counted(results.total, 'article')}, {results.seconds * 1000:.0f} ms",
        err=True,
    )
    if results.suggestion is not None:
        click.echo(f"Did you mean “{printable(results.suggestion)}”?", err=True)
    if results.next and console().is_terminal:
        click.echo(f"next page: --after {results.next}", err=True)


def show_results(results: Results, first: int = 1) -> None:
    """Prints hits numbered from ``first``, then facets and timeline."""
    out = console()
    for number, hit in enumerate(results, first):
        out.print(Text(f"{number:>3}. ").append_text(_printable_snippet(hit.headline, out, "bold")))
        about = byline(hit.article)
        out.print(f"     [dim]{escape(about)}[/dim]" if about else "", end="\n" if about else "")
        if hit.snippet.text:
            _print_indented(out, _printable_snippet(hit.snippet, out))
        out.print(f"     [dim]{escape(printable(hit.article.id))}[/dim]")
        if hit.explanation is not None:
            _print_indented(out, Text(printable(str(hit.explanation))))
        for article in hit.duplicates:
            out.print(f"     [dim]= {escape(_duplicate_line(article))}[/dim]")
        out.print()
    for field, counts in results.facets.items():
        _show_counts(out, field, counts, without=_without(field, results.total - sum(counts.values())))
    if results.timeline:
        _show_counts(out, "published", results.timeline, in_full=True)


def _duplicate_line(article: Article) -> str:
    return printable(" · ".join(part for part in (article.headline, byline(article), article.id) if part))


def _print_indented(out: Console, text: Text) -> None:
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, 5), expand=False))
    else:
        out.print(Text("     ").append_text(text))


def _printable_snippet(snippet: Snippet, out: Console, style: str = "") -> Text:
    text = printable(snippet.text)  # its length is the same, so the spans still fit
    return marked(Snippet(text, snippet.spans), out, style)


def _without(field: str, number: int) -> str:
    """What to say of so many articles that have no value of a field; nothing where all have one."""
    return f"{counted(number, 'article')} without {_VALUES[field]}" if number > 0 and field in _VALUES else ""


def _show_counts(
    out: Console, title: str, counts: Mapping[str, int], *, in_full: bool = False, without: str = ""
) -> None:
    named = [(printable(name).replace("\n", " "), count) for name, count in counts.items()]
    for line in count_lines(title, named, out, in_full=in_full, without=without):
        out.print(line)
    out.print()


def show_article(article: Article, duplicates: Sequence[str] = ()) -> None:
    """Prints a whole article, and the ids of those with the same text."""
    out = console()
    out.print(Text(printable(article.headline), "bold"))
    same_text = [f"same text: {article_id}" for article_id in duplicates]
    for line in (byline(article), article.author, article.url, f"id: {article.id}", *same_text):
        if line:
            out.print(f"[dim]{escape(printable(line))}[/dim]")
    for text in (article.abstract, article.body):
        if text:
            out.print()
            out.print(Text(printable(text)))
