"""Defines the result types: what a search gives back.

Their views in notebooks and data frames are made by ``newsindex.display``, which registers itself here when
newsindex is imported: so this module does not import it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, overload

from .article import Article
from .errors import QueryError

if TYPE_CHECKING:
    from pandas import DataFrame

# They stand for the tags of marks while a text is escaped as a whole.
_MARK_START: Final = "\x02"
_MARK_END: Final = "\x03"
_set_attribute = object.__setattr__  # hits and snippets are frozen


class Note(str):
    """A sentence in English on how a query was read, or on what it left out.

    ``kind`` names the sentence and ``values`` are the names and words in it, so that a page can say the same
    in another language.
    """

    kind: str
    values: tuple[str, ...]

    def __new__(cls, sentence: str, kind: str, *values: str) -> Note:
        """Makes the note that is this sentence."""
        note = super().__new__(cls, sentence)
        note.kind = kind
        note.values = values
        return note


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and a long name that articles define as the same, both as most of them write them.

    ``articles`` is the number of articles that define it, which is less than the number that mention it.
    """

    acronym: str
    name: str
    articles: int


class _WithHtml:
    """A text whose HTML is kept once it has been made."""

    __slots__ = ("_html",)
    _html: str


@dataclass(frozen=True, slots=True)
class Snippet(_WithHtml):
    """A text with marks: plain ``text``, and the (start, end) of each mark in it, ascending.

    Example:
        >>> newsindex.Snippet("Neige & glace", ((0, 5),)).html
        '<mark>Neige</mark> &amp; glace'
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def html(self) -> str:
        """The text escaped for HTML, each mark as ``<mark>…</mark>``."""
        try:
            return self._html
        except AttributeError:
            html = self._make_html()
            _set_attribute(self, "_html", html)
            return html

    def _make_html(self) -> str:
        text = self.text
        if _MARK_START in text or _MARK_END in text:
            return self._html_of_parts()
        parts, previous_end = [], 0
        for start, end in self.spans:
            parts += [text[previous_end:start], _MARK_START, text[start:end], _MARK_END]
            previous_end = end
        parts.append(text[previous_end:])
        escaped = html.escape("".join(parts))
        if not self.spans:
            return escaped
        return escaped.replace(_MARK_START, "<mark>").replace(_MARK_END, "</mark>")

    def _html_of_parts(self) -> str:
        """The HTML of a text that contains the stand-ins for tags: each part is escaped by itself."""
        parts, previous_end = [], 0
        for start, end in self.spans:
            parts.append(html.escape(self.text[previous_end:start]))
            parts.append(f"<mark>{html.escape(self.text[start:end])}</mark>")
            previous_end = end
        parts.append(html.escape(self.text[previous_end:]))
        return "".join(parts)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score comes about: a value, a description of it, and the parts that make it.

    ``str()`` gives the whole as an indented tree.
    """

    value: float
    description: str
    details: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.value:.4f}  {self.description}"]
        lines += ("  " + line for detail in self.details for line in str(detail).splitlines())
        return "\n".join(lines)


class HitContents(Protocol):
    """What the hits of one page show, read from the index when it is first looked at.

    Threads may share it. A hit is given by its place on the page, counted from 0. The methods raise
    IndexCorrupt, DeadlineExceeded, and NewsIndexError where the system refuses to read.
    """

    def texts(self, place: int) -> tuple[Snippet, Snippet]:
        """Returns the headline and the snippet of a hit."""

    def article(self, place: int) -> Article:
        """Returns the article of a hit."""

    def duplicates(self, place: int) -> tuple[Article, ...]:
        """Returns the articles that a collapsed search shows once, as a hit."""


