"""A press review shows what a search found, grouped, with copies under the article that they copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.dates.date_wording import DateWording
from newsindex.review.review_timeline import by_readable_periods


def _titles(review):
    return [section.title for section in review.sections]


def _ids(review):
    return [[entry.article.id for entry in section.entries] for section in review.sections]


def test_copies_are_shown_under_the_article_that_they_copy(index):
    review = index.review("barrage")
    (first, *_), *_ = [section.entries for section in review.sections if section.title == "Eau"]
    assert {first.article.id, *(copy.id for copy in first.copies)} == {"a", "b"}
    assert len(review) == 3
    assert review.total == 4
    assert review.sources == {"Le Phare": 2, "L'Écho": 1}


def test_sections_are_by_section_source_or_day_and_what_has_none_is_the_last(index):
    assert _titles(index.review("barrage")) == ["Eau", "Société", "Sans rubrique"]
    assert _titles(index.review("barrage", group="source"))[-1] == "Source inconnue"
    by_day = index.review("barrage", group="day")
    # 23:30 in UTC is the next day in Casablanca
    assert _titles(by_day)[0] in ("3 mars 2026", "2 mars 2026")
    assert _titles(by_day)[-2:] == ["1er mars 2026", "Sans date"]
    assert _titles(index.review("barrage", group="day", language="en"))[-1] == "No date"


def test_a_review_of_a_period_counts_the_articles_without_a_date_that_it_leaves_out(index):
    assert index.review("barrage").undated == 0
    review = index.review("barrage", since="2026-03-02")
    assert (review.total, review.undated) == (2, 1)
    assert "1 autre, sans date, n’est pas dans la période" in review.markdown()
    assert "1 autre, sans date, n’est pas dans la période" in review.html()
    assert "1 other has no date and was left out" in index.review("", until="2026", language="en").markdown()
    assert index.review("barrage", since="2026", source="Le Phare").undated == 0
    alert = index.alerts.add("titre", "titre", since="2020")
    assert (index.review(alert).total, index.review(alert).undated) == (0, 1)


def test_the_larger_section_comes_first_and_its_articles_in_the_order_of_the_search(make_index):
    articles = [
        Article(f"Pont {n}", "Le pont " * n, section="B" if n % 3 else "A", id=str(n)) for n in range(1, 7)
    ]
    index = make_index(articles)
    review = index.review("pont", sort="oldest")
    assert _titles(review) == ["B", "A"]
    found = [hit.article.id for hit in index.search("pont", sort="oldest", collapse=True)]
    assert _ids(review) == [[n for n in found if int(n) % 3], [n for n in found if int(n) % 3 == 0]]


def test_the_whole_text_is_shown_with_marks_where_it_is_asked_for(index):
    (entry,) = index.review("fuit", full=True).sections[0].entries
    assert entry.text.text == "Le barrage fuit.\n\nLes riverains le disent."
    assert [entry.text.text[start:end] for start, end in entry.text.spans] == ["fuit"]


def test_the_title_is_made_of_the_query_and_the_period_is_written_out(index):
    review = index.review("barrage", since="2026-03-01", until="2026-03")
    assert review.title == "Revue de presse : barrage"
    assert review.total == 3
    assert index.review("").title == "Revue de presse"
    assert index.review("barrage", title="L'eau").title == "L'eau"
    assert index.review("barrage", language="en").title == "Press review: barrage"


@pytest.mark.parametrize(("since", "until", "french", "english"), [
    (None, None, "", ""),
    ("2026", None, "depuis 2026", "since 2026"),
    (None, "2025-08", "jusqu’en août 2025", "until August 2025"),
    ("2025-08", "2026-03", "d’août 2025 à mars 2026", "from August 2025 to March 2026"),
    ("2026-03-01", "2026-03", "du 1er mars 2026 à mars 2026", "from 1 March 2026 to March 2026"),
    ("2026-03-01", "2026-03-01", "1er mars 2026", "1 March 2026"),
    ("du 3 au 5 janvier 2026", "du 3 au 5 janvier 2026",
     "du 3 janvier 2026 au 5 janvier 2026", "from 3 January 2026 to 5 January 2026"),
    ("depuis le 3 mars 2026", None, "depuis le 3 mars 2026", "since 3 March 2026"),
    (None, "2026-W10", "jusqu’au 8 mars 2026", "until 8 March 2026"),
    ("avant 2026", None, "", ""),
    # 23:30 in UTC is the next day in Casablanca
    (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), date(2026, 1, 3),
     "du 2 janvier 2026 au 3 janvier 2026", "from 2 January 2026 to 3 January 2026"),
])  # fmt: skip
def test_the_period_is_written_out_in_days(index, since, until, french, english):
    assert index.review("barrage", since=since, until=until).period == french
    assert index.review("barrage", since=since, until=until, language="en").period == english


def test_a_relative_date_is_written_as_the_day_that_it_was(index):
    day = datetime.now(index.zone).date()
    period = index.review("barrage", since="hier").period
    days = [DateWording("fr").day(day - timedelta(days=ago)) for ago in (0, 1)]  # midnight may pass
    assert period in [f"depuis le {written}" for written in days]


def test_an_alert_brings_its_query_its_operator_and_its_filters(index):
    alert = index.alerts.add("fuite", "barrage fuit", operator="all", source="Le Phare", since="2026-03-01")
    review = index.review(alert)
    assert _ids(review) == [["c"]]
    assert review.title == "Revue de presse : fuite"
    assert (review.query, review.period) == ("barrage fuit", "depuis le 1er mars 2026")
    assert _ids(index.review(alert, since="2026-04")) == [], "a filter that is given goes before the alert's"
    other = index.alerts.add("toutes", "", source="le phare")
    assert index.review(other).total == 2
    (entry,) = index.review(alert, full=True, title="L'eau").sections[0].entries
    assert [entry.text.text[start:end] for start, end in entry.text.spans] == ["barrage", "fuit"]
    wide = index.alerts.add("large", "barrage fuit")
    assert (index.review(wide).total, index.review(wide, operator="all").total) == (4, 1)


def test_an_alert_that_is_not_run_is_not_reviewed(index):
    alert = replace(index.alerts.add("eau", "eau"), error="no such field")
    with pytest.raises(newsindex.QueryError, match="the alert 'eau' is not run: no such field"):
        index.review(alert)


def test_a_blank_title_counts_as_none(index):
    assert index.review("barrage", title=" ").title == "Revue de presse : barrage"


def test_a_review_without_room_for_an_article_still_counts(index):
    review = index.review("barrage", limit=0)
    assert (len(review), review.total) == (0, 4)
    for text in (review.markdown(), review.html()):
        assert "Le Phare" in text
        assert "Aucun article" not in text
    assert review.docx().startswith(b"PK")


def test_what_cannot_be_reviewed_is_refused(index, tmp_path):
    with pytest.raises(newsindex.QueryError, match="group must be one of section, source, day, not 'année'"):
        index.review("barrage", group="année")
    with pytest.raises(newsindex.QueryError, match="language must be one of fr, en, not 'es'"):
        index.review("barrage", language="es")
    with pytest.raises(newsindex.QueryError, match=r"saved as \.html, \.md, \.docx, not as '\.odt'"):
        index.review("barrage").save(tmp_path / "revue.odt")
    with pytest.raises(newsindex.QueryError, match="not as a file without an ending"):
        index.review("barrage").save(tmp_path / "revue")
    with pytest.raises(newsindex.QueryError, match="not valid Unicode"):
        index.review("barrage \ud800")
    with pytest.raises(newsindex.NewsIndexError, match="cannot be written"):
        index.review("barrage").save(tmp_path / "absent" / "revue.md")
    with pytest.raises(TypeError, match="full must be True or False"):
        index.review("barrage", full="oui")
    with pytest.raises(newsindex.DeadlineExceeded):
        index.review("barrage", timeout=0)


def test_a_review_of_nothing_says_so(index):
    review = index.review("absent")
    assert (len(review), review.total, review.timeline) == (0, 0, {})
    assert "Aucun article" in review.markdown()
    assert "Aucun article" in review.html()
    assert review.docx().startswith(b"PK")


@given(st.dictionaries(st.dates(), st.integers(1, 9), max_size=40))
def test_periods_count_each_article_once_and_are_few(days):
    counts = by_readable_periods({day.isoformat(): days[day] for day in sorted(days)})
    assert sum(counts.values()) == sum(days.values())
    assert list(counts) == sorted(counts)
    assert len(counts) <= 2 * len(days)
    assert list(counts.values()).count(0) <= len(counts) / 2


def test_periods_without_an_article_are_shown_where_they_are_the_fewer():
    assert by_readable_periods({"2026-03-01": 1, "2026-03-03": 2}) == {
        "2026-03-01": 1, "2026-03-02": 0, "2026-03-03": 2,
    }  # fmt: skip
    assert by_readable_periods({"2026-03-01": 4, "2026-04-02": 3, "2030-05-04": 1}) == {
        "2026-03": 4, "2026-04": 3, "2030-05": 1,
    }  # fmt: skip


@pytest.fixture
def later_index(make_index):
    """Articles of yesterday, today and tomorrow, and two of years to come."""
    today = datetime.now(ZoneInfo("Africa/Casablanca")).date()
    days = [today + timedelta(days=days) for days in (-1, 0, 1, 365, 2000)]
    return make_index(
        [Article(f"Neige {n}", "Il neige.", published=day, id=str(n)) for n, day in enumerate(days)]
    )


def test_a_review_that_only_begins_leaves_out_what_is_dated_after_tomorrow_and_counts_it(later_index):
    review = later_index.review("neige", since="3 jours", group="day")
    assert sorted(name for names in _ids(review) for name in names) == ["0", "1", "2"]
    assert (review.total, review.later) == (3, 2)
    assert sum(review.timeline.values()) == 3
    assert review.period.startswith("depuis le ")
    for text in (review.markdown(), review.html()):
        assert "2 autres, datés au-delà de demain, sont laissés de côté" in text
    assert (
        "2 others are dated after tomorrow and were left out"
        in later_index.review("neige", since="3 jours", language="en").markdown()
    )


def test_a_review_of_any_time_of_a_chosen_end_and_of_time_to_come_has_all_its_articles(later_index):
    day_after = datetime.now(later_index.zone).date() + timedelta(days=3)
    for bounds, total in (({}, 5), ({"since": "3 jours", "until": "2999"}, 5), ({"since": day_after}, 2)):
        review = later_index.review("neige", **bounds)
        assert (review.total, review.later) == (total, 0), bounds


def test_the_rule_of_later_articles_holds_for_the_period_of_an_alert(later_index):
    alert = later_index.alerts.add("neige", "neige", since="3 jours")
    review = later_index.review(alert)
    assert (review.total, review.later) == (3, 2)


def test_a_review_counts_what_it_shows_with_the_copies(index):
    assert index.review("barrage").shown == 4
    assert index.review("barrage", limit=1, source="Le Phare").shown == 1


def test_sources_that_can_be_read_once_restrict_both_counts(later_index):
    review = later_index.review("neige", since="3 jours", source=iter(["L'Écho"]))
    assert (review.total, review.later) == (0, 0)
