"""Sends what is new for the alerts of an index to mail, chats, webhooks and desktops (extra: notify).

Each address has its own mark of what went out to it, which is set after the sending. So a digest that fails,
or whose process ends before the mark is set, is sent again: at least once to the outside. What ``new`` gives
does not depend on it.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from newsindex.display.web_links import web_address
from newsindex.errors import ExtraNotInstalled, NotificationError, QueryError
from newsindex.optional import missing_library
from newsindex.results import Match
from newsindex.wording import counted

from .registry import Alerts

_ATTEMPTS: Final = 3
_FIRST_PAUSE: Final = 1.0  # seconds after the first attempt that fails; each later pause is twice as long
_MAX_LISTED: Final = 20
"""Articles of one alert that a digest lists."""
_MAX_ALERTS: Final = 50
"""Alerts of which a digest lists articles."""
_MAX_HEADLINE: Final = 200  # characters
_logger: Final = logging.getLogger(__name__)


class Notifier:
    """Sends digests to some addresses, each in the form of apprise: ``mailto://…``, ``json://…``."""

    def __init__(
        self,
        addresses: Sequence[str],
        pause: Callable[[float], object] = time.sleep,
        on_retry: Callable[[str, float], object] = lambda name, seconds: None,
    ) -> None:
        """Checks the addresses; nothing is sent.

        ``on_retry`` is called before each pause, with the name of the address and the seconds.

        Raises QueryError for one that apprise does not know, which never shows a password in it, and
        ExtraNotInstalled where apprise is missing.
        """
        try:
            from apprise import Apprise  # an extra
        except ImportError as error:
            raise ExtraNotInstalled(missing_library("notify", error)) from None
        logging.getLogger("apprise").addHandler(logging.NullHandler())  # its errors may show passwords
        self._pause = pause
        self._on_retry = on_retry
        self._targets: list[tuple[str, bytes, Any]] = []
        for number, address in enumerate(addresses, 1):
            service = Apprise.instantiate(address, suppress_exceptions=True)
            if service is None:
                kind = address.partition("://")[0]
                kind = f" {kind}://…" if kind != address and kind.isalnum() else ""
                raise QueryError(
                    f"the address{kind} (number {number}) is none that apprise can send to: see "
                    "https://github.com/caronc/apprise/wiki for its forms"
                )
            name = str(service.url(privacy=True)).partition("?")[0]
            digest = hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=16).digest()
            self._targets.append((name, digest, service))

    def send(self, alerts: Alerts, *, attempts: int = _ATTEMPTS) -> int:
        """Sends each address a digest of what has not gone out to it; returns how many were sent.

        An address that refuses is tried again after pauses that grow. Raises NotificationError where any of
        them still refuses, once the others had theirs; what did not go out is kept for the next time.
        """
        sent = 0
        failed: list[str] = []
        for name, target, service in self._targets:
            matches = alerts.undelivered(target)
            if not matches:
                continue
            title, body = digest_of(matches)
            if self._try(name, service, title, body, attempts):
                alerts.set_delivered(target, matches[-1])
                sent += 1
            else:
                failed.append(name)
        if failed:
            raise NotificationError(
                f"the digest did not go out to {', '.join(failed)}: it is kept, and sent with the next run"
            )
        return sent

    def preview(self, alerts: Alerts) -> list[str]:
        """What :meth:`send` would send, as one text for each address, which is named without passwords."""
        previews = []
        for name, target, _ in self._targets:
            if matches := alerts.undelivered(target):
                title, body = digest_of(matches)
                previews.append(f"to {name}\n{title}\n\n{body}")
        return previews

    def _try(self, name: str, service: Any, title: str, body: str, attempts: int) -> bool:
        """Sends a digest; returns whether it went out."""
        pause = _FIRST_PAUSE
        for attempt in range(attempts):
            if attempt:
                self._on_retry(name, pause)
                self._pause(pause)
                pause *= 2
            try:
                if service.notify(body=body, title=title, body_format="text"):
                    return True
            except Exception as error:  # a service may raise whatever its libraries do
                _logger.warning("a digest was not sent: %s", type(error).__name__)
        return False


def digest_of(matches: Sequence[Match]) -> tuple[str, str]:
    """The title and the text of a digest: the articles by alert, the latest first."""
    by_alert: dict[str, list[Match]] = {}
    for match in reversed(matches):
        by_alert.setdefault(match.alert.name, []).append(match)
    named = sorted(by_alert.items())
    counts = ", ".join(f"{name} {len(of_alert):,}" for name, of_alert in named[:5])
    more = ", …" if len(named) > 5 else ""
    title = f"newsindex: {counted(len(matches), 'new article')} ({counts}{more})"
    parts = [_part(name, of_alert) for name, of_alert in named[:_MAX_ALERTS]]
    if len(named) > _MAX_ALERTS:
        parts.append(f"and more for {counted(len(named) - _MAX_ALERTS, 'other alert')}")
    return title, "\n\n".join(parts)


def _part(name: str, matches: Sequence[Match]) -> str:
    lines = [f"{name} ({len(matches):,})"]
    lines += [_line(match) for match in matches[:_MAX_LISTED]]
    if len(matches) > _MAX_LISTED:
        lines.append(f"and {len(matches) - _MAX_LISTED:,} more")
    return "\n".join(lines)


def _line(match: Match) -> str:
    article = match.hit.article
    headline = article.headline or match.hit.snippet.text or article.id
    published = str(article.published)[:16] if article.published else None
    copies = len(match.hit.duplicates)
    also = f"and {counted(copies, 'copy', 'copies')}" if copies else None
    about = ", ".join(part for part in (article.source, published, also) if part)
    text = _one_line(headline)[:_MAX_HEADLINE] + (f" ({_one_line(about)})" if about else "")
    url = web_address(article.url)
    return f"- {text}\n  {_one_line(url)}" if url else f"- {text}"


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
