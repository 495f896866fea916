"""Makes a pandas data frame of search results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import numpy as np

from newsindex.errors import ExtraNotInstalled
from newsindex.optional import missing_library

if TYPE_CHECKING:
    from pandas import DataFrame

    from newsindex.results import Hit

_ARTICLE_COLUMNS: Final = (
    "id", "headline", "source", "published", "section", "author", "lang", "url", "abstract", "body",
)  # fmt: skip


def data_frame(hits: Sequence[Hit]) -> DataFrame:
    """Returns a table with one row for each hit. Raises ExtraNotInstalled where pandas is missing."""
    try:
        import pandas  # optional extra
    except ImportError as error:
        raise ExtraNotInstalled(missing_library("pandas", error)) from error
    columns: dict[str, object] = {
        name: [getattr(hit.article, name) for hit in hits] for name in _ARTICLE_COLUMNS
    }
    columns["published"] = np.array([_local_time(hit.article.published) for hit in hits], "datetime64[us]")
    columns["score"] = np.array([hit.score for hit in hits], np.float64)
    columns["snippet"] = [hit.snippet.text for hit in hits]
    columns["duplicates"] = np.array([len(hit.duplicates) for hit in hits], np.int64)
    return pandas.DataFrame(columns)


def _local_time(published: date | None) -> datetime | None:
    """The date and time of day in the index's zone, without the offset from UTC: numpy has no time zones."""
    if isinstance(published, datetime):
        return published.replace(tzinfo=None)
    return None if published is None else datetime.combine(published, time())
