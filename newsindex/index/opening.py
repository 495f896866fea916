"""Opens, creates and rebuilds an index, and parses a query without one."""

from __future__ import annotations

from typing import Any

from newsindex.arguments import PathName, seconds, text
from newsindex.backends.opening import create_index, rebuild_backend
from newsindex.index_settings import DEFAULT_TIMEZONE, GivenSettings, time_zone
from newsindex.query.ranking.search_options import Operator

from .index import WRITER_TIMEOUT, Index, checked_workers


def create(
    path: PathName,
    *,
    timezone: str = DEFAULT_TIMEZONE,
    settings: PathName | None = None,
    acronyms: bool = True,
    client: Any = None,
    **ranking: float,
) -> Index:
    """Creates an empty index and opens it.

    Args:
        path: A folder, or the address of an index on a cluster, ``opensearch://host:9200/name`` (extra
            ``cluster``).
        timezone: The time zone in which dates and days are understood.
        settings: A TOML file with the user's own stop words, synonyms and protected words, which the index
            records (see the page on settings in the manual).
        acronyms: Whether the index learns from its articles what acronyms stand for, so that a query for an
            acronym also finds its long name, and the other way round.
        client: A client of opensearch-py that is connected to the cluster already.
        **ranking: Weights of the ranking: ``k1``, ``headline_weight``, ``headline_b``, ``body_weight``,
            ``body_b``, ``spelling``, ``accents``, ``neighbours``, ``stop_words`` and ``lead`` (see the page
            on settings in the manual).

    Returns:
        The index, open.

    Raises:
        IndexExists: There is an index already.
        QueryError: A value makes no sense.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.

    Example:
        >>> with newsindex.create("presse.newsindex", timezone="Europe/Paris") as presse:
        ...     len(presse)
        0
    """
    chosen = GivenSettings(text("timezone", timezone), settings, acronyms, ranking)
    create_index(path, chosen.with_defaults(), client)
    return Index(path, client=client)


def open(
    path: PathName,
    *,
    create: bool = False,
    timezone: str | None = None,
    settings: PathName | None = None,
    acronyms: bool | None = None,
    mapped: bool | None = None,
    client: Any = None,
    **ranking: float,
) -> Index:
    """Opens an index; with ``create``, creates an empty one where there is none.

    Args:
        path: The folder or the address of the index, as for :func:`newsindex.create`.
        create: Whether an index that is not there is created.
        timezone: What the index must have been created with, as for :func:`newsindex.create`. Where it is not
            given, the index keeps what it was created with; so with ``settings``, ``acronyms`` and
            ``ranking``.
        settings: The file of the user's own words.
        acronyms: Whether the index learns acronyms.
        mapped: Whether segment files are mapped into memory, so that an index opens at once and processes
            share what they read; a program that reads a mapped file while another one cuts it short is ended
            by the system. With False, files are read into memory as a whole instead. Without it, they are
            mapped unless the environment variable ``NEWSINDEX_MMAP`` is 0.
        client: A client of opensearch-py that is connected to the cluster already.
        **ranking: Weights of the ranking.

    Returns:
        The index, which shows its last commit.

    Raises:
        IndexNotFound: There is no index, and ``create`` is false.
        IndexCorrupt: The index is damaged.
        IndexTooOld: The index is in a format that this newsindex does not read any more.
        IndexTooNew: The index is in a format that this newsindex does not know yet.
        AnalyzerMismatch: The index was made with another analysis of French, or with other settings.
        QueryError: A value makes no sense.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.

    Example:
        >>> with newsindex.open("presse.newsindex", create=True) as presse:
        ...     presse.add([newsindex.Article("La neige ferme le col")]).added
        1
    """
    given = GivenSettings(timezone, settings, acronyms, ranking)
    if create:
        create_index(path, given.with_defaults(), client, may_exist=True)
    index = Index(path, mapped=mapped, client=client)
    try:
        given.check_equal(index._backend.settings, index.name)
    except BaseException:
        index.close()
        raise
    return index


def rebuild(path: PathName, *, workers: int | None = None, timeout: float = WRITER_TIMEOUT) -> None:
    """Indexes the articles of an index anew from what it stores, in one commit.

    It makes an index of an older format, or with another analysis of French, one that this newsindex
    searches; its settings and its identity stay. Until the commit the index is what it was, so that it needs
    as much room on the disk again. A rebuild that was interrupted is just run again.

    Args:
        path: The folder or the address of the index.
        workers: The number of threads or processes, as for :meth:`Index.writer`.
        timeout: The seconds to wait for another writer.

    Raises:
        IndexNotFound: There is no index.
        IndexLocked: Another writer does not finish within ``timeout`` seconds.
        IndexCorrupt: The index is damaged.
        IndexTooOld: The index is in a format whose articles cannot be read any more.
        IndexTooNew: The index is in a format that this newsindex does not know yet.
        QueryError: A value makes no sense.
        ClusterUnavailable: The cluster does not answer.
        AccessDenied: The cluster does not know the user, or the user lacks a right.
    """
    rebuild_backend(path, seconds("timeout", timeout), checked_workers(workers))


def parse(query: str, operator: Operator = "any", timezone: str = DEFAULT_TIMEZONE) -> Any:
    """The Whoosh query tree that a search for a query runs.

    Args:
        query: A query in the query language of the manual.
        operator: What a space between two words means: "any" or "all" of the words.
        timezone: The time zone in which days are understood.

    Raises:
        QueryError: The query is beyond a limit, or has a date that is none; also for an argument that makes
            no sense.

    Example:
        >>> print(newsindex.parse("neige NOT pluie"))
        (text:neiger AND NOT text:pluie)
    """
    from newsindex.query.syntax.parser import parse_query  # only loaded to search
    from newsindex.query.syntax.whoosh_tree import whoosh_tree  # only parse() loads Whoosh

    return whoosh_tree(parse_query(text("query", query), time_zone(timezone), operator).tree)
