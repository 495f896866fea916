"""Encoding of articles as documents of the cluster, and restoring of an article from its document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from newsindex.article import LABEL_FIELDS, Article
from newsindex.dates.local_dates import local_date
from newsindex.dates.minutes import MINUTES_PER_DAY, UNDATED, minutes_since_epoch
from newsindex.encoding.article_codec import article_from_dict, article_to_dict
from newsindex.errors import IndexCorrupt
from newsindex.indexer.building.batch_acronyms import BatchAcronyms
from newsindex.indexer.building.segment_builder import Block
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.query.evaluation.segment_view import comparable_label
from newsindex.query.ranking.counting.timeline_counts import period_name, period_numbers
from newsindex.storage.acronym_table import AcronymPair
from newsindex.storage.stored_articles import hash_content, pack_article

from .encoding.document_words import DocumentWords, document_words
from .encoding.word_texts import WordTexts
from .frequencies import AverageLengths, FieldWeights
from .index_record import IndexRecord
from .layout import MAX_TOKEN_BYTES, PERIODS, bounded_token

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_KEPT_LABELS: Final = 65_536
_KEPT_DAYS: Final = 16_384


class DocumentEncoder:
    """Encodes articles; one thread at a time uses it.

    The scanner remembers the words that it has met, as for segments.
    """

    def __init__(self, scanner: WordScanner, record: IndexRecord) -> None:
        """``record`` is that of the index, by whose settings and average lengths its documents are made."""
        self._scanner = scanner
        self._texts = WordTexts(scanner)
        self._zone = record.settings.zone
        self._acronyms = BatchAcronyms(scanner) if record.settings.acronyms else None
        self.follow(record)

    def follow(self, record: IndexRecord) -> None:
        """Makes the documents by a record with other average lengths."""
        weights = FieldWeights(record.settings.ranking, record.averages)
        self._made_by = weights, record.encoding  # at once: another thread may be encoding

    def average_lengths(self, articles: Sequence[Article]) -> AverageLengths:
        """The average lengths of the fields of some articles, over those that have the field."""
        scan = self._scanner.scan([text for article in articles for text in (article.headline, article.body)])
        sizes = np.diff(scan.first)
        headline, body = ([*filter(None, sizes[field::2].tolist())] for field in (0, 1))
        return AverageLengths(
            sum(headline) / len(headline) if headline else 1.0, sum(body) / len(body) if body else 1.0
        )

    def encode(self, articles: Sequence[Article], versions: Sequence[int]) -> list[bytes]:
        """The document of each article as JSON; ``versions`` has the time of each change in nanoseconds."""
        packed = [pack_article(article, self._zone) for article in articles]
        texts = [text for article in articles for text in (article.headline, article.body)]
        self._scanner.trim()
        scan = self._scanner.scan(texts)
        self._texts.update()
        weights, encoding = self._made_by
        words = document_words(scan, self._texts, weights)
        acronyms = self._find_acronyms(Block(packed, texts))
        hashes = map(hash_content, packed)
        return [
            self._document(article, content_hash, version, words, number, acronyms.get(number), encoding)
            for number, (article, content_hash, version) in enumerate(
                zip(articles, hashes, versions, strict=True)
            )
        ]

    def _find_acronyms(self, block: Block) -> Mapping[int, set[AcronymPair]]:
        """The definitions of acronyms that the articles of a block make, by the number of the article."""
        found: dict[int, set[AcronymPair]] = {}
        if self._acronyms is not None:
            self._acronyms.scan(block)
            for pair, number in self._acronyms.of_kept(np.ones(len(block.packed), bool)):
                found.setdefault(number, set()).add(pair)
            self._acronyms.clear()
        return found

    def _document(
        self,
        article: Article,
        content_hash: int,
        version: int,
        words: DocumentWords,
        number: int,
        acronyms: set[AcronymPair] | None,
        encoding: str,
    ) -> bytes:
        document: dict[str, Any] = {name: texts[number] for name, texts in words.fields.items()}
        document["id"] = article.id
        for label in LABEL_FIELDS:
            if value := getattr(article, label):
                document[label] = value
                document[f"{label}_key"] = label_key(value)
        minutes = minutes_since_epoch(article.published, self._zone)
        if minutes != UNDATED:
            document["minutes"] = minutes
            document.update(_periods(minutes // MINUTES_PER_DAY))
        if article.body.strip():
            document["body_hash"] = body_hash(article.body)
        if acronyms and (pairs := [pair for pair in map(acronym_text, sorted(acronyms)) if pair]):
            document["acronyms"] = pairs
        document["content_hash"] = f"{content_hash:016x}"
        document["encoding"] = encoding
        document["version"] = version
        document["headline_length"] = words.headline_length[number]
        document["body_length"] = words.body_length[number]
        document["article"] = _record(article, self._zone)
        return _ENCODER.encode(document).encode()


def _record(article: Article, zone: ZoneInfo) -> dict[str, Any]:
    """The article as it is stored; its moment of publication is in the local time of the index."""
    record = article_to_dict(article)
    if article.published is not None:
        record["published"] = local_date(article.published, zone).isoformat()
    return record


def restore_article(source: Mapping[str, Any], place: str) -> Article:
    """The article of a document's ``_source``.

    Raises IndexCorrupt, which names ``place``, where there is none.
    """
    record = source.get("article")
    article = article_from_dict(record) if isinstance(record, dict) else None
    if article is None:
        raise IndexCorrupt(
            f"a document of {place} does not hold an article as it was written: index the article again, or "
            "restore the index from a snapshot"
        )
    return article


@lru_cache(_KEPT_LABELS)
def label_key(label: str) -> str:
    """The form of a label in which labels are compared: without case, accents and extra spaces."""
    return bounded_token(comparable_label(label))


def body_hash(body: str) -> str:
    """The hash of a body, by which identical texts are found: 32 hexadecimal digits."""
    return hashlib.blake2b(body.encode(), digest_size=16).hexdigest()


def acronym_text(pair: AcronymPair) -> str:
    """The keyword of a definition; empty for one that is too long to be one."""
    text = json.dumps(list(pair), ensure_ascii=False, separators=(",", ":"))
    return text if len(text.encode()) <= 8 * MAX_TOKEN_BYTES else ""


def acronym_pair(text: str) -> AcronymPair:
    """The inverse of :func:`acronym_text`."""
    return AcronymPair(*json.loads(text))


@lru_cache(_KEPT_DAYS)
def _periods(day: int) -> Mapping[str, str]:
    """The names of the periods that hold a day, which is counted from 1970, by field."""
    minutes = np.array([day * MINUTES_PER_DAY], np.int32)
    return {unit: period_name(unit, int(period_numbers(unit, minutes)[0])) for unit in PERIODS}
