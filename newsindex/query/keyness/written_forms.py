"""How the found articles write a word or an expression, and an example of it in one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import normalize
from newsindex.analyzer.characters import HASH
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.highlights import HighlightTerms
from newsindex.query.presentation.shown_documents import show_documents, snippets_of
from newsindex.query.suggestion.headline_phrases import LINK
from newsindex.query.suggestion.surface_forms import CONTEXT, SENTENCE_START, SurfaceForm, usual_form
from newsindex.results import Snippet
from newsindex.storage.spelling_table import SLOTS
from newsindex.storage.text_store import unpack_text

from .document_lists import DocumentLists, DocumentMasks, count_documents, spread
from .whole_names import whole_name

_ARTICLES_READ: Final = 3  # whose texts show how a word is written
_MORE_ARTICLES_READ: Final = 12  # where they write it in several ways, or only begin sentences with it
_HAS_SLOT: Final = (np.arange(1 << SLOTS) >> np.arange(SLOTS)[:, None] & 1).astype(np.int64)
"""Whether each mark has the bit of each slot, shape (SLOTS, marks)."""
_NO_DOCUMENTS: Final = np.zeros(0, np.uint16)


class WrittenForm(NamedTuple):
    """How articles write a word or an expression, and the example of it in the article with an id.

    ``lang`` is the language of that article, where it is known, and ``whole`` is the name of which most of
    them write it as a part.
    """

    text: str
    example: Snippet
    article_id: str
    lang: str | None
    whole: WrittenForm | None = None


def usual_spelling(snapshot: Snapshot, term: str, found: DocumentMasks) -> tuple[str, DocumentLists] | None:
    """The spelling of a term that most of the found documents have, and those of them that have it.

    It is None where no found document has the term. Of equally frequent spellings it is the first in
    alphabetical order. A hashtag counts as its word.
    """
    parts = [_TermInSegment(view, term, mask) for view, mask in zip(snapshot.views, found, strict=True)]
    frequency: Counter[str] = Counter()
    for part in parts:
        frequency.update(part.frequency)
    if not frequency.total():
        return None
    usual = min(frequency, key=lambda spelling: (-frequency[spelling], spelling))
    return usual, [part.documents(usual) for part in parts]


class _TermInSegment:
    """The found documents of a segment that have a term, and how many of them have each of its spellings.

    Of the spellings without a bit in the marks of postings, which are mostly rare, only those are counted
    that may be the most frequent one.
    """

    def __init__(self, view: SegmentView, term: str, found: NDArray[np.bool_]) -> None:
        number = view.term_number(term)
        self._found = found
        self._spellings = view.segment.spellings
        self._texts: list[bytes] = []
        self.frequency: Counter[str] = Counter()
        if number is None:
            return
        postings = view.segment.postings
        documents = postings.documents(number)
        matched = np.flatnonzero(found[documents])
        self._documents, self._marks = documents[matched], postings.marks(number)[matched]
        self._texts = view.segment.spelling_texts(number)
        self._numbers = self._spellings.of_term(number)
        frequencies = (_HAS_SLOT @ np.bincount(self._marks, minlength=1 << SLOTS)).tolist()
        for text, frequency in zip(self._texts, frequencies, strict=False):  # the first SLOTS of them
            self.frequency[_name(text)] += frequency
        most = max(self.frequency.values())
        for text, spelling in zip(self._texts[SLOTS:], self._numbers[SLOTS:], strict=True):
            if self._spellings.document_frequency(spelling) > most:
                others = self._spellings.other_documents(spelling)
                self.frequency[_name(text)] += int(np.count_nonzero(found[others]))

    def documents(self, name: str) -> NDArray[np.uint16]:
        """The found documents that have a spelling."""
        texts = name.encode(), f"{HASH}{name}".encode()
        parts = [self._documents_of_slot(slot) for slot, text in enumerate(self._texts) if text in texts]
        return parts[0] if len(parts) == 1 else np.unique(np.concatenate([_NO_DOCUMENTS, *parts]))

    def _documents_of_slot(self, slot: int) -> NDArray[np.uint16]:
        if slot < SLOTS:
            return self._documents[self._marks & (1 << slot) > 0]
        others = self._spellings.other_documents(self._numbers[slot])
        return others[self._found[others]]


def _name(spelling: bytes) -> str:
    """A spelling without the sign of a hashtag."""
    return spelling.decode().removeprefix(HASH)


def word_form(snapshot: Snapshot, term: str, spelling: str, documents: DocumentLists) -> WrittenForm:
    """How the documents write a spelling of a term, which all of them have. Raises IndexCorrupt."""
    sought = HighlightTerms({term: None}, {term: None}, french=snapshot.lexicon.french)
    passages, marks = _read_until_they_agree(snapshot, sought, documents, spelling)
    return _written_form(marks, passages, spelling)


def expression_form(
    snapshot: Snapshot, terms: tuple[str, str], documents: DocumentLists
) -> WrittenForm | None:
    """How the documents write two terms that stand side by side in all of them.

    None where most of them have a sign between the two, as at the end of a sentence. Raises IndexCorrupt.
    """
    sought = HighlightTerms(headline_phrases={terms}, body_phrases={terms}, french=snapshot.lexicon.french)
    passages, marks = _read_until_they_agree(snapshot, sought, documents)
    linked = [mark for mark in marks if _is_linked(snapshot, mark.form.text)]
    if 2 * len(linked) <= len(marks):
        return None
    return _written_form(linked, passages, " ".join(terms))


class _Passage(NamedTuple):
    """A headline or a passage with its marks, the place of its document, and the stored text of it."""

    snippet: Snippet
    place: int
    packed_text: bytes


class _Mark(NamedTuple):
    """What is marked in a passage, and the bounds of the name of which it is a part."""

    form: SurfaceForm
    bounds: tuple[int, int]
    passage: _Passage

    @property
    def whole(self) -> str:
        """The name of which it is a part, or what is marked itself."""
        start, end = self.bounds
        return self.passage.snippet.text[start:end]


def _read_until_they_agree(
    snapshot: Snapshot, sought: HighlightTerms, documents: DocumentLists, spelling: str | None = None
) -> tuple[list[_Passage], list[_Mark]]:
    """The passages of some of the documents, and the marks in them, all or those of one spelling.

    More documents are read where the first do not agree on how the word is written.
    """
    passages = _read_some(snapshot, sought, documents, _ARTICLES_READ)
    marks = list(_marks(passages, spelling))
    if not _agree(marks) and count_documents(documents) > _ARTICLES_READ:
        passages = _read_some(snapshot, sought, documents, _MORE_ARTICLES_READ)
        marks = list(_marks(passages, spelling))
    return passages, marks


def _agree(marks: Sequence[_Mark]) -> bool:
    """Whether the marks tell, and all tell alike, how the word is written, with its capitals."""
    return len({mark.form.text for mark in marks if mark.form.shows_capitals}) == 1


def _written_form(marks: Sequence[_Mark], passages: Sequence[_Passage], default: str) -> WrittenForm:
    """The form that most documents have of what is marked.

    Its example is the first passage with it, or without marks the last one.
    """
    votes = dict.fromkeys((mark.passage.place, mark.form) for mark in marks)
    text = usual_form((form for _, form in votes), default).text
    usual = [mark for mark in marks if mark.form.text == text]
    passage = usual[0].passage if usual else passages[-1]
    form = WrittenForm(text, passage.snippet, *_id_and_language(passage))
    wholes = Counter(mark.whole for mark in usual)
    for whole, frequency in wholes.most_common(1):
        if whole != text and 2 * frequency > len(usual):
            return form._replace(whole=_form_of_whole(whole, marks))
    return form


def _form_of_whole(whole: str, marks: Sequence[_Mark]) -> WrittenForm:
    """The form of a name of which some marks are a part; in its example the name is marked."""
    passage = next(mark.passage for mark in marks if mark.whole == whole)
    spans = dict.fromkeys(mark.bounds for mark in marks if mark.passage is passage and mark.whole == whole)
    return WrittenForm(whole, Snippet(passage.snippet.text, tuple(spans)), *_id_and_language(passage))


def _id_and_language(passage: _Passage) -> tuple[str, str | None]:
    """The id of the article of a passage, and its language where it is known."""
    rest = unpack_text(passage.packed_text).rest
    lang = rest.get("lang")
    return str(rest["id"]), None if lang is None else str(lang)


def _read_some(
    snapshot: Snapshot, sought: HighlightTerms, lists: DocumentLists, wanted: int
) -> list[_Passage]:
    """The headlines of so many of the documents, the newest first, and then their passages."""
    addresses = [
        (int(snapshot.segments[segment].published[document]), segment, document)
        for segment, documents in enumerate(spread(lists, wanted))
        for document in documents.tolist()
    ]
    addresses.sort(reverse=True)
    shown = show_documents(snapshot, sought, [address[1:] for address in addresses])
    texts = [(snippets_of(document), document[0]) for document in shown]
    return [
        _Passage(snippets[part], place, packed)
        for part in range(2)
        for place, (snippets, packed) in enumerate(texts)
    ]


def _marks(passages: Iterable[_Passage], spelling: str | None) -> Iterator[_Mark]:
    for passage in passages:
        text = passage.snippet.text
        for start, end in passage.snippet.spans:
            if spelling is not None and not _is_spelled(text[start:end], spelling):
                continue
            begins_sentence = SENTENCE_START.search(text[max(start - CONTEXT, 0) : start]) is not None
            yield _Mark(SurfaceForm(text[start:end], begins_sentence), whole_name(text, start, end), passage)


def _is_spelled(written: str, spelling: str) -> bool:
    lower = written.lower()
    return lower == spelling or normalize(written).lower().removeprefix(HASH) == spelling


def _is_linked(snapshot: Snapshot, written: str) -> bool:
    """Whether only a space, a hyphen or an elided word stands between the two words of an expression."""
    words = snapshot.lexicon.french.analyze(written)
    return len(words) == 2 and LINK.fullmatch(written[words[0].end : words[1].start]) is not None
