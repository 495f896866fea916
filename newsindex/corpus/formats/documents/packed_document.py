"""Reads the members of a document that is a zip (DOCX, ODT, EPUB) within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from lxml import etree

from newsindex.corpus.inputs.bounded_reading import MAX_DOCUMENT
from newsindex.errors import CorpusError

MAX_XML: Final = 32 << 20  # bytes of one member that is parsed; as a tree it takes ten times as much
_MAX_RATIO: Final = 200  # of unpacked to packed size, for members larger than the following
_ANY_RATIO_SIZE: Final = 4 << 20  # bytes
_MAX_MEMBERS: Final = 10_000


@contextmanager
def packed_document(stream: io.BufferedReader) -> Iterator[zipfile.ZipFile]:
    """The zip of a document. Raises CorpusError for a damaged one, and for one that unpacks to too much."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive.infolist())
            yield archive
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise CorpusError(f"the document is damaged or cut short: {error}") from None
    except etree.XMLSyntaxError as error:
        raise CorpusError(f"the document is damaged: {error!s:.120}") from None


def member_bytes(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The content of a member; None where there is none. Raises CorpusError for one that is too large."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MAX_XML:
        raise CorpusError(f"{name} in the document is larger than {MAX_XML >> 20} MB")
    if info.flag_bits & 1:
        raise CorpusError("the document is encrypted: save it without a password")
    with archive.open(info) as member:
        return member.read(MAX_XML)


def member_tree(archive: zipfile.ZipFile, name: str) -> Any:
    """The root element of a member in XML; None where there is no member of the name."""
    content = member_bytes(archive, name)
    return None if content is None else parse_xml(content)


def parse_xml(content: bytes) -> Any:
    """The root element of XML, without anything that it refers to outside. Raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(content, parser)


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_MEMBERS:
        raise CorpusError(f"there are more than {_MAX_MEMBERS:,} parts in this document")
    if sum(info.file_size for info in members) > MAX_DOCUMENT:
        raise CorpusError(f"the document unpacks to more than {MAX_DOCUMENT >> 20} MB")
    if any(info.file_size > max(_ANY_RATIO_SIZE, _MAX_RATIO * info.compress_size) for info in members):
        raise CorpusError(f"a part of the document unpacks to more than {_MAX_RATIO} times its size")
