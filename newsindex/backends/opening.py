"""Chooses what keeps an index by its address: a folder, or a cluster."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from newsindex.arguments import PathName, shown
from newsindex.errors import IndexExists, NewsIndexError
from newsindex.index_settings import IndexSettings
from newsindex.storage.catalogue import Catalogue, create_catalogue, has_catalogue

from .base import IndexBackend
from .local.local_index import LocalIndex
from .local.write_access import rebuild_index

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):[/\\]")
"""A Path has one of the slashes left, on Windows as a backslash; one letter before the colon is a drive."""
_CLUSTER_SCHEMES: Final = frozenset(("opensearch", "opensearchs"))


def open_backend(path: PathName, mapped: bool | None = None, client: Any = None) -> IndexBackend:
    """Opens the index in a folder or at an address.

    ``mapped`` is that of :func:`newsindex.open`, and so is ``client``. Raises IndexNotFound, the errors of
    what was found, and NewsIndexError for an address of another kind, such as http://…
    """
    if address := cluster_address(path):
        from .opensearch.cluster_index import ClusterIndex  # the client is an extra

        return ClusterIndex(address, client)
    if mapped is None:
        mapped = os.environ.get("NEWSINDEX_MMAP") != "0"
    return LocalIndex(Path(path), mapped)


def create_index(
    path: PathName, settings: IndexSettings, client: Any = None, *, may_exist: bool = False
) -> None:
    """Creates an empty index with some settings in a folder or at an address.

    With ``may_exist``, an index that is there stays as it is; otherwise it raises IndexExists. Raises
    NewsIndexError for an address of another kind.
    """
    address = cluster_address(path)
    if may_exist and not address and has_catalogue(Path(path)):
        return
    try:
        if address:
            from .opensearch.cluster_index import create_cluster_index  # the client is an extra

            create_cluster_index(address, settings, client)
        else:
            create_catalogue(Path(path), settings.record())
    except IndexExists:  # with may_exist, another thread or process may have been first
        if not may_exist:
            raise


def rebuild_backend(path: PathName, timeout: float, workers: int) -> None:
    """Indexes the articles of an index anew, one of an older version too.

    Raises IndexLocked, and the errors of what was found.
    """
    if address := cluster_address(path):
        from .opensearch.cluster_index import rebuild_cluster_index  # the client is an extra

        rebuild_cluster_index(address, timeout)
        return
    rebuild_index(Path(path), Catalogue(Path(path)), timeout, workers)


def cluster_address(path: PathName) -> str:
    """The address of an index on a cluster, empty for a folder.

    Raises NewsIndexError for an address of another kind, such as http://…
    """
    text = os.fspath(path)
    address = _ADDRESS.match(text)
    if not address:
        return ""
    if text[address.end() - 1] == "\\":
        text = text.replace("\\", "/")
    scheme = address[1].lower()
    if scheme not in _CLUSTER_SCHEMES:
        raise NewsIndexError(
            f"{shown(_without_login(text))} is an address, and this newsindex has no index at {address[1]}: "
            "addresses: name a folder, or an index on a cluster as in opensearch://host:9200/presse"
        )
    rest = text[address.end() :]
    return f"{scheme}://{rest.removeprefix('/')}"


def _without_login(address: str) -> str:
    """An address without what stands before its host, which may be a password."""
    start, slash, rest = address.partition("/")
    return f"{start}{slash}{rest.rpartition('@')[2]}"
