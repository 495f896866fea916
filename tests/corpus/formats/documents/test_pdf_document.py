"""The text of a PDF becomes one article: lines are put together, and what is on every page goes."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError

from newsindex.corpus.formats.documents import pdf_document
from newsindex.corpus.formats.documents.page_lines import Line, heading_of, paragraphs_of
from tests.corpus.formats.documents.written_documents import pdf

HEADLINE = "Sardine : Agadir dépasse ses espoirs"
PAGE = [
    (HEADLINE, 18, 780),
    ("Le port d'Agadir a débarqué 31 000 tonnes de sar-", 11, 740),
    ("dines en février, bien plus que les mareyeurs ne", 11, 726),
    ("l'attendaient.", 11, 712),
    ("La houle a duré trois semaines, et peut-", 11, 698),
    ("être davantage au large, où les bateaux attendent.", 11, 684),
]
BODY = (
    "Le port d'Agadir a débarqué 31 000 tonnes de sardines en février, bien plus que les mareyeurs ne "
    "l'attendaient.\n\n"
    "La houle a duré trois semaines, et peut-être davantage au large, où les bateaux attendent."
)


@pytest.mark.parametrize("title", [HEADLINE, "", "untitled", "mise_en_page.indd", "(anonymous)"])
def test_the_headline_is_the_title_or_what_is_set_in_the_largest_type(one_article, title):
    article = one_article(pdf([PAGE], title=title, author="Salma Ouazzani"), "a.pdf")
    assert (article.headline, article.body) == (HEADLINE, BODY)
    assert (article.author, article.published) == ("Salma Ouazzani", None)


def test_a_headline_of_two_lines_is_one(one_article):
    page = [("Sardine : Agadir", 18, 790), ("dépasse ses espoirs", 18, 768), *PAGE[1:]]
    article = one_article(pdf([page]), "sans-nom")
    assert (article.headline, article.body) == (HEADLINE, BODY)


def test_running_lines_and_page_numbers_go_and_a_paragraph_goes_on_over_pages(one_article):
    pages = []
    for number in range(1, 4):
        middle = [
            (f"mot {number} mot mot mot mot mot mot mot mot mot mot", 11, 700 - 14 * n) for n in range(3)
        ]
        pages.append([(f"La Gazette du Souss, page {number}", 8, 820), *middle, (f"- {number} -", 8, 30)])
    article = one_article(pdf(pages), "a.pdf")
    text = f"{article.headline} {article.body}"
    assert "- 2 -" not in text
    assert "page 2" not in text
    assert "mot 1" in text
    assert "mot 3" in text


def test_a_scan_is_refused_for_its_lack_of_text(read_file):
    articles, errors, _ = read_file(pdf([[], []]), "scan.pdf")
    assert articles == []
    assert errors[0].startswith("this PDF has no text")


def test_pages_without_text_are_counted(read_file):
    (article,), errors, passed_over = read_file(pdf([PAGE, []]), "a.pdf")
    assert (article.headline, errors, passed_over) == (HEADLINE, [], {"page without text": 1})


def encrypted(password, algorithm):
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([PAGE]))))
    writer.encrypt(password, owner_password="autre", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_an_encrypted_document_is_refused_unless_anybody_may_read_it(read_file, one_article, algorithm):
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="the extra pdf brings cryptography, which AES needs")
    assert read_file(encrypted("secret", algorithm), "a.pdf")[:2] == (
        [],
        ["this PDF is encrypted: save it without a password"],
    )
    assert one_article(encrypted("", algorithm), "a.pdf").headline == HEADLINE


def test_a_document_whose_encryption_needs_a_library_names_the_extra(read_file, monkeypatch):
    def fail(*arguments, **options):
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pdf_document, "PdfReader", fail)
    assert read_file(pdf([PAGE]), "a.pdf")[:2] == (
        [],
        [
            "this PDF is encrypted with AES, which needs cryptography, which is not installed: "
            "install newsindex with its extra `pdf`"
        ],
    )


def test_damaged_documents_are_refused_or_read_as_far_as_they_go(read_file):
    articles, errors, _ = read_file(b"%PDF-1.4\nrien du tout", "a.pdf")
    assert articles == []
    assert len(errors) == 1
    content = pdf([PAGE])
    articles, errors, _ = read_file(content[: content.index(b"xref")], "a.pdf")
    assert articles or errors


def test_a_page_that_takes_too_long_costs_no_other(read_file, monkeypatch):
    monkeypatch.setattr(pdf_document, "_MAX_PAGE_SECONDS", -1.0)
    articles, errors, _ = read_file(pdf([PAGE, PAGE]), "a.pdf")
    assert articles == []
    assert "takes more than" in errors[0]


def test_a_text_that_names_the_format_is_none(one_article):
    assert one_article("Le format %PDF-1.4 est ancien\n\nTexte\n", "a.txt").body == "Texte"


def test_lines_make_no_paragraph_across_sizes_and_wide_gaps():
    lines = [Line("Un titre assez long", 18, 800), Line("Du texte", 11, 770), Line("et la suite.", 11, 757)]
    lines += [Line("Puis autre chose", 11, 720), Line("encore", 11, 707), Line("et encore", 11, 694)]
    paragraphs = paragraphs_of([lines])
    assert [p.text for p in paragraphs] == [
        "Un titre assez long",
        "Du texte et la suite.",
        "Puis autre chose encore et encore",
    ]
    assert heading_of(paragraphs, 5) == "Un titre assez long"
    assert heading_of([], 5) == ""
