"""The table of the operations of the API that count over many articles."""

from __future__ import annotations

from newsindex.web.limits import Limits
from newsindex.web.search_parameters import timeline_parameters, trends_parameters, words_parameters

from . import analysis_answers
from .csv_download import CSV_TYPE
from .operations import Operation, reading


def analysis_operations(limits: Limits) -> list[Operation]:
    """Lists the operations, all of which only read."""
    return [
        Operation(
            path="/api/timeline",
            name="timeline",
            summary="How often queries match over time, also as shares of all articles of each period.",
            handle=reading(analysis_answers.timeline),
            parameters=timeline_parameters(limits),
            schema="Timeline",
        ),
        Operation(
            path="/api/timeline.csv",
            name="timelineAsCsv",
            summary="The same as CSV in UTF-8 with a byte order mark: a row for each period, `no date` for "
            "matches without one; two columns for each query, its count and its share. An apostrophe stands "
            "before a name that begins with = + - @, tab or CR.",
            handle=reading(analysis_answers.timeline_file),
            parameters=timeline_parameters(limits),
            media_types=(CSV_TYPE,),
        ),
        Operation(
            path="/api/words",
            name="words",
            summary="The words, names and two-word expressions that stand out in what a query finds.",
            handle=reading(analysis_answers.words),
            parameters=words_parameters(limits),
            schema="DistinctiveWords",
        ),
        Operation(
            path="/api/trends",
            name="trends",
            summary="The words that rose most in a period, against the time before it.",
            handle=reading(analysis_answers.trends),
            parameters=trends_parameters(limits),
            schema="DistinctiveWords",
        ),
    ]
