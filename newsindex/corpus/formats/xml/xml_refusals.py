"""Says what an XML file is that holds no articles, and what to give instead."""

from __future__ import annotations

from typing import Final

from newsindex.corpus.formats.detection import XmlRoot
from newsindex.errors import CorpusError

_FETCHES_NOTHING: Final = "newsindex reads articles and fetches nothing"
_REFERENCES: Final = "a list of references: export it as RIS or CSL-JSON"
_SCANS: Final = "give the text of the articles"
_REFUSALS: Final = {
    "opml": f"OPML, a list of feeds: {_FETCHES_NOTHING}; give it the files of the feeds themselves",
    "sitemapindex": f"a sitemap index, a list of sitemaps: {_FETCHES_NOTHING}; "
    "save the pages, or the news sitemaps that it names, and give it their files",
    "svg": "SVG, an image: it holds no article",
    "mediawiki": "a dump of MediaWiki: save the pages that are articles of the press as HTML",
    "modscollection": f"MODS, {_REFERENCES}",
    "mods": f"MODS, {_REFERENCES}",
    "xml": f"XML as EndNote exports it, {_REFERENCES}",
    "alto": f"ALTO, the layout of a scanned page: {_SCANS}",
    "mets": f"METS, a description of scanned pages: {_SCANS}",
    "package": "the list of contents of an EPUB: give the pages (XHTML) that it names",
    "ncx": "the table of contents of an EPUB: give the pages (XHTML) that it names",
    "worddocument": "a document of Word as XML: save it as .docx",
    "workbook": "a spreadsheet as XML: save it as .xlsx or .csv",
    "tt": "subtitles as XML (TTML): save them as .srt or .vtt",
    "kml": "KML, a map: it holds no article",
    "gpx": "GPX, a track: it holds no article",
}
_ZOTERO_NAMESPACE: Final = "zotero.org/namespaces"
_FLAT_DOCUMENTS: Final = (  # of LibreOffice, by the end of their type
    ("opendocument.text", "a text of OpenDocument as flat XML (.fodt): save it as .odt"),
    ("opendocument.spreadsheet", "a spreadsheet of OpenDocument as flat XML (.fods): save it as .ods"),
    ("opendocument.presentation", "a presentation of OpenDocument as flat XML (.fodp): save it as PDF"),
)


def xml_refusal(root: XmlRoot) -> CorpusError:
    """The error for a file whose root element no reader takes."""
    if _ZOTERO_NAMESPACE in root.start_tag:
        return CorpusError(f"this is RDF as Zotero exports it, {_REFERENCES}")
    for type_name, flat_document in _FLAT_DOCUMENTS:
        if type_name in root.start_tag:
            return CorpusError(f"this is {flat_document}")
    if refusal := _REFUSALS.get(root.name.lower()):
        return CorpusError(f"this is {refusal}")
    return CorpusError(
        f"this is XML with the root <{root.name:.60}>, which newsindex does not know: give its articles as "
        "RSS, Atom, NewsML, JSON or CSV, or as records that each have a title and a text"
    )
