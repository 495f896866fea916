"""Writes a press review as one HTML file, which needs no other file and prints well.

Jinja escapes everything; a snippet escapes its own text and brings its marks.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsindex.display.language_codes import language_code
from newsindex.display.paragraphs import paragraphs
from newsindex.display.web_links import web_address
from newsindex.errors import ExtraNotInstalled
from newsindex.optional import missing_library

from .count_tables import count_tables
from .entry_lines import byline, copy_name, summary
from .review_content import ReviewContent
from .review_wording import ReviewWording

if TYPE_CHECKING:
    from jinja2 import Environment


def html_document(review: ReviewContent) -> str:
    """The HTML of a review. Raises ExtraNotInstalled where Jinja is missing."""
    template = _environment().get_template("review.html")
    from markupsafe import Markup  # comes with Jinja, which _environment looks for first

    wording = ReviewWording(review.language)
    return template.render(
        review=review,
        wording=wording,
        summary=summary(review, wording),
        byline=lambda article: byline(article, review, wording),
        copy_name=lambda article: copy_name(article, wording),
        marked=lambda snippet: Markup(snippet.html),
        paragraphs=paragraphs,
        web_address=web_address,
        language_code=language_code,
        tables=count_tables(review, wording),
    )


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # the extra review
    except ImportError as error:
        raise ExtraNotInstalled(missing_library("review", error)) from error
    return Environment(
        loader=PackageLoader("newsindex.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
