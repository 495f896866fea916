"""Whatever an embedding program passes, it gets an answer or one clear error."""

from __future__ import annotations

import base64
import io
import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import newsindex
from newsindex import Article

LONE = "a\ud800"
FULL = Article("Interpol", "Le corps.", "S", date(2026, 1, 2), "u", "i", extra={"page": "3"})


@pytest.fixture
def index(make_index):
    return make_index([FULL])


@pytest.mark.parametrize(
    "arguments",
    [{"query": None}, {"query": 5}, {"limit": "10"}, {"limit": True}, {"limit": 2.5}, {"facets": 5},
     {"facets": None}, {"facets": [5]}, {"since": 12}, {"until": b"2026"}, {"source": 5}, {"source": [5]},
     {"lang": [None]}, {"author": b"A"}, {"after": 5}, {"timeline": 5}],
)  # fmt: skip
def test_a_wrong_type_in_a_search_names_the_argument(index, arguments):
    (name,) = arguments
    with pytest.raises(TypeError, match=rf"^{name} must be"):
        index.search(**{"query": "interpol", **arguments})


@pytest.mark.parametrize(
    "arguments",
    [{"limit": -1}, {"limit": 10**5000}, {"facets": ["mood"]}, {"timeline": "hour"}, {"sort": 5},
     {"operator": None}, {"source": LONE}, {"source": ["S", LONE]}, {"since": LONE}, {"after": LONE},
     {"since": "0001-01-01T00:00+14:00"}, {"since": "9999-12-31T23:59-14:00"},
     {"since": datetime.fromisoformat("0001-01-01T00:00+14:00")}],
)  # fmt: skip
def test_a_value_without_sense_in_a_search_is_a_query_error(index, arguments):
    with pytest.raises(newsindex.QueryError):
        index.search("interpol", **arguments)


def test_an_argument_that_no_search_has_is_a_type_error(index):
    for call in (index.search, index.articles, lambda query, **filters: index.similar("i", **filters)):
        with pytest.raises(TypeError, match="there is no argument 'sorce'; the filters are source, section"):
            call("interpol", sorce="S")


def test_one_facet_may_be_a_bare_name(index):
    assert index.search("interpol", facets="source").facets == {"source": {"S": 1}}


def cursor(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "written",
    ['[1, "relevance", -1.0, 0, 0, -1]', '[1, "relevance", -1.0, 0, -1, 0]',
     '[-1, "relevance", -1.0, 0, 0, 0]',
     '[1, "relevance", NaN, 0, 0, 0]', '[1, "relevance", Infinity, 0, 0, 0]',
     '[1, "relevance", "nan", 0, 0, 0]',
     '[1, "relevance", -1.0, Infinity, 0, 0]', f'[1, "relevance", {10**400}, 0, 0, 0]',
     f'[1, "relevance", -1.0, {10**30}, 0, 0]', '[1, "relevance", 1e300, 0, 0, 0]',
     '[1, "relevance", true, 0, 0, 0.5]', '[1, ["relevance"], -1.0, 0, 0, 0]', "[" * 100_000, "5", "{}", "é"],
)  # fmt: skip
def test_a_cursor_that_no_search_gave_is_a_query_error(index, written):
    with pytest.raises(newsindex.QueryError, match="is no cursor"):
        index.search("interpol", after=cursor(written))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_cursor_that_a_search_gave_goes_through_all_articles(make_index, sort):
    days = [date(1, 1, 1), date(1969, 5, 5), date(2026, 1, 2), date(9999, 12, 31), None, None]
    index = make_index([Article("Titre", id=str(i), published=day) for i, day in enumerate(days)])
    seen, after = [], None
    while after is not None or not seen:
        page = index.search("titre", limit=1, sort=sort, after=after)
        seen.append(page[0].article.id)
        after = page.next
    assert sorted(seen) == ["0", "1", "2", "3", "4", "5"]


def test_no_article_has_an_id_that_is_not_unicode(index):
    assert index.get(LONE) is None
    assert LONE not in index
    assert index.delete(LONE) == 0
    assert None not in index


@pytest.mark.parametrize("call", ["get", "delete"])
@pytest.mark.parametrize("wrong", [5, None, ["i"]])
def test_an_id_that_is_no_text_is_a_type_error_and_changes_nothing(index, call, wrong):
    with pytest.raises(TypeError, match="article_id must be text"):
        getattr(index, call)(wrong)
    with pytest.raises(TypeError, match="article_id must be text"):
        index.delete("i", wrong)
    assert "i" in index


