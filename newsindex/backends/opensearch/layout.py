"""The layout of an index on a cluster: names of indexes and aliases, mapping, settings, and tokens of words.

The documents of the index ``presse`` are in ``presse-v0001``, and after a rebuild in ``presse-v0002``. Who
reads uses the alias ``presse``. Who writes uses the alias ``presse-Write-1``, whose number, the *epoch*,
grows whenever it changes where articles have to be written; during a rebuild the alias ``presse-Copy-2``
names the index that is being filled beside it. These names have a capital, which an index of OpenSearch may
not have: a write to an alias that is gone can then never make an index of that name.

All analysis is done before a document is sent: its texts are words with spaces between them. In the fields
``stems`` and ``forms`` each word carries a frequency, as in ``barrag|384``; it is the w of BM25F
(``query/evaluation/bm25f.py``) with the average lengths that the index records, times SCALE. A form has the
frequency of its term, of which it shares the weight. In ``headline_spellings`` and ``body_spellings`` each
spelling is written once, and where its folded form is another text, that too, after a mark: ``élu ~elu``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from newsindex.analyzer import fold
from newsindex.analyzer.characters import HASH
from newsindex.article import LABEL_FIELDS

FORMAT: Final = 1
"""The version of the layout that is written."""
OLDEST_FORMAT: Final = 1
"""The oldest version that is read."""
SCALE: Final = 64
"""The frequency of a token is so many times the weighted frequency of its word, rounded."""
MAX_ID_BYTES: Final = 512
"""The longest ``_id`` that OpenSearch takes."""
MAX_TOKEN_BYTES: Final = 1024
"""A longer word is replaced by a digest of itself in the fields of words, as Lucene takes 32,766 bytes."""
MAX_LABEL_CHARACTERS: Final = 8191
"""A longer label is stored, but not counted as a facet."""
PERIODS: Final = ("day", "week", "month", "year")
"""The fields that name the periods of a date as timelines do."""
ANALYSED_FIELDS: Final = (
    "stems", "forms", "headline_places", "body_places", "headline_spellings", "body_spellings",
)  # fmt: skip
"""The fields of words. They are in ``_source`` too, although few read them there: else the cluster would keep
each document twice until its segment is merged, which costs a third of the time of indexing."""
FORM_MARK: Final = "~"
"""What stands before a folded form among spellings, which have no such sign."""
_DIGEST_MARK: Final = "~sha256:"
_SEPARATORS: Final = re.compile(r"[\s|]")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")
_RESERVED: Final = re.compile(r"-(?:v\d{4,}|files|alerts|matches)$")
_VERSIONED: Final = re.compile(r"-v(\d{4,})$")


def is_index_name(name: str) -> bool:
    """Whether an index on a cluster may have this name."""
    return _NAME.fullmatch(name) is not None and _RESERVED.search(name) is None


def versioned_name(name: str, number: int) -> str:
    """The index of OpenSearch that holds the articles: ``presse-v0001``."""
    return f"{name}-v{number:04d}"


def versions_of(name: str) -> str:
    """The wildcards that find every version of an index.

    ``presse-v*`` would also find ``presse-vallee-v0001``, to which a user may have no right, and be refused.
    """
    return ",".join(f"{name}-v{digit}*" for digit in range(10))


def version_number(index: str) -> int:
    """The number of a versioned name; 0 of any other name."""
    match = _VERSIONED.search(index)
    return int(match[1]) if match else 0


def write_alias(name: str, epoch: int) -> str:
    """The alias by which articles are written."""
    return f"{name}-Write-{epoch}"


def copy_alias(name: str, epoch: int) -> str:
    """The alias by which articles are also written while a rebuild goes on."""
    return f"{name}-Copy-{epoch}"


def files_index(name: str) -> str:
    """The index of the files whose articles are all in the index."""
    return f"{name}-files"


def document_id(article_id: str) -> str:
    """The ``_id`` of an article: its id, or a digest of an id that is too long, or that looks like one."""
    encoded = article_id.encode()
    if len(encoded) <= MAX_ID_BYTES and not article_id.startswith(_DIGEST_MARK):
        return article_id
    return _DIGEST_MARK + hashlib.sha256(encoded).hexdigest()


def word_token(word: str) -> str:
    """The token of a stem, a folded form or a spelling: itself without white space, or a digest."""
    token = word if word.isalnum() else _SEPARATORS.sub("_", word)  # one letter of Arabic is four words
    return bounded_token(token)


def spelling_tokens(spelling: str) -> str:
    """The tokens of a spelling: itself without the sign of a hashtag, and its marked form if that differs."""
    written, form = word_token(spelling.removeprefix(HASH)), word_token(fold(spelling))
    return written if form in ("", written) else f"{written} {FORM_MARK}{form}"


def form_tokens(form: str) -> tuple[str, str]:
    """The tokens of the spellings of a folded form, without accents and with them."""
    token = word_token(form)
    return token, FORM_MARK + token


def bounded_token(text: str) -> str:
    """A text that is compared as a whole: itself, or a digest of one that is too long for Lucene."""
    if len(text) <= MAX_TOKEN_BYTES // 4:
        return text
    encoded = text.encode()
    return text if len(encoded) <= MAX_TOKEN_BYTES else _DIGEST_MARK + hashlib.sha256(encoded).hexdigest()


_COUNTED: Final[Mapping[str, Any]] = {
    "type": "text", "analyzer": "newsindex_counted", "search_analyzer": "newsindex_words", "norms": False,
    "index_options": "freqs", "similarity": "newsindex",
}  # fmt: skip
_PLACES: Final[Mapping[str, Any]] = {
    "type": "text", "analyzer": "newsindex_words", "norms": False, "similarity": "newsindex",
}  # fmt: skip
_WORDS: Final[Mapping[str, Any]] = {
    "type": "text", "analyzer": "newsindex_words", "norms": False, "index_options": "docs",
    "similarity": "newsindex",
}  # fmt: skip
_KEYWORD: Final[Mapping[str, Any]] = {"type": "keyword"}
_FOUND: Final[Mapping[str, Any]] = {"type": "keyword", "doc_values": False}  # neither counted nor sorted by
_KEPT: Final[Mapping[str, Any]] = {"type": "keyword", "index": False, "doc_values": False}
_LABEL: Final[Mapping[str, Any]] = {"type": "keyword", "ignore_above": MAX_LABEL_CHARACTERS}
_UNSEARCHED: Final[Mapping[str, Any]] = {"type": "object", "enabled": False}


def _properties() -> dict[str, Mapping[str, Any]]:
    return {
        "stems": _COUNTED,
        "forms": _COUNTED,
        "headline_places": _PLACES,
        "body_places": _PLACES,
        "headline_spellings": _WORDS,
        "body_spellings": _WORDS,
        "id": _LABEL,
        **dict.fromkeys(LABEL_FIELDS, _LABEL),
        **{f"{label}_key": _FOUND for label in LABEL_FIELDS},
        "minutes": {"type": "long"},
        **dict.fromkeys(PERIODS, _KEYWORD),
        "content_hash": _KEPT,
        "body_hash": _FOUND,
        "acronyms": _KEYWORD,
        "encoding": _FOUND,
        "version": {"type": "long"},
        "headline_length": {"type": "integer"},
        "body_length": {"type": "integer"},
        "article": _UNSEARCHED,
    }


def mappings(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping of an index, in the form in which the cluster answers it; ``meta`` is its record."""
    return {
        "dynamic": "strict",
        "_meta": dict(meta),
        "properties": _properties(),
    }


