"""The check of the token that a change of the index needs."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from .problems import Problem
from .service import Service


def check_bearer(request: Request, service: Service) -> None:
    """Raises Problem (401) for a request that does not bear the token."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    given = credentials.strip().encode("latin-1")  # the bytes as they were sent
    if scheme.lower() == "bearer" and is_token(given, service):
        return
    detail = "this needs the header `Authorization: Bearer TOKEN`, with the token that the server was given"
    raise Problem(401, detail, {"WWW-Authenticate": 'Bearer realm="newsindex"'})


def is_token(given: bytes, service: Service) -> bool:
    """Whether some bytes are the token, compared in constant time; never where the server has none."""
    token = (service.token or "").encode()
    return bool(token) and secrets.compare_digest(given, token)
