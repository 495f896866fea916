"""Where in a whole article do the words of a query stand?"""

from __future__ import annotations

from ..article import Article
from .parser import ParsedQuery
from .results import Marked
from .snapshot import Snapshot
from .snippets import mark, wanted


def marked(snapshot: Snapshot, query: ParsedQuery, article: Article) -> Marked:
    """The article with what the query asks for marked, as in the hits of a search."""
    sought = wanted(query.tree, snapshot)
    return Marked(
        article,
        mark(article.headline, sought.headline, sought.headline_phrases, sought.french),
        mark(article.body, sought.body, sought.body_phrases, sought.french),
    )