def analysis_settings(k1: float) -> dict[str, str]:
    """The settings of analysis and scoring for a k1 of BM25F.

    They are flat, in the form in which the cluster answers them.
    """
    return {
        "index.analysis.analyzer.newsindex_counted.type": "custom",
        "index.analysis.analyzer.newsindex_counted.tokenizer": "newsindex_spaces",
        "index.analysis.analyzer.newsindex_counted.filter": "newsindex_frequency",
        "index.analysis.analyzer.newsindex_words.type": "custom",
        "index.analysis.analyzer.newsindex_words.tokenizer": "newsindex_spaces",
        "index.analysis.filter.newsindex_frequency.type": "delimited_term_freq",
        "index.analysis.filter.newsindex_frequency.delimiter": "|",
        "index.analysis.tokenizer.newsindex_spaces.type": "whitespace",
        "index.analysis.tokenizer.newsindex_spaces.max_token_length": "32766",
        "index.similarity.newsindex.type": "BM25",
        "index.similarity.newsindex.b": "0.0",
        "index.similarity.newsindex.k1": str(SCALE * k1),
    }


PREFERENCE: Final = "_primary_first"
"""The copies of shards that are searched: those where a refresh shows a change at once."""

DEFAULT_SETTINGS: Final[Mapping[str, str]] = {
    "index.number_of_shards": "3",
    "index.number_of_replicas": "1",
    "index.refresh_interval": "10s",  # writers ask for a refresh at the end of their blocks
    "index.replication.type": "SEGMENT",  # a replica copies what its primary has indexed: half of the work
    "index.gc_deletes": "1h",  # an older write must not bring back what was deleted since
    "index.max_result_window": "10000",
    "index.merge.policy.expunge_deletes_allowed": "0",  # percent: optimize() leaves no deleted article
}
"""The other settings of a new index, which the options of an address replace."""
FILES_MAPPING: Final[Mapping[str, Any]] = {
    "dynamic": "strict",
    "properties": {"identity": _KEYWORD, "path": _KEYWORD, "file": _UNSEARCHED},
}
"""The mapping of the index of files."""
