"""Makes the client that speaks to the hosts of an address: its user, its certificates, its connections."""

from __future__ import annotations

import logging
import re
import ssl
import warnings
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from newsindex.errors import ExtraNotInstalled, NewsIndexError
from newsindex.optional import missing_library

from .addresses import Address, Host
from .refusals import short

if TYPE_CHECKING:
    from opensearchpy import Transport

_DEAD_TIMEOUT: Final = 5.0  # seconds after which a host that did not answer is tried again
_CONNECTIONS: Final = 10  # to each host

_unverified: Final[set[Host]] = set()  # of which this program was warned

logging.getLogger("opensearch").addHandler(logging.NullHandler())  # errors are raised, not printed as well


def new_transport(address: Address) -> Transport:
    """A client for an address.

    Raises ExtraNotInstalled, and NewsIndexError for files of certificates that cannot be read.
    """
    try:
        from opensearchpy import OpenSearch  # a program with local indexes starts without it
    except ImportError as error:
        raise ExtraNotInstalled(missing_library("cluster", error)) from None
    if address.is_secure and not address.is_verified:
        _warn_unverified(address)
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


def _warn_unverified(address: Address) -> None:
    """Warns once that a certificate is not looked at, in place of urllib3, which warns at each connection."""
    from urllib3.exceptions import InsecureRequestWarning

    new = [host for host in address.hosts if host not in _unverified]
    if not new:
        return
    _unverified.update(new)
    for host in new:
        said = f"Unverified HTTPS request is being made to host '{re.escape(host.name)}'"
        warnings.filterwarnings("ignore", said, InsecureRequestWarning)
    warnings.warn(
        f"the certificate of {address.name} is not looked at (verify=no), so that whoever is in between can "
        "read everything: name the authority that signed it with ?ca=FILE in the address instead",
        RuntimeWarning,
        stacklevel=2,
    )


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
            f"the certificates of the address {address.name} cannot be read ({short(error)}): the options "
            "ca, cert and key name files in PEM form, and the key has no password"
        ) from None
    if not address.is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
