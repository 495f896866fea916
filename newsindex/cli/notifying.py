"""The options by which commands that index send what is new for the alerts, and the sending."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import click

import newsindex
from newsindex.alerts.notification import Notifier

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])
_FIRST_DELAY: Final = 15.0  # seconds until a digest that did not go out is tried again; it doubles
_MAX_DELAY: Final = 900.0


def notify_options(command: CommandFunction) -> CommandFunction:
    """Adds the options --notify and --dry-run."""
    notify = click.option(
        "--notify",
        "addresses",
        metavar="URL",
        multiple=True,
        help="Send what is new for the alerts to this address, in the form of apprise; may be repeated.",
    )
    dry_run = click.option("--dry-run", is_flag=True, help="With --notify: print what would be sent.")
    return notify(dry_run(command))


class Digests:
    """The digests of one command; with no address there are none."""

    def __init__(self, addresses: Sequence[str], dry_run: bool) -> None:
        """Checks the addresses. Raises QueryError, and UsageError for --dry-run without any."""
        if dry_run and not addresses:
            raise click.UsageError("--dry-run is for --notify URL")
        self._notifier = Notifier(addresses, on_retry=_say_retry) if addresses else None
        self._dry_run = dry_run
        self._shown: list[str] = []
        self._delay = _FIRST_DELAY
        self._due = 0.0
        self._sent_commit = -1

    def send(self, index: newsindex.Index) -> None:
        """Sends, or prints, what has not gone out. Raises NotificationError."""
        if self._notifier is None:
            return
        if self._dry_run:
            previews = self._notifier.preview(index.alerts)
            for text in previews if previews != self._shown else ():
                click.echo(text, err=True)
            self._shown = previews
        else:
            self._notifier.send(index.alerts)

    def send_if_due(self, index: newsindex.Index) -> None:
        """Does the same where there was a commit since.

        Where it fails, it says so, and does nothing for a time that grows.
        """
        if self._notifier is None or time.monotonic() < self._due:
            return
        try:
            commit = index.commit
            if commit != self._sent_commit:
                self.send(index)
        except (newsindex.NotificationError, newsindex.IndexLocked, newsindex.ClusterUnavailable) as error:
            click.echo(f"newsindex: {error}", err=True)
            self._due = time.monotonic() + self._delay
            self._delay = min(2 * self._delay, _MAX_DELAY)
        else:
            self._delay = _FIRST_DELAY
            self._sent_commit = commit


def _say_retry(name: str, seconds: float) -> None:
    click.echo(
        f"newsindex: the digest did not go out to {name}: it is tried again in {seconds:g} s", err=True
    )
