"""What the questions for words that stand out share: it is made once for each snapshot."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from newsindex.forks import Lock
from newsindex.query.evaluation.snapshot import Snapshot

from .document_counts import count_terms
from .document_lists import DistinctArticles
from .vocabulary import Vocabulary


class Background:
    """The vocabulary of a snapshot, its articles without copies, and in how many of these each term is.

    ``frequencies`` has the shape (terms of the vocabulary,).
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.vocabulary = Vocabulary(snapshot)
        self.articles = DistinctArticles(snapshot)
        self.frequencies = count_terms(snapshot, self.vocabulary, self.articles.documents)


_backgrounds: Final[WeakKeyDictionary[Snapshot, Background]] = WeakKeyDictionary()
_lock: Final = Lock()


def background_of(snapshot: Snapshot) -> Background:
    """The background of a snapshot, made at the first call. Raises DeadlineExceeded and IndexCorrupt."""
    with _lock:
        background = _backgrounds.get(snapshot)
    if background is None:
        background = Background(snapshot)
        with _lock:
            _backgrounds[snapshot] = background
    return background
