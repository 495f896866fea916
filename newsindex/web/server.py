"""Serving an index from this machine with uvicorn, in one process or several."""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette

from newsindex.errors import NewsIndexError
from newsindex.index import Index

from .asgi_app import create_app

_SERVING_VARIABLE: Final = "NEWSINDEX_SERVING"  # passes a Serving to the worker processes, as JSON
_BACKLOG: Final = 1024
_TAKES_DESCRIPTORS: Final = hasattr(socket, "AF_UNIX")  # uvicorn needs it for them; Windows has none
_UVICORN_OPTIONS: Final[dict[str, Any]] = {
    "access_log": False,
    "lifespan": "off",
    "log_level": "warning",
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}


class CannotServe(NewsIndexError):
    """An address cannot be served: it is in use, or it is not one of this machine."""


@dataclass(frozen=True)
class Serving:
    """The index that is served, and the address it is served at.

    ``hosts`` are further names of this server, such as its name behind a proxy.
    """

    path: str
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    hosts: Sequence[str] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the address."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    def address(self, port: int) -> str:
        """Writes the URL of the page."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{port}/"

    def app(self) -> Starlette:
        """Makes the application; one that is served locally only answers to the names of this machine."""
        own_hosts = ("localhost", "127.0.0.1", "[::1]", self.host) if self.is_local else ()
        return create_app(Index(self.path), token=self.token, hosts={*own_hosts, *self.hosts} or None)


def serve(serving: Serving, workers: int, announce: Callable[[str, str], object]) -> None:
    """Serves until Ctrl-C.

    ``announce`` is called with the name of the index and the URL of the page once requests are taken; for
    several processes on Windows, a moment before.

    Raises CannotServe, and the errors of opening the index.
    """
    app = serving.app()
    with suppress(KeyboardInterrupt), listen(serving) as listener:  # uvicorn raises it again in the end
        port = listener.getsockname()[1]
        announce(app.state.service.index.name, serving.address(port))
        if workers == 1:
            uvicorn.Server(uvicorn.Config(app, **_UVICORN_OPTIONS)).run(sockets=[listener])
        else:
            place: dict[str, Any] = {"fd": listener.fileno()}
            if not _TAKES_DESCRIPTORS:  # uvicorn opens a socket of its own at the address
                place = {"host": serving.host, "port": port}
                listener.close()
            os.environ[_SERVING_VARIABLE] = json.dumps(asdict(serving))
            target = f"{__name__}:{worker_app.__name__}"
            uvicorn.run(target, factory=True, workers=workers, **place, **_UVICORN_OPTIONS)


def worker_app() -> Starlette:
    """Makes the application of one worker process of several."""
    return Serving(**json.loads(os.environ[_SERVING_VARIABLE])).app()


def listen(serving: Serving) -> socket.socket:
    """Opens a socket that takes requests. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    try:
        listener = socket.create_server((serving.host, serving.port), family=family, backlog=_BACKLOG)
        # Connections inherit the option. Without it the body of an answer waits 40 ms for the client to
        # confirm the headers: asyncio only sets it on sockets that it made itself.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "something else is served there: choose another --port"
        else:
            reason = f"{error.strerror or error}: choose another --host or --port"
        raise CannotServe(f"{serving.address(serving.port)} cannot be used: {reason}") from None
