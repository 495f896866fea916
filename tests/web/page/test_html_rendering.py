"""What of a text becomes HTML, and how."""

from __future__ import annotations

import pytest

from newsindex import Snippet
from newsindex.web.page.html_rendering import language_code, marked, paragraphs


def test_each_line_is_a_paragraph_and_marks_stay_where_they_were():
    body = Snippet("Neige à Ifrane.\n\n  \nIl a neigé.\r\nFin", ((0, 5), (25, 30)))
    assert [paragraph.html for paragraph in paragraphs(body)] == [
        "<mark>Neige</mark> à Ifrane.",
        "Il a <mark>neigé</mark>.",
        "Fin",
    ]


def test_a_mark_over_the_end_of_a_line_is_cut_in_two():
    body = Snippet("le prix\ndu pain", ((3, 10),))
    assert [paragraph.html for paragraph in paragraphs(body)] == [
        "le <mark>prix</mark>",
        "<mark>du</mark> pain",
    ]


def test_a_snippet_is_escaped_once():
    assert marked(Snippet("a < b & c", ((0, 1),))) == "<mark>a</mark> &lt; b &amp; c"


@pytest.mark.parametrize(
    ("lang", "code"), [("ar", "ar"), ("fr-MA", "fr-MA"), (None, "fr"), ('"><b>', "fr"), ("fra1", "fr")]
)
def test_the_language_of_an_article_is_told_where_it_is_one(lang, code):
    assert language_code(lang) == code
