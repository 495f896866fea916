"""How the found articles write a word or an expression, and an example of it in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import normalize
from newsindex.analyzer.characters import HASH
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.highlights import HighlightTerms
from newsindex.query.presentation.shown_documents import ShownDocument, show_documents, snippets_of
from newsindex.query.suggestion.headline_phrases import LINK
from newsindex.query.suggestion.surface_forms import SENTENCE_START, SurfaceForm, usual_form
from newsindex.results import Snippet
from newsindex.storage.spelling_table import SLOTS
from newsindex.storage.text_store import unpack_text

from .document_lists import DocumentLists, DocumentMasks

_MAX_ARTICLES_READ: Final = 6  # whose texts show how a word is written


class WrittenForm(NamedTuple):
    """How articles write a word or an expression, and the example of it in the article with an id."""

    text: str
    example: Snippet
    article_id: str


def usual_spelling(snapshot: Snapshot, term: str, found: DocumentMasks) -> tuple[str, DocumentLists]:
    """The spelling of a term that most of the found documents have, and the found documents that have it.

    Of equally frequent spellings it is the first in alphabetical order.
    """
    by_spelling: dict[str, dict[int, NDArray[np.uint16]]] = {}
    for segment, (view, mask) in enumerate(zip(snapshot.views, found, strict=True)):
        for spelling, documents in _documents_by_spelling(view, term, mask):
            by_segment = by_spelling.setdefault(spelling, {})
            if segment in by_segment:  # a hashtag and a word
                documents = np.union1d(documents, by_segment[segment])
            by_segment[segment] = documents
    sizes = {spelling: sum(map(len, by_segment.values())) for spelling, by_segment in by_spelling.items()}
    usual = min(sizes, key=lambda spelling: (-sizes[spelling], spelling))
    none = np.zeros(0, np.uint16)
    return usual, [by_spelling[usual].get(segment, none) for segment in range(len(snapshot.views))]


def _documents_by_spelling(
    view: SegmentView, term: str, found: NDArray[np.bool_]
) -> Iterator[tuple[str, NDArray[np.uint16]]]:
    """The spellings of a term in a segment, each with the found documents that have it, if there are any."""
    number = view.term_number(term)
    if number is None:
        return
    segment = view.segment
    documents = segment.postings.documents(number)
    is_found = found[documents]
    marks, documents = segment.postings.marks(number)[is_found], documents[is_found]
    texts = segment.spelling_texts(number)
    for slot, (text, spelling) in enumerate(zip(texts, segment.spellings.of_term(number), strict=True)):
        if slot < SLOTS:
            having = documents[marks & (1 << slot) > 0]
        else:
            others = segment.spellings.other_documents(spelling)
            having = others[found[others]]
        if len(having):
            yield text.decode().removeprefix(HASH), having


def word_form(snapshot: Snapshot, term: str, spelling: str, documents: DocumentLists) -> WrittenForm:
    """How the documents write a spelling of a term, which all of them have. Raises IndexCorrupt."""
    sought = HighlightTerms({term: None}, {term: None}, french=snapshot.lexicon.french)
    shown = _show_some(snapshot, sought, documents)
    forms = [form for document in shown for form in _forms(document) if _is_spelled(form.text, spelling)]
    return WrittenForm(usual_form(forms, spelling).text, *_example(shown, spelling))


def expression_form(
    snapshot: Snapshot, terms: tuple[str, str], documents: DocumentLists
) -> WrittenForm | None:
    """How the documents write two terms that stand side by side in all of them; None where most of them have
    a sign between the two, as at the end of a sentence. Raises IndexCorrupt."""
    sought = HighlightTerms(headline_phrases={terms}, body_phrases={terms}, french=snapshot.lexicon.french)
    shown = _show_some(snapshot, sought, documents)
    forms = [form for document in shown for form in _forms(document)]
    linked = [form for form in forms if _is_linked(snapshot, form.text)]
    if 2 * len(linked) <= len(forms):
        return None
    return WrittenForm(usual_form(linked, " ".join(terms)).text, *_example(shown, ""))


def _show_some(snapshot: Snapshot, sought: HighlightTerms, lists: DocumentLists) -> list[ShownDocument]:
    """What is shown of some of the documents: the newest, and others spread evenly over the rest."""
    addresses: list[tuple[int, int, int]] = []
    size = sum(map(len, lists))
    wanted = np.unique(np.linspace(0, size - 1, min(size, _MAX_ARTICLES_READ)).round().astype(np.int64))
    before = 0
    for segment, documents in enumerate(lists):
        within = wanted[(wanted >= before) & (wanted < before + len(documents))] - before
        published = snapshot.segments[segment].published
        addresses += [
            (int(published[document]), segment, document) for document in documents[within].tolist()
        ]
        before += len(documents)
    addresses.sort(reverse=True)
    return show_documents(snapshot, sought, [address[1:] for address in addresses])


def _forms(shown: ShownDocument) -> Iterator[SurfaceForm]:
    """What is marked in a document, as it is written there."""
    for snippet in snippets_of(shown):
        for start, end in snippet.spans:
            begins_sentence = SENTENCE_START.search(snippet.text[:start]) is not None
            yield SurfaceForm(snippet.text[start:end], begins_sentence)


def _is_spelled(written: str, spelling: str) -> bool:
    return normalize(written).lower().removeprefix(HASH) == spelling


def _is_linked(snapshot: Snapshot, written: str) -> bool:
    """Whether only a space, a hyphen or an elided word stands between the two words of an expression."""
    words = snapshot.lexicon.french.analyze(written)
    return len(words) == 2 and LINK.fullmatch(written[words[0].end : words[1].start]) is not None


def _example(shown: Sequence[ShownDocument], spelling: str) -> tuple[Snippet, str]:
    """The first headline with a mark, or else the first passage with one, and the id of its article.

    A mark in the ``spelling`` is preferred, unless it is "".
    """
    candidates = [
        (snippet, document) for place in range(2) for document in shown
        if (snippet := snippets_of(document)[place]).spans
    ]  # fmt: skip
    spelled = [
        (snippet, document)
        for snippet, document in candidates
        if not spelling or any(_is_spelled(snippet.text[start:end], spelling) for start, end in snippet.spans)
    ]
    snippet, document = (spelled or candidates)[0]
    return snippet, str(unpack_text(document[0]).rest["id"])
