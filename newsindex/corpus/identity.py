"""Decides whether two records with one id are the same article, and gives another article an id of its own.

Two records with one id or address are the same article where their texts share much: the later is a version
of the earlier. Else they are two articles, and neither may replace the other.

What is compared is a sample: the words of the first characters of the headline and of the body. It suffices,
because versions of an article mostly share their headline or their beginning, and it is all that has to be
kept of an article. Words of less than four letters are left out, as most texts have them. Versions share a
third of the words of the shorter sample and one more, so that of few words most have to be the same; or they
have the same headline of four words or more. Of 20,000 pairs of unrelated French articles (OrangeSum) one in
a thousand shares 23 % of these words, and one in ten thousand 39 %; a longer text with the same beginning
shares nearly all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from newsindex.article import OPTIONAL_FIELDS, Article

from .summary import Summary

_HEADLINE_SAMPLE: Final = 100  # characters
_BODY_SAMPLE: Final = 160  # characters
_MIN_SHARE: Final = 1 / 3  # of the words of the shorter sample, which two versions have in common, and one
_MIN_HEADLINE_WORDS: Final = 4
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}|\d+")
_WORD: Final = re.compile(r"\w+")
_MAX_IDS: Final = 250_000  # of which a reading keeps samples: about 100 MB

Sample = str


def sample(article: Article) -> Sample:
    """The beginning of an article's texts, by which it is compared with others."""
    return f"{article.headline[:_HEADLINE_SAMPLE]}\n{article.body[:_BODY_SAMPLE]}"


def are_versions(first: Sample, second: Sample) -> bool:
    """Whether the articles of two samples are the same article."""
    if first == second:
        return True
    headline = _words(first.partition("\n")[0], _LONG_WORD)
    if len(headline) >= _MIN_HEADLINE_WORDS and headline == _words(second.partition("\n")[0], _LONG_WORD):
        return True
    for pattern in (_LONG_WORD, _WORD):
        words, others = _words(first, pattern), _words(second, pattern)
        if words and others:
            shorter = min(len(words), len(others))
            return len(words & others) >= min(shorter, shorter * _MIN_SHARE + 1)
    return False


def _words(text: Sample, pattern: re.Pattern[str]) -> set[str]:
    """The different words of a text, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return set(pattern.findall("".join(c for c in decomposed if not unicodedata.combining(c))))


def own_id(article: Article, known: Callable[[str], Sample | None]) -> str:
    """The id of an article where others may have it: its own, or one that no other article has.

    ``known`` gives the sample of the article that has an id. The ids that are tried depend on the article
    alone, so that a second reading finds the same: its id, then with a digest of its headline, which a later
    version of it has too, then with a digest of its whole text.
    """
    headline = " ".join(article.headline.casefold().split())
    for text in (None, headline, f"{article.headline}\n{article.body}"):
        if text == "":
            continue
        candidate = article.id if text is None else f"{article.id}#{_digest(text)}"
        holder = known(candidate)
        if holder is None or are_versions(holder, sample(article)):
            return candidate
    return candidate


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def find_version(article: Article, find: Callable[[str], Article | None]) -> Article | None:
    """The version of an article that an index has; ``find`` gives the article with an id, or None."""

    def known(article_id: str) -> Sample | None:
        holder = find(article_id)
        return None if holder is None else sample(holder)

    return find(own_id(article, known))


def fullness(article: Article) -> tuple[int, int]:
    """How much there is of an article: the characters of its texts, and the fields that have a value."""
    values = [getattr(article, name) for name in (*OPTIONAL_FIELDS, "published", "abstract")]
    return len(article.headline) + len(article.body), sum(map(bool, values))


class ReadArticles:
    """The articles of one reading by id: of each the sample, within a bound beyond which the oldest go.

    ``summary`` counts those that are given an id of their own, and the poorer records of an archive.
    """

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._samples: dict[int, Sample] = {}  # by a hash of the id
        self._fullness: dict[int, tuple[int, int]] = {}  # of articles that were read from archives
        self._kept_apart: set[int] = set()  # hashes of the ids that were given

    def identify(self, article: Article, *, is_archived: bool) -> tuple[Article | None, bool]:
        """The article with an id that no other article of the reading has, and whether it is a later version.

        None for a poorer record of an article that the archives of the reading have given: their files are in
        no order in which a later one would be a later version.
        """
        key = hash(article.id)
        known, new = self._samples.get(key), sample(article)
        if known is not None and known != new:
            article_id = own_id(article, lambda other: self._samples.get(hash(other)))
            if article_id != article.id:
                article = replace(article, id=article_id)
                key = hash(article_id)
                if key not in self._kept_apart:
                    self._kept_apart.add(key)
                    self._summary.keep_apart(article_id)
        if is_archived and not self._is_fullest(key, article):
            self._summary.pass_over("poorer record of an article that the archive has")
            return None, True
        is_later = key in self._samples
        self._samples[key] = new
        if len(self._samples) > _MAX_IDS:
            self._forget(next(iter(self._samples)))
        return article, is_later

    def _forget(self, key: int) -> None:
        del self._samples[key]
        self._fullness.pop(key, None)
        self._kept_apart.discard(key)

    def _is_fullest(self, key: int, article: Article) -> bool:
        """Whether no record of the article that was read from an archive before is fuller."""
        new = fullness(article)
        known = self._fullness.get(key, new)
        self._fullness[key] = max(known, new)
        return new >= known

    def is_archived(self, article: Article) -> bool:
        """Whether an article was read from an archive."""
        return hash(article.id) in self._fullness

    def original(self, article: Article) -> Article:
        """An article with the id that it had before it was given one of its own."""
        if hash(article.id) not in self._kept_apart:
            return article
        return replace(article, id=article.id.rpartition("#")[0])
