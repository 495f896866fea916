"""How is an index served from this machine? By uvicorn, in one process or several."""

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

_VARIABLE: Final = "NEWSINDEX_SERVING"  # what the processes of several workers are told
_BACKLOG: Final = 1024
_UVICORN: Final[dict[str, Any]] = {
    "access_log": False,
    "lifespan": "off",
    "log_level": "warning",
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}


class CannotServe(NewsIndexError):
    """An address of this machine is in use, or is none."""


@dataclass(frozen=True)
class Serving:
    """What is served, and where. ``hosts`` are names of this server, beside its own, as behind a proxy."""

    path: str
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    hosts: Sequence[str] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine is served."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    def address(self, port: int) -> str:
        """The address of the page."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{port}/"

    def app(self) -> Starlette:
        """The application, which for this machine alone answers to no other name than its own."""
        own = ("localhost", "127.0.0.1", "[::1]", self.host) if self.is_local else ()
        return create_app(Index(self.path), token=self.token, hosts={*own, *self.hosts} or None)


def serve(serving: Serving, workers: int, tell: Callable[[str], object]) -> None:
    """Serve until Ctrl-C; ``tell`` is called with the address of the page, which takes requests then.

    Raises CannotServe, and what opening the index raises.
    """
    app = serving.app()
    with suppress(KeyboardInterrupt), listen(serving) as listener:  # uvicorn raises it again in the end
        tell(serving.address(listener.getsockname()[1]))
        if workers == 1:
            uvicorn.Server(uvicorn.Config(app, **_UVICORN)).run(sockets=[listener])
        else:
            os.environ[_VARIABLE] = json.dumps(asdict(serving))
            target = f"{__name__}:{app_of_worker.__name__}"
            uvicorn.run(target, factory=True, workers=workers, fd=listener.fileno(), **_UVICORN)


def app_of_worker() -> Starlette:
    """The application of one process of several."""
    return Serving(**json.loads(os.environ[_VARIABLE])).app()


def listen(serving: Serving) -> socket.socket:
    """A socket that takes requests. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    try:
        listener = socket.create_server((serving.host, serving.port), family=family, backlog=_BACKLOG)
        # Connections inherit it. Without, an answer's body waits 40 ms for the client to confirm the headers:
        # asyncio only does this to sockets that it made.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "something else is served there: choose another --port"
        else:
            reason = f"{error.strerror or error}: choose another --host or --port"
        raise CannotServe(f"{serving.address(serving.port)} cannot be used: {reason}") from None
