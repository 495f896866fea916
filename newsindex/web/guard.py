"""What does every response carry, and what is refused before any route is asked?"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem, on_error

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,255})(:[0-9]{1,5})?")


class Guard:
    """ASGI middleware around the whole application.

    ``hosts`` are the names that a request may be addressed to, where not any: a page from elsewhere whose
    name was made to lead to this machine is refused. ``address`` is the longest URL, in bytes.
    """

    def __init__(self, app: ASGIApp, address: int, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._address = address
        self._hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            if started:
                raise
            response = await on_error(Request(scope), error)
            await response(scope, receive, send_with_headers)

    def _check(self, scope: Scope) -> None:
        """Raise Problem for what no route need see."""
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > self._address:
            raise Problem(414, f"the address is longer than {self._address:,} bytes: ask for less")
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        parts = [_HOST.fullmatch(host) for host in hosts]
        if len(parts) > 1 or None in parts:
            raise Problem(400, "the Host header names no host")
        if self._hosts is not None and not any(part and part[1].lower() in self._hosts for part in parts):
            raise Problem(400, "this host name is not served here")
