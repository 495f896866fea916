"""A small HTTP server that answers as a node of OpenSearch does, for what no real node does when asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

VERSION = {"version": {"number": "2.19.6", "distribution": "opensearch"}}


class FakeNode:
    """Answers requests by a function of the method, the path and the body."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.answer: Callable[[str, str, bytes], tuple[int, Any]] = lambda method, path, body: (200, {})
        self.root: Any = VERSION
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []


@contextmanager
def fake_node() -> Iterator[FakeNode]:
    """A server on a free port of loopback, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are written apart, and would wait for each other

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            node.requests.append((self.command, self.path, headers, body))
            status, value = (
                (200, node.root) if self.path == "/" else node.answer(self.command, self.path, body)
            )
            content = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - names of the base class

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            """A client that goes away is no error of a test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        node = FakeNode(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield node
        finally:
            server.shutdown()
            thread.join()
