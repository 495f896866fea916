"""Options outside their range are refused when they are given."""

from __future__ import annotations

import pytest

from newsindex import QueryError
from newsindex.query.ranking.search_options import MAX_LIMIT, SearchOptions


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"limit": -1}, "limit must be from 0 to 10,000"),
        ({"limit": MAX_LIMIT + 1}, "limit must be"),
        ({"sort": "best"}, "sort must be one of relevance, newest, oldest, recent, not 'best'"),
        ({"half_life": 0}, "half_life must be a number of days above 0"),
        (
            {"facets": ("source", "mood")},
            "no facet 'mood': choose one of source, section, author, lang, year",
        ),
        ({"facets": ("month",)}, "lang, year; the option timeline counts by month"),
        ({"timeline": "hour"}, "no timeline by 'hour': choose one of day, week, month, year"),
    ],
)
def test_an_option_out_of_range_is_refused(wrong, message):
    with pytest.raises(QueryError, match=message):
        SearchOptions(**wrong)
