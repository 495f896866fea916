"""Keeps the articles in one language; py3langid detects it where a text is long enough (extra: lang)."""

from __future__ import annotations

import re
from typing import Final

from newsindex.article import Article
from newsindex.errors import CorpusError, ExtraNotInstalled
from newsindex.optional import missing_library

_SAMPLE_CHARACTERS: Final = 2000
_MIN_CHARACTERS: Final = 60  # in a shorter text the detected language is a guess


class LanguageFilter:
    """A filter for articles in ``lang``, a code of two letters; ``left_out`` counts the others.

    Raises ExtraNotInstalled without the library, and CorpusError for what is no code of two letters.
    """

    def __init__(self, lang: str) -> None:
        try:
            from py3langid import classify  # an extra
        except ImportError as error:
            raise ExtraNotInstalled(missing_library("lang", error)) from None
        if not re.fullmatch("[a-z]{2}", lang):
            raise CorpusError(f"{lang!r} is no language: write two letters, such as fr")
        self._classify = classify
        self.lang = lang
        self.left_out = 0

    def keeps(self, article: Article) -> bool:
        """Whether an article is in the language.

        A short article is in the language that its record names; without one it is kept.
        """
        text = f"{article.headline}\n{article.body}"[:_SAMPLE_CHARACTERS]
        declared = (article.lang or self.lang)[:2].lower()
        lang: str = declared if len(text) < _MIN_CHARACTERS else self._classify(text)[0]
        self.left_out += lang != self.lang
        return lang == self.lang
