"""Reading of a segment: its documents' columns and stored texts, its terms and its posting lists.

A segment is one array file of up to 65,536 documents in order of publication. It never changes: a deletion is
recorded beside it, in the catalogue.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property
from newsindex.wording import counted

from .acronym_table import AcronymTable, read_acronyms
from .array_file import Array, ArrayFile
from .compression.landmark_table import LandmarksReader
from .postings_reader import PostingsReader
from .spelling_table import SpellingsReader
from .system_errors import damaged_file_error
from .text_store import StoredText, TextsReader, unpack_text

LANDMARK: Final = 8
"""The place in the text of every 8th word of a body is stored, so that a passage is located quickly."""
BINS: Final = 64
"""The bins of a signature, each of which has two bits; indexer/building/signatures.py computes them."""
SIGNED_BODY: Final = 20
"""The words from which on a body is signed without its headline."""
_MAX_CACHED_TERMS: Final = 1 << 14
_PAGE_TERMS: Final = 64  # terms between two that are searched first


def hash_id(article_id: str) -> int:
    """The 64-bit BLAKE2b hash by which a segment finds an article's id; equal hashes are then compared."""
    return int.from_bytes(hashlib.blake2b(article_id.encode(), digest_size=8).digest(), "little")


class FieldTotals(NamedTuple):
    """The total length of a field in words over some documents, and how many of these have any."""

    words: int
    documents: int

    def __sub__(self, other: FieldTotals) -> FieldTotals:
        return FieldTotals(self.words - other.words, self.documents - other.documents)


def total_field(length: NDArray[np.uint32]) -> FieldTotals:
    """The totals of a field over documents where it has these lengths in words."""
    return FieldTotals(int(length.sum(dtype=np.uint64)), int(np.count_nonzero(length)))


