"""A post in Markdown becomes an article: what its front matter says goes first, then its text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import newsindex

YAML = """---
title: "L'eau arrive"
date: 2024-03-12T14:05:00+01:00
author: Salma Ouazzani
categories: [Société]
tags:
  - eau
  - Tiznit
lang: fr
---
Texte **gras**.
"""
TOML = """+++
title = "L'eau arrive"
date = 2024-03-12T14:05:00+01:00
authors = ["Salma Ouazzani"]
[taxonomies]
categories = ["Société"]
tags = ["eau", "Tiznit"]
[extra]
lang = "fr"
+++
Texte **gras**.
"""
JSON = """{
  "title": "L'eau arrive", "date": "2024-03-12T14:05:00+01:00", "author": {"name": "Salma Ouazzani"},
  "categories": ["Société"], "tags": ["eau", "Tiznit"], "lang": "fr"
}

Texte **gras**.
"""


@pytest.mark.parametrize("content", [YAML, TOML, JSON], ids=["YAML", "TOML", "JSON"])
def test_front_matter_gives_the_fields(one_article, content):
    article = one_article(content, "a.md")
    assert (article.headline, article.author, article.section) == (
        "L'eau arrive",
        "Salma Ouazzani",
        "Société",
    )
    assert article.published == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    assert (article.lang, article.body, article.extra["tags"]) == ("fr", "Texte gras.", "eau, Tiznit")


def test_front_matter_is_known_whatever_the_name(one_article):
    assert one_article(YAML, "a.txt").headline == "L'eau arrive"
    assert one_article(
        "---\nlayout: post\ntitle: Eau\n---\n<p>Un</p><p>Deux &amp; trois</p>", "a.html"
    ).body == ("Un\n\nDeux & trois")


def test_a_colon_in_a_title_costs_nothing(one_article):
    article = one_article(
        "---\ntitle: Tiznit : l'eau arrive\nauthors:\n  - Salma\n  - Idir\n---\nTexte\n", "a.md"
    )
    assert (article.headline, article.author) == ("Tiznit : l'eau arrive", "Salma, Idir")


def test_broken_front_matter_is_read_line_by_line_and_reported(read_file):
    (article,), errors, _ = read_file("---\ntitle: L'eau : un\n!! rien\n---\nTexte\n", "a.md")
    assert (article.headline, article.body) == ("L'eau : un", "Texte")
    assert errors[0].startswith("the front matter is no YAML")


def test_lines_of_names_and_values_above_a_text_are_front_matter(one_article):
    article = one_article("Title: L'eau arrive\nDate: 2024-03-12\nCategory: Société\n\nTexte.\n", "a.md")
    assert (article.headline, article.published, article.section) == (
        "L'eau arrive",
        date(2024, 3, 12),
        "Société",
    )
    assert one_article("Date : inconnue\n\nTexte.\n", "a.md").headline == "Date : inconnue"


def test_references_in_front_matter_are_not_followed(one_article):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert one_article(f"---\ntitle: Eau\n{bomb}---\nTexte\n", "a.md").headline == "Eau"
    assert one_article("---\ntitle: Eau\nx: " + "[" * 5000 + "\n---\nTexte\n", "a.md").body == "Texte"


@pytest.mark.parametrize("draft", ["draft: true", "published: false", "Draft: True", "status: draft"])
def test_drafts_are_passed_over(read_file, draft):
    assert read_file(f"---\ntitle: Eau\n{draft}\n---\nTexte\n", "a.md") == ([], [], {"draft": 1})


def test_what_lies_among_the_drafts_of_jekyll_is_one(read_file):
    assert read_file("# Eau\n\nTexte\n", "_drafts/a.md") == ([], [], {"draft": 1})
    assert read_file("---\ntitle: Billets\n---\n", "_index.md") == ([], [], {"page of a list": 1})


def test_the_day_in_the_name_of_a_post_counts_where_it_states_none(one_article):
    assert one_article("---\ntitle: Eau\n---\nTexte\n", "2024-03-12-eau.md").published == date(2024, 3, 12)
    stated = one_article("---\ntitle: Eau\ndate: 2024-05-01\n---\nTexte\n", "2024-03-12-eau.md")
    assert stated.published == date(2024, 5, 1)


def test_an_address_is_a_web_address(one_article):
    assert one_article("---\ntitle: Eau\nurl: /eau/\n---\nTexte\n", "a.md").url is None
    article = one_article("---\ntitle: Eau\ncanonicalURL: https://phare.example/eau\n---\nTexte\n", "a.md")
    assert article.url == "https://phare.example/eau"


def test_fields_of_the_reader_go_first(one_article):
    article = one_article(
        "---\ntitle: Court\nlong: Un titre long\n---\nTexte\n", "a.md", fields={"headline": "long"}
    )
    assert (article.headline, article.body) == ("Un titre long", "Texte")


@pytest.mark.parametrize("heading", ["# L'eau *arrive*", "L'eau arrive\n============", "## L'eau arrive ##"])
def test_without_front_matter_the_first_heading_is_the_headline(one_article, heading):
    article = one_article(f"{heading}\n\nTexte.\n\n## Suite\n\nFin.\n", "a.md")
    assert (article.headline, article.body) == ("L'eau arrive", "Texte.\n\nSuite\n\nFin.")


def test_without_a_heading_the_first_line_is_the_headline(one_article):
    article = one_article("L'eau arrive\n\nTexte.\n\n---\n\nFin.\n", "a.md")
    assert (article.headline, article.body) == ("L'eau arrive", "Texte.\n\nFin.")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Voir [le plan](https://phare.example/plan 'Plan').", "Voir le plan."),
        ("![La carte](carte.png) du réseau", "La carte du réseau"),
        ("```py\nprint(1)\n```", "print(1)"),
        ('{{< figure src="a.jpg" caption="x" >}}\n\nFin', "Fin"),
        ("{% include note.html %}\n\nFin {{ page.title }}", "Fin"),
        ("Un mot{: .rouge} et `du code`", "Un mot et du code"),
        ("Une note[^1].\n\n[^1]: La note.", "Une note.\n\nLa note."),
        ("[[Tiznit|La ville]] et [[Agadir]]", "La ville et Agadir"),
        ("| A | B |\n|---|---|\n| 1 | **2** |", "A\tB\n\n1\t2"),
        ("- un\n- deux\n\n1. trois", "un\n\ndeux\n\ntrois"),
        ("<div>Un <b>mot</b></div>\n<!-- rien -->\n\nligne<br>suite", "Un mot\n\nligne\nsuite"),
        ("ligne une\nligne deux", "ligne une ligne deux"),
        ("Un [plan][1].\n\n[1]: https://phare.example/plan", "Un plan."),
        ("Prix < 5 &amp; plus \\* fin", "Prix < 5 & plus * fin"),
    ],
)
def test_marks_become_plain_text(one_article, source, text):
    assert one_article(f"# Titre\n\n{source}\n", "a.md").body == text


def test_what_is_no_markdown_is_read_as_what_it_is(read_file):
    lines = '{"titre": "A", "texte": "x"}\n{"titre": "B", "texte": "y"}\n'
    assert [a.headline for a in read_file(lines, "a.md")[0]] == ["A", "B"]
    assert read_file(b"# Titre\n\n\0\0\1", "a.md")[1] == ["this is not a text file"]
    assert read_file("---\nUn tiret long\n---\n", "a.txt")[0][0].headline == "---"


def test_posts_in_a_folder_are_read_and_documentation_is_counted(tmp_path):
    (tmp_path / "eau.md").write_text(YAML)
    for name in ("README.md", "CHANGELOG.md", "LICENSE", "CONTRIBUTING.md"):
        (tmp_path / name).write_text("# Lisez-moi")
    corpus = newsindex.read(tmp_path)
    assert [a.headline for a in corpus] == ["L'eau arrive"]
    assert dict(corpus.summary.passed_over) == {"documentation": 4}


@pytest.mark.parametrize("marks", ["[", "*a **a ", "![a]("])
def test_many_marks_in_one_paragraph_take_no_time(read_file, marks):
    (article,), _, _ = read_file(f"# Titre\n\n{marks * 100_000}\n", "a.md")
    assert article.headline == "Titre"


@pytest.mark.parametrize("line", ["statut: brouillon", "brouillon: oui", "état: en attente", "draft: True"])
def test_a_draft_is_known_by_its_french_names_too(tmp_path, line):
    (tmp_path / "a.md").write_text(f"---\ntitle: L'eau arrive\n{line}\n---\nTexte.\n")
    corpus = newsindex.read(tmp_path)
    assert (list(corpus), dict(corpus.summary.passed_over)) == ([], {"draft": 1})


@pytest.mark.parametrize(
    "written",
    [
        "title: L'eau : elle arrive\ndate: 2024-03-12\ntags:\n- eau\nauthor: Salma Ouazzani\n---\nTexte.\n",
        "% L'eau : elle arrive\n% Salma Ouazzani\n% 12 mars 2024\n\nTexte.\n",
        "---\ntitle: L'eau : elle arrive\ndate: 2024-03-12\nauthor:\n  name: Salma Ouazzani\n---\nTexte.\n",
        "---\ntitle: 'L''eau : elle arrive'\ncreated: 2024-03-20\npublished: 2024-03-12\n"
        'author:\n  - "[[Salma Ouazzani]]"\n---\nimport Plan from "./plan"\n\nTexte.\n',
    ],
)
def test_front_matter_of_hexo_pandoc_and_obsidian_is_read(tmp_path, written):
    (tmp_path / "a.md").write_text(written)
    corpus = newsindex.read(tmp_path / "a.md")
    (article,) = corpus
    assert corpus.errors == []
    assert (article.headline, article.body) == ("L'eau : elle arrive", "Texte.")
    assert (article.published, article.author) == (date(2024, 3, 12), "Salma Ouazzani")


@pytest.mark.parametrize(
    "written",
    [
        '+++\ntitle = "L\'eau arrive"\ndate = 2024-13-45\nauthor = "Salma Ouazzani"\n+++\nTexte.\n',
        "---\ntitle: L'eau arrive\nauthor: Salma Ouazzani\n\nTexte.\n",
    ],
)
def test_damaged_front_matter_keeps_its_plain_lines(tmp_path, written):
    (tmp_path / "a.md").write_text(written)
    (article,) = newsindex.read(tmp_path / "a.md", on_error=lambda error: None)
    assert (article.headline, article.body, article.author) == ("L'eau arrive", "Texte.", "Salma Ouazzani")
