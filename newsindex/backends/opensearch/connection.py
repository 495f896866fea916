"""The connection to a cluster: a thin wrapper of opensearch-py, with errors of newsindex.

Requests move to another host where one does not answer. What passes by itself (no host answers, 429, 502 to
504, a time-out) is ClusterUnavailable; every other refusal is a :class:`Refusal` with its status and kind.
"""

from __future__ import annotations

import json
import logging
import os
import ssl
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from newsindex.deadline import check_deadline, remaining_seconds
from newsindex.errors import ClusterUnavailable, NewsIndexError
from newsindex.optional import missing_library

from .addresses import Address, parse_address
from .layout import PREFERENCE

if TYPE_CHECKING:
    from opensearchpy import OpenSearch, Transport

_PASSING_STATUSES: Final = frozenset({429, 502, 503, 504})
_PASSING_KINDS: Final = frozenset(
    {
        "connect_transport_exception", "node_closed_exception", "node_disconnected_exception",
        "node_not_connected_exception", "no_shard_available_action_exception",
        "receive_timeout_transport_exception",
    }
)  # fmt: skip
"""What is refused with status 500 where a node has died that was just asked."""
_OLDEST: Final = (2, 19)
_NEWEST_MAJOR: Final = 3
_DEAD_TIMEOUT: Final = 5.0  # seconds after which a host that did not answer is tried again
_OF_ONE_INDEX: Final = ("/_search", "/_count", "/_search/point_in_time")
_CONNECTIONS: Final = 10  # to each host
_CONNECT_TIMEOUT: Final = 5.0  # seconds after which a host is passed over that is switched off
_MAX_REASON_CHARACTERS: Final = 300

logging.getLogger("opensearch").addHandler(logging.NullHandler())  # errors are raised, not printed as well


