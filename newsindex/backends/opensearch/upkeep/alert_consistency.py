"""Checks whether the recorded matches of alerts agree with each other and with the articles of a cluster."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from newsindex.errors import IndexCorrupt

from ..alerts.alert_documents import AlertDocuments
from ..alerts.alert_layout import alerts_index, check_owner, matches_index
from ..alerts.article_matches import ArticleMatches
from ..alerts.conditional_writes import TOGETHER, Stored, read_documents, search_documents
from ..alerts.match_documents import MatchDocuments
from ..alerts.match_numbering import MatchNumbering
from ..connection import Connection
from ..layout import document_id


def check_alerts(connection: Connection, identity: str) -> None:
    """Reads all matches of the alerts of the index with an identity; there may be no alerts.

    Raises IndexCorrupt naming the first article whose matches are damaged, and ClusterUnavailable.
    """
    name = connection.address.index
    if not check_owner(connection, identity):
        return
    index = matches_index(name)
    if index not in connection.request("GET", f"/{index}/_mapping", ignore=(404,)):
        raise IndexCorrupt(
            f"the matches of the alerts of {connection.name} are gone: restore {index} from a snapshot, or "
            f"delete {alerts_index(name)} too and add the alerts again"
        )
    alerts = {alert.row.id for alert in AlertDocuments(connection).all()}
    matches = search_documents(connection, index, {"match_all": {}}, ["key"])
    while some := list(islice(matches, TOGETHER)):
        for article, what in _damages(connection, some, alerts):
            raise IndexCorrupt(
                f"the matches of the article {article!r} of {connection.name} are damaged: {what}; delete "
                f"the document {document_id(article)!r} of {index}, or restore it from a snapshot"
            )


def _damages(
    connection: Connection, stored: Sequence[Stored], alerts: Collection[int]
) -> Iterator[tuple[str, str]]:
    """The articles of some documents whose matches are damaged, and how."""
    documents = [ArticleMatches.restored(one) for one in stored]
    for one, document in zip(documents, stored, strict=True):
        if one.key != document.key or one.write().source not in (None, document.source):
            yield one.article, "what is found does not agree with what is recorded"
    last = MatchNumbering(connection).read().last
    for one in documents:
        if one.matches and one.last > last:
            yield one.article, f"the number {one.last} was never given out"
    articles = [one.article for one in documents]
    there = read_documents(connection, connection.address.index, list(map(document_id, articles)))
    missing = [article for article, found in zip(articles, there, strict=True) if found is None]
    for one in MatchDocuments(connection).of_articles(missing):  # as they are after the articles were read
        new = [alert for alert, match in one.matches.items() if alert in alerts and not match.is_seen]
        if new and not one.intents:
            yield one.article, "the index has no such article"
