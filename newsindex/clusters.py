"""What the administrator of a cluster does with an index on it: look at it, prepare it, rebuild it.

The address of an index is ``opensearch://host:9200/presse``, as for :func:`newsindex.open`, which searches
and changes it. All functions raise ClusterUnavailable where the cluster does not answer, AccessDenied where
the user is unknown to it or lacks a right, QueryError for an address that cannot be read, and NewsIndexError
for a version of OpenSearch that newsindex does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .arguments import text
from .index_settings import DEFAULT_TIMEZONE, GivenSettings

if TYPE_CHECKING:
    from .arguments import PathName
    from .backends.opensearch.connection import Connection
    from .backends.opensearch.upkeep.cluster_status import ClusterStatus


@contextmanager
def _connected(address: str, client: Any) -> Iterator[Connection]:
    from .backends.opensearch.connection import connect  # an extra

    connection = connect(text("address", address), client)
    try:
        yield connection
    finally:
        connection.close()


def status(address: str, *, client: Any = None) -> ClusterStatus:
    """Looks at an index: the versions of it that there are, a rebuild that goes on, missing shards.

    Args:
        address: The address of the index.
        client: A client of opensearch-py that is connected to the cluster already.

    Returns:
        An object with ``address``, ``opensearch`` (its version), the number of ``nodes``, ``is_held_up``
        (whether writes are refused, as for a moment where a rebuild begins), ``problem`` (why the index
        cannot be searched; empty where it can) and ``versions``. Each version has ``name``, ``role``
        ("current", "old" or "being built"), ``health``, ``articles``, ``bytes``, ``shards``,
        ``missing_shards`` and ``rebuild`` (who builds it, and since when).

    Raises:
        IndexNotFound: There is no index.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.
    """
    from .backends.opensearch.upkeep.cluster_status import read_status  # an extra

    with _connected(address, client) as connection:
        return read_status(connection)


def template(
    address: str,
    *,
    timezone: str = DEFAULT_TIMEZONE,
    settings: PathName | None = None,
    acronyms: bool = True,
    client: Any = None,
    **ranking: float,
) -> dict[str, Any]:
    """The requests by which an index is created, and the roles of its users.

    They are for the administrator of a cluster where programs may not create an index. Nothing is sent.

    Args:
        address: The address of the index.
        timezone: As for :func:`newsindex.create`, and so are the other keywords.
        settings: The file of the user's own words.
        acronyms: Whether the index learns acronyms.
        client: A client of opensearch-py that is connected to the cluster already.
        **ranking: Weights of the ranking.

    Returns:
        ``requests``, each with ``method``, ``path`` and ``body``, and ``roles``, the roles of the users for
        OpenSearch's security plugin: to search, to write too, and to create and rebuild as well.
    """
    # The client is an extra.
    from .backends.opensearch.alerts import alert_layout
    from .backends.opensearch.index_record import creation_requests, new_record
    from .backends.opensearch.upkeep.roles import needed_roles

    chosen = GivenSettings(timezone, settings, acronyms, ranking).with_defaults()
    with _connected(address, client) as connection:
        record = new_record(chosen)
        requests = creation_requests(connection, record)
        requests += alert_layout.creation_requests(connection, chosen, record.identity)
        roles = needed_roles(connection.address.index)
    return {
        "requests": [{"method": "PUT", "path": path, "body": body} for path, body in requests],
        "roles": roles,
    }


def rebuild(
    address: str,
    *,
    take_over: bool = False,
    progress: Callable[[int], object] | None = None,
    client: Any = None,
) -> str:
    """Indexes the articles of an index anew, beside it, while it is searched and changed.

    It renews the average lengths by which articles are weighted, and makes an index of an older newsindex, or
    one whose mapping was changed by hand, one that this newsindex searches. The version before stays until
    the next rebuild or until :func:`delete_old`.

    Args:
        address: The address of the index.
        take_over: Whether what a rebuild that was stopped has left is deleted first.
        progress: A function that is called with the number of articles so far.
        client: A client of opensearch-py that is connected to the cluster already.

    Returns:
        OpenSearch's name of the version before.

    Raises:
        IndexNotFound: There is no index.
        IndexLocked: Another rebuild has begun.
        IndexCorrupt: The index is damaged.
        IndexTooNew: The index is in a format that this newsindex does not know yet.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.
    """
    from .backends.opensearch.writing.rebuild import rebuild_index  # an extra

    with _connected(address, client) as connection:
        return rebuild_index(connection, take_over=take_over, progress=progress or (lambda articles: None))


def delete_old(address: str, *, client: Any = None) -> list[str]:
    """Deletes the versions of an index from before its last rebuild.

    Args:
        address: The address of the index.
        client: A client of opensearch-py that is connected to the cluster already.

    Returns:
        OpenSearch's names of the versions that were deleted.

    Raises:
        IndexNotFound: There is no index.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.
    """
    from .backends.opensearch.writing.rebuild import delete_old_versions  # an extra

    with _connected(address, client) as connection:
        return delete_old_versions(connection)
