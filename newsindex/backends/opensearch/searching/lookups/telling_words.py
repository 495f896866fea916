"""The telling words of an article, by the document frequencies of the cluster."""

from __future__ import annotations

from typing import Final

from newsindex.analyzer import French
from newsindex.article import Article
from newsindex.query.similarity.more_like_this import TellingWord, most_telling, occurring_terms

from .term_counts import EVERY_ARTICLE, TermCounts, word_of

_MAX_COUNTED: Final = 120
"""Words whose articles are counted: those that occur most in the article, as the rest weighs little."""


def telling_words(french: French, counts: TermCounts, article: Article) -> list[TellingWord]:
    """Returns the words that tell most of what an article is about, in descending order."""
    occurring = occurring_terms(french, article.headline, article.body)
    if len(occurring) > _MAX_COUNTED:
        most = sorted(occurring, key=lambda stem: -occurring[stem][0])[:_MAX_COUNTED]
        occurring = {stem: occurring[stem] for stem in most}
    known = counts.fetch([EVERY_ARTICLE, *map(word_of, occurring)])
    return most_telling(occurring, known[EVERY_ARTICLE], lambda stem: known[word_of(stem)])
