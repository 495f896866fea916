"""Hostile and damaged XML ends in elements and one error, soon and in bounded memory."""

from __future__ import annotations

import io

import pytest

from newsindex.corpus.formats.xml.xml_elements import line
from newsindex.corpus.formats.xml.xml_stream import read_elements
from newsindex.corpus.formats.xml.xml_text import XmlCleaner
from newsindex.errors import CorpusError
from tests.corpus.formats.reading import read_as
from tests.limits import processor_seconds


def texts(content, name="b"):
    """The texts of the elements of one name, and the errors."""
    stream = io.BufferedReader(io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    items = [item if isinstance(item, CorpusError) else line(item) for item in read_elements(stream, {name})]
    errors = [item for item in items if isinstance(item, CorpusError)]
    return [item for item in items if isinstance(item, str)], errors


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_text_is_cleaned_alike_in_pieces_of_any_size(size):
    text = "<a>R&D &eacute;&#146;&amp;\x01<![CDATA[&eacute; ]]]>]]> 1 < 2</a>"
    content = f'<?xml version="1.0" encoding="latin-1"?>\n{text}'.encode()
    cleaner = XmlCleaner(content)
    pieces = [cleaner.clean(content[start : start + size]) for start in range(0, len(content), size)]
    assert "".join([*pieces, cleaner.clean(b"", is_final=True)]).strip() == (
        "<a>R&amp;D é’&amp;<![CDATA[&eacute; ]]]>]]> 1 &lt; 2</a>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "mac-roman"])
def test_bytes_are_of_the_encoding_that_the_file_declares(encoding):
    content = f"<?xml version='1.0' encoding='{encoding}'?><a><b>Fès, été</b></a>"
    assert texts(content.encode(encoding)) == (["Fès, été"], [])


def test_utf_8_is_read_as_such_whatever_the_file_declares():
    assert texts("<?xml version='1.0' encoding='utf-16'?><a><b>Fès</b></a>") == (["Fès"], [])


def test_a_file_in_utf_16_is_read(tmp_path):
    content = "<?xml version='1.0' encoding='UTF-16'?><a><r><titre>Fès</titre><texte>Été</texte></r></a>"
    (article,), errors, _ = read_as(tmp_path, content.encode("utf-16"))
    assert (article.headline, article.body, errors) == ("Fès", "Été", [])


def test_an_error_names_the_line_of_the_damage():
    _, (error,) = texts("<?xml version='1.0'\n?>\n<a>\n<b>Un</b>\n<b>Deux</c></b>\n<b>Trois</b></a>")
    assert error.line == 5


def test_no_entity_is_resolved(tmp_path):
    (tmp_path / "secret").write_text("SECRET")
    declared = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY y "oui">]>'
    assert texts(f"{declared}<a><b>&x; &y;</b></a>") == (["&x; &y;"], [])


ITEM = "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='c'><channel><item>"
POST = f"{ITEM}<title>a</title><wp:status>publish</wp:status><content:encoded><![CDATA["
SLOW = {
    "captions": POST + "[caption]" * 100_000,
    "figures": POST + "<figcaption>" * 100_000 + "</figcaption>",
    "deep": ITEM + "<a>" * 100_000,
    "items": ITEM + "<item>" * 100_000,
    "wide": ITEM + "<a/>" * 1_000_000,
    "errors": ITEM + "<a b c='1' c='2'/>" * 200_000,
    "ampersands": ITEM + "<title>" + "&" * 500_000,
    "sections": ITEM + "<title>" + "<![CDATA[" * 100_000,
    "instructions": "<?xml version='1.0'?>" + "<?a " * 20_000,
    "comments": "<?xml version='1.0'?>" + "<!-- " * 20_000,
    "doctype": "<?xml version='1.0'?><!DOCTYPE a [" + "] " * 30_000,
    "components": "<NewsML><NewsItem>"
    + "".join(
        f"<NewsComponent><NewsLines><HeadLine>{n}</HeadLine></NewsLines><ContentItem><DataContent>x"
        "</DataContent></ContentItem></NewsComponent>"
        for n in range(5_000)
    ),
    "languages": "<SPIP><spip_articles><titre>" + "&lt;multi&gt;" * 50_000 + "&lt;/multi&gt;</titre><texte>"
    + "{" * 100_000 + "[[" * 50_000 + "[" * 100_000
    + "</texte><statut>publie</statut></spip_articles></SPIP>",
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_hostile_xml_is_read_in_a_time_in_proportion_to_its_length(tmp_path, name):
    with processor_seconds(8):
        articles, errors, _ = read_as(tmp_path, SLOW[name])
    assert articles or errors
