"""What a written date of publication becomes, case by case: the table is publication_dates.tsv."""

from __future__ import annotations

import pytest

from newsindex.dates.publication.unreadable_dates import DateProblem, UnreadableDate
from newsindex.dates.publication_dates import is_no_date, parse_date

from . import table

TABLE = table("golden/publication_dates.tsv")
PROBLEMS = {
    "relative": DateProblem.RELATIVE,
    "vague": DateProblem.VAGUE,
    "impossible": DateProblem.IMPOSSIBLE,
    "no date": DateProblem.NONE,
}


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_a_written_date_becomes_what_the_table_says(row):
    assert is_no_date(row["text"]) == (row["becomes"] == "absent")
    if row["becomes"] == "absent":
        with pytest.raises(UnreadableDate):
            parse_date(row["text"])
    elif problem := PROBLEMS.get(row["becomes"]):
        with pytest.raises(UnreadableDate) as caught:
            parse_date(row["text"])
        assert caught.value.problem is problem
    else:
        assert parse_date(row["text"]).isoformat() == row["becomes"]


def test_the_table_is_long_and_has_no_form_twice():
    assert len(TABLE) >= 150
    assert len({row["text"] for row in TABLE}) == len(TABLE)
