"""Writes what stands beside the text of an article in a review: its source, date, author and copies."""

from __future__ import annotations

from newsindex.article import Article

from .review_content import ReviewContent
from .review_wording import ReviewWording


def byline(article: Article, review: ReviewContent, wording: ReviewWording) -> str:
    """The source, the date, the section and the author, those that are known: ``Le Soir · 2 mars 2026``."""
    published = article.published
    parts = (
        article.source,
        wording.write("no_date") if published is None else wording.moment(published, review.zone),
        article.section,
        wording.write("by", author=article.author) if article.author else None,
    )
    return " · ".join(part for part in parts if part)


def copy_name(article: Article, wording: ReviewWording) -> str:
    """How a copy is named: by its source, else by its headline."""
    return article.source or article.headline.strip() or wording.write("untitled")


def summary(review: ReviewContent, wording: ReviewWording) -> str:
    """How many articles were found, how many are shown where not all are, and how many of them are copies.

    It ends with how many have no date, where the review is of a period, and how many are dated later.
    """
    copies = review.shown - len(review)
    parts = [wording.write("found", n=review.total)]
    if review.shown < review.total:
        parts.append(wording.write("shown", n=review.shown))
    if copies:
        parts.append(wording.write("of_them_copies", n=copies))
    left_out = (("undated", review.undated), ("later", review.later))
    return " · ".join([", ".join(parts), *(wording.write(key, n=n) for key, n in left_out if n)])
