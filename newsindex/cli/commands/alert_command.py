"""``newsindex alert``: saved searches that tell what is new."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, USAGE_ERROR, fail, show_notes
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.naming_group import NamingGroup
from newsindex.cli.options import at_option, filter_options, json_option
from newsindex.encoding.feeds import FeedHead, atom_document
from newsindex.encoding.result_json import alert_dict, match_dict
from newsindex.wording import counted


@click.group("alert", cls=NamingGroup)
def alert_command() -> None:
    """Save searches, and tell which articles are new for them."""


@alert_command.command("add", cls=FreeTextCommand)
@click.argument("name")
@click.argument("query", nargs=-1)
@at_option
@filter_options
@click.option("--replace", is_flag=True, help="Replace an alert of that name.")
@json_option
def add_command(
    name: str, query: tuple[str, ...], folder: Path, all_words: bool, as_json: bool, **options: Any
) -> None:
    """Save a search as the alert NAME; QUERY and the filters are those of `newsindex search`.

    What the index has already does not count as new. Relative dates count from the moment at which an article
    comes.
    """
    index = newsindex.open(folder)
    operator: newsindex.Operator = "all" if all_words else "any"
    options = {option: value for option, value in options.items() if value}
    text = " ".join(query)
    try:
        alert = index.alerts.add(name, text, operator=operator, **options)
    except newsindex.AlertExists as error:
        fail(str(error) if options.get("replace") else f"{error} (--replace replaces it)", USAGE_ERROR)
    show_notes(index.parse(text, operator).notes)
    if as_json:
        echo_json(alert_dict(alert, 0))
    else:
        click.echo(f"the alert {_printable(name)} tells what comes from now on")


@alert_command.command("list")
@at_option
@json_option
def list_command(folder: Path, as_json: bool) -> None:
    """List the alerts, with how many articles are new for each.

    An article is new until it is acknowledged, here or on the page; a digest of --notify does not acknowledge
    it.
    """
    index = newsindex.open(folder)
    counts = index.alerts.counts()
    alerts = index.alerts.values()
    if as_json:
        echo_json([alert_dict(alert, counts.get(alert.name, 0)) for alert in alerts])
    else:
        for alert in alerts:
            parts = [alert.query, *_filters(alert)]
            about = "  ".join(_printable(part) for part in parts if part)
            click.echo(f"{counts.get(alert.name, 0):>6,}  {_printable(alert.name)}: {about}")
    for alert in alerts:
        if alert.error:
            click.echo(f"newsindex: the alert {_printable(alert.name)} is not run: {alert.error}", err=True)
    if not alerts:
        click.echo("there are no alerts", err=True)
        raise SystemExit(NOTHING_FOUND)


@alert_command.command("remove")
@click.argument("name")
@at_option
@json_option
def remove_command(name: str, folder: Path, as_json: bool) -> None:
    """Remove the alert NAME, with what it has not told."""
    newsindex.open(folder).alerts.remove(name)
    if as_json:
        echo_json({"removed": name})
    else:
        click.echo(f"the alert {_printable(name)} is removed")


@alert_command.command("new")
@click.argument("name", required=False)
@at_option
@click.option("--limit", type=click.IntRange(min=1), help="How many articles to show, the oldest first.")
@click.option("--feed", "as_feed", is_flag=True, help="Print an Atom feed.")
@click.option("--acknowledge", is_flag=True, help="Count what was printed as seen, once it is printed.")
@json_option
def new_command(
    name: str | None, folder: Path, limit: int | None, as_feed: bool, acknowledge: bool, as_json: bool
) -> None:
    """Print what is new for the alert NAME, or for all alerts, since it was last acknowledged."""
    if as_feed and as_json:
        raise click.UsageError("--feed and --json exclude each other")
    index = newsindex.open(folder)
    matches = index.alerts.new(name, limit=limit)
    if as_json:
        echo_json([match_dict(match) for match in matches])
    elif as_feed:
        address = f"urn:newsindex:alerts:{index.identity}{f':{name}' if name else ''}"
        head = FeedHead(f"newsindex: {name or 'alerts'}", address, None, "What is new.")
        click.echo(atom_document(head, [match.hit for match in matches]))  # in UTF-8, as it says
    else:
        _show(matches)
    if acknowledge and matches:
        sys.stdout.flush()  # what was not printed is not seen
        last = {match.alert.name: match for match in matches}
        with index.alerts.writer() as alerts:
            for alert, match in last.items():
                if alert in alerts:  # another process may have removed it meanwhile
                    alerts.acknowledge(alert, match)
    if not matches:
        raise SystemExit(NOTHING_FOUND)


def _show(matches: Sequence[newsindex.Match]) -> None:
    """Prints matches for people, by alert; the counts go to standard error."""
    from newsindex.cli.terminal import show_results  # rich is only loaded to print for people

    by_alert: dict[str, list[newsindex.Hit]] = {}
    for match in matches:
        by_alert.setdefault(match.alert.name, []).append(match.hit)
    for name, hits in sorted(by_alert.items()):
        click.echo(f"{_printable(name)}:\n")
        show_results(newsindex.Results(tuple(hits), len(hits), 0.0))
    click.echo(f"{counted(len(matches), 'article is', 'articles are')} new", err=True)


def _filters(alert: newsindex.Alert) -> list[str]:
    """The filters of an alert, as options of the command."""
    written = ["--all"] if alert.operator == "all" else []
    for name, value in alert.filters.items():
        values = value if isinstance(value, tuple) else (value,)
        written += [f"--{name} {one.isoformat() if isinstance(one, date) else one}" for one in values]
    return written


def _printable(text: str) -> str:
    """A text on one line, without characters that could drive the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
