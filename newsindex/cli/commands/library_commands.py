"""The commands that look after an index: show, delete, stats, check, optimize."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

import newsindex
from newsindex.cli.command_group import NOTHING_FOUND, WordsCommand, at_option, fail, json_option, main
from newsindex.cli.json_output import echo_json
from newsindex.encoding.article_codec import article_to_dict


@main.command(cls=WordsCommand)
@click.argument("article_id", metavar="ID")
@at_option
@json_option
def show(article_id: str, folder: Path, as_json: bool) -> None:
    """Show the article with this ID, whole, and which others have the same text."""
    index = newsindex.open(folder)
    article = index.get(article_id)
    if article is None:
        fail(f"no article has the id {article_id!r}", NOTHING_FOUND)
    duplicates = [other.id for other in index.duplicates_of(article_id)]
    if as_json:
        echo_json({**article_to_dict(article), "duplicates": duplicates})
    else:
        from newsindex.cli.terminal import show_article  # rich is only loaded to print for people

        show_article(article, duplicates)


@main.command(cls=WordsCommand)
@click.argument("article_ids", metavar="ID…", nargs=-1, required=True)
@at_option
@json_option
def delete(article_ids: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Delete the articles with these IDs."""
    index = newsindex.open(folder)
    deleted = index.delete(*article_ids)
    if as_json:
        echo_json({"deleted": deleted, "articles": len(index)})
    else:
        click.echo(f"{deleted:,} deleted: {len(index):,} articles in {folder}")
    if not deleted:
        raise SystemExit(NOTHING_FOUND)


@main.command()
@at_option
@json_option
def stats(folder: Path, as_json: bool) -> None:
    """Show what the index holds and how large it is."""
    figures = newsindex.open(folder).stats()
    if as_json:
        echo_json(asdict(figures))
        return
    for name in ("articles", "deleted", "terms", "segments", "commit"):
        click.echo(f"{name:<12} {getattr(figures, name):>15,}")
    click.echo(f"{'bytes':<12} {figures.bytes:>15,}")
    for part, size in figures.bytes_by_part.items():
        click.echo(f"  {part:<10} {size:>15,}")


@main.command()
@at_option
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Read every byte of the index and say whether all is as it was written."""
    index = newsindex.open(folder)
    index.check()
    if as_json:
        echo_json({"index": str(folder), "sound": True, "articles": len(index)})
    else:
        click.echo(f"{folder} is sound")


@main.command()
@at_option
@json_option
def optimize(folder: Path, as_json: bool) -> None:
    """Merge the index into as few segments as can be, and take what is deleted off the disk."""
    index = newsindex.open(folder)
    before = index.stats()
    index.optimize()
    after = index.stats()
    if as_json:
        echo_json({"before": asdict(before), "after": asdict(after)})
        return
    click.echo(f"{before.segments} segments, {before.bytes:,} bytes, before")
    click.echo(f"{after.segments} segments, {after.bytes:,} bytes, after")
