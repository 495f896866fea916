"""What is a segment, and how is each thing that it holds found in it?

A segment is one array file with up to 65,536 documents in order of publication: their stored texts, their
columns (date, source, lengths, ids) and their inverted index. It never changes; a deletion is a mark
beside it, in the catalogue.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property

from .array_file import Array, ArrayFile, write_arrays
from .postings_reader import PostingsReader
from .spelling_table import SpellingsReader
from .system_errors import damaged
from .text_store import StoredText, TextDecompressor, unpack

_REMEMBERED: Final = 1 << 14  # terms whose numbers are kept at hand
_PAGE: Final = 64  # terms
LANDMARK: Final = 8
"""The place in the text of every 8th word of a body is stored, so that a passage is found at once."""

BINS: Final = 64
"""A signature has two bits for each of so many bins: indexer/signatures.py makes them."""
SIGNED_BODY: Final = 20
"""Words of a body that is signed without its headline."""


def hash_id(article_id: str) -> int:
    """The 64-bit hash by which a segment finds an article's id; equal hashes are then compared."""
    return int.from_bytes(hashlib.blake2b(article_id.encode(), digest_size=8).digest(), "little")


class FieldTotals(NamedTuple):
    """Of a field, over some documents: its words, and how many of the documents have any."""

    words: int
    documents: int

    def __sub__(self, other: FieldTotals) -> FieldTotals:
        return FieldTotals(self.words - other.words, self.documents - other.documents)


def field_totals(length: NDArray[np.uint32]) -> FieldTotals:
    """The totals of documents whose field has these lengths in words."""
    return FieldTotals(int(length.sum(dtype=np.uint64)), int(np.count_nonzero(length)))


@dataclass
class Columns:
    """The values of each document beside its texts, in document order; every list or array has one
    element for each document."""

    published: NDArray[np.int32]  # minutes since 1970 in the index's local time, or UNDATED
    headline_length: NDArray[np.uint32]  # words
    body_length: NDArray[np.uint32]
    id_hash: NDArray[np.uint64]
    content_hash: NDArray[np.uint64]
    labels: dict[str, list[str]]  # source, section, author, lang; "" where there is none


def write_segment(
    path: Path,
    columns: Columns,
    terms: Sequence[bytes],
    spellings: dict[str, Array],
    postings: dict[str, Array],
    landmarks: tuple[Array, Array],
    signatures: NDArray[np.uint64],
    frames: list[bytes],
    dictionary: bytes,
) -> None:
    """Write one segment, synced.

    ``terms`` are sorted; ``spellings`` come from spelling_arrays and ``postings`` from PostingsEncoder;
    ``landmarks`` are the first landmark of each document, shape (documents + 1,), and the character offset
    of each landmark; ``signatures`` have shape (2, documents); ``frames`` are the compressed
    texts, a list that is emptied.
    """
    ends = np.cumsum([0, *map(len, frames)], dtype=np.uint64)
    texts = np.frombuffer(b"".join(frames), np.uint8)
    frames.clear()  # they need as much memory once more
    by_hash = np.argsort(columns.id_hash, kind="stable")
    arrays: dict[str, Array] = {
        "published": columns.published,
        "headline_length": columns.headline_length,
        "body_length": columns.body_length,
        "id_hash": columns.id_hash[by_hash],
        "id_document": by_hash.astype(np.uint16),
        "content_hash": columns.content_hash,
        "term_text": np.frombuffer(b"".join(terms), np.uint8),
        "term_text_end": np.cumsum([0, *map(len, terms)], dtype=np.uint32),
        "text_dictionary": np.frombuffer(dictionary, np.uint8),
        "text_frame": texts,
        "text_frame_end": ends,
        "landmark_first": landmarks[0].astype(np.uint32),
        "landmark": landmarks[1],
        "signature": signatures.ravel(),
        **spellings,
        **postings,
    }
    for name, values in columns.labels.items():
        names = sorted(set(values))
        number = dict(zip(names, range(len(names)), strict=True))
        small = len(names) <= 1 << 16
        ordinals = map(number.__getitem__, values)
        arrays[f"label_{name}"] = np.fromiter(ordinals, np.uint16 if small else np.uint32, len(values))
        listing = json.dumps(names, ensure_ascii=False).encode()
        arrays[f"names_{name}"] = np.frombuffer(listing, np.uint8)
    meta = {
        "documents": len(columns.published),
        "terms": len(terms),
        "labels": list(columns.labels),
        "headline": field_totals(columns.headline_length)._asdict(),
        "body": field_totals(columns.body_length)._asdict(),
    }
    write_arrays(path, arrays, meta)