@pytest.mark.parametrize(
    "wrong",
    [FULL, {"titre": "Un"}, "news.jsonl", b"news", bytearray(b"news"), Path("news"), io.StringIO("Un\n"),
     io.BytesIO(b"Un\n"), None, 5],
)  # fmt: skip
def test_what_is_not_several_articles_is_a_type_error(index, wrong):
    with pytest.raises(TypeError, match=r"index\.add\(\[article\]\)"):
        index.add(wrong)


def test_an_item_that_is_no_article_is_reported_and_the_rest_is_added(index):
    report = index.add(["Un titre", None, {"titre": "Deux"}, {"titre": LONE}])
    assert report.added == 1
    assert [str(error) for error in report.errors] == [
        "an article must be an Article or a mapping, not 'Un titre'",
        "an article must be an Article or a mapping, not None",
        "headline is not valid Unicode (a lone surrogate)",
    ]


@pytest.mark.parametrize(
    "fields",
    [{"headline": None}, {"headline": 10**5000}, {"body": None}, {"extra": None}, {"extra": [1]},
     {"extra": {"a": 1}}, {"extra": {LONE: "b"}}, {"published": "2026"}, {"body": LONE}, {"id": LONE},
     {"source": 5}, {"headline": " ", "body": ""}],
)  # fmt: skip
def test_an_article_of_wrong_values_is_a_corpus_error(fields):
    with pytest.raises(newsindex.CorpusError):
        Article(**{"headline": "Un", **fields})


@pytest.mark.parametrize(("timeout", "error"), [("1", TypeError), (None, TypeError), (True, TypeError)])
def test_a_timeout_that_is_no_number_is_a_type_error(index, timeout, error):
    with pytest.raises(error, match="timeout must be a number"):
        index.add([], timeout=timeout)


@pytest.mark.parametrize("timeout", [-1, math.nan, -math.inf, 10**400])
def test_a_timeout_without_sense_is_a_query_error(index, timeout):
    with pytest.raises(newsindex.QueryError, match="timeout"):
        index.delete("i", timeout=timeout)


def test_an_endless_timeout_is_allowed(index):
    assert index.delete("i", timeout=math.inf) == 1


def test_workers_are_a_whole_number(index):
    with pytest.raises(TypeError, match="workers"):
        index.add([], workers="2")


@pytest.mark.parametrize(
    ("settings", "error"),
    [({"k1": "x"}, TypeError), ({"k1": math.inf}, newsindex.QueryError), ({"timezone": None}, TypeError),
     ({"timezone": ""}, newsindex.QueryError)],
)  # fmt: skip
def test_settings_of_wrong_types_fail_when_given(tmp_path, settings, error):
    with pytest.raises(error):
        newsindex.create(tmp_path / "i", **settings)
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize("name", ["file", "file/below", "nul\0"])
def test_an_index_cannot_be_made_where_there_can_be_no_folder(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(newsindex.NewsIndexError, match="no folder can be made"):
        newsindex.create(f"{tmp_path}/{name}")


def test_a_query_that_is_no_text_cannot_be_parsed(index):
    for parse in (newsindex.parse, index.parse):
        with pytest.raises(TypeError, match="query must be text"):
            parse(None)


def test_a_page_goes_through_json_as_the_web_does_it(make_index):
    index = make_index([Article(f"Titre {i}") for i in range(3)])
    sent = json.loads(json.dumps(index.search("titre", limit=2).next))
    assert len(index.search("titre", limit=2, after=sent)) == 1


@pytest.mark.parametrize("wrong", [{"fields": "titre"}, {"source": 5}])
def test_a_wrong_type_in_a_reading_names_the_argument(tmp_path, wrong):
    (name,) = wrong
    with pytest.raises(TypeError, match=f"^{name} must"):
        newsindex.read(tmp_path, **wrong)


def test_a_moment_at_either_end_of_the_calendar_is_kept(make_index):
    ends = [
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    ]
    index = make_index([Article("Titre", id=str(i), published=end) for i, end in enumerate(ends)])
    assert [index.get(str(i)).published for i in range(3)] == ends
    assert index.search("titre", sort="oldest")[0].article.id == "2"
