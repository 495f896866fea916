"""Objects and lists around values become the values."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import pytest

from newsindex.corpus.formats.json.value_texts import field_value

from .reading import read_json, read_one


@pytest.mark.parametrize(
    ("value", "body"),
    [
        (["Un.", "Deux."], "Un.\n\nDeux."),
        ({"rendered": "<p>Un.</p><p>Deux.</p>"}, "Un.\n\nDeux."),
        (
            [
                {"type": "paragraph", "text": "Un."},
                {"type": "image", "text": "Une photo"},
                {"type": "paragraph", "text": "Deux."},
            ],
            "Un.\n\nDeux.",
        ),
        (
            {
                "blocks": [
                    {"type": "paragraph", "data": {"text": "Un."}},
                    {"type": "paragraph", "data": {"text": "Deux."}},
                ]
            },
            "Un.\n\nDeux.",
        ),
        (
            {
                "type": "doc",
                "content": [
                    {
                        "type": "paragraph",
                        "content": [{"type": "text", "text": "U"}, {"type": "text", "text": "n."}],
                    },
                    {"type": "paragraph", "content": [{"type": "text", "text": "Deux."}]},
                ],
            },
            "Un.\n\nDeux.",
        ),
        ({"summary": ["Un."], "sections": [{"headline": [], "paragraphs": ["Deux."]}]}, "Un.\n\nDeux."),
        ({"ar": "…", "fr": "Un."}, "Un."),
        ([{"value": "<p>Un.</p>", "format": "html"}], "<p>Un.</p>"),
        (
            [
                {"contenttype": "text/plain", "value": "Un"},
                {"contenttype": "text/html", "value": "<p>Un.</p>"},
            ],
            "Un.",
        ),
        ([[["Un."]]], "Un."),
        ([{"x": 1}], None),
        ([], None),
    ],
)
def test_a_body_is_the_text_of_its_parts(value, body):
    assert field_value("body", value) == body


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([{"name": "Nora Belkacem"}, "Ali Taleb", None, 4], "Nora Belkacem, Ali Taleb"),
        ([{"given": "Nora", "non-dropping-particle": "de", "family": "Lac"}], "Nora de Lac"),
        ({"firstName": "Nora", "lastName": "Belkacem"}, "Nora Belkacem"),
        ({"data": {"id": 1, "attributes": {"name": "Nora"}}}, "Nora"),
        ([{"name": "Photographe", "role": "photo"}, {"name": "Nora", "role": "author"}], "Nora"),
        ([{"name": "Nora"}, {"name": "Nora"}], "Nora"),
        ([4, 5], None),
    ],
)
def test_people_are_given_and_family_names(value, names):
    assert field_value("author", value) == names


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"date-parts": [["2024", 5, 6]]}, "2024-05-06"),
        ({"date-parts": [[2024, 5]]}, "2024-05"),
        ({"raw": "6 mai 2024"}, "6 mai 2024"),
        ([2024, 5, 6, 14, 5], "2024-05-06T14:05"),
        ({"$date": {"$numberLong": "1714996800000"}}, "1714996800000"),
        (["6 mai 2024"], "6 mai 2024"),
        ([1714996800], 1714996800),
        ([[]], None),
    ],
)
def test_dates_in_parts_and_wrappings_are_dates(value, written):
    assert field_value("published", value) == written


def test_lists_of_one_as_scrapers_give_them_are_their_values(tmp_path):
    record = {
        "url": ["https://rivage.example/lac"],
        "titre": ["  Le lac ", "se remplit"],
        "date": ["6 mai 2024", "14 h"],
        "texte": ["Un.", "Deux."],
        "auteur": [],
        "mots": ["eau", "lac"],
    }
    article = read_one(tmp_path, record, "a.jsonl")
    assert (article.headline, article.body, article.published) == (
        "Le lac se remplit",
        "Un.\n\nDeux.",
        date(2024, 5, 6),
    )
    assert (article.url, article.author) == ("https://rivage.example/lac", None)
    assert dict(article.extra) == {"date": "14 h", "mots": "eau, lac"}


def test_values_of_databases_are_unwrapped(tmp_path):
    record = {"_id": {"$oid": "5f"}, "title": "Le lac", "date": {"$date": {"$numberLong": "1714996800000"}}}
    article = read_one(tmp_path, record)
    assert (article.id, article.published) == ("5f", datetime(2024, 5, 6, 12, tzinfo=UTC))


def test_what_no_field_takes_is_kept_within_bounds(tmp_path):
    record = {
        "title": "Le lac",
        "stats": {"vues": 3, "par_jour": [1, 2], "fond": {"a": {"b": {"c": {"d": 1}}}}},
        "nombre": [10**4000],
        "long": ["x" * 5000],
        "large": {f"k{i}": i for i in range(1000)},
    }
    extra = read_one(tmp_path, record).extra
    assert (extra["stats.vues"], extra["stats.par_jour"]) == ("3", "1, 2")
    assert len(extra["long"]) == 1000
    assert len(extra) < 120


def test_a_flag_in_the_place_of_a_date_is_no_date(tmp_path):
    article = read_one(tmp_path, {"title": "Le lac", "published": True, "date": "2024-05-06"})
    assert (article.published, article.extra["published"]) == (date(2024, 5, 6), "True")


def test_an_author_that_nothing_names_costs_no_article(tmp_path):
    article = read_one(tmp_path, {"title": "Le lac", "author": {"href": "x"}})
    assert (article.author, article.extra["author.href"]) == (None, "x")


def test_an_exported_article_is_read_as_it_stands(tmp_path):
    record = {
        "id": "a",
        "headline": " Le lac ",
        "published": None,
        "source": None,
        "section": None,
        "author": None,
        "lang": None,
        "url": None,
        "abstract": "",
        "body": "<b>",
        "extra": {"k": "v"},
    }
    article = read_one(tmp_path, [record])
    assert (article.headline, article.body, dict(article.extra)) == (" Le lac ", "<b>", {"k": "v"})


def test_html_without_its_library_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "newsindex.corpus.html.html_tree", None)
    records = [{"title": "A", "content": {"rendered": "<p>a</p>"}}, {"title": "B", "content": "b"}]
    (article,), corpus = read_json(tmp_path, records)
    assert article.headline == "B"
    assert "extra `html`" in str(corpus.errors[0])


def test_an_inner_value_gives_its_name_to_no_field_unless_the_user_says_so(tmp_path):
    record = {"texte": "Un corps.", "parent": {"title": "Le dossier", "date": "2020-01-01"}}
    article = read_one(tmp_path, record)
    assert (article.headline, article.published) == ("", None)
    assert dict(article.extra) == {"parent.title": "Le dossier", "parent.date": "2020-01-01"}
    article = read_one(tmp_path, record, fields={"headline": "parent.title"})
    assert (article.headline, dict(article.extra)) == ("Le dossier", {"parent.date": "2020-01-01"})


def test_a_shape_that_fills_every_field_is_no_exported_article(tmp_path):
    record = {
        "webTitle": "Le lac",
        "bodyText": "Un corps.",
        "webPublicationDate": "2024-05-06",
        "publication": "P",
        "webUrl": "https://x.example/1",
        "id": "a",
        "sectionName": "Nature",
        "byline": "Nora",
        "lang": "fr",
        "standfirst": "Chapô",
        "mots": ["eau"],
    }
    article = read_one(tmp_path, record)
    assert (article.headline, article.published) == ("Le lac", date(2024, 5, 6))
    assert dict(article.extra) == {"mots": "eau"}
