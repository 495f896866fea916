"""One OpenSearch node with the security plugin: https, users with passwords, and roles.

The administrator of the node shows a certificate and may do everything, as the tests do by
:meth:`SecuredNode.ask`.
"""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from .certificates import Certificates, make_certificates
from .engine_files import SECURED_VERSIONS, EngineBroken, EngineMissing, Version, engine_files
from .nodes import COMMON_SETTINGS, QUICK, Node, folder_of_nodes, free_ports

PASSWORD: Final = "Brume-9-trompette-zx42"
"""The password of every user."""
_SECURITY: Final = "/_plugins/_security/api"
_PLUGIN: Final = "plugins.security."
_START_SECONDS: Final = 180.0
_FILES: Final = {
    "roles": "roles",
    "rolesmapping": "roles_mapping",
    "internalusers": "internal_users",
    "actiongroups": "action_groups",
    "tenants": "tenants",
    "nodesdn": "nodes_dn",
}
"""The names of files by what is in them, which is nothing at first."""
_BY_PASSWORD: Final = {
    "http_enabled": True,
    "order": 0,
    "http_authenticator": {"type": "basic", "challenge": True},
    "authentication_backend": {"type": "internal"},
}


class SecuredNode:
    """A running node."""

    def __init__(self, node: Node, certificates: Certificates) -> None:
        """``certificates`` are those of the node, and of its administrator as a client."""
        self._node = node
        self.authority = certificates.authority
        self.port = node.port
        self._context = ssl.create_default_context(cafile=str(certificates.authority))
        self._context.load_cert_chain(*certificates.client)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The JSON answer to a request of the administrator. Raises OSError where it is refused."""
        request = urllib.request.Request(
            f"https://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, context=self._context, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise OSError(f"{method} {path}: {error.code} {error.read()[:500]!r}") from error

    def put_role(self, name: str, role: Mapping[str, Any]) -> None:
        """Makes a role, or changes it, which counts for the next request of its users."""
        self.ask("PUT", f"{_SECURITY}/roles/{name}", role)

    def put_user(self, name: str, *roles: str) -> None:
        """Makes a user who has some roles, which no other user has."""
        self.ask("PUT", f"{_SECURITY}/internalusers/{name}", {"password": PASSWORD})
        for role in roles:
            self.ask("PUT", f"{_SECURITY}/rolesmapping/{role}", {"users": [name]})

    def address(self, user: str | None, index: str, password: str = PASSWORD) -> str:
        """The address of an index for a user; None has the environment name the user."""
        login = "" if user is None else f"{user}:{urllib.parse.quote(password)}@"
        return f"opensearchs://{login}127.0.0.1:{self.port}/{index}?ca={self.authority}&shards=1&replicas=0"

    def wait(self) -> None:
        """Waits until the node answers its administrator. Raises EngineBroken."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self._node.is_running:
            with suppress(OSError):
                self.ask("GET", f"{_SECURITY}/roles")
                return
            time.sleep(0.3)
        raise EngineBroken(f"the node did not answer:\n{self._node.last_output()}")


@contextmanager
def running_secured_node(
    version: Version = SECURED_VERSIONS["2"], *, heap: str = "512m"
) -> Iterator[SecuredNode]:
    """A node that runs during a block, with an administrator and no users.

    Raises EngineMissing, and EngineBroken.
    """
    files = engine_files(version, is_secured=True)
    with folder_of_nodes() as home:
        certificates = _prepare(home / "n1" / "config")
        http, transport = free_ports(2)
        settings = {
            **COMMON_SETTINGS,
            **_security_settings(certificates),
            "cluster.name": home.name,
            "discovery.type": "single-node",
            "http.port": str(http),
            "plugin": "org.opensearch.security.OpenSearchSecurityPlugin",
            "transport.port": str(transport),
        }
        node = Node("n1", home / "n1", files, settings, (f"-Xms{heap}", f"-Xmx{heap}", *QUICK))
        node.start()
        try:
            secured = SecuredNode(node, certificates)
            secured.wait()
            yield secured
        finally:
            node.end()


def _prepare(folder: Path) -> Certificates:
    """Writes the certificates and the first state of the plugin, which knows no user and no role."""
    security = folder / "opensearch-security"
    security.mkdir(parents=True)
    certificates = make_certificates(folder)
    if certificates is None:
        raise EngineMissing("certificates are made by the command openssl, which was not found")
    for kind, name in _FILES.items():
        _write(security / f"{name}.yml", kind)
    _write(security / "config.yml", "config", {"dynamic": {"authc": {"by_password": _BY_PASSWORD}}})
    return certificates


def _write(file: Path, kind: str, content: object = None) -> None:
    """Writes a file of the plugin in JSON, which is YAML too."""
    meta = {"_meta": {"type": kind, "config_version": 2}}
    file.write_text(json.dumps(meta if content is None else {**meta, kind: content}), encoding="utf-8")


def _security_settings(certificates: Certificates) -> dict[str, str]:
    """The settings of the plugin, with files in the folder of the configuration."""
    certificate, key = certificates.server
    settings = {
        "allow_default_init_securityindex": "true",
        "authcz.admin_dn": "CN=client",
        "ssl.http.enabled": "true",
        "ssl.transport.enforce_hostname_verification": "false",
    }
    for way in ("http", "transport"):
        settings[f"ssl.{way}.pemcert_filepath"] = certificate.name
        settings[f"ssl.{way}.pemkey_filepath"] = key.name
        settings[f"ssl.{way}.pemtrustedcas_filepath"] = certificates.authority.name
    return {f"{_PLUGIN}{name}": value for name, value in settings.items()}
