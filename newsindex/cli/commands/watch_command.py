"""``newsindex watch``: indexes the files of a folder as they appear and change."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import click

import newsindex
from newsindex.cli.import_summary import print_summary, summary_dict
from newsindex.cli.json_output import echo_json
from newsindex.cli.notifying import Digests, notify_options
from newsindex.cli.options import acronyms_option, at_option, json_option, settings_option, timezone_option
from newsindex.cli.reading_options import (
    ARTICLES_PER_COMMIT,
    default_workers,
    reading_options,
    replace_option,
)
from newsindex.corpus.inputs.watching import changed_files
from newsindex.wording import counted

_LOCK_TIMEOUT: Final = 1.0  # seconds to wait for another writer, in which Ctrl-C does nothing


@click.command("watch")
@click.argument("watched", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@at_option
@reading_options
@settings_option
@acronyms_option
@timezone_option()
@click.option(
    "--debounce",
    "quiet_seconds",
    type=click.FloatRange(min=0.01, max=3600),
    default=1.0,
    show_default=True,
    help="Wait until nothing has changed for so many seconds.",
)
@replace_option
@notify_options
@json_option
def watch_command(
    watched: Path,
    folder: Path,
    quiet_seconds: float,
    settings: str | None,
    acronyms: bool | None,
    timezone: str | None,
    same_id: newsindex.SameId,
    addresses: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    **reading: Any,
) -> None:
    """Index what is in FOLDER, then what appears or changes in it, until Ctrl-C.

    What cannot be read is reported, and watching goes on. What is deleted from FOLDER stays in the index.
    With --json there is a line for each time that something was indexed. With --notify, a digest that does
    not go out is tried again, after a time that grows. Ctrl-C ends with status 0.
    """
    newsindex.read([], **reading)  # what is wrong with the options is said at once
    digests = Digests(addresses, dry_run)
    changes = changed_files(watched, quiet_seconds, folder if isinstance(folder, Path) else None)
    index = newsindex.open(folder, create=True, timezone=timezone, settings=settings, acronyms=acronyms)
    click.echo(f"watching {watched}: Ctrl-C ends it", err=True)
    with suppress(KeyboardInterrupt):
        pending: dict[str, None] = {}
        reported = ""
        for names in changes:
            pending.update(dict.fromkeys(names))
            try:
                _index_files(
                    index, [name for name in pending if Path(name).exists()], same_id, as_json, reading
                )
                pending.clear()
                reported = ""
            except (newsindex.IndexLocked, newsindex.ClusterUnavailable, newsindex.CorpusError) as error:
                if str(error) != reported:  # a file may be gone again
                    click.echo(f"newsindex: {error} (it will be tried again)", err=True)
                reported = str(error)
            digests.send_if_due(index)
    click.echo(f"stopped: {counted(len(index), 'article')} in {index.name}", err=True)


def _index_files(
    index: newsindex.Index,
    names: list[str],
    same_id: newsindex.SameId,
    as_json: bool,
    reading: dict[str, Any],
) -> None:
    if not names:
        return
    started = time.perf_counter()
    corpus = newsindex.read(names, **reading)
    report = index.add(
        corpus,
        workers=default_workers(),
        commit_every=ARTICLES_PER_COMMIT,
        resume=True,
        timeout=_LOCK_TIMEOUT,
        same_id=same_id,
    )
    seconds = time.perf_counter() - started
    if as_json:
        echo_json(summary_dict(report, corpus, index, seconds), indent=None)
    else:
        print_summary(report, corpus, index, seconds)
