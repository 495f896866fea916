"""Reads the stored texts of the documents of a page, and makes their marked headlines and snippets.

The compiled kernel does it in one call, for the texts whose words it knows how to tell apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from newsindex.compiled.protocols import ALWAYS, IN_PHRASES, NEVER, MarkedText, Marking, SoughtTerm
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.results import Snippet, rendered_snippet
from newsindex.storage.segment import Segment
from newsindex.storage.text_store import unpack_headline_and_body

from .highlights import HighlightTerms, TermSpellings
from .snippets import SnippetBuilder
from .term_occurrences import (
    MAX_OCCURRENCES,
    MAX_OCCURRENCES_OF_TERM,
    DocumentOccurrences,
    find_occurrences,
)

_MAX_KERNEL_TERMS: Final = 64  # which the kernel keeps; a pattern may stand for many more
_MARKED: Final = 7  # the parts of a text that the kernel has marked


class PlainDocument(NamedTuple):
    """What a hit shows of its document, and the stored text of which its article is made."""

    packed_text: bytes
    headline: Snippet
    snippet: Snippet


ShownDocument: TypeAlias = PlainDocument | MarkedText
"""What a hit shows of its document, as Python or the kernel made it. The stored text is the first of it."""


def snippets_of(shown: ShownDocument) -> tuple[Snippet, Snippet]:
    """Returns the headline and the snippet of a document that is shown."""
    if isinstance(shown, PlainDocument):
        return shown.headline, shown.snippet
    _, headline, headline_spans, headline_html, text, spans, html = shown
    return rendered_snippet(headline, headline_spans, headline_html), rendered_snippet(text, spans, html)


def show_documents(
    snapshot: Snapshot, sought: HighlightTerms, documents: Sequence[tuple[int, int]]
) -> list[ShownDocument]:
    """Returns what is shown of each document. Raises DeadlineExceeded and IndexCorrupt."""
    compiled = snapshot.compiled
    if compiled is not None and _is_known_to_kernel(sought):
        return show_by_kernel(snapshot, compiled, sought, documents)
    return show_over_arrays(snapshot, sought, documents)


def show_over_arrays(
    snapshot: Snapshot, sought: HighlightTerms, documents: Sequence[tuple[int, int]]
) -> list[ShownDocument]:
    """Returns what is shown of each document, as Python and numpy find it."""
    by_segment: dict[int, list[int]] = {}
    for number, document in documents:
        by_segment.setdefault(number, []).append(document)
    occurrences = {
        number: find_occurrences(snapshot.views[number], sought, of_segment)
        for number, of_segment in by_segment.items()
    }
    builder = SnippetBuilder(sought, _idf(snapshot, sought.body_terms()))
    shown: list[ShownDocument] = []
    for number, document in documents:
        check_deadline()
        segment = snapshot.segments[number]
        packed = segment.packed_text(document)
        shown.append(_show_plainly(segment, document, packed, builder, occurrences[number][document]))
    return shown


def _show_plainly(
    segment: Segment,
    document: int,
    packed: bytes,
    builder: SnippetBuilder,
    occurrences: DocumentOccurrences,
) -> PlainDocument:
    headline, body = unpack_headline_and_body(packed)
    landmarks = segment.landmark_offsets(document).tolist() if occurrences.body else []
    return PlainDocument(
        packed,
        builder.headline(headline, occurrences.headline),
        builder.snippet(body, occurrences.body, landmarks),
    )


def show_by_kernel(
    snapshot: Snapshot,
    compiled: CompiledCollection,
    sought: HighlightTerms,
    documents: Sequence[tuple[int, int]],
) -> list[ShownDocument]:
    """Returns what is shown of each document, as the kernel makes it where it knows the words."""
    headline_terms, body_terms = sought.headline_terms(), sought.body_terms()
    texts = sorted(headline_terms | body_terms)
    places = {term: place for place, term in enumerate(texts)}
    idf = _idf(snapshot, texts)
    terms: list[SoughtTerm] = [
        (
            compiled.term(term),
            _marking(term, sought.headline, headline_terms),
            _marking(term, sought.body, body_terms),
            idf[term],
        )
        for term in texts
    ]
    found = compiled.ask(
        compiled.texts.show,
        terms,
        [[places[term] for term in phrase] for phrase in sought.headline_phrases],
        [[places[term] for term in phrase] for phrase in sought.body_phrases],
        documents,
        MAX_OCCURRENCES_OF_TERM,
        MAX_OCCURRENCES,
    )
    shown: list[ShownDocument] = []
    for (number, document), text in zip(documents, found, strict=True):
        if len(text) == _MARKED:
            shown.append(text)
            continue
        packed, in_headline, in_body = text
        occurrences = DocumentOccurrences(
            [(word, texts[place]) for word, place in in_headline],
            [(word, texts[place]) for word, place in in_body],
        )
        builder = SnippetBuilder(sought, idf)
        shown.append(_show_plainly(snapshot.segments[number], document, packed, builder, occurrences))
    return shown


def _is_known_to_kernel(sought: HighlightTerms) -> bool:
    """Whether the kernel finds the marks: it does not know spellings."""
    if any(sought.headline.values()) or any(sought.body.values()):
        return False
    return len(sought.headline_terms() | sought.body_terms()) <= _MAX_KERNEL_TERMS


def _marking(term: str, terms: TermSpellings, all_terms: Collection[str]) -> Marking:
    if term in terms:
        return ALWAYS
    return IN_PHRASES if term in all_terms else NEVER


def _idf(snapshot: Snapshot, terms: Collection[str]) -> Mapping[str, float]:
    return {term: snapshot.statistics.idf(term) for term in terms}
