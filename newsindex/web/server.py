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

from ..errors import NewsIndexError
from ..index import Index
from .app import create_app

_VARIABLE: Final = "NEWSINDEX_SERVING"  # what the processes of several workers are told
_BACKLOG: Final = 1024
_UVICORN: Final[dict[str, Any]] = {
    "access_log": False,
    "lifespan": "off",
    "log_level": "warning",
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}


class AddressTaken(NewsIndexError):
    """Nothing can be served at an address."""


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
    """Serve until Ctrl-C; ``tell`` is called with the address of the page.

    Raises AddressTaken, and what opening the index raises.
    """
    app = serving.app()
    with suppress(KeyboardInterrupt), _listener(serving) as listener:  # uvicorn raises it again in the end
        port = listener.getsockname()[1]
        if workers == 1:
            tell(serving.address(port))
            uvicorn.Server(uvicorn.Config(app, **_UVICORN)).run(sockets=[listener])
            return
        listener.close()  # uvicorn's processes share none but uvicorn's own, which it opens at once
        tell(serving.address(port))
        os.environ[_VARIABLE] = json.dumps(asdict(serving))
        target = f"{__name__}:{app_of_worker.__name__}"
        place = {"host": serving.host, "port": port, "backlog": _BACKLOG}
        uvicorn.run(target, factory=True, workers=workers, **place, **_UVICORN)


def app_of_worker() -> Starlette:
    """The application of one process of several."""
    return Serving(**json.loads(os.environ[_VARIABLE])).app()


def _listener(serving: Serving) -> socket.socket:
    """A socket that takes requests. Raises AddressTaken."""
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    try:
        return socket.create_server((serving.host, serving.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "something else is served there: choose another --port"
        else:
            reason = f"{error.strerror or error}: choose another --host or --port"
        raise AddressTaken(f"{serving.address(serving.port)} cannot be used: {reason}") from None
