"""Reads a dump of SPIP: the articles and news briefs that are published (extra: html).

Authors, sections and the name of the site stand in tables of their own, before or after the articles, so
that a dump is read twice.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .spip_markup import spip_text, spip_title
from .xml_elements import Element, lang_code, local_name
from .xml_stream import read_elements

_ARTICLES: Final = ("spip_articles", "spip_breves")
_TABLES: Final = (
    "spip_auteurs",
    "spip_auteurs_articles",
    "spip_auteurs_liens",
    "spip_rubriques",
    "spip_meta",
)
_PUBLISHED: Final = "publie"
_STATUS_REASONS: Final = {"prepa": "draft", "prop": "proposed", "refuse": "refused", "poubelle": "trashed"}
_NO_DATE: Final = "0000-00-00"
_BODY_COLUMNS: Final = ("chapo", "texte", "ps")


@dataclass(slots=True)
class _Site:
    """What the other tables say: names of authors, sections and the site by their ids."""

    name: str = ""
    lang: str = "fr"
    authors: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    authors_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, table: str, row: Mapping[str, str]) -> None:
        """Notes a row of one of the tables."""
        if table == "spip_auteurs":
            self.authors[row.get("id_auteur", "")] = spip_title(row.get("nom", ""))
        elif table == "spip_rubriques":
            self.sections[row.get("id_rubrique", "")] = spip_title(row.get("titre", ""), self.lang)
        elif table == "spip_meta":
            if row.get("nom") == "nom_site":
                self.name = spip_title(row.get("valeur", ""), self.lang)
            elif row.get("nom") == "langue_site":
                self.lang = row.get("valeur") or self.lang
        elif row.get("objet", "article") == "article":
            article = row.get("id_article") or row.get("id_objet", "")
            self.authors_of[article].append(row.get("id_auteur", ""))


def read(content: FormatInput) -> FormatItems:
    """The article of each published row; other rows are counted by their status."""
    content = replace(content, fields=None)
    dump, damage = read_whole(content.stream)
    site = _Site()
    for element in read_elements(io.BufferedReader(io.BytesIO(dump)), _TABLES):
        if not isinstance(element, CorpusError):
            site.take(local_name(element), _row(element))
    number = 0
    for element in read_elements(io.BufferedReader(io.BytesIO(dump)), _ARTICLES):
        if isinstance(element, CorpusError):
            yield damage or element
            continue
        number += 1
        row = _row(element)
        status = row.get("statut", "without status")  # as in a row that is cut short
        if status != _PUBLISHED:
            content.pass_over(_STATUS_REASONS.get(status, status))
        else:
            yield from content.items(_record(row, site), place=f"article {number}")


def _row(element: Element) -> dict[str, str]:
    """The columns of a row with a value."""
    return {local_name(column): text for column in element if (text := (column.text or "").strip())}


def _record(row: Mapping[str, str], site: _Site) -> dict[str, object]:
    lang = lang_code(row.get("lang", "")) or site.lang
    authors = [site.authors.get(author, "") for author in site.authors_of.get(row.get("id_article", ""), ())]
    dates = (row.get(column, "") for column in ("date", "date_heure", "date_redac"))
    body = [spip_text(row[column], lang) for column in _BODY_COLUMNS if column in row]
    return {
        "headline": spip_title(row.get("titre", ""), lang),
        "body": "\n\n".join(filter(None, body)),
        "abstract": spip_text(row.get("descriptif", ""), lang),
        "published": next((date for date in dates if date and not date.startswith(_NO_DATE)), ""),
        "author": ", ".join(filter(None, authors)),
        "section": site.sections.get(row.get("id_rubrique", ""), ""),
        "source": site.name,
        "lang": lang,
        "url": row.get("url_site", "") if "id_breve" not in row else "",
    }
