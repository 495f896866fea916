"""Every list of an article's fields agrees with the one table of them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from newsindex import Article
from newsindex.article import FIELDS, LABEL_FIELDS, OPTIONAL_FIELDS, RECORD_FIELDS, SEARCHED_FIELDS
from newsindex.corpus.fields.field_names import field_of
from newsindex.encoding.article_codec import article_from_dict, article_to_dict
from newsindex.results import Hit, Results, Snippet

ARTICLE = Article("Titre", "Corps", "S", date(2026, 1, 2), "u", "i", "r", "a", "fr", "chapô", {"k": "v"})


def test_the_table_has_the_fields_of_an_article_in_its_order():
    assert tuple(field.name for field in fields(Article)) == FIELDS
    assert sorted(RECORD_FIELDS) == sorted(FIELDS)
    assert {*SEARCHED_FIELDS, *LABEL_FIELDS, *OPTIONAL_FIELDS} < set(FIELDS)


def test_an_optional_field_is_none_where_it_is_empty():
    empty = Article("Titre", **dict.fromkeys(OPTIONAL_FIELDS, ""))
    assert {getattr(empty, name) for name in OPTIONAL_FIELDS} == {None}
    assert all(getattr(empty, name) is not None for name in set(FIELDS) - {*OPTIONAL_FIELDS, "published"})


def test_a_record_has_every_field_and_gives_the_article_back():
    record = article_to_dict(ARTICLE)
    assert tuple(record) == RECORD_FIELDS
    assert article_from_dict(record) == ARTICLE
    assert set(FIELDS) - set(article_to_dict(ARTICLE, with_body=False)) == {"body"}


def test_every_field_is_known_in_records_by_its_own_name():
    assert {field_of(name) for name in FIELDS if name != "extra"} == set(FIELDS) - {"extra"}


def test_a_table_of_results_has_every_field():
    hit = Hit(ARTICLE, 1.0, Snippet("Titre"), Snippet("Corps"))
    assert set(FIELDS) - set(Results((hit,), 1, 0.0).to_pandas().columns) == {"extra"}
