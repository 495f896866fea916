"""Each chapter of an EPUB that has text is an article."""

from __future__ import annotations

from datetime import date

from tests.corpus.formats.documents.written_documents import book, packed

TEXT = "Huit forages ont été livrés mardi à Tiznit, dit la commune."
METADATA = (
    "<dc:title>Le Phare, numéro 12</dc:title><dc:creator>Salma Ouazzani</dc:creator>"
    "<dc:language>fr-FR</dc:language><dc:date>2024-03-12</dc:date>"
)


def chapter(head="", body=f"<h1>L'eau arrive</h1><p>{TEXT}</p>"):
    page = f"<head>{head}</head><body>{body}</body>"
    return f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">{page}</html>'


def test_each_chapter_is_an_article_in_the_order_of_the_book(read_file):
    chapters = {"b.xhtml": chapter(), "a.xhtml": chapter("<title>Sardines</title>", f"<p>{TEXT}</p>")}
    articles, errors, _ = read_file(book(chapters, metadata=METADATA), "a.epub")
    assert [(a.headline, a.body) for a in articles] == [("L'eau arrive", TEXT), ("Sardines", TEXT)]
    first = articles[0]
    assert (first.source, first.author, first.lang) == ("Le Phare, numéro 12", "Salma Ouazzani", "fr")
    assert (first.published, errors) == (date(2024, 3, 12), [])


def test_an_address_that_cannot_be_split_costs_no_chapter(read_file):
    articles, errors, _ = read_file(book({"http://[": chapter(), "b.xhtml": chapter()}), "a.epub")
    assert [article.headline for article in articles] == ["L'eau arrive"]
    assert errors == ["OPS/http:/[: this chapter is missing in the file"]


def test_a_chapter_that_is_missing_is_an_error(read_file):
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("a.xhtml", "b.xhtml", "c.xhtml"))
    without_file = book({"a.xhtml": chapter(), "b.xhtml": None}, spine=spine)
    articles, errors, _ = read_file(without_file, "a.epub")
    assert [article.headline for article in articles] == ["L'eau arrive"]
    assert errors == [
        "OPS/b.xhtml: this chapter is missing in the file",
        "c.xhtml: this chapter is missing in the file",
    ]


def test_the_title_of_the_book_is_no_headline_and_an_empty_title_hides_no_text(one_article):
    same = chapter("<title>Le Phare, numéro 12</title>", f"<p>L'eau arrive</p><p>{TEXT}</p>")
    assert one_article(book({"a.xhtml": same}, metadata=METADATA), "a.epub").headline == "L'eau arrive"
    assert one_article(book({"a.xhtml": chapter("<title/>")}), "a.epub").body == TEXT


def test_covers_and_tables_of_contents_are_counted(read_file):
    chapters = {
        "couverture.xhtml": chapter(body="<p>Le Phare</p>"),
        "nav.xhtml": chapter(),
        "a.xhtml": chapter(),
    }
    names = ("couverture.xhtml", "nav.xhtml", "a.xhtml")
    spine = "".join(f'<itemref idref="{n}" linear="{"no" if n == "nav.xhtml" else "yes"}"/>' for n in names)
    articles, errors, passed_over = read_file(book(chapters, spine=spine), "a.epub")
    assert (len(articles), errors, passed_over) == (1, [], {"page without an article": 2})


def test_a_book_without_a_readable_package_has_all_its_pages(read_file):
    members = {"mimetype": "application/epub+zip", "a.xhtml": chapter(), "toc.xhtml": chapter()}
    for container in ("<container/>", "<container>", None):
        more = {"META-INF/container.xml": container} if container else {}
        assert len(read_file(packed({**members, **more}), "a.epub")[0]) == 1


def test_a_protected_book_is_refused(read_file):
    extra = {"META-INF/encryption.xml": '<CipherReference URI="OPS/a.xhtml"/>'}
    articles, errors, _ = read_file(book({"a.xhtml": chapter()}, extra=extra), "a.epub")
    assert (articles, errors) == ([], ["this EPUB is protected against copying: its text cannot be read"])


def test_a_damaged_book_is_refused(read_file):
    content = book({"a.xhtml": chapter()})
    articles, errors, _ = read_file(content[:-40], "a.epub")
    assert articles == []
    assert "damaged" in errors[0]


def test_what_calibre_adds_to_an_article_is_not_its_text(read_file):
    text = "Huit forages ont été livrés mardi à Tiznit, dit la commune."
    written = (
        "<html><body><div class='calibre_navbar'>| <a href='#'>Next</a> |</div><p>Société</p>"
        f"<h1>L'eau arrive</h1><p>{text}</p>"
        "<p>This article was downloaded by <b>calibre</b> from x</p></body></html>"
    )
    ((article,), errors, _) = read_file(book({"a.xhtml": written}), "a.epub")
    assert (article.headline, article.body) == ("L'eau arrive", f"Société\n\n{text}")
    assert errors == []
