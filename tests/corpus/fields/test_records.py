"""A record becomes an article by the field names that people use."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex import Article, CorpusError
from newsindex.corpus.fields.records import article_from


def test_field_names_are_those_that_people_use():
    article = article_from(
        {"Titre": "T", "Contenu": "C", "chapô": "A", "pubDate": "Fri, 02 Jan 2026 10:00:00 +0100",
         "Publisher": "P", "lien": "https://x.example", "_id": 5, "Rubrique": ["R", "S"],
         "auteurs": ["Un", "Deux"], "langue": "fr", "page": 3, "empty": None, "title": "other"}
    )  # fmt: skip
    when = datetime(2026, 1, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    assert article == Article(
        "T", "C", "P", when, "https://x.example", "5", "R, S", "Un, Deux", "fr", "A",
        {"page": "3", "title": "other"},
    )  # fmt: skip


def test_fields_map_ours_to_theirs_and_source_fills_a_gap():
    record = {"t1": "T", "title": "autre", "body": "B"}
    article = article_from(record, fields={"headline": "t1"}, source="S")
    assert (article.headline, article.body, article.source) == ("T", "B", "S")
    assert article.extra == {"title": "autre"}
    assert article_from({"title": "T", "source": "X"}, source="S").source == "X"


def test_fields_may_be_called_as_people_call_them():
    record = {"titre_long": "T", "title": "autre"}
    assert article_from(record, fields={"title": "titre_long"}).headline == "T"


def test_a_field_that_there_is_not_is_refused():
    with pytest.raises(CorpusError, match="no field 'colour'"):
        article_from({"title": "T"}, fields={"colour": "couleur"})


def test_a_mapping_with_names_and_values_of_article_is_one():
    when = datetime(2026, 1, 2, 10)
    article = article_from({"headline": "T", "published": when, "id": "a", "extra": {"k": "v"}})
    assert article == Article("T", published=when, id="a", extra={"k": "v"})


def test_gaps_of_tables_are_no_values():
    nan = float("nan")
    assert article_from({"title": "T", "body": nan, "date": nan, "source": None}) == Article("T")


@pytest.mark.parametrize("written", ["N/A", "s.d.", "0000-00-00", 0, False, ["-"]])
def test_what_stands_where_a_date_is_missing_is_no_error(written):
    assert article_from({"title": "T", "date": written}) == Article("T")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Il y a 3 heures", "relative date: 'Il y a 3 heures' in 'date' counts from a day that is not known"),
        ("mars 2024", "vague date: 'mars 2024' in 'date' names no single day of a year"),
        ("31/02/2024", "impossible date: '31/02/2024' in 'date' is on no calendar or clock"),
        ("Tiznit", "unreadable date: 'Tiznit' in 'date' is not a date"),
        (45363, "unreadable date: 45363 in 'date' is not a date"),
    ],
)
def test_a_date_that_cannot_be_read_is_told_and_costs_only_itself(written, told):
    errors = []
    article = article_from({"title": "T", "date": written}, on_error=errors.append)
    assert (article.headline, article.published, article.extra) == ("T", None, {"date": str(written)})
    assert [str(error).split(", so the article has no date")[0] for error in errors] == [told]
    with pytest.raises(CorpusError, match="so the article has no date"):
        article_from({"title": "T", "date": written})


def test_of_several_dates_the_first_that_can_be_read_counts():
    errors = []
    record = {"title": "T", "date": "hier", "published": "2024-03-12", "pubDate": "2024-03-13"}
    article = article_from(record, on_error=errors.append)
    assert (article.published, errors) == (date(2024, 3, 12), [])
    assert article.extra == {"date": "hier", "pubDate": "2024-03-13"}


def test_a_date_in_a_list_of_one_is_that_date():
    assert article_from({"title": "T", "date": ["12/03/2024"]}).published == date(2024, 3, 12)


def test_a_record_that_is_no_article_is_told_and_not_its_date():
    errors = []
    with pytest.raises(CorpusError, match="needs a headline"):
        article_from({"date": "hier"}, on_error=errors.append)
    assert errors == []


def test_what_is_not_one_value_is_no_extra():
    extra = article_from(
        {"title": "T", "n": 1.5, "on": True, "day": date(2026, 1, 2), "list": [1], 3: "x"}
    ).extra
    assert extra == {"n": "1.5", "on": "True", "day": "2026-01-02"}


def test_what_is_blank_or_empty_hides_no_other_value():
    record = {"headline": " ", "title": "T", "date": " ", "authors": [], "byline": "A"}
    assert article_from(record) == Article("T", author="A")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"@type": "Person", "name": "Lina Amrani"}, "Lina Amrani"),
        ([{"name": " Lina Amrani "}, {"name": "Omar Tazi"}], "Lina Amrani, Omar Tazi"),
        ([{"name": "Lina Amrani"}, "Omar Tazi", None], "Lina Amrani, Omar Tazi"),
    ],
)
@pytest.mark.parametrize("field", ["author", "source", "section"])
def test_people_publishers_and_sections_may_be_objects_with_names(field, value, read):
    assert getattr(article_from({"title": "T", field: value}), field) == read


def test_an_article_of_schema_org_is_read():
    record = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "T", "articleBody": "B",
        "datePublished": "2026-01-02", "url": "https://x.example/1", "author": [{"name": "A"}],
        "publisher": {"@type": "Organization", "name": "P", "logo": {"url": "x.png"}},
    }  # fmt: skip
    article = article_from(record)
    assert (article.headline, article.body, article.published) == ("T", "B", date(2026, 1, 2))
    assert (article.author, article.source, article.url) == ("A", "P", "https://x.example/1")


def test_objects_of_one_value_are_that_value():
    record = {"_id": {"$oid": "5f"}, "title": {"#text": "T"}, "date": {"$date": "2026-01-02"}}
    assert article_from(record) == Article("T", published=date(2026, 1, 2), id="5f")


def test_a_source_without_a_name_leaves_the_gap_to_be_filled():
    assert article_from({"title": "T", "source": {"name": " "}}, source="S").source == "S"


def test_paragraphs_in_a_list_are_a_body_and_one_value_in_a_list_is_that_value():
    assert article_from({"title": ["T"], "body": ["A", "B"]}) == Article("T", "A\n\nB")


@pytest.mark.parametrize("record", [
    {"title": ["A", "B"]}, {"title": {"name": "A"}}, {"title": "T", "url": ["x", "y"]},
    {"title": "T", "author": {"nom": "A"}}, {"title": "T", "author": [["A"]]},
    {"title": "T", "body": [{"name": "A"}]}, {"title": "T", "author": [{"name": 3}]},
])  # fmt: skip
def test_values_of_a_wrong_form_are_refused(record):
    with pytest.raises(CorpusError, match="must be text"):
        article_from(record)


def test_decimal_numbers_are_values():
    assert article_from({"title": "T", "id": Decimal(7), "x": Decimal("1.5")}) == Article(
        "T", id="7", extra={"x": "1.5"}
    )


@pytest.mark.parametrize("record", [
    {"title": 10**5000}, {"title": "T", "x": 10**5000}, {"title": "T", "date": 10**5000},
    {"title": "T", "author": {"n": 10**5000}}, {"title": "T", "extra": {"k": 10**5000}},
])  # fmt: skip
def test_a_number_that_cannot_be_written_is_refused(record):
    with pytest.raises(CorpusError):
        article_from(record)


@pytest.mark.parametrize("field", ["title", "date", "author"])
def test_a_deeply_nested_value_is_refused_in_a_few_words(field):
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(CorpusError) as caught:
        article_from({"headline": "T", field: nested} if field != "title" else {field: nested})
    assert len(str(caught.value)) < 200
    while nested:  # its own end is as deep
        nested = nested.pop()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
_KEYS = st.sampled_from(["titre", "body", "date", "id", "url", "author", "extra", "chapô", "x"])


@given(st.dictionaries(_KEYS | st.text(max_size=3), _JSON))
def test_any_record_becomes_an_article_or_an_error(record):
    with suppress(CorpusError):
        assert isinstance(article_from(record), Article)


@pytest.mark.parametrize(
    ("record", "body"),
    [
        ({"HD": "Le souk rouvre", "LP": "Il rouvre.", "TD": "Oui, lundi."}, "Il rouvre.\n\nOui, lundi."),
        ({"hd": "Le souk rouvre", "td": "Oui, lundi.", "lp": "Il rouvre."}, "Il rouvre.\n\nOui, lundi."),
        ({"HD": "Le souk rouvre", "LP": "Il rouvre.", "TD": "Il rouvre. Oui."}, "Il rouvre. Oui."),
        ({"HD": "Le souk rouvre", "LP": "Il rouvre.", "TD": ""}, "Il rouvre."),
        ({"HD": "Le souk rouvre", "LP": None, "TD": "Oui, lundi."}, "Oui, lundi."),
        ({"HD": "Le souk rouvre", "LP": 3, "TD": "Oui, lundi."}, "3\n\nOui, lundi."),
    ],
)
def test_the_two_parts_of_a_text_of_factiva_are_one_body(record, body):
    assert article_from(record).body == body


def test_a_record_without_a_known_name_lists_its_names():
    with pytest.raises(
        CorpusError, match="headline or a body: none of these names is known as one: _id, _source"
    ):
        article_from({"_id": "1", "_source": {"title": "T"}})
    with pytest.raises(CorpusError, match=r"headline or a body$"):
        article_from({"title": "", "_id": "1"})
