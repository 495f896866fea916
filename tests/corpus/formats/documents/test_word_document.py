"""A document of Word becomes one article, with the headline that a reader sees."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml

from tests.corpus.formats.documents.written_documents import packed, word

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "Huit forages ont été livrés mardi à Tiznit, dit la commune."


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        ([("L'eau arrive à Tiznit", "Title"), TEXT], "L'eau arrive à Tiznit"),
        ([("L'eau arrive à Tiznit", "Heading 1"), TEXT], "Word Document"),
        ([("L'eau arrive à Tiznit", "Title"), TEXT], "Modèle de communiqué 2019"),
        (["Société", "L'eau arrive à Tiznit", TEXT], "L'eau arrive à Tiznit"),
        (["L'eau arrive à Tiznit", TEXT], "Microsoft Word - eau.docx"),
        (["", "L'eau arrive à Tiznit", "", TEXT], ""),
        ([TEXT], "L'eau arrive à Tiznit"),
        ([("Société", "Heading 1"), TEXT], "L'eau arrive à Tiznit"),
    ],
)
def test_the_headline_is_the_title_where_it_makes_sense_else_the_first_heading_or_line(
    one_article, paragraphs, title
):
    article = one_article(word(paragraphs, title=title), "a.docx")
    assert article.headline == "L'eau arrive à Tiznit"
    assert article.body.endswith(TEXT)
    assert "L'eau arrive" not in article.body


@pytest.mark.parametrize(
    ("written", "author"),
    [("Salma Ouazzani", "Salma Ouazzani"), ("python-docx", None), ("Utilisateur", None), ("poste12", None)],
)
def test_the_author_is_a_person(one_article, written, author):
    assert one_article(word(["Titre", TEXT], author=written), "a.docx").author == author


def test_tables_are_text_in_their_place(one_article):
    article = one_article(word(["Titre", TEXT], table=[("Forages", "8"), ("Budget", "4,2")]), "a.docx")
    assert article.body == f"{TEXT}\n\nForages\t8\n\nBudget\t4,2"


def test_deleted_words_go_and_inserted_words_links_and_line_ends_stay(one_article):
    document = docx.Document()
    document.add_paragraph("Titre")
    paragraph = document.add_paragraph("Huit ")._p
    for markup in (
        "<w:del {}><w:r><w:delText>neuf</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>forages</w:t><w:br/></w:r></w:ins>",
        "<w:hyperlink {}><w:r><w:t>à Tiznit</w:t></w:r></w:hyperlink>",
    ):
        paragraph.append(parse_xml(markup.format(WORD)))
    document.element.body.insert(
        2,
        parse_xml(f"<w:sdt {WORD}><w:sdtContent><w:p><w:r><w:t>Fin</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    )
    buffer = io.BytesIO()
    document.save(buffer)
    assert one_article(buffer.getvalue(), "a.docx").body == "Huit forages\nà Tiznit\n\nFin"


def test_only_a_date_that_the_text_states_counts(one_article):
    assert one_article(word(["Titre", TEXT]), "a.docx").published is None
    stated = one_article(word(["Titre", "Publié le 12 mars 2024", TEXT]), "a.docx")
    assert stated.published == date(2024, 3, 12)


def test_a_document_is_known_whatever_its_name_and_in_a_zip(read_file):
    content = word(["Titre", TEXT])
    assert len(read_file(content, "sans-nom")[0]) == 1
    assert len(read_file(packed({"eau.docx": content}), "a.zip")[0]) == 1


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_damaged_part_costs_no_text(read_file):
    members = members_of(word(["Titre", TEXT]))
    (article,), errors, _ = read_file(packed({**members, "word/styles.xml": b"<w"}), "a.docx")
    assert (article.headline, article.body) == ("Titre", TEXT)
    assert errors[0].startswith("a part of the document is damaged")


def test_a_document_with_macros_is_read(one_article):
    members = members_of(word(["Titre", TEXT]))
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert one_article(packed(members), "a.docm").body == TEXT


def test_damaged_and_empty_documents_are_refused(read_file):
    content = word(["Titre", TEXT])
    assert "damaged" in read_file(content[: len(content) // 2], "a.docx")[1][0]
    assert read_file(word([]), "a.docx")[1] == ["there is no text in this document"]
    articles, errors, _ = read_file(packed({"word/document.xml": "<a>"}), "a.docx")
    assert articles == []
    assert len(errors) == 1


def test_a_document_that_unpacks_to_too_much_is_refused(read_file):
    members = members_of(word(["Titre"]))
    members["word/media/a.xml"] = b"\0" * (5 << 20)
    assert "200 times its size" in read_file(packed(members), "a.docx")[1][0]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Par Salma Ouazzani", "Salma Ouazzani"),
        ("By Salma Ouazzani and Idir El Amrani", "Salma Ouazzani and Idir El Amrani"),
        ("Par ailleurs", None),
        ("Par Tiznit", None),
    ],
)
def test_a_byline_is_the_author(one_article, line, author):
    content = word([("L'eau arrive à Tiznit", "Title"), line, TEXT])
    assert one_article(content, "a.docx").author == author
