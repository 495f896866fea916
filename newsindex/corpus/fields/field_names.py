"""The names that people give to the fields of an article, in French, English and Arabic, in one table.

A name is compared by its words, without case, accents, punctuation and plural: ``Titres``, ``titre`` and
``TITRE :`` are one name. Where that is no name of the table, a prefix such as ``dc:``, articles and words
that say no more than that a field belongs to an article are left out: ``Titre de l'article`` and
``article_title`` are ``titre`` and ``title``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from newsindex.errors import CorpusError

_NAMES: Final = {
    "headline": """headline, title, titre, heading, intitulé, manchette, web title, title full, hed,
        titraille, grand titre, titre propre, headline text, titre fr, titre billet,
        titre rendered, title rendered, titre dépêche, headline main, العنوان, عنوان""",
    "body": """body, text, texte, content, contenu, article body, corps, maintext, body text, text body,
        content text, plain text, texte brut, content encoded, article, corps de texte, texte du document,
        cleaned text, clean text, texte nettoyé, fulltext, text content, contenu texte, verbatim, texte ocr,
        content rendered, body plain, texte fr, transcript, transcription, النص, المحتوى, نص""",
    "abstract": """abstract, summary, description, chapô, chapeau, résumé, standfirst, subtitle, subheadline,
        subhead, sous-titre, sous titre, excerpt, extrait, accroche, lead, lead paragraph, teaser, dek,
        trail text, short description, subheading, amorce,
        snippet, abstract note, meta description, opening text, introduction, intro, highlight,
        synopsis, الملخص""",
    "published": """published, date, pubdate, published date, publication date, date published,
        date publication, date publié, publish date, date publish, published at, publish time,
        published time, published on, publication time, datetime, date time, date heure, date et heure,
        date parution, parution, paru le, publié le, date diffusion, date mise en ligne, mise en ligne,
        version created, issued,
        date issued, web publication date, pub time, publishing date, release date, display date, jour,
        date et heure publication, date heure publication, date et heure parution, heure et date,
        date and time, date numéro, date support, date édition, date gmt, date pub,
        jour parution, date émission, date presse, posted, posted on, posted at, post on, date sortie,
        التاريخ, تاريخ, تاريخ النشر""",
    "source": """source, publisher, journal, site, média, support, newspaper, sitename, media name, outlet,
        outlet name, titre journal, titre presse, titre média, titre support, titre source,
        titre publication, publication title, publication name, container title, journaux, organe de presse,
        magazine, source hostname, source common name, source title, éditeur, quotidien, périodique, revue,
        newspaper name, newspaper title, nom publication, organe, media outlet, media title, media source,
        support presse, titre périodique, titre magazine, titre revue,
        pub title, pubtitle, feed name, sourcename, news outlet, publication, المصدر, الجريدة""",
    "url": """url, link, lien, href, permalink, permalien, web url, adresse, adresse web, adresse url,
        adresse internet, adresse article, hyperlien, hyperlink, lien hypertexte, lien permanent,
        url source, lien web, lien url, lien internet, short url, document identifier,
        الرابط""",
    "id": """id, guid, uid, uuid, identifiant, identifier, _id, uri, stories id, document number,
        numéro document, n document, accession number""",
    "section": """section, rubrique, category, catégorie, section name, pillar name, thème, thématique,
        rubrique journal, cahier, column, desk, news desk, القسم""",
    "author": """author, auteur, byline, creator, journaliste, journalist, rédacteur, rédactrice, écrit par,
        auteur rice, rédigé par, prénom et nom, prénom nom, nom et prénom, nom prénom,
        signature, signataire, reporter, writer, written by, by, par, auteure, autrice, correspondant,
        الكاتب, المؤلف""",
    "lang": """lang, language, langue, language code, code langue, in language, meta lang, lng,
        langue origine, detected language, language detected, langage, اللغة""",
}
"""What names a field wherever it stands; the names of a field are parted by commas."""

_SECOND_NAMES: Final = {
    "headline": """page title, title page, title rss, og title, titre seo, subject, objet, sujet, alt title,
        hd""",
    "body": """raw text, raw content, raw body, body html, body xhtml, content html, html content,
        content snippet, hit sentence, td, paragraphs, paragraphes, body paragraphs, blocks""",
    "abstract": "lp",
    "published": """created, created at, date created, date création, créé le, creation date, first created,
        pd, created utc, seendate, seen date, timestamp, updated, updated at""",
    "source": """domain, domaine, hostname, host, source domain, site web, website, agence, agency,
        source id, provider, source domaine, nom domaine, feed title,
        domain url, host url, root url, sn, chaîne""",
    "url": "canonical url, canonical, resolved url, original url, final url, source url, amp url, url mobile",
    "section": "topic, subsection, sous rubrique, tag principal",
    "author": """contributor, contributeur, creators, influencer, credit, crédit, publisher author,
        extra author attributes name""",
}
"""What names a field only where no other name of it has a value."""

_PREFIXES: Final = {
    "dc", "dcterms", "dct", "og", "schema", "prism", "rss", "atom", "wp", "article", "news", "nitf",
    "html",
}  # fmt: skip
_ARTICLES: Final = {
    "le", "la", "les", "l", "un", "une", "de", "du", "des", "d", "ver", "the", "of", "a", "an", "au",
    "aux", "en",
}  # fmt: skip
_COLLECTIONS: Final = ("articles", "contents", "texts")  # lists of records, not the text of one
_OWNERS: Final = {
    "article", "articles", "story", "storie", "news", "new", "post", "item", "doc", "document", "page",
    "full", "complet", "complete", "integral", "integrale", "main", "principal", "original", "nom",
    "name", "field", "champ", "papier", "depeche", "web",
}  # fmt: skip
SOURCE_OR_DATE: Final = "publication"
"""The name that stands for the date where its value is one, and for the source elsewhere."""
_ASIDE: Final = re.compile(r"\s*[(\[/].*")  # "Auteur(s)", "Titre (FR)", "Journal/Source"
_PREFIX: Final = re.compile(r"([a-z]+)[:.](?=.)", re.I)
_TYPE_SUFFIX: Final = re.compile(r"(?<=[a-z])_(?:s|ss|t|txt|t_fr|txt_fr|text_fr|dt|dts|tdt|tdts)$")  # of Solr
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_CAMEL_CASE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAX_NAME_CHARACTERS: Final = 100


class Meaning(NamedTuple):
    """The field that a name stands for.

    A name of second choice does so only where no other name has a value. One in the plural may as well
    name a collection of something else.
    """

    field: str
    is_second_choice: bool = False
    is_plural: bool = False


def name_words(name: str) -> list[str]:
    """The words of a name in plain lower-case letters, without their plural."""
    if len(name) > _MAX_NAME_CHARACTERS:
        return []
    decomposed = unicodedata.normalize("NFKD", _CAMEL_CASE.sub(" ", name))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return [_singular(word) for word in _WORD.findall(plain)]


def _singular(word: str) -> str:
    is_plural = word.endswith("s") and len(word) > 2 and word not in _COLLECTIONS
    return word[:-1] if is_plural else word


def _table() -> Iterator[tuple[str, Meaning]]:
    for is_second_choice, names_by_field in ((True, _SECOND_NAMES), (False, _NAMES)):
        for field, names in names_by_field.items():
            for name in names.split(","):
                words = name_words(name)
                yield "".join(words), Meaning(field, is_second_choice)
                yield (
                    "".join(word for word in words if word not in _ARTICLES),
                    Meaning(field, is_second_choice),
                )


_MEANINGS: Final = dict(_table())
_NO_COLUMNS: Final[dict[str, str]] = {}


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning | None:
    """What a name stands for; None where it names no field."""
    if found := _meaning(name_words(name)):
        return found._replace(is_plural=name.lower().endswith("s"))
    if (prefix := _PREFIX.match(name)) and prefix[1].lower() in _PREFIXES:
        return _meaning(name_words(name[prefix.end() :]))
    if found := _meaning(name_words(_ASIDE.sub("", name))):
        return found
    typed = _TYPE_SUFFIX.search(name)
    return _meaning(name_words(name[: typed.start()])) if typed else None


def _meaning(words: list[str]) -> Meaning | None:
    """What the words of a name stand for: all of them, else those that say more than "of the article"."""
    without_articles = [word for word in words if word not in _ARTICLES]
    without_owners = [word for word in without_articles if word not in _OWNERS]
    names = map("".join, (words, without_articles, without_owners))
    return next(filter(None, map(_MEANINGS.get, names)), None)


def field_of(name: str) -> str | None:
    """The field of Article that a name stands for."""
    meaning = meaning_of(name)
    return meaning.field if meaning else None


class FieldMapping(dict[str, str]):
    """A user's mapping of fields of Article to the names of columns, which notes what columns it has met.

    ``by_column`` is the field of each column that is mapped. Raises CorpusError for an unknown field.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(fields)
        self.by_column: dict[str, str] = {}
        self._unmet: set[str] = set()
        for name, column in fields.items():
            field = field_of(name)
            if field is None:
                raise CorpusError(f"fields: there is no field {name!r}: choose one of {', '.join(_NAMES)}")
            self.by_column[column] = field
        self._unmet.update(self.by_column)

    def meet(self, names: Iterable[str]) -> None:
        """Notes the columns of a table, or the keys of a record."""
        if self._unmet:
            self._unmet.difference_update(name for name in names if isinstance(name, str))

    @property
    def unmet(self) -> list[str]:
        """The columns of the mapping that nothing read so far has, in the order of the mapping."""
        return [column for column in self.by_column if column in self._unmet]


def fields_by_column(fields: Mapping[str, str] | None) -> dict[str, str]:
    """The field of Article for each column that a user's mapping names.

    ``fields`` maps a field to the name of its column. Raises CorpusError for an unknown field.
    """
    if not fields:
        return _NO_COLUMNS
    return (fields if isinstance(fields, FieldMapping) else FieldMapping(fields)).by_column


def known_fields(names: Iterable[str], fields: Mapping[str, str] | None = None) -> set[str | None]:
    """The fields of Article that some names stand for; None is among them if a name is unknown."""
    by_column = fields_by_column(fields)
    return {by_column.get(name) or field_of(name) for name in names}


def has_text_field(names: Iterable[str], fields: Mapping[str, str] | None = None) -> bool:
    """Whether one of some names stands for a headline or a body."""
    return not known_fields(names, fields).isdisjoint(("headline", "body"))
