"""What does a search give back?"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from .article import Article

if TYPE_CHECKING:
    from pandas import DataFrame

_OPEN, _CLOSE = "\x02", "\x03"  # for the marks while the text is escaped in one go


class Note(str):
    """A sentence in English on how a query was read.

    ``kind`` names the sentence and ``values`` are what stands in it, so that a page can say the same in
    another language.
    """

    kind: str
    values: tuple[str, ...]

    def __new__(cls, sentence: str, kind: str, *values: str) -> Note:
        note = super().__new__(cls, sentence)
        note.kind = kind
        note.values = values
        return note


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with marks: plain ``text``, and the (start, end) of each mark in it, ascending."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def html(self) -> str:
        """The text escaped for HTML, each mark as ``<mark>…</mark>``."""
        text = self.text
        if _OPEN in text or _CLOSE in text:
            return self._html_of_parts()
        parts, at = [], 0
        for start, end in self.spans:
            parts += [text[at:start], _OPEN, text[start:end], _CLOSE]
            at = end
        parts.append(text[at:])
        escaped = html.escape("".join(parts))
        return escaped.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>") if at else escaped

    def _html_of_parts(self) -> str:
        parts, at = [], 0
        for start, end in self.spans:
            parts.append(html.escape(self.text[at:start]))
            parts.append(f"<mark>{html.escape(self.text[start:end])}</mark>")
            at = end
        parts.append(html.escape(self.text[at:]))
        return "".join(parts)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about: a value, what it is, and the parts that it was made of.

    ``str()`` of it is the whole as an indented tree.
    """

    value: float
    description: str
    details: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.value:.4f}  {self.description}"]
        lines += ("  " + line for detail in self.details for line in str(detail).splitlines())
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found: its score, its headline with marks, and the passage that answers best.

    ``duplicates`` are the near-identical matches that the search showed once, as this hit, the best first;
    ``explanation`` is how the score came about, where it was asked for.
    """

    article: Article
    score: float
    headline: Snippet
    snippet: Snippet
    duplicates: tuple[Article, ...] = ()
    explanation: Explanation | None = None

    def _repr_html_(self) -> str:
        from newsindex.display.notebook import hit_html  # only notebooks ask

        return hit_html(self)


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the words of a query marked in its whole headline and body."""

    article: Article
    headline: Snippet
    body: Snippet


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """One page of hits and what is known of all matches.

    ``total`` counts all matching articles, near-identical ones too, and so do facets and timeline.
    ``facets`` maps each field asked for to its values, the most frequent first, and their counts;
    ``timeline`` maps each period, from the first to the last with a match, to its count; over more
    than 5,000 periods the empty ones are left out. ``next`` is the cursor of the next page, None on the
    last. ``seconds`` is how long the search took, ``notes`` says what of the query was read differently,
    and ``suggestion`` is a query that would find more, for one that seems misspelt.
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
        """The hits as a table, one row each (extra: pandas).

        Columns: ``id``, ``headline``, ``source``, ``published`` (datetime64, as written, without its offset
        from UTC; NaT where there is no date), ``section``, ``author``, ``lang``, ``url``, ``abstract``,
        ``body``, ``score``, ``snippet`` (plain text) and ``duplicates`` (how many).

        Raises NewsIndexError where pandas is not installed.
        """
        from newsindex.display.data_frame import frame  # pandas takes its time to load

        return frame(self.hits)

    def _repr_html_(self) -> str:
        from newsindex.display.notebook import results_html  # only notebooks ask

        return results_html(self)