class Segment:
    """One segment opened for reading, with the deletions of one commit."""

    def __init__(self, path: Path, deleted: bytes = b"", documents: int | None = None) -> None:
        """``documents`` is how many the commit says there are; raises IndexCorrupt for another number."""
        self._file = ArrayFile(path)
        self.name = path.name
        self.entry = (path.name, deleted)
        meta = self._file.meta
        self.documents: int = meta["documents"]
        if documents not in (None, self.documents):
            raise damaged(path, f"it has {self.documents} documents and should have {documents}")
        self.terms: int = meta["terms"]
        self.label_fields: list[str] = meta["labels"]
        self.postings = PostingsReader(self._file)
        self.spellings = SpellingsReader(self._file)
        self.deleted: NDArray[np.uint16] = np.frombuffer(deleted, "<u2")
        self._names: dict[str, list[str]] = {}
        self._numbers: dict[bytes, int | None] = {}
        self.headline = FieldTotals(**meta["headline"])
        self.body = FieldTotals(**meta["body"])
        if len(self.deleted):
            self.headline -= field_totals(self.headline_length[self.deleted])
            self.body -= field_totals(self.body_length[self.deleted])

    @property
    def live_documents(self) -> int:
        """How many documents are not deleted."""
        return self.documents - len(self.deleted)

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are not deleted, shape (documents,); None where all are live."""
        if not len(self.deleted):
            return None
        live = np.ones(self.documents, bool)
        live[self.deleted] = False
        return live

    @cached_property
    def published(self) -> NDArray[np.int32]:
        """Minutes since 1970 of each document, ascending; UNDATED where there is no date."""
        return self._file.array("published")

    @cached_property
    def headline_length(self) -> NDArray[np.uint32]:
        """Words in each headline."""
        return self._file.array("headline_length")

    @cached_property
    def body_length(self) -> NDArray[np.uint32]:
        """Words in each body."""
        return self._file.array("body_length")

    @cached_property
    def content_hash(self) -> NDArray[np.uint64]:
        """A hash of each article's content."""
        return self._file.array("content_hash")

    def labels(self, field: str) -> NDArray[np.integer[Any]]:
        """For each document the number of its value in :meth:`names` of a field such as source."""
        return self._file.array(f"label_{field}")

    def names(self, field: str) -> list[str]:
        """The distinct values of a field, sorted; "" stands for none."""
        if field not in self._names:
            self._names[field] = json.loads(self._file.array(f"names_{field}").tobytes())
        return self._names[field]

    # Terms

    @cached_property
    def _term_end(self) -> memoryview:  # gives single numbers faster than an array does
        return np.asarray(self._file.array("term_text_end"), np.uint32).data

    @cached_property
    def _term_text(self) -> bytes:
        return self._file.array("term_text").tobytes()

    def term_text(self, term: int) -> bytes:
        """The UTF-8 text of a term."""
        return self._term_text[self._term_end[term] : self._term_end[term + 1]]

    def term_number(self, text: bytes) -> int | None:
        """The number of a term, or None where no document has it."""
        try:
            return self._numbers[text]
        except KeyError:
            page = max(bisect_right(self._pages, text) - 1, 0) * _PAGE
            rest = range(page, min(page + _PAGE, self.terms))
            at = page + bisect_left(rest, text, key=self.term_text)
            number = at if at in rest and self.term_text(at) == text else None
            if len(self._numbers) < _REMEMBERED:
                self._numbers[text] = number
            return number

    @cached_property
    def _pages(self) -> list[bytes]:
        """Every _PAGEth term: searched first, and without a step of Python for each."""
        ends = self._file.array("term_text_end")
        bounds = zip(ends[:-1:_PAGE].tolist(), ends[1::_PAGE].tolist(), strict=True)
        text = self._term_text
        return [text[start:end] for start, end in bounds]

    def spelling_texts(self, term: int) -> list[bytes]:
        """The spellings of a term as UTF-8 text, by slot."""
        return self.spellings.texts_of(term, self.term_text(term))

    def term_texts(self) -> list[bytes]:
        """All terms, sorted."""
        ends = self._term_end.tolist()
        text = self._term_text
        return [text[start:end] for start, end in itertools.pairwise(ends)]

    # Stored articles

    @cached_property
    def _texts(self) -> TextDecompressor:
        return TextDecompressor(self._file.array("text_dictionary").tobytes())

    @cached_property
    def _frame_end(self) -> memoryview:
        return np.asarray(self._file.array("text_frame_end"), np.uint64).data

    @cached_property
    def _landmark_first(self) -> memoryview:
        return np.asarray(self._file.array("landmark_first"), np.uint32).data

    def packed_text(self, document: int) -> bytes:
        """What is stored of a document, as it was packed."""
        bounds = self._frame_end
        return self._texts.decompress(
            self._file.part("text_frame", bounds[document], bounds[document + 1]).data
        )

    def text(self, document: int) -> StoredText:
        """What is stored of a document."""
        return unpack(self.packed_text(document))

    def landmark_offsets(self, document: int) -> Array:
        """Where the chunk of each LANDMARKth word of a document's body starts in its text, in characters.

        Equal to the landmark before where the word is not the first of its chunk: it is counted from there.
        """
        bounds = self._landmark_first
        return self._file.part("landmark", bounds[document], bounds[document + 1])

    def landmarks(self) -> tuple[Array, Array]:
        """As write_segment takes them."""
        return self._file.array("landmark_first"), self._file.array("landmark")

    @cached_property
    def signatures(self) -> NDArray[np.uint64]:
        """What tells near-identical documents, shape (2, documents)."""
        return self._file.array("signature").reshape(2, -1)

    @cached_property
    def id_hashes(self) -> NDArray[np.uint64]:
        """The hashes of all ids, sorted; deleted documents too."""
        return self._file.array("id_hash")

    @cached_property
    def id_documents(self) -> NDArray[np.uint16]:
        """The document of each of :attr:`id_hashes`."""
        return self._file.array("id_document")

    def find(self, article_id: str) -> int | None:
        """The live document with this id."""
        for document in self.documents_of_hash(hash_id(article_id)):
            if self.text(document).rest["id"] == article_id:
                return document
        return None

    def documents_of_hash(self, id_hash: int) -> Iterator[int]:
        """The live documents whose ids have this hash."""
        wanted = np.uint64(id_hash)
        at = int(np.searchsorted(self.id_hashes, wanted))
        while at < self.documents and self.id_hashes[at] == wanted:
            document = int(self.id_documents[at])
            if self.live is None or bool(self.live[document]):
                yield document
            at += 1

    def id_hash_of(self, document: int) -> int:
        """The hash of a document's id."""
        return int(self.id_hashes[np.argmax(self.id_documents == document)])

    # Housekeeping

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self._file.size

    def nbytes(self) -> dict[str, int]:
        """Bytes of each array."""
        return self._file.nbytes()

    @property
    def file(self) -> ArrayFile:
        """The file itself."""
        return self._file
