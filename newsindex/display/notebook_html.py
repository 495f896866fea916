"""Renders search results as HTML for notebooks.

The HTML has no scripts and no style sheets, and all text in it is escaped. Its colours are the notebook's
own, stronger or fainter, so that it can be read on a dark and on a light background.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from .language_codes import language_code
from .web_links import web_address

if TYPE_CHECKING:
    from newsindex.article import Article
    from newsindex.results import Hit, Results, Snippet

_FAINT: Final = "opacity:.7"
_MAX_FACET_VALUES: Final = 10
_MAX_DUPLICATES: Final = 5
_MAX_COLUMNS_WITH_GAP: Final = 200  # of a timeline
_MARK_TAG: Final = '<mark style="background:#ffe08a;color:#222">'


def results_html(results: Results) -> str:
    """Returns a page of results: the number of articles, notes, hits, facets and timeline."""
    of_total = f"{len(results):,} of " if len(results) < results.total else ""
    articles = "article" if results.total == 1 else "articles"
    parts = [f"<p>{of_total}<b>{results.total:,}</b> {articles}, {results.seconds * 1000:.0f} ms</p>"]
    parts += [f'<p style="{_FAINT}">{escape(note)}</p>' for note in results.notes]
    if results.suggestion:
        parts.append(f"<p>Did you mean <b>{escape(results.suggestion)}</b>?</p>")
    if results.hits:
        hits = "".join(f'<li style="margin:.8em 0">{_hit(hit)}</li>' for hit in results)
        parts.append(f'<ol style="padding-left:2em">{hits}</ol>')
    parts += [_facet(name, counts) for name, counts in results.facets.items() if counts]
    if results.timeline:
        parts.append(_timeline(results.timeline))
    return _framed("".join(parts))


def hit_html(hit: Hit) -> str:
    """Returns one hit: headline, source and date, snippet, and duplicates."""
    return _framed(_hit(hit))


def _framed(content: str) -> str:
    """The outermost element around some content."""
    return f'<div style="max-width:52em;line-height:1.45;text-align:left">{content}</div>'


def _hit(hit: Hit) -> str:
    article = hit.article
    lang = language_code(article.lang)
    parts = [f'<div dir="auto" lang="{lang}"><b>{_linked(article, _marked(hit.headline))}</b></div>']
    byline = [*_byline(article), f"score {hit.score:.2f}"]
    parts.append(f'<div style="{_FAINT};font-size:90%">{escape(" · ".join(byline))}</div>')
    if hit.snippet.text:
        parts.append(f'<div dir="auto" lang="{lang}">{_marked(hit.snippet)}</div>')
    parts += [_duplicate(article) for article in hit.duplicates[:_MAX_DUPLICATES]]
    parts += _more(len(hit.duplicates) - _MAX_DUPLICATES)
    return "".join(parts)


def _duplicate(article: Article) -> str:
    byline = " · ".join(["", *_byline(article)])
    headline = _linked(article, escape(article.headline))
    lang = language_code(article.lang)
    return f'<div dir="auto" lang="{lang}" style="{_FAINT};font-size:90%">= {headline}{escape(byline)}</div>'


def _byline(article: Article) -> list[str]:
    """The source, the date and the section, those that are known."""
    published = article.published
    parts = [article.source, str(published)[:16] if published else None, article.section]
    return [part for part in parts if part]


def _linked(article: Article, content: str) -> str:
    """The content as a link to the article, where its address is HTTP: other addresses might run code."""
    url = web_address(article.url)
    if url is None:
        return content
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{content}</a>'


def _marked(snippet: Snippet) -> str:
    return snippet.html.replace("<mark>", _MARK_TAG)


def _more(count: int) -> Sequence[str]:
    return [f'<div style="{_FAINT};font-size:90%">and {count:,} more</div>'] if count > 0 else []


def _facet(name: str, counts: Mapping[str, int]) -> str:
    """A table of the most frequent values, each with its count and a bar."""
    highest = max(counts.values())
    rows = "".join(
        f'<tr><td dir="auto" style="text-align:left">{escape(value)}</td>'
        f'<td style="text-align:right">{count:,}</td>'
        f'<td style="text-align:left;width:12em">{_bar(count / highest)}</td></tr>'
        for value, count in islice(counts.items(), _MAX_FACET_VALUES)
    )
    more = "".join(_more(len(counts) - _MAX_FACET_VALUES))
    return f'<div style="margin:.8em 0"><b>{escape(name)}</b><table>{rows}</table>{more}</div>'


def _bar(share: float) -> str:
    return f'<div style="background:currentColor;opacity:.5;height:.7em;width:{100 * share:.1f}%"></div>'


def _timeline(counts: Mapping[str, int]) -> str:
    """A chart with one column for each period, and its first and last period as text."""
    highest = max(counts.values())
    columns = "".join(
        f'<div title="{escape(period)}: {count:,}" style="flex:1;background:currentColor;opacity:.5;'
        f'height:{100 * count / highest:.1f}%"></div>'
        for period, count in counts.items()
    )
    first, *_, last = [*counts, *counts]
    gap = "1px" if len(counts) <= _MAX_COLUMNS_WITH_GAP else "0"
    caption = escape(f"matches from {first} to {last}, at most {highest:,}")
    return (
        f'<div role="img" aria-label="{caption}" style="display:flex;align-items:flex-end;gap:{gap};'
        f'height:4em;max-width:{len(counts) * 3}em">{columns}</div>'
        f'<div style="{_FAINT};font-size:90%">{caption}</div>'
    )
