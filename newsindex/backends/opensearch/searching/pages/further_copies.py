"""Finds near-duplicates of articles among matches that the cluster gave no page of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from newsindex.analyzer import French
from newsindex.article import Article
from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import Clause, boolean, term

_AT_ONCE: Final = 50  # articles whose copies one request looks for
_MAX_COPIES: Final = 20  # of one article that are looked at
_MAX_STEMS: Final = 16  # of an article by which its copies are found
_SHARED: Final = 0.55
"""The share of these stems that a copy has at least: a quarter of its words may differ."""
_MAX_CHARACTERS: Final = 4_000  # of a text that are read


def further_copies(
    pinned: PinnedIndex, french: French, query: Clause, articles: Sequence[Article], known: Sequence[Article]
) -> list[Article]:
    """Returns articles that ``query`` matches and that share most words with one of ``articles``.

    Those that are ``known`` are left out.
    """
    ids = {article.id for article in known}
    found: dict[str, Article] = {}
    for first in range(0, len(articles), _AT_ONCE):
        searches = [_copies(query, french, article) for article in articles[first : first + _AT_ONCE]]
        for hit in chain.from_iterable(answer.hits for answer in pinned.search_all(searches)):
            article = restore_article(hit["_source"], pinned.place)
            if article.id not in ids:
                found[article.id] = article
    return list(found.values())


def _copies(query: Clause, french: French, article: Article) -> dict[str, Any]:
    """The search for the articles that share most of the longest words of one."""
    text = f"{article.headline}\n{article.body}"[:_MAX_CHARACTERS]
    stems = {word.term for word in french.analyze(text) if not word.stop}
    longest = sorted(stems, key=lambda stem: (-len(stem), stem))[:_MAX_STEMS]
    shared = boolean(
        should=[term("stems", stem) for stem in longest], minimum=max(int(len(longest) * _SHARED), 1)
    )
    return {
        "query": boolean(filters=[query], must=[shared]), "size": _MAX_COPIES, "_source": ["article"],
        "track_total_hits": False,
    }  # fmt: skip
