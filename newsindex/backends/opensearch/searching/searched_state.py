"""What a search knows of the state of an index before it asks the cluster."""

from __future__ import annotations

from dataclasses import dataclass

from newsindex.index_settings import IndexSettings


@dataclass(frozen=True)
class SearchedState:
    """The version of an index that is searched, and what its mapping records.

    ``index`` is OpenSearch's name of the version, and ``commit`` the number of the index's changes.
    ``average_lengths`` are those of headlines and bodies in words, for which the frequencies of tokens were
    computed.
    """

    index: str
    commit: int
    identity: str
    settings: IndexSettings
    average_lengths: tuple[float, float]
