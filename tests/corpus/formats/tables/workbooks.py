"""Writes small workbooks for the tests: xlsx, ods and the xls of Excel 95, cell by cell."""

import io
import struct
import zipfile
from datetime import date, datetime

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(sheets):
    """A workbook of the rows of each sheet; a date is a number with the style of a date."""
    names = list(sheets)
    numbered = list(enumerate(names, 1))
    tags = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n, _ in numbered
    )
    styles = f'<Relationship Id="st" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    parts = targets + styles
    formats = '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs>'
    spaces = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>',
        "xl/workbook.xml": f"<workbook {spaces}><sheets>{tags}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{parts}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{formats}</styleSheet>',
    }
    for number, name in numbered:
        rows = "".join(
            f'<row r="{r}">{"".join(_xlsx_cell(r, c, value) for c, value in enumerate(row))}</row>'
            for r, row in enumerate(sheets[name], 1)
        )
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        members[f"xl/worksheets/s{number}.xml"] = sheet
    return _zipped(members)


def far_apart():
    """A workbook of two cells, with all the other cells of a sheet between them."""
    content = xlsx({"A": [["Titre"], ["Un"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/s1.xml"
    members[sheet] = members[sheet].replace('r="2"', 'r="1048576"').replace('r="A2"', 'r="XFD1048576"')
    return _zipped(members)


def _xlsx_cell(row, column, value):
    place = f'r="{chr(65 + column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, date):
        days = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(*value.timetuple()[:3])
        serial = (days - datetime(1899, 12, 30)).total_seconds() / 86400
        return f'<c {place} s="{2 if isinstance(value, datetime) else 1}"><v>{serial!r}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value!r}</v></c>"
    return f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'


def ods(rows):
    """A workbook of LibreOffice with one sheet, and the empty rows that it puts below."""

    def cell(value):
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    filled = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Feuille">{filled}{rest}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_OPEN}:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        }
    )


def xls(rows):
    """A workbook of Excel 95 with one sheet of texts and numbers."""
    globals_length = 8 + 4 + (4 + 7 + len(b"Feuille")) + 4
    stream = _record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    stream += _record(0x85, struct.pack("<IHB", globals_length, 0, 7) + b"Feuille") + _record(0x0A, b"")
    stream += _record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("cp1252")
                stream += _record(0x204, struct.pack("<HHHH", r, c, 0, len(text)) + text)
            else:
                stream += _record(0x203, struct.pack("<HHHd", r, c, 0, value))
    return _compound_file("Book", (stream + _record(0x0A, b"")).ljust(4096, b"\0"))


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def _compound_file(name, stream):
    """A compound file with one stream: its header, the table of sectors, the directory, the stream."""
    sectors = -(-len(stream) // 512)
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [table, end, *range(3, sectors + 2), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry(name, 2, free, 2, sectors * 512)
    chains = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    return header + chains + entries.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name, kind, child, start, size):
    raw = name.encode("utf-16-le") + b"\0\0"
    siblings = struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return raw.ljust(64, b"\0") + siblings + bytes(36) + struct.pack("<IQ", start, size)


def _zipped(members):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()
