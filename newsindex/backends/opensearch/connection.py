"""The connection to a cluster: a thin wrapper of opensearch-py, with errors of newsindex.

Requests move to another host where one does not answer. ``refusals`` has the errors that they end with.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from newsindex.deadline import check_deadline, remaining_seconds
from newsindex.errors import NewsIndexError

from .addresses import Address, parse_address
from .layout import PREFERENCE
from .refusals import document_refusal, error_of, refusal_of
from .transport import new_transport

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_OLDEST: Final = (2, 19)
_NEWEST_MAJOR: Final = 3
_OF_ONE_INDEX: Final = ("/_search", "/_count", "/_search/point_in_time")
_CONNECT_TIMEOUT: Final = 5.0  # seconds after which a host is passed over that is switched off


class Connection:
    """Sends requests to a cluster; any number of threads may share one."""

    def __init__(self, address: Address, client: OpenSearch | None = None) -> None:
        """``client`` is a client that the program has made; without one, the address says how to connect.

        Raises NewsIndexError for files of certificates that cannot be read.
        """
        self.address = address
        self._owns_client = client is None
        self._transport = new_transport(address) if client is None else client.transport
        self._process = os.getpid()
        self._is_checked = False

    @property
    def name(self) -> str:
        """The address of the index, without user and password."""
        return self.address.name

    def __repr__(self) -> str:
        return f"<Connection to {self.name}>"

    def close(self) -> None:
        """Closes the connections, unless the client is the program's own."""
        if self._owns_client:
            self._transport.close()

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        ignore: Collection[int] = (),
    ) -> Any:
        """Sends a request, and gives the answer as Python values.

        ``body`` is a JSON value, or bytes that are sent as they are; ``timeout`` in seconds replaces that of
        the address, and a surrounding deadline shortens both. For a status in ``ignore`` the answer is given
        instead of an error. A search of an index asks the copies of its shards that know of every refresh.
        Raises ClusterUnavailable, Refusal and DeadlineExceeded.
        """
        self._check_version()
        if path.endswith(_OF_ONE_INDEX) and path.count("/") > 1 and method != "DELETE":
            params = {"preference": PREFERENCE, **(params or {})}
        return self._send(method, path, body, params, timeout, ignore)

    def msearch(
        self,
        searches: Iterable[tuple[Mapping[str, object], Mapping[str, object]]],
        *,
        timeout: float | None = None,
    ) -> list[dict[str, Any]]:
        """The answers to several searches, each given as its header and its body, in their order.

        Raises ClusterUnavailable and Refusal, also where one of the searches fails.
        """
        lines = [
            json_line(part)
            for header, body in searches
            for part in (header if "pit" in body else {"preference": PREFERENCE, **header}, body)
        ]
        if not lines:
            return []
        answer = self.request("POST", "/_msearch", b"".join(lines), timeout=timeout)
        for response in answer["responses"]:
            if "error" in response:
                raise self.refusal(response.get("status", 500), response["error"])
        return list(answer["responses"])

    def bulk(
        self, operations: bytes, *, timeout: float | None = None, to_alias: bool = True
    ) -> list[dict[str, Any]]:
        """Sends operations in the form of the bulk API; the result of each, in their order.

        With ``to_alias``, what does not go to an alias is refused, so that no index is made by mistake.
        """
        answer = self.request("POST", "/_bulk", operations, {"require_alias": to_alias}, timeout=timeout)
        return [result for item in answer["items"] for result in item.values()]

    def _send(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
    ) -> Any:
        from opensearchpy import OpenSearchException
        from urllib3 import Timeout

        allowed = self._allowed_seconds(timeout)
        if self._owns_client and self._process != os.getpid():  # two processes cannot share a socket
            self._transport, self._process = new_transport(self.address), os.getpid()
        limits: Any = Timeout(connect=min(allowed, _CONNECT_TIMEOUT), read=allowed)
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        try:
            return self._transport.perform_request(
                method,
                path,
                params={name: _parameter(value) for name, value in (params or {}).items()},
                body=body if isinstance(body, bytes | None) else json.dumps(body).encode(),
                timeout=limits,
                ignore=ignore,
                headers={"content-type": kind},
            )
        except OpenSearchException as error:
            raise error_of(self.name, error, allowed) from None

    def _allowed_seconds(self, timeout: float | None) -> float:
        """The seconds that a request may take. Raises DeadlineExceeded where the time is over."""
        allowed = self.address.timeout if timeout is None else timeout
        left = remaining_seconds()
        if left is None:
            return allowed
        check_deadline()
        return max(min(allowed, left), 0.001)

    def refusal(self, status: Any, info: Any) -> NewsIndexError:
        """The error for a refused request or part of one; ``info`` is what the cluster says of it."""
        return refusal_of(self.name, status, info)

    def document_refusal(self, info: Any) -> NewsIndexError:
        """The error for one of several documents that are read together, of which the cluster says this."""
        return document_refusal(self.name, info)

    # Versions

    def _check_version(self) -> None:
        """Raises NewsIndexError at the first request, unless newsindex knows the version of the cluster."""
        if self._is_checked:
            return
        answer = self._send("GET", "/")
        version = answer.get("version", {}) if isinstance(answer, dict) else {}
        number, distribution = str(version.get("number", "")), version.get("distribution", "elasticsearch")
        if distribution != "opensearch" or not _is_known(number):
            found = {"opensearch": "OpenSearch", "elasticsearch": "Elasticsearch"}.get(
                distribution, distribution
            )
            raise NewsIndexError(
                f"{self.name} is {found} {number or 'of an unknown version'}, and newsindex works with "
                "OpenSearch 2.19 and 3.x: name a cluster of one of these versions"
            )
        self._is_checked = True


def connect(address: Address | str, client: OpenSearch | None = None) -> Connection:
    """A connection to the cluster of an address, over a client of the program's own if one is given."""
    if isinstance(address, str):
        address = parse_address(address, needs_host=client is None)
    return Connection(address, client)


def json_line(value: object) -> bytes:
    """A JSON value as one line of a bulk request or of several searches."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _is_known(number: str) -> bool:
    parts = number.split("-")[0].split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        return False
    major, minor = int(parts[0]), int(parts[1])
    return (major, minor) >= _OLDEST and major <= _NEWEST_MAJOR


def _parameter(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(str, value))
    return str(value)
