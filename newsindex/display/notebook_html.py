"""What do results look like in a notebook?

One piece of HTML without scripts or style sheets, all text in it escaped. Colours are those of the notebook,
stronger or fainter, so that it can be read on dark and on light ground.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsindex.article import Article
    from newsindex.results import Hit, Results, Snippet

_FAINT: Final = "opacity:.7"
_VALUES: Final = 10  # of a facet are shown
_DUPLICATES: Final = 5
_APART: Final = 200  # columns that fit with a gap between them
_MARK: Final = '<mark style="background:#ffe08a;color:#222">'


def results_html(results: Results) -> str:
    """A page of results: how many, notes, the hits, and what was counted."""
    shown = f"{len(results):,} of " if len(results) < results.total else ""
    articles = "article" if results.total == 1 else "articles"
    parts = [f"<p>{shown}<b>{results.total:,}</b> {articles}, {results.seconds * 1000:.0f} ms</p>"]
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
    """One hit: headline, source and date, the passage, and its duplicates."""
    return _framed(_hit(hit))


def _framed(content: str) -> str:
    return f'<div style="max-width:52em;line-height:1.45;text-align:left">{content}</div>'


def _hit(hit: Hit) -> str:
    article = hit.article
    parts = [f'<div dir="auto"><b>{_linked(article, _marked(hit.headline))}</b></div>']
    about = [*_byline(article), f"score {hit.score:.2f}"]
    parts.append(f'<div style="{_FAINT};font-size:90%">{escape(" · ".join(about))}</div>')
    if hit.snippet.text:
        parts.append(f'<div dir="auto">{_marked(hit.snippet)}</div>')
    parts += [_duplicate(article) for article in hit.duplicates[:_DUPLICATES]]
    parts += _more(len(hit.duplicates) - _DUPLICATES)
    return "".join(parts)


def _duplicate(article: Article) -> str:
    about = " · ".join(["", *_byline(article)])
    headline = _linked(article, escape(article.headline))
    return f'<div dir="auto" style="{_FAINT};font-size:90%">= {headline}{escape(about)}</div>'


def _byline(article: Article) -> list[str]:
    published = article.published
    parts = [article.source, str(published)[:16] if published else None, article.section]
    return [part for part in parts if part]


def _linked(article: Article, content: str) -> str:
    """A link to the article, where its address is one of the web's: others might run something."""
    url = article.url or ""
    if not url.lower().startswith(("https://", "http://")):
        return content
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{content}</a>'


def _marked(snippet: Snippet) -> str:
    return snippet.html.replace("<mark>", _MARK)


def _more(count: int) -> Sequence[str]:
    return [f'<div style="{_FAINT};font-size:90%">and {count:,} more</div>'] if count > 0 else []


def _facet(name: str, counts: Mapping[str, int]) -> str:
    most = max(counts.values())
    rows = "".join(
        f'<tr><td dir="auto" style="text-align:left">{escape(value)}</td>'
        f'<td style="text-align:right">{count:,}</td>'
        f'<td style="text-align:left;width:12em">{_bar(count / most)}</td></tr>'
        for value, count in islice(counts.items(), _VALUES)
    )
    more = "".join(_more(len(counts) - _VALUES))
    return f'<div style="margin:.8em 0"><b>{escape(name)}</b><table>{rows}</table>{more}</div>'


def _bar(share: float) -> str:
    return f'<div style="background:currentColor;opacity:.5;height:.7em;width:{100 * share:.1f}%"></div>'


def _timeline(counts: Mapping[str, int]) -> str:
    """One column for each period, the first and the last named."""
    most = max(counts.values())
    columns = "".join(
        f'<div title="{escape(period)}: {count:,}" style="flex:1;background:currentColor;opacity:.5;'
        f'height:{100 * count / most:.1f}%"></div>'
        for period, count in counts.items()
    )
    first, *_, last = [*counts, *counts]
    gap = "1px" if len(counts) <= _APART else "0"
    said = escape(f"matches from {first} to {last}, at most {most:,}")
    return (
        f'<div role="img" aria-label="{said}" style="display:flex;align-items:flex-end;gap:{gap};height:4em;'
        f'max-width:{len(counts) * 3}em">{columns}</div><div style="{_FAINT};font-size:90%">{said}</div>'
    )