class Refusal(NewsIndexError):
    """The cluster refused a request.

    ``status`` is that of HTTP, ``kind`` the type of the error in words of OpenSearch, such as
    ``index_not_found_exception``.
    """

    def __init__(self, message: str, status: int, kind: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class NoHostAnswers(ClusterUnavailable):
    """None of the hosts can be reached, which does not pass as soon as a busy cluster does."""


class PassingRefusal(ClusterUnavailable):
    """The cluster answered that it cannot do now what a request asks; ``kind`` is that of a Refusal."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class Connection:
    """Sends requests to a cluster; any number of threads may share one."""

    def __init__(self, address: Address, client: OpenSearch | None = None) -> None:
        """``client`` is a client that the program has made; without one, the address says how to connect.

        Raises NewsIndexError for files of certificates that cannot be read.
        """
        self.address = address
        self._owns_client = client is None
        self._transport = _new_transport(address) if client is None else client.transport
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
        body: object,
        params: Mapping[str, object] | None,
        timeout: float | None,
        ignore: Collection[int],
    ) -> Any:
        from opensearchpy import exceptions
        from urllib3 import Timeout

        allowed = self.address.timeout if timeout is None else timeout
        left = remaining_seconds()
        if left is not None:
            check_deadline()
            allowed = max(min(allowed, left), 0.001)
        if self._owns_client and self._process != os.getpid():  # two processes cannot share a socket
            self._transport, self._process = _new_transport(self.address), os.getpid()
        limits: Any = Timeout(connect=min(allowed, _CONNECT_TIMEOUT), read=allowed)
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        try:
            return self._transport.perform_request(
                method,
                path,
                params={name: _parameter(value) for name, value in (params or {}).items()},
                body=content,
                timeout=limits,
                ignore=ignore,
                headers={
                    "content-type": "application/x-ndjson" if isinstance(body, bytes) else "application/json"
                },
            )
        except exceptions.ConnectionTimeout:
            check_deadline()
            raise ClusterUnavailable(
                f"{self.name} did not answer within {allowed:g} s: try again, or allow more with "
                "?timeout= in the address"
            ) from None
        except exceptions.SSLError as error:
            raise NoHostAnswers(
                f"{self.name} has no certificate that can be trusted ({_short(error.error)}): name the "
                "authority that signed it with ?ca=FILE in the address"
            ) from None
        except exceptions.ConnectionError as error:
            raise NoHostAnswers(
                f"no host of {self.name} answers ({_short(_cause(error))}): check that the cluster runs, and "
                "that the hosts, the ports and http or https are right"
            ) from None
        except exceptions.TransportError as error:
            raise self.refusal(error.status_code, error.info) from None
        except exceptions.SerializationError:
            raise ClusterUnavailable(
                f"{self.name} answers in another form than OpenSearch: check that the port is that of "
                "OpenSearch"
            ) from None

    def refusal(self, status: Any, info: Any) -> NewsIndexError:
        """The error for a refused request or part of one; ``info`` is what the cluster says of it."""
        kind, reason = _kind_and_reason(info)
        described = f"{kind}: {reason}" if reason else kind
        if passes(status, kind):
            return PassingRefusal(
                f"{self.name} cannot do this now ({status} {described}): try again when the cluster is less "
                "busy, or look at its health",
                kind,
            )
        if status == 401:
            message = (
                f"{self.name} asks for another user or password: give them in the address, in "
                "NEWSINDEX_CLUSTER_USER and NEWSINDEX_CLUSTER_PASSWORD, or in the netrc file"
            )
        elif status == 403 and "block" not in kind:
            message = (
                f"{self.name} does not let this user do that ({described}): ask its keeper for the right, "
                "or to install what `newsindex cluster template` prints"
            )
        else:
            message = f"{self.name} refused a request ({status} {described})"
        return Refusal(message, status if isinstance(status, int) else 0, kind)

    # Versions

    def _check_version(self) -> None:
        """Raises NewsIndexError at the first request, unless newsindex knows the version of the cluster."""
        if self._is_checked:
            return
        answer = self._send("GET", "/", None, None, None, ())
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


def passes(status: object, kind: object) -> bool:
    """Whether a refusal with this status and this type of error passes by itself."""
    return status in _PASSING_STATUSES or kind in _PASSING_KINDS


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


def _new_transport(address: Address) -> Transport:
    try:
        from opensearchpy import OpenSearch  # a program with local indexes starts without it
    except ImportError as error:
        raise NewsIndexError(missing_library("cluster", error)) from None
    client = OpenSearch(
        [{"host": host.name, "port": host.port} for host in address.hosts],
        headers=_authorization(address),
        use_ssl=address.is_secure,
        ssl_context=_ssl_context(address) if address.is_secure else None,
        timeout=address.timeout,
        max_retries=len(address.hosts),
        retry_on_status=(),
        dead_timeout=_DEAD_TIMEOUT,
        timeout_cutoff=1,
        pool_maxsize=_CONNECTIONS,
        http_compress=False,
    )
    return client.transport


def _authorization(address: Address) -> dict[str, str]:
    """The header of HTTP that names the user; in UTF-8, in which OpenSearch reads it."""
    credentials = address.credentials
    if credentials is None:
        return {}
    encoded = b64encode(f"{credentials.user}:{credentials.password}".encode()).decode()
    return {"authorization": f"Basic {encoded}"}


def _ssl_context(address: Address) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=address.ca)
        if address.certificate is not None:
            context.load_cert_chain(address.certificate, address.key, password="")
    except (OSError, ssl.SSLError) as error:
        raise NewsIndexError(
            f"the certificates of the address {address.name} cannot be read ({_short(error)}): the options "
            "ca, cert and key name files in PEM form, and the key has no password"
        ) from None
    if not address.is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _parameter(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(str, value))
    return str(value)


def _cause(error: Any) -> object:
    return error.info if error.info is not None else error.error


def _short(error: object) -> str:
    return " ".join(str(error).split())[:_MAX_REASON_CHARACTERS]


def _kind_and_reason(info: Any) -> tuple[str, str]:
    """The type and the reason of an error as OpenSearch describes it."""
    error = info.get("error", info) if isinstance(info, dict) else info
    if not isinstance(error, dict):
        return _short(error or "no reason given"), ""
    causes = error.get("root_cause") or [error]
    failed = error.get("failed_shards") or []
    cause = failed[0].get("reason", causes[0]) if failed and isinstance(failed[0], dict) else causes[0]
    if not isinstance(cause, dict):
        return str(error.get("type", "error")), _short(cause)
    return str(cause.get("type", "error")), _short(cause.get("reason", ""))
