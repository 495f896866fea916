"""Makes the certificates of an authority, a server and a client, with the command openssl."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path
from typing import NamedTuple


class Certificates(NamedTuple):
    """Files in PEM form: the authority, and a certificate with its key for a server and for a client."""

    authority: Path
    server: tuple[Path, Path]
    client: tuple[Path, Path]

    def server_context(self, *, asks_client: bool = False) -> ssl.SSLContext:
        """What a server on 127.0.0.1 speaks https with; it may ask its clients for a certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.server)
        if asks_client:
            context.load_verify_locations(self.authority)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


_KEYS = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"  # asked for from Python 3.13 on


def make_certificates(folder: Path) -> Certificates | None:
    """New certificates in a folder, valid for a day; None without openssl."""
    if shutil.which("openssl") is None:
        return None
    authority, authority_key = folder / "ca.pem", folder / "ca.key"
    _openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
        "-subj", "/CN=newsindex tests", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout", authority_key, "-out", authority,
    )  # fmt: skip
    made = {}
    for name, extension in (
        ("server", "subjectAltName=IP:127.0.0.1"),
        ("client", "extendedKeyUsage=clientAuth"),
    ):
        request, certificate, key = (folder / f"{name}.{ending}" for ending in ("csr", "pem", "key"))
        _openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
            "-keyout", key, "-out", request,
        )  # fmt: skip
        (folder / f"{name}.ext").write_text(_KEYS + extension)
        _openssl(
            "x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority_key, "-CAcreateserial",
            "-days", "1", "-extfile", folder / f"{name}.ext", "-out", certificate,
        )  # fmt: skip
        made[name] = certificate, key
    return Certificates(authority, made["server"], made["client"])


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
