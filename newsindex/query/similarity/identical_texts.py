"""The articles whose text is that of another article, character for character."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from newsindex.article import Article
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment
from newsindex.storage.stored_articles import restore_article


def identical_texts(snapshot: Snapshot, segment: Segment, document: int) -> Iterator[Article]:
    """Yields the other articles that have the body of a document; none where the body is empty.

    Only the texts with the same number of words are read and compared.
    """
    body = segment.text(document).body
    if not body.strip():
        return
    words = segment.body_length[document]
    for other in snapshot.segments:
        for candidate in np.flatnonzero(other.body_length == words).tolist():
            check_deadline()
            is_itself = other is segment and candidate == document
            if is_itself or not (other.live is None or other.live[candidate]):
                continue
            text = other.text(candidate)
            if text.body == body:
                yield restore_article(text, snapshot.zone)
