"""What a search knows of the state of an index before it asks the cluster."""

from __future__ import annotations

from typing import NamedTuple

from newsindex.index_settings import IndexSettings


class SearchedState(NamedTuple):
    """The alias or the index that is searched, and what its mapping records.

    ``average_lengths`` are those of headlines and bodies in words, for which the frequencies of tokens were
    computed.
    """

    index: str
    commit: int
    identity: str
    settings: IndexSettings
    average_lengths: tuple[float, float]
