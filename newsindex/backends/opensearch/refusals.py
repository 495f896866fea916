"""The errors that requests to a cluster end with, and how what the cluster or its client says becomes one.

What passes by itself (no host answers, 429, 502 to 504, a time-out) is ClusterUnavailable; every other
refusal is a :class:`Refusal` with its status and kind, and a :class:`Denial` where the user is unknown or
lacks a right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsindex.deadline import check_deadline
from newsindex.errors import AccessDenied, ClusterUnavailable, NewsIndexError

if TYPE_CHECKING:
    from opensearchpy import OpenSearchException

_PASSING_STATUSES: Final = frozenset({429, 502, 503, 504})
_PASSING_KINDS: Final = frozenset(
    {
        "connect_transport_exception", "node_closed_exception", "node_disconnected_exception",
        "node_not_connected_exception", "no_shard_available_action_exception",
        "receive_timeout_transport_exception",
    }
)  # fmt: skip
"""What is refused with status 500 where a node has died that was just asked."""
_MAX_REASON_CHARACTERS: Final = 300
_DENIED: Final = "security_exception"
"""The type of the errors of OpenSearch's security plugin."""
_RIGHTS: Final = re.compile(r"no permissions for \[(.+?)\](?= and |$)")
"""The rights that are missing, in what the security plugin says; read for the message alone."""


class Refusal(NewsIndexError):
    """The cluster refused a request.

    ``status`` is that of HTTP, ``kind`` the type of the error in words of OpenSearch, such as
    ``index_not_found_exception``.
    """

    def __init__(self, message: str, status: int, kind: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind

    def followed_by(self, text: str) -> Refusal:
        """Returns the same refusal with a message to which a text is added."""
        return type(self)(f"{self}; {text}", self.status, self.kind)


class Denial(Refusal, AccessDenied):
    """The cluster does not know the user, or the user lacks a right."""


class NoHostAnswers(ClusterUnavailable):
    """None of the hosts can be reached, which does not pass as soon as a busy cluster does."""


class PassingRefusal(ClusterUnavailable):
    """The cluster answered that it cannot do now what a request asks; ``kind`` is that of a Refusal."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


def passes(status: object, kind: object) -> bool:
    """Whether a refusal with this status and this type of error passes by itself."""
    return status in _PASSING_STATUSES or kind in _PASSING_KINDS


def refusal_of(place: str, status: Any, info: Any) -> NewsIndexError:
    """The error for a refused request or part of one.

    ``place`` is the address of the index as messages name it, and ``info`` is what the cluster says of it.
    """
    kind, reason = _kind_and_reason(info)
    described = f"{kind}: {reason}" if reason else kind
    if passes(status, kind):
        return PassingRefusal(
            f"{place} cannot do this now ({status} {described}): try again when the cluster is less busy, or "
            "look at its health",
            kind,
        )
    if status == 401:
        message = (
            f"{place} asks for another user or password: give them in the address, in "
            "NEWSINDEX_CLUSTER_USER and NEWSINDEX_CLUSTER_PASSWORD, or in the netrc file"
        )
        return Denial(message, 401, kind)
    if status == 403 and "block" not in kind:
        return Denial(_right_missing(place, described), 403, kind)
    message = f"{place} refused a request ({status} {described})"
    return Refusal(message, status if isinstance(status, int) else 0, kind)


def _right_missing(place: str, described: str) -> str:
    """The message that the user lacks a right; it names the right where the cluster does."""
    rights = _RIGHTS.search(described)
    lacked = "does not let this user do that"
    if rights is not None:
        noun = "rights" if "," in rights[1] else "right"
        lacked = f"does not give this user the {noun} {rights[1]}"
    said = f" ({described})" if rights is None else ""
    return (
        f"{place} {lacked}{said}: ask the administrator of the cluster for one of the roles that `newsindex "
        "cluster template` prints"
    )


def document_refusal(place: str, info: Any) -> NewsIndexError:
    """The error for one of several documents that are read together; the cluster gives no status of it."""
    return refusal_of(place, 403 if _kind_and_reason(info)[0] == _DENIED else 503, info)


def error_of(place: str, error: OpenSearchException, seconds: float) -> NewsIndexError:
    """The error for one of the client's, after a request that was allowed so many seconds.

    Raises DeadlineExceeded where the time is over, and the error itself where it is of no known kind.
    """
    from opensearchpy import exceptions

    if isinstance(error, exceptions.ConnectionTimeout):
        check_deadline()
        return ClusterUnavailable(
            f"{place} did not answer within {seconds:g} s: try again, or allow more with ?timeout= in the "
            "address"
        )
    if isinstance(error, exceptions.SSLError):
        return NoHostAnswers(
            f"{place} has no certificate that can be trusted ({short(error.error)}): name the authority that "
            "signed it with ?ca=FILE in the address; an authority that is named already must make "
            "certificates with the extensions of RFC 5280, which Python 3.13 and newer ask for"
        )
    if isinstance(error, exceptions.ConnectionError):
        return NoHostAnswers(
            f"no host of {place} answers ({short(_cause(error))}): check that the cluster runs, and that the "
            "hosts, the ports and http or https are right"
        )
    if isinstance(error, exceptions.TransportError):
        return refusal_of(place, error.status_code, error.info)
    if isinstance(error, exceptions.SerializationError):
        return ClusterUnavailable(
            f"{place} answers in another form than OpenSearch: check that the port is that of OpenSearch"
        )
    raise error


def _cause(error: Any) -> object:
    return error.info if error.info is not None else error.error


def short(error: object) -> str:
    """The text of an error on one line of bounded length."""
    return " ".join(str(error).split())[:_MAX_REASON_CHARACTERS]


def _kind_and_reason(info: Any) -> tuple[str, str]:
    """The type and the reason of an error as OpenSearch describes it."""
    error = info.get("error", info) if isinstance(info, dict) else info
    if not isinstance(error, dict):
        return short(error or "no reason given"), ""
    causes = error.get("root_cause") or [error]
    failed = error.get("failed_shards") or []
    cause = failed[0].get("reason", causes[0]) if failed and isinstance(failed[0], dict) else causes[0]
    if not isinstance(cause, dict):
        return str(error.get("type", "error")), short(cause)
    return str(cause.get("type", "error")), short(cause.get("reason", ""))
