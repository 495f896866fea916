"""Stock Whoosh as an oracle: which documents match a query tree, by Whoosh's own index and matchers."""

from __future__ import annotations

from whoosh import query as q
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage

import newsindex


def matching(articles, tree):
    """The ids of the articles that Whoosh finds."""
    text = TEXT(analyzer=newsindex.FrenchAnalyzer(stop_words=()), phrase=True)
    schema = Schema(id=ID(stored=True, unique=True), headline=text, body=text)
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for article in articles:
        writer.add_document(id=article.id, headline=article.headline, body=article.body)
    writer.commit()
    with index.searcher() as searcher:
        return {hit["id"] for hit in searcher.search(_both_fields(tree), limit=None)}


def _both_fields(node):
    """The tree with ``text`` spelt out as headline or body, for Whoosh knows no field of two."""
    match node:
        case q.Term() if node.fieldname == "text":
            return q.Or([q.Term(field, node.text) for field in ("headline", "body")])
        case q.Phrase() if node.fieldname == "text":
            return q.Or([q.Phrase(f, node.words, node.slop) for f in ("headline", "body")])
        case q.And() | q.Or():
            return type(node)([_both_fields(part) for part in node.subqueries])
        case q.Not():
            return q.Not(_both_fields(node.query))
        case q.AndNot():  # Whoosh's own loses documents under another NOT
            return q.And([_both_fields(node.a), q.Not(_both_fields(node.b))])
        case q.AndMaybe():
            return q.AndMaybe(_both_fields(node.a), _both_fields(node.b))
    return node
