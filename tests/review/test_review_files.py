"""The files of a review are well formed, say the same in each format, and show hostile texts as texts."""

from __future__ import annotations

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

import newsindex
from newsindex import Article, Snippet
from newsindex.review.markdown_document import _marked

docx = pytest.importorskip("docx")

HOSTILE = '"><script>alert(1)</script>&<b onmouseover=x> *a* _b_ [c](javascript:x) `d` | # e \x07'


def _tree(review):
    return lxml_html.document_fromstring(review.html())


def test_the_html_needs_no_other_file_and_its_contents_lead_to_each_article(index):
    tree = _tree(index.review("barrage"))
    assert not tree.xpath("//script | //link | //img | //@src")
    targets = [link.get("href")[1:] for link in tree.xpath("//nav//a")]
    assert len(targets) == len(set(targets)) == 3 + 3
    assert all(len(tree.xpath(f"//*[@id='{target}']")) == 1 for target in targets)
    headlines = [heading.text_content().strip() for heading in tree.xpath("//article/h3")]
    assert sorted(headlines) == ["Barrage : les riverains inquiets", "Le barrage se remplit", "Sans titre"]
    assert {mark.text for mark in tree.xpath("//article//mark")} <= {"barrage", "Barrage"}
    assert tree.xpath("//h3/a/@href")
    assert "javascript" not in "".join(tree.xpath("//@href"))


def test_copies_are_linked_by_the_name_of_their_source(index):
    (copies,) = _tree(index.review("barrage")).xpath("//p[@class='copies']")
    assert copies.text_content() in ("Également paru : Le Phare", "Également paru : L'Écho")
    assert copies.xpath("a/@href")


@pytest.mark.parametrize("full", [False, True])
def test_hostile_texts_stay_texts_in_every_format(make_index, full):
    article = Article(HOSTILE, f"Le pont {HOSTILE}", HOSTILE, section=HOSTILE, author=HOSTILE, id="1",
                      url="https://x.example/<>\"'`)", lang='"><script>')  # fmt: skip
    review = make_index([article]).review("pont", title=HOSTILE, full=full)
    tree = _tree(review)
    assert not tree.xpath("//script | //b | //@onmouseover")
    shown = " ".join(HOSTILE.replace("\x07", "\N{REPLACEMENT CHARACTER}").split())
    written = docx.Document(io.BytesIO(review.docx()))
    assert shown in " ".join(" ".join(p.text for p in written.paragraphs).split())
    rendered = lxml_html.fromstring(f"<div>{MarkdownIt().render(review.markdown())}</div>")
    assert not rendered.xpath("//script | //b | //code | //@onmouseover")
    assert set(rendered.xpath("//@href")) == {"https://x.example/%3C%3E%22'%60%29"}
    assert shown in " ".join(rendered.text_content().split())


def test_the_word_file_has_headings_links_and_marks(index):
    written = docx.Document(io.BytesIO(index.review("barrage").docx()))
    styles = [paragraph.style.name for paragraph in written.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 2") == 3
    external = [r.target_ref for r in written.part.rels.values() if r.is_external]
    assert sorted(set(external)) == [
        "https://echo.example/barrage?a=1&b=(2)",
        "https://phare.example/barrage",
    ]
    xml = written.element.xml
    anchors = set(written.element.xpath("//w:hyperlink/@w:anchor"))
    assert anchors <= set(written.element.xpath("//w:bookmarkStart/@w:name"))
    assert len(anchors) == 3 + 3
    assert 'w:highlight w:val="yellow"' in xml


@given(st.text(max_size=60), st.data())
def test_markdown_shows_any_text_as_it_is_written(text, data):
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    markdown = _marked(Snippet(text))
    parsed = MarkdownIt().render(markdown + "\n")
    shown = lxml_html.fromstring(f"<div>{parsed}</div>").text_content() if parsed else ""
    assert shown.split() == _readable(text).split()
    assert _marked(Snippet(text, spans)).count("\n") == 0


def _readable(text):
    """What HTML can show of a text, with a sign for each character that could drive a terminal."""
    signs = re.sub("[\x00-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    escaped = signs.replace("&", "&amp;").replace("<", "&lt;")
    return lxml_html.fromstring(f"<div>{escaped}</div>").text_content()


def test_the_name_of_the_file_chooses_the_format_and_replaces_the_old_one(index, tmp_path):
    review = index.review("barrage")
    for name in ("r.html", "r.HTM", "r.md", "r.markdown", "r.docx"):
        (tmp_path / name).write_text("alt")
        review.save(tmp_path / name)
    assert (tmp_path / "r.html").read_text() == (tmp_path / "r.HTM").read_text() == review.html()
    assert (tmp_path / "r.md").read_text() == review.markdown()
    assert docx.Document(tmp_path / "r.docx").paragraphs[0].text == review.title
    assert len(list(tmp_path.iterdir())) == 5 + 1  # the index's folder


@pytest.mark.parametrize(("library", "ending"), [("docx", ".docx"), ("jinja2", ".html")])
def test_without_its_library_the_error_names_the_extra(index, monkeypatch, library, ending):
    from newsindex.review import html_document

    html_document._environment.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(newsindex.NewsIndexError, match="install newsindex with its extra `review`"):
        index.review("barrage").encoded(ending)