class Segment:
    """One segment opened for reading, with the deletions of one commit."""

    def __init__(
        self, path: Path, deleted: bytes = b"", documents: int | None = None, mapped: bool = True
    ) -> None:
        """Opens a segment file.

        ``deleted`` holds the deleted documents as little-endian uint16, and ``documents`` is the number of
        documents that the manifest states. Unless ``mapped``, the whole file is read into memory. Raises
        IndexCorrupt, also for another number of documents.
        """
        self._file = ArrayFile(path, mapped)
        self.name = path.name
        self.entry = (path.name, deleted)
        meta = self._file.meta
        self.documents: int = meta["documents"]
        if documents not in (None, self.documents):
            raise damaged_file_error(
                path, f"it has {counted(self.documents, 'document')} and should have {documents}"
            )
        self.terms: int = meta["terms"]
        self.label_fields: list[str] = meta["labels"]
        self.postings = PostingsReader(self._file, self.documents, self.terms)
        self.spellings = SpellingsReader(self._file)
        self.deleted: NDArray[np.uint16] = np.frombuffer(deleted, "<u2")
        self._names: dict[str, list[str]] = {}
        self._term_numbers: dict[bytes, int | None] = {}
        self.headline = FieldTotals(**meta["headline"])
        self.body = FieldTotals(**meta["body"])
        if len(self.deleted):
            self.headline -= total_field(self.headline_length[self.deleted])
            self.body -= total_field(self.body_length[self.deleted])

    # Columns

    @property
    def live_documents(self) -> int:
        """The number of documents that are not deleted."""
        return self.documents - len(self.deleted)

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Whether each document is not deleted, shape (documents,); None where all are live."""
        if not len(self.deleted):
            return None
        live = np.ones(self.documents, bool)
        live[self.deleted] = False
        return live

    def live_numbers(self) -> NDArray[np.intp]:
        """Returns the numbers of the live documents in ascending order, shape (live_documents,)."""
        return np.arange(self.documents) if self.live is None else np.flatnonzero(self.live)

    @cached_property
    def published(self) -> NDArray[np.int32]:
        """Minutes since 1970 of each document, ascending; UNDATED where there is no date."""
        return self._file.array("published")

    @cached_property
    def headline_length(self) -> NDArray[np.uint32]:
        """The words in each headline."""
        return self._file.array("headline_length").astype(np.uint32)

    @cached_property
    def body_length(self) -> NDArray[np.uint32]:
        """The words in each body."""
        return self._file.array("body_length").astype(np.uint32)

    @cached_property
    def content_hash(self) -> NDArray[np.uint64]:
        """The hash of each article's content, as hash_content computes it."""
        return self._file.array("content_hash")

    def labels(self, field: str) -> NDArray[np.integer[Any]]:
        """For each document, the number of its value in :meth:`names` of a field such as source."""
        return self._file.array(f"label_{field}")

    def names(self, field: str) -> list[str]:
        """The distinct values of a field, sorted; "" stands for none."""
        if field not in self._names:
            self._names[field] = json.loads(self._file.array(f"names_{field}").tobytes())
        return self._names[field]

    @cached_property
    def signatures(self) -> NDArray[np.uint64]:
        """The signatures by which near-duplicates are found, shape (2, documents)."""
        return self._file.array("signature").reshape(2, -1)

    @cached_property
    def acronyms(self) -> AcronymTable:
        """The acronyms that documents define, deleted documents included."""
        return read_acronyms(self._file)

    # Terms

    @cached_property
    def _term_end(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("term_text_end"), np.uint32).data

    @cached_property
    def _term_text(self) -> bytes:
        return self._file.array("term_text").tobytes()

    def term_text(self, term: int) -> bytes:
        """The UTF-8 text of a term."""
        return self._term_text[self._term_end[term] : self._term_end[term + 1]]

    def term_range(self, low: bytes, high: bytes, limit: int) -> list[bytes]:
        """The first terms from ``low`` to before ``high``, at most ``limit``."""
        page = max(bisect_right(self._page_terms, low) - 1, 0) * _PAGE_TERMS
        candidates = range(page, min(page + _PAGE_TERMS, self.terms))
        first = page + bisect_left(candidates, low, key=self.term_text)
        texts = map(self.term_text, range(first, min(first + limit, self.terms)))
        return list(itertools.takewhile(lambda text: text < high, texts))

    def term_number(self, text: bytes) -> int | None:
        """The number of a term, or None where no document has it."""
        try:
            return self._term_numbers[text]
        except KeyError:
            page = max(bisect_right(self._page_terms, text) - 1, 0) * _PAGE_TERMS
            candidates = range(page, min(page + _PAGE_TERMS, self.terms))
            term = page + bisect_left(candidates, text, key=self.term_text)
            number = term if term in candidates and self.term_text(term) == text else None
            if len(self._term_numbers) < _MAX_CACHED_TERMS:
                self._term_numbers[text] = number
            return number

    @cached_property
    def _page_terms(self) -> list[bytes]:
        """Every 64th term: a binary search over them runs without a step of Python for each."""
        ends = self._file.array("term_text_end")
        bounds = zip(ends[:-1:_PAGE_TERMS].tolist(), ends[1::_PAGE_TERMS].tolist(), strict=True)
        text = self._term_text
        return [text[start:end] for start, end in bounds]

    def spelling_texts(self, term: int) -> list[bytes]:
        """The spellings of a term as UTF-8 text, by slot."""
        return self.spellings.texts_of(term, self.term_text(term))

    def term_texts(self) -> list[bytes]:
        """All terms as UTF-8 text, sorted."""
        ends = self._term_end.tolist()
        text = self._term_text
        return [text[start:end] for start, end in itertools.pairwise(ends)]

    def spellings_by_first_byte(self, first_bytes: bytes) -> Iterator[tuple[int, bytes]]:
        """The numbers and the UTF-8 texts of the spellings that begin with one of some bytes."""
        ends = np.asarray(self._term_end)
        return self.spellings.by_first_byte(first_bytes, self._term_text, ends)

    # Stored texts

    @cached_property
    def _texts(self) -> TextsReader:
        return TextsReader(self._file)

    @cached_property
    def _landmarks(self) -> LandmarksReader:
        return LandmarksReader(self._file)

    def frame_sizes(self) -> NDArray[np.int64]:
        """The bytes of each stored text as it is compressed, shape (documents,)."""
        sizes: NDArray[np.int64] = np.diff(self._file.array("text_frame_end")).astype(np.int64)
        return sizes

    def packed_text(self, document: int) -> bytes:
        """The stored text of a document as pack_text made it."""
        return self._texts.packed_text(document)

    def text(self, document: int) -> StoredText:
        """The stored text of a document."""
        return unpack_text(self.packed_text(document))

    def landmark_offsets(self, document: int) -> Array:
        """For each LANDMARKth word of a document's body, the offset in characters of its chunk in the text.

        Where the word is not the first of its chunk the offset repeats that of the landmark before, from
        which the word is then counted.
        """
        return self._landmarks.offsets(document)

    def landmarks(self) -> tuple[Array, Array]:
        """The first landmark of each document and the end, and the difference of each landmark.

        The shape of the first is (documents + 1,). The difference is that to the landmark before it in the
        document, and to 0 for the first.
        """
        return self._landmarks.differences()

    # Ids

    @cached_property
    def id_hashes(self) -> NDArray[np.uint64]:
        """The hashes of all ids, sorted, those of deleted documents included."""
        return self._file.array("id_hash")

    @cached_property
    def id_documents(self) -> NDArray[np.uint16]:
        """The document of each of :attr:`id_hashes`."""
        return self._file.array("id_document")

    def find(self, article_id: str) -> int | None:
        """The live document with this id, or None."""
        for document in self.documents_of_hash(hash_id(article_id)):
            if self.text(document).rest["id"] == article_id:
                return document
        return None

    def documents_of_hash(self, id_hash: int) -> Iterator[int]:
        """The live documents whose ids have this hash."""
        sought = np.uint64(id_hash)
        row = int(np.searchsorted(self.id_hashes, sought))
        while row < self.documents and self.id_hashes[row] == sought:
            document = int(self.id_documents[row])
            if self.live is None or bool(self.live[document]):
                yield document
            row += 1

    def id_hash_of(self, document: int) -> int:
        """The hash of a document's id."""
        return int(self._id_hash_by_document[document])

    @cached_property
    def _id_hash_by_document(self) -> NDArray[np.uint64]:
        by_document = np.empty_like(self.id_hashes)
        by_document[self.id_documents] = self.id_hashes
        return by_document

    # The file

    def check_size(self) -> None:
        """Raises IndexCorrupt where the mapped file was truncated: to read on could end the process."""
        self._file.check_size()

    @property
    def size(self) -> int:
        """The bytes on disk."""
        return self._file.size

    def nbytes(self) -> dict[str, int]:
        """The bytes of each array."""
        return self._file.nbytes()

    @property
    def file(self) -> ArrayFile:
        """The array file, for those who check it."""
        return self._file
