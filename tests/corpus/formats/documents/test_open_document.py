"""A text of OpenDocument becomes one article."""

from __future__ import annotations

import pytest

from tests.corpus.formats.documents.written_documents import open_document, packed

TEXT = "Huit forages ont été livrés mardi à Tiznit, dit la commune."


def paragraph(text, style="Standard"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<text:h>L'eau arrive à Tiznit</text:h>{paragraph(TEXT)}", ""),
        (
            f"{paragraph('Société')}{paragraph('L’eau arrive à Tiznit', 'Title')}{paragraph(TEXT)}",
            "Sans titre",
        ),
        (paragraph(TEXT), "L'eau arrive à Tiznit"),
    ],
)
def test_the_headline_is_the_title_or_the_first_heading(one_article, body, title):
    article = one_article(open_document(body, title=title, author="Salma Ouazzani"), "a.odt")
    assert article.headline.replace("’", "'") == "L'eau arrive à Tiznit"
    assert article.author == "Salma Ouazzani"
    assert article.published is None
    assert article.body.endswith(TEXT)


def test_spaces_breaks_notes_tables_and_lists_are_text(one_article):
    body = (
        paragraph("Titre") + paragraph("Un<text:s text:c='2'/>deux<text:tab/>trois<text:line-break/>quatre")
        + "<text:list><text:list-item>" + paragraph("cinq") + "</text:list-item></text:list>"
        + "<table:table><table:table-row><table:table-cell>" + paragraph("six") + "</table:table-cell>"
        + "<table:table-cell>" + paragraph("sept") + "</table:table-cell></table:table-row></table:table>"
        + paragraph("huit<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + paragraph("neuf") + "</text:note-body></text:note><office:annotation>non</office:annotation>")
        + "<text:tracked-changes>" + paragraph("non") + "</text:tracked-changes>"
    )  # fmt: skip
    assert one_article(open_document(body), "a.odt").body == (
        "Un  deux\ttrois\nquatre\n\ncinq\n\nsix\tsept\n\nhuit (neuf)"
    )


def test_entities_are_not_followed(read_file):
    content = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><office:document-content xmlns:office='
        '"urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:text>&a;</office:text>'
        "</office:body></office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    assert read_file(packed(members), "a.odt")[:2] == ([], ["there is no text in this document"])


def test_damaged_encrypted_and_empty_texts_are_refused(read_file):
    encrypted = open_document(paragraph(TEXT), manifest="<encryption-data/>")
    assert read_file(encrypted, "a.odt")[1] == ["the document is encrypted: save it without a password"]
    assert "damaged" in read_file(open_document("<text:p>"), "a.odt")[1][0]
    assert "damaged" in read_file(open_document(paragraph(TEXT))[:-30], "a.odt")[1][0]
    assert read_file(open_document(""), "a.odt")[1] == ["there is no text in this document"]
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.text"}
    assert read_file(packed(mimetype), "a.odt")[1] == ["there is no text in this document"]
