"""Which articles have the same text as another, word for word?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from newsindex.article import Article
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment
from newsindex.storage.stored_articles import restore_article


def identical(snapshot: Snapshot, segment: Segment, document: int) -> Iterator[Article]:
    """The other articles whose body is that of a document; none where it has no body.

    Only texts with as many words are read to be compared.
    """
    body = segment.text(document).body
    if not body.strip():
        return
    words = segment.body_length[document]
    for other in snapshot.segments:
        for candidate in np.flatnonzero(other.body_length == words).tolist():
            is_itself = other is segment and candidate == document
            if is_itself or not (other.live is None or other.live[candidate]):
                continue
            text = other.text(candidate)
            if text.body == body:
                yield restore_article(text)
