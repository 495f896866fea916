"""Writes small documents for tests: DOCX, ODT, PDF and EPUB."""

from __future__ import annotations

import io
import zipfile
from html import escape

import docx

CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def packed(members):
    """A zip of members by their names; "mimetype" is stored first, as formats that have it want."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(paragraphs, *, title="", author="", table=()):
    """A DOCX of paragraphs, each a text or a text with the name of its style."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    for paragraph in paragraphs:
        text, style = (paragraph, None) if isinstance(paragraph, str) else paragraph
        document.add_paragraph(text, style)
    if table:
        written = document.add_table(0, len(table[0]))
        for row in table:
            for cell, text in zip(written.add_row().cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def open_document(body, *, title="", author="", manifest=""):
    """An ODT with a body in its own markup."""
    names = {"office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "meta": "meta:1.0"}
    spaces = " ".join(f'xmlns:{prefix}="{OFFICE}:{name}"' for prefix, name in names.items())
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    properties = f"<dc:title>{escape(title)}</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {spaces}><office:meta>{properties}</office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
    })  # fmt: skip


def pdf(pages, *, title="", author=""):
    """A PDF of pages, each a list of lines: text, size of type and height on the page in points."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        stream = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 60 {height} Tm ({_escaped(text)}) Tj ET"
            for text, size, height in lines
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({_escaped(title)}) /Author ({_escaped(author)}) >>")
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{written}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = (
        f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def _escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def book(chapters, *, metadata="", spine="", extra=None):
    """An EPUB of chapters by their file names; one that is None is named and missing."""
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'<container xmlns="{CONTAINER}"><rootfiles>'
        '<rootfile full-path="OPS/livre.opf"/></rootfiles></container>',
        "OPS/livre.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
        **{f"OPS/{name}": page for name, page in chapters.items() if page is not None},
        **(extra or {}),
    })  # fmt: skip
