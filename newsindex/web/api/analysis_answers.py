"""The answers of the API that count over many articles.

Each function takes a searcher over the index, the arguments that the parameters gave, and the request. It
runs in a thread.
"""

from __future__ import annotations

import codecs

from starlette.requests import Request
from starlette.responses import Response

from newsindex.encoding.result_json import timeline_dict, words_dict
from newsindex.encoding.timeline_csv import timeline_csv
from newsindex.searching.searcher import Searcher

from .answers import JSON, Arguments
from .csv_download import CSV_TYPE, without_formula


def timeline(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with compared timelines."""
    return JSON(timeline_dict(searcher.timeline(**arguments)))


def timeline_file(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with compared timelines as a CSV file for spreadsheets."""
    table = timeline_csv(searcher.timeline(**arguments), without_formula)
    return Response(
        codecs.BOM_UTF8 + table.encode(),
        media_type=CSV_TYPE,
        headers={"Content-Disposition": 'attachment; filename="timeline.csv"'},
    )


def words(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with the words that stand out in what a query finds."""
    return JSON(words_dict(searcher.words(**arguments)))


def trends(searcher: Searcher, arguments: Arguments, request: Request) -> Response:
    """Answers with the words that rose most."""
    return JSON(words_dict(searcher.trends(**arguments)))
