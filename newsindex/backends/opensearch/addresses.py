"""Addresses of indexes on clusters, as ``opensearchs://user:password@host:9200,host2/presse?shards=3``.

``opensearch`` speaks HTTP and ``opensearchs`` HTTPS. The user and the password come from the address, else
from the environment variables NEWSINDEX_CLUSTER_USER and NEWSINDEX_CLUSTER_PASSWORD, else from the netrc
file. They are shown nowhere: :attr:`Address.name` is the address without them.
"""

from __future__ import annotations

import netrc
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from newsindex.arguments import shown
from newsindex.errors import QueryError

from .address_options import OF_HTTPS, Visible, read_options
from .layout import is_index_name

SCHEMES: Final = ("opensearch", "opensearchs")
DEFAULT_PORT: Final = 9200
DEFAULT_TIMEOUT: Final = 30.0
"""Seconds that a request may take."""
_AFTER_HOSTS: Final = re.compile(r"[/?#]")
_HOST: Final = re.compile(r"[\w.:%-]+")


class Host(NamedTuple):
    """A node of the cluster that answers requests."""

    name: str
    port: int

    def __str__(self) -> str:
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"


@dataclass(frozen=True)
class Credentials:
    """A user and a password, of which ``repr`` shows neither."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class Address:
    """An index on a cluster, and how it is reached.

    ``hosts`` is empty where a program gives a client of its own. ``ca``, ``certificate`` and ``key`` are
    files in PEM form; ``is_verified`` says whether the certificate of the cluster must be valid for the host.
    ``settings`` are settings of OpenSearch for a new index, flat, as ``index.number_of_shards``; ``timeout``
    is in seconds. ``is_partial`` says whether a search may go on without the answer of some shards.
    """

    hosts: tuple[Host, ...]
    index: str
    is_secure: bool = False
    credentials: Credentials | None = field(default=None, repr=False)
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None
    is_verified: bool = True
    settings: Mapping[str, str] = field(default_factory=dict, hash=False)
    timeout: float = DEFAULT_TIMEOUT
    visible: Visible = "refresh"
    is_partial: bool = False

    @property
    def name(self) -> str:
        """The address without user, password and options."""
        return f"{SCHEMES[self.is_secure]}://{','.join(map(str, self.hosts))}/{self.index}"


def parse_address(text: str, *, needs_host: bool = True) -> Address:
    """Reads an address; raises QueryError, whose message does not show the user and the password.

    Where ``needs_host`` is false, it may leave out the hosts, as in ``opensearch:///presse``.
    """
    scheme, _, rest = text.partition("://")
    login, netloc, place = _split_address(rest)
    try:
        return _read_address(scheme.lower() == SCHEMES[1], login, netloc, place, needs_host)
    except QueryError:
        if "@" not in place:
            raise
    raise QueryError(  # what seems to be a host or an option may be a part of the password
        "the address of the cluster cannot be read: in the user and the password, write @ as %40, / as %2F, "
        f"# as %23 and ? as %3F; {_FORM}"
    )


def _split_address(rest: str) -> tuple[str, str, str]:
    """The user and the password of an address, its hosts, and the index with what follows it."""
    end = _AFTER_HOSTS.search(rest)
    hosts_end = end.start() if end else len(rest)
    login, _, hosts = rest[:hosts_end].rpartition("@")
    return login, hosts, rest[hosts_end:]


def _read_address(is_secure: bool, login: str, netloc: str, place: str, needs_host: bool) -> Address:
    try:
        # Python takes brackets in the middle of several hosts for an error, so they are split one by one.
        parts = urlsplit(f"//host{place}")
        options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise QueryError(f"the address of the cluster cannot be read: {_FORM}") from None
    if "#" in place:
        raise QueryError(f"the address of a cluster has no '#': {_FORM}")
    hosts = _hosts(netloc)
    if needs_host and not hosts:
        raise QueryError(f"the address of the cluster names no host: {_FORM}")
    index = unquote(parts.path).strip("/")
    if not is_index_name(index):
        raise QueryError(
            f"{shown(index)} cannot be the name of an index on a cluster, which has small letters, digits, "
            "'-', '_' and '.', begins with a letter or a digit, and has no ending that newsindex uses: "
            f"{_FORM}"
        )
    if not is_secure and (given := [name for name, _ in options if name in OF_HTTPS]):
        raise QueryError(
            f"the option {given[0]} of the address of a cluster is for https: begin the address with "
            "opensearchs://"
        )
    return Address(hosts, index, is_secure, _credentials(login, hosts), **read_options(options))


_FORM: Final = "write opensearch://host:9200/presse, or opensearchs:// for https"


def _hosts(netloc: str) -> tuple[Host, ...]:
    hosts = []
    for part in filter(None, netloc.split(",")):
        try:
            split = urlsplit(f"//{part}")
            name, port = split.hostname, split.port
        except ValueError:
            name = port = None
        if not name or port == 0 or not _HOST.fullmatch(name):
            raise QueryError(f"{shown(part)} is no host of a cluster: {_FORM}")
        hosts.append(Host(name, port or DEFAULT_PORT))
    return tuple(hosts)


def _credentials(login: str, hosts: tuple[Host, ...]) -> Credentials | None:
    """The user and the password of the address; what it leaves out, from elsewhere."""
    user, has_password, password = login.partition(":")
    if user and has_password:
        return Credentials(unquote(user), unquote(password))
    known = _known_credentials(unquote(user), hosts)
    if user and known is None:
        raise QueryError(
            "the address of the cluster names a user without a password: give it in "
            "NEWSINDEX_CLUSTER_PASSWORD, in the netrc file, or after the user, as in user:password@host"
        )
    return known


def _known_credentials(user: str, hosts: tuple[Host, ...]) -> Credentials | None:
    """The credentials of the environment, or those that the netrc file has for the first host.

    Where a user is named, only that one's.
    """
    known_user = os.environ.get("NEWSINDEX_CLUSTER_USER") or user
    password = os.environ.get("NEWSINDEX_CLUSTER_PASSWORD", "")
    if known_user and user in ("", known_user) and (password or not user):
        return Credentials(known_user, password)
    try:
        file = netrc.netrc(os.environ.get("NETRC") or None)
    except (OSError, netrc.NetrcParseError, RuntimeError, UnicodeDecodeError):
        return None
    known = file.hosts.get(hosts[0].name) if hosts else None  # what stands for every host is not meant
    return Credentials(known[0], known[2] or "") if known and user in ("", known[0]) else None
