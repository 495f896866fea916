"""Writes numbers of things in messages in English."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """Writes a number and what it counts: ``1 article``, ``2,000 articles``.

    ``one`` is what stands behind 1, and ``several`` what stands behind any other number: ``one`` with an s
    where it is not given.

    >>> counted(1, "file was read", "files were read"), counted(0, "copy", "copies"), counted(2000, "article")
    ('1 file was read', '0 copies', '2,000 articles')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def left_later(number: int) -> str:
    """Writes how many articles a period without an end leaves out because they are dated after tomorrow."""
    articles = counted(number, "article is", "articles are")
    return f"{articles} dated after tomorrow and left out: --until with a later day takes them in"


def left_undated(number: int) -> str:
    """Writes how many articles a period leaves out because they have no date."""
    articles = counted(number, "article has no date and was", "articles have no date and were")
    return f"{articles} left out of the period"
