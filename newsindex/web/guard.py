"""ASGI middleware that refuses malformed requests and puts the security headers on every response."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem

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
    """The middleware around the whole application.

    ``answer_problem`` answers a request that failed, given its error.
    ``max_address`` is the length of the longest URL, in bytes. ``hosts`` are the names that a request may be
    addressed to, None for any. They protect against DNS rebinding: a page of another site whose name was made
    to lead to this machine is refused.
    """

    def __init__(
        self,
        app: ASGIApp,
        answer_problem: Callable[[Request, Exception], Awaitable[Response]],
        max_address: int,
        hosts: Collection[str] | None = None,
    ) -> None:
        self._app = app
        self._answer_problem = answer_problem
        self._max_address = max_address
        self._hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Checks a request, passes it on, and answers an error that nothing else answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            if has_started:
                raise
            response = await self._answer_problem(Request(scope), error)
            await response(scope, receive, send_with_headers)

    def _check(self, scope: Scope) -> None:
        """Raises Problem for too long an address, and for a host that is malformed or refused."""
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > self._max_address:
            detail = f"the address is longer than {self._max_address:,} bytes: ask for less"
            raise Problem(414, detail, kind="address_too_long", values=(self._max_address,))
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        matches = [_HOST.fullmatch(host) for host in hosts]
        if len(matches) > 1 or None in matches:
            raise Problem(400, "the Host header names no host", kind="no_host")
        if self._hosts is None:
            return
        if not any(match and match[1].lower() in self._hosts for match in matches):
            detail = "this host name is not served here: whoever runs the server can add it with --allow-host"
            raise Problem(400, detail, kind="other_host")
