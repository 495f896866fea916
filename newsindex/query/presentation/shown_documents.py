"""Reads the stored texts of the documents of a page, and makes their marked headlines and snippets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.results import Snippet
from newsindex.storage.text_store import unpack_headline_and_body

from .highlights import HighlightTerms
from .snippets import SnippetBuilder
from .term_occurrences import find_occurrences


class ShownDocument(NamedTuple):
    """What a hit shows of its document, and the stored text of which its article is made."""

    packed_text: bytes
    headline: Snippet
    snippet: Snippet


def show_documents(
    snapshot: Snapshot, sought: HighlightTerms, documents: Sequence[DocumentAddress]
) -> list[ShownDocument]:
    """Returns what is shown of each document. Raises DeadlineExceeded and IndexCorrupt."""
    idf = {term: snapshot.statistics.idf(term) for term in sought.body_terms()}
    return show_over_arrays(snapshot, sought, idf, documents)


def show_over_arrays(
    snapshot: Snapshot, sought: HighlightTerms, idf: Mapping[str, float], documents: Sequence[DocumentAddress]
) -> list[ShownDocument]:
    """Does the same over arrays; ``idf`` is that of the terms that are marked in bodies."""
    by_segment: dict[int, list[int]] = {}
    for number, document in documents:
        by_segment.setdefault(number, []).append(document)
    occurrences = find_occurrences(snapshot, sought, by_segment)
    builder = SnippetBuilder(sought, idf)
    shown = []
    for number, document in documents:
        check_deadline()
        segment, (in_headline, in_body) = snapshot.segments[number], occurrences[number][document]
        packed = segment.packed_text(document)
        headline, body = unpack_headline_and_body(packed)
        landmarks = segment.landmark_offsets(document).tolist() if in_body else []
        shown.append(
            ShownDocument(
                packed, builder.headline(headline, in_headline), builder.snippet(body, in_body, landmarks)
            )
        )
    return shown
