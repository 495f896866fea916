"""A press review shows what a search found, grouped, with copies under the article that they copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
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
    assert review.period == "de 1er mars 2026 à mars 2026"
    assert review.total == 3
    assert index.review("", since="hier").period == "depuis hier"
    assert index.review("").title == "Revue de presse"
    assert index.review("barrage", title="L'eau").title == "L'eau"
    assert index.review("barrage", language="en").title == "Press review: barrage"


def test_what_cannot_be_reviewed_is_refused(index, tmp_path):
    with pytest.raises(newsindex.QueryError, match="group must be one of section, source, day, not 'année'"):
        index.review("barrage", group="année")
    with pytest.raises(newsindex.QueryError, match="language must be one of fr, en, not 'es'"):
        index.review("barrage", language="es")
    with pytest.raises(newsindex.QueryError, match=r"saved as \.html, \.md, \.docx, not as '\.odt'"):
        index.review("barrage").save(tmp_path / "revue.odt")
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
    if days and (max(days) - min(days)).days < 1830:
        assert len(counts) <= 61
