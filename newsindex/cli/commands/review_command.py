"""``newsindex review``: writes a press review of what a query finds."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final, get_args

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, USAGE_ERROR, fail, show_notes
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, filter_options, json_option
from newsindex.review.review_content import Group, Language
from newsindex.review.review_json import review_dict
from newsindex.wording import counted, left_later, left_undated

_NOTHING: Final = "no article was found: {} says so"


@click.command("review", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@at_option
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    default="-",
    help="The file to write, .html, .md or .docx; default: Markdown on standard output.",
)
@click.option("--title", help="The title; made of QUERY where none is given.")
@click.option("--limit", default=50, show_default=True, help="How many articles at most.")
@click.option(
    "--group",
    type=click.Choice(get_args(Group)),
    default="section",
    show_default=True,
    help="What the parts are made by.",
)
@click.option("--full", is_flag=True, help="Show whole articles, not the passage that answers best.")
@click.option(
    "--language",
    type=click.Choice(get_args(Language)),
    default="fr",
    show_default=True,
    help="The language of the review's own words.",
)
@click.option(
    "--sort",
    type=click.Choice(get_args(newsindex.Sort)),
    default="relevance",
    show_default=True,
    help="The order that decides which articles are in it; recent blends relevance with age.",
)
@filter_options
@json_option
def review_command(
    query: tuple[str, ...], folder: Path, output: str, all_words: bool, as_json: bool, **options: Any
) -> None:
    """Write a press review of the articles that QUERY finds: HTML, Markdown or Word.

    Near-identical articles are shown once, with the sources that ran them.

    \b
    newsindex review maroc --since hier --output revue.html
    newsindex review "coupe d'Afrique" --group source --output revue.docx
    """
    if as_json and output != "-":
        raise click.UsageError("--json prints the review, and --output is for .html, .md and .docx")
    text = " ".join(query)
    operator: newsindex.Operator = "all" if all_words else "any"
    index = newsindex.open(folder)
    show_notes(index.parse(text, operator).notes)
    review = index.review(text, operator=operator, **options)
    if as_json:
        echo_json(review_dict(review))
    elif output != "-":
        review.save(output)
        name = os.path.basename(output)
        found = f"{_shown(review)} in {name}" if review.total else _NOTHING.format(name)
        click.echo(f"{found}{_more(review, options['limit'])}", err=True)
    else:
        _print(review.encoded(".md"))
    if output == "-" and review.shown < review.total:
        click.echo(f"{_shown(review)}{_more(review, options['limit'])}", err=True)
    if review.undated:
        show_notes([left_undated(review.undated)])
    if review.later:
        show_notes([left_later(review.later)])
    if not review.total:
        raise SystemExit(NOTHING_FOUND)


def _shown(review: newsindex.Review) -> str:
    """How many articles are in the review, copies included, and of how many where those are more."""
    shown_of = f"{review.shown:,} of " if review.shown < review.total else ""
    return f"{shown_of}{counted(review.total, 'article')}"


def _more(review: newsindex.Review, limit: int) -> str:
    is_cut = len(review) >= limit and review.shown < review.total
    return " (--limit N takes more)" if is_cut else ""


def _print(content: bytes) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        fail("standard output is closed: name a file with --output", USAGE_ERROR)
    stream.write(content)
    stream.flush()
