"""A small HTTP server between a client and a node, which refuses, delays or changes what passes."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final, NamedTuple

_PASSED_ON: Final = ("content-type", "content-encoding", "accept", "accept-encoding")


class Request(NamedTuple):
    """What a client asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_bulk(self) -> bool:
        """Whether it is a bulk of documents."""
        return self.path.partition("?")[0].endswith("/_bulk")


class Answer(NamedTuple):
    """What a client gets."""

    status: int
    body: bytes
    headers: dict[str, str]


Fault = Callable[[Request], Answer | None]
"""Gives the answer to a request that is not passed on, None for one that is."""
Change = Callable[[Request, Answer], Answer]
"""Gives what becomes of the answer of the node."""


def refusal(status: int, message: str = "refused by a test") -> Answer:
    """An answer that refuses, as OpenSearch writes one."""
    kind = {429: "rejected_execution_exception", 401: "security_exception"}.get(
        status, "unavailable_exception"
    )
    body = f'{{"error": {{"type": "{kind}", "reason": "{message}"}}, "status": {status}}}'
    return Answer(status, body.encode(), {"content-type": "application/json"})


class Proxy:
    """A running proxy; ``fault`` and ``change`` may be set at any time, None for neither."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port: int = server.server_address[1]
        self.fault: Fault | None = None
        self.change: Change | None = None
        self.seen: list[tuple[Request, int]] = []
        self._lock = threading.Lock()

    @property
    def host(self) -> str:
        """The host and the port, as an address of a cluster has them."""
        return f"127.0.0.1:{self.port}"

    def statuses(self, of: Callable[[Request], bool] = lambda request: True) -> list[int]:
        """The statuses of the answers so far, in order."""
        with self._lock:
            return [status for request, status in self.seen if of(request)]

    def answer(self, request: Request, pass_on: Callable[[Request], Answer]) -> Answer:
        """The answer to a request, which is passed on to the node unless the fault refuses it."""
        fault, change = self.fault, self.change
        answer = fault(request) if fault is not None else None
        if answer is None:
            answer = pass_on(request)
            if change is not None:
                answer = change(request, answer)
        with self._lock:
            self.seen.append((request, answer.status))
        return answer


@contextmanager
def running_proxy(port: int, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy before the node on a port of loopback; with ``tls`` it speaks https to its clients."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are written apart, and would wait for each other

        def handle_any(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, self.rfile.read(length))
            answer = proxy.answer(request, lambda request: _pass_on(port, request))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written."""

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_any)

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        clients: ClassVar[set[socket.socket]] = set()

        def process_request(self, request: Any, client_address: Any) -> None:
            """Note the connection, which may be asked many times."""
            self.clients.add(request)
            super().process_request(request, client_address)

        def shutdown_request(self, request: Any) -> None:
            """Forget the connection."""
            self.clients.discard(request)
            super().shutdown_request(request)

        def handle_error(self, *args: Any) -> None:
            """A client that goes away is no error of a test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        proxy = Proxy(server)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
            for client in list(server.clients):
                with suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)


def _pass_on(port: int, request: Request) -> Answer:
    headers = {name: value for name, value in request.headers.items() if name in _PASSED_ON}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(request.method, request.path, request.body or None, headers)
        answer = connection.getresponse()
        kept = {
            name: value
            for name in ("content-type", "content-encoding")
            if (value := answer.getheader(name)) is not None
        }
        return Answer(answer.status, answer.read(), kept)
    except OSError as error:
        return refusal(502, str(error))
    finally:
        with suppress(OSError):
            connection.close()


# Faults


def refuse_first(count: int, status: int, of: Callable[[Request], bool] = lambda request: True) -> Fault:
    """A fault that refuses the first so many requests of a kind."""
    left = [count]
    lock = threading.Lock()

    def fault(request: Request) -> Answer | None:
        with lock:
            if not of(request) or left[0] == 0:
                return None
            left[0] -= 1
        return refusal(status)

    return fault


def refuse_all(status: int, of: Callable[[Request], bool] = lambda request: True) -> Fault:
    """A fault that refuses every request of a kind."""
    return lambda request: refusal(status) if of(request) else None


def delay(seconds: float, of: Callable[[Request], bool] = lambda request: True) -> Fault:
    """A fault that lets requests of a kind wait before they are passed on."""

    def fault(request: Request) -> Answer | None:
        if of(request):
            time.sleep(seconds)
        return None

    return fault