class _ReadWhenLookedAt:
    """A hit whose contents have not been read: an attribute that is not set yet comes from them."""

    __slots__ = ("_contents", "_place")
    _contents: HitContents
    _place: int

    def __getattr__(self, name: str) -> object:
        """Returns and keeps an attribute that was not set; Python calls it for no other."""
        if name in ("headline", "snippet"):
            headline, snippet = self._contents.texts(self._place)
            _set_attribute(self, "headline", headline)
            _set_attribute(self, "snippet", snippet)
            return headline if name == "headline" else snippet
        if name in ("article", "duplicates"):
            value: object = getattr(self._contents, name)(self._place)
            _set_attribute(self, name, value)
            return value
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Hit(_ReadWhenLookedAt):
    """An article that matches: its score, its headline with marks, and the passage that answers best.

    ``duplicates`` are the near-identical matches that a collapsed search shows once, as this hit, the best
    first; ``explanation`` says how the score comes about, where the search asked for it.

    The articles and texts of a page are read from the index when one of them is first looked at, all at once.
    That look raises IndexCorrupt where the index is damaged there; a later look tries again.
    """

    article: Article
    score: float
    headline: Snippet
    snippet: Snippet
    duplicates: tuple[Article, ...] = ()
    explanation: Explanation | None = None

    def _repr_html_(self) -> str:
        return _views().hit_html(self)


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the words of a query marked in its whole headline and body."""

    article: Article
    headline: Snippet
    body: Snippet


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """One page of hits, and what is known of all matches.

    ``total`` counts all matching articles, near-identical ones too, and so do ``facets`` and ``timeline``.
    ``facets`` maps each field that was asked for to its values, the most frequent first, and their counts;
    years come the newest first. Values that differ in case or accents only are counted as one, under the
    spelling that most of the articles have, and articles without a value are in no count.
    ``timeline`` maps each period, from the first to the last with a match, to its count; where that would be
    more than 5,000 periods, the empty ones are left out. ``next`` is the cursor of the next page, None on the
    last page. ``seconds`` is the duration of the search, without that of a later look at its hits. ``notes``
    say which parts of the query were read differently from how they were typed, and on the first page how
    many articles a period left out only because they have no date. ``suggestion`` is a corrected query that
    finds more articles, where the query seems misspelt.
    """

    hits: tuple[Hit, ...]
    total: int
    seconds: float
    next: str | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    timeline: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    suggestion: str | None = None

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[index]

    def to_pandas(self) -> DataFrame:
        """The hits as a table, one row each (extra ``pandas``).

        Returns:
            A data frame with the columns ``id``, ``headline``, ``source``, ``published`` (datetime64, in the
            index's time zone, without the offset from UTC; NaT where there is no date), ``section``,
            ``author``, ``lang``, ``url``, ``abstract``, ``body``, ``score``, ``snippet`` (plain text) and
            ``duplicates`` (how many).

        Raises:
            ExtraNotInstalled: pandas is missing.
        """
        return _views().data_frame(self.hits)

    def _repr_html_(self) -> str:
        return _views().results_html(self)


def _slot_setters(kind: type, *names: str) -> list[Callable[[object, object], None]]:
    """The functions that set slots of a frozen class: a page sets many, and these are quicker."""
    return [getattr(kind, name).__set__ for name in names]


_set_text, _set_spans, _set_html = _slot_setters(Snippet, "text", "spans", "_html")
_set_contents, _set_place, _set_score, _set_explanation = _slot_setters(
    Hit, "_contents", "_place", "score", "explanation"
)


def rendered_snippet(text: str, spans: tuple[tuple[int, int], ...], html: str) -> Snippet:
    """Returns a snippet whose HTML is known."""
    snippet = Snippet.__new__(Snippet)
    _set_text(snippet, text)
    _set_spans(snippet, spans)
    _set_html(snippet, html)
    return snippet


def unread_hit(contents: HitContents, place: int, score: float, explanation: Explanation | None) -> Hit:
    """Returns the hit at a place on a page whose contents are read when they are looked at."""
    hit = Hit.__new__(Hit)
    _set_contents(hit, contents)
    _set_place(hit, place)
    _set_score(hit, score)
    _set_explanation(hit, explanation)
    return hit


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search that tells what is new.

    ``filters`` are those of a search that were given: texts, tuples of texts, dates. ``operator`` says what a
    space between two words means. ``created`` is the moment at which the alert was added, ``seen`` that of
    the last acknowledgement, None before the first; both are in UTC. ``error`` says why this version of
    newsindex cannot run the query, None where it can; ``cause`` is the error with this message, whose kind
    and values say it in another language.
    """

    name: str
    query: str
    filters: Mapping[str, object]
    created: datetime
    seen: datetime | None = None
    operator: str = "any"
    error: str | None = None
    cause: QueryError | None = field(default=None, repr=False, compare=False)


class Match:
    """An article that an alert matched when it came, or when it was changed so that it fits.

    ``sequence`` is its place in the order of all matches of the index: a later match has a higher number.
    ``commit`` is the number of the commit that brought it. Matches of one index with equal numbers are equal.
    """

    __slots__ = ("_hit", "_present", "alert", "commit", "sequence")

    def __init__(self, alert: Alert, sequence: int, commit: int, present: Callable[[], Hit]) -> None:
        """``present`` makes the hit when it is first asked for."""
        self.alert = alert
        self.sequence = sequence
        self.commit = commit
        self._present = present
        self._hit: Hit | None = None

    @property
    def hit(self) -> Hit:
        """The article with its marks.

        Its ``duplicates`` are the near-identical articles that the alert matched after it and before the
        acknowledgement.
        """
        hit = self._hit
        if hit is None:
            hit = self._hit = self._present()
        return hit

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.alert.name, self.sequence) == (other.alert.name, other.sequence)

    def __hash__(self) -> int:
        return hash((self.alert.name, self.sequence))

    def __repr__(self) -> str:
        return f"<newsindex.Match {self.sequence} of {self.alert.name!r}>"


@dataclass(frozen=True, slots=True)
class ResultViews:
    """The functions that show results: a hit and a page of results as HTML, and hits as a data frame."""

    hit_html: Callable[[Hit], str]
    results_html: Callable[[Results], str]
    data_frame: Callable[[Sequence[Hit]], DataFrame]


_registered_views: list[ResultViews] = []


def register_views(views: ResultViews) -> None:
    """Sets the functions by which results show themselves from now on."""
    _registered_views[:] = [views]


def _views() -> ResultViews:
    return _registered_views[0]
