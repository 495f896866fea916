"""An article of the press: the record that files are read into and that an index stores."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, NoReturn

from .arguments import is_unicode, shown
from .errors import CorpusError


class ArticleField(NamedTuple):
    """A row of the table of an article's fields.

    A search looks for words in the fields that are ``is_searched`` (headline and body), and filters and
    counts by the labels. An optional field is text, or None where it is not known.
    """

    name: str
    is_searched: bool = False
    is_label: bool = False
    is_optional: bool = False


ARTICLE_FIELDS: Final = (
    ArticleField("headline", is_searched=True),
    ArticleField("body", is_searched=True),
    ArticleField("source", is_label=True, is_optional=True),
    ArticleField("published"),
    ArticleField("url", is_optional=True),
    ArticleField("id"),
    ArticleField("section", is_label=True, is_optional=True),
    ArticleField("author", is_label=True, is_optional=True),
    ArticleField("lang", is_label=True, is_optional=True),
    ArticleField("abstract"),
    ArticleField("extra"),
)
"""The fields in the order in which Article takes them; every other list of fields derives from this table."""

FIELDS: Final = tuple(row.name for row in ARTICLE_FIELDS)
SEARCHED_FIELDS: Final = tuple(row.name for row in ARTICLE_FIELDS if row.is_searched)
LABEL_FIELDS: Final = tuple(row.name for row in ARTICLE_FIELDS if row.is_label)
OPTIONAL_FIELDS: Final = tuple(row.name for row in ARTICLE_FIELDS if row.is_optional)
RECORD_FIELDS: Final = (
    "id", "headline", "published", "source", "section", "author", "lang", "url", "abstract", "body", "extra",
)  # fmt: skip
"""The same fields in the order of a written record: what is short and looked at first comes first."""


_TEXTS: Final = tuple(
    (row.name, row.is_optional) for row in ARTICLE_FIELDS if row.name not in ("published", "extra")
)

MAX_ARTICLE_CHARACTERS: Final = 1 << 24
"""Characters of headline and body that an article may have: some thousands of pages."""


class ReadOnlyDict(dict[str, str]):
    """A dictionary that cannot be changed; unlike ``types.MappingProxyType`` it can be copied and pickled."""

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("the extra fields of an article are read-only: make a dict of them first")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[object, ...]:
        return ReadOnlyDict, (dict(self),)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the press, or its headline alone.

    Optional texts that are empty become None.

    Args:
        headline: The headline; it may be empty where there is a body.
        body: The text.
        source: The name of the newspaper or site.
        published: The day or the moment of publication, None where it is not known. A moment without an
            offset from UTC is one of the index's time zone.
        url: The address of the article.
        id: What identifies the article in an index. Where none is given it is the url, and without a url a
            digest of headline, body, source and date.
        section: The section of the newspaper.
        author: The author, or the authors.
        lang: The code of the language, such as ``fr``.
        abstract: The standfirst, or a summary.
        extra: Texts that have no field of their own, by name. An article holds a read-only copy.

    Raises:
        CorpusError: The article has neither headline nor body, a value has the wrong type, a text is not
            valid Unicode (a lone surrogate), or headline and body have more than 16,777,216 characters
            together.

    Example:
        >>> article = newsindex.Article("La neige ferme le col", url="https://echo.example/col")
        >>> article.id
        'https://echo.example/col'
    """

    headline: str
    body: str = ""
    source: str | None = None
    published: date | None = None
    url: str | None = None
    id: str = ""
    section: str | None = None
    author: str | None = None
    lang: str | None = None
    abstract: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, is_optional in _TEXTS:
            value = getattr(self, name)
            if value is None and is_optional:
                continue
            if not isinstance(value, str):
                raise CorpusError(f"{name} must be text, not {shown(value)}")
            if not (value.isascii() or is_unicode(value)):  # asked twice: a call costs more than the question
                raise CorpusError(f"{name} is not valid Unicode (a lone surrogate)")
            if is_optional and not value:
                object.__setattr__(self, name, None)
        if not (self.headline.strip() or self.body.strip()):
            raise CorpusError("an article needs a headline or a body")
        length = len(self.headline) + len(self.body)
        if length > MAX_ARTICLE_CHARACTERS:
            raise CorpusError(
                f"the article {shown(self.id or self.url or self.headline)} has {length:,} characters, "
                f"more than {MAX_ARTICLE_CHARACTERS:,}: split it"
            )
        if self.published is not None and not isinstance(self.published, date):
            raise CorpusError(
                f"published must be a date or a datetime, not {shown(self.published)}: write "
                "datetime.date(2026, 1, 31), or give a mapping, in which dates may be text"
            )
        if not isinstance(self.extra, Mapping):
            raise CorpusError(f"extra must map text to text, not be {shown(self.extra)}")
        if self.extra and not all(
            isinstance(text, str) and is_unicode(text) for pair in self.extra.items() for text in pair
        ):
            raise CorpusError("extra must map valid text to valid text")
        object.__setattr__(self, "extra", ReadOnlyDict(self.extra))
        if not self.id:
            object.__setattr__(self, "id", self.url or _digest(self))

    def __hash__(self) -> int:
        return hash((self.id, self.headline, self.body))


def _digest(article: Article) -> str:
    """The id of an article without id or url: 32 hexadecimal digits of a digest of its content.

    Each part is preceded by its length in bytes, so that no two contents are digested as the same bytes.
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in (article.headline, article.body, article.source or "", str(article.published or "")):
        content = part.encode()
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.hexdigest()
