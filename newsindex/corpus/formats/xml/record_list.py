"""Reads XML that is a list of records with known field names, as Drupal exports it (extra: html).

An element is a record where some of its children, also in a header, or its attributes are named as a
headline and as a body; beside a headline in an attribute, its own text is the body. Any other XML is refused
by the name of its root element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from newsindex.corpus.fields.field_names import field_of, known_fields
from newsindex.corpus.formats.detection import xml_root
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .spip_markup import spip_text, spip_title
from .xml_elements import Element, block_text, every, first, line, local_name, text_paragraphs
from .xml_refusals import xml_refusal
from .xml_stream import read_elements
from .xml_text import XmlCleaner

_NAMED_VALUES: Final = ("field", "column", "str", "date", "arr", "text", "int", "long")
"""Elements of Solr and of dumps of databases, whose field stands in the attribute ``name``."""
_HEADERS: Final = ("header", "meta", "metadata", "entete", "en-tete", "info", "infos", "notice")
"""Elements that part some fields of a record from its text."""
_FEED_LIST: Final = "opml"
_STATUS_NAMES: Final = ("status", "statut", "published", "publie")
_UNPUBLISHED: Final = {
    **dict.fromkeys(("0", "false", "no", "non", "off", "unpublished"), "unpublished"),
    **dict.fromkeys(("draft", "brouillon", "prepa"), "draft"),
    **dict.fromkeys(("trash", "poubelle"), "trashed"),
    "prop": "proposed",
    "refuse": "refused",
    "private": "private",
    "pending": "pending",
    "archived": "archived",
}
_DRUPAL_NAMES: Final = {"created": "published", "langcode": "lang", "name": "author"}
_DRUPAL_OWN_FIELD: Final = "field_"  # begins the name of a field that a site added
_DRUPAL_NO_LANGUAGE: Final = "und"

Values = dict[str, str | list[str]]


def read(content: FormatInput) -> FormatItems:
    """The article of each published record; raises CorpusError where there is no record."""
    head = content.head()
    root = xml_root(head.lstrip())
    if root and root.name.lower() == _FEED_LIST:  # whose entries have titles and texts
        raise xml_refusal(root)
    name = _record_name(content.stream.peek(), content.fields)
    if name is None:
        raise xml_refusal(root) if root else CorpusError("this XML has no root element")
    number = 0
    for element in read_elements(content.stream, {name}):
        if isinstance(element, CorpusError):
            yield element
            continue
        number += 1
        values = _values(element)
        if reason := _reason_to_pass_over(values):
            content.pass_over(reason)
        else:
            yield from content.items(_record(values), place=f"<{name}> {number}")


def _record_name(beginning: bytes, fields: Mapping[str, str] | None) -> str | None:
    """The name of the first element that is a record, as the beginning of the file shows it."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(XmlCleaner(beginning).clean(beginning, is_final=True).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    for element in root.iter(etree.Element):
        if _is_page_of_text(element) or {"headline", "body"} <= known_fields(_names(element), fields):
            return local_name(element)
    return None


def _names(element: Element) -> list[str]:
    """The names of an element's fields: its children, its attributes, and its text as a body."""
    names = [_field_name(child) for child in _fields(element)]
    return [*names, *_attributes(element), *(["body"] if _own_text(element) else [])]


def _fields(record: Element) -> Iterator[Element]:
    for child in record:
        if local_name(child).lower() in _HEADERS and len(child):
            yield from child
        else:
            yield child


def _attributes(record: Element) -> dict[str, str]:
    """The attributes of a record, which are fields unless they only tell it from others."""
    return {name: value for name, value in record.attrib.items() if field_of(name) not in (None, "id")}


def _own_text(record: Element) -> str:
    """The text of an element whose headline is an attribute, and which has no fields in it."""
    if "headline" not in map(field_of, record.attrib) or any(
        field_of(_field_name(child)) for child in record
    ):
        return ""
    return block_text(record)


def _field_name(element: Element) -> str:
    name = local_name(element)
    return element.get("name") or name if name in _NAMED_VALUES else name


def _is_page_of_text(element: Element) -> bool:
    """Whether an element is the XML of trafilatura: fields as attributes, and the text in ``main``."""
    return local_name(element) == "doc" and first(element, "main") is not None


def _values(record: Element) -> Values:
    """The text of each field of a record, and a list of texts for one that is repeated."""
    if _is_page_of_text(record):
        return {**dict(record.attrib), "body": block_text(first(record, "main"))}
    values: dict[str, list[str]] = {}
    for child in _fields(record):
        values.setdefault(_field_name(child), []).extend(_texts(child))
    for name, value in _attributes(record).items():
        values.setdefault(name, [value])
    if text := _own_text(record):
        values["body"] = [text]
    return {name: texts if len(texts) > 1 else "".join(texts) for name, texts in values.items()}


def _texts(field: Element) -> list[str]:
    """The texts of a field: of its values as Drupal nests them, of a list, or of the field itself."""
    if values := [text_paragraphs(value.text or "") for value in every(field, ".//value")]:
        return list(filter(None, values))
    leaves = [child for child in field if len(child) == 0]
    is_list = len(leaves) == len(field) > 0 and not (field.text or "").strip()
    if is_list and len({local_name(leaf) for leaf in leaves} - {"p", "br"}) == 1:
        return list(filter(None, map(line, leaves)))
    text = block_text(field)
    return [text] if text else []


def _reason_to_pass_over(values: Values) -> str | None:
    """The reason why a record is not published; None for one that is, or that does not say."""
    by_lower_name = {name.lower(): value for name, value in values.items()}
    for name in _STATUS_NAMES:
        status = by_lower_name.get(name, "")
        if isinstance(status, str) and (reason := _UNPUBLISHED.get(status.strip().lower())):
            return reason
    return None


def _record(values: Values) -> dict[str, object]:
    """The fields of a record; those of Drupal and SPIP under the names of an article's fields."""
    record: dict[str, object] = dict(values)
    if "nid" in values:
        return _drupal_record(values)
    if "id_article" in values:
        record |= {
            name: (spip_title if name == "titre" else spip_text)(value)
            for name, value in values.items()
            if name in ("titre", "texte", "chapo", "descriptif") and isinstance(value, str)
        }
    return record


def _drupal_record(values: Values) -> dict[str, object]:
    """The fields of a node, without what Drupal keeps for itself: versions, users, options."""
    named = {_DRUPAL_NAMES.get(name, name): value for name, value in values.items()}
    return {
        name: value
        for name, value in named.items()
        if (field_of(name) or name.startswith(_DRUPAL_OWN_FIELD)) and value != _DRUPAL_NO_LANGUAGE
    }
