"""In which language is an article? py3langid tells where the text is long enough to be told."""

from __future__ import annotations

import re
from typing import Final

from newsindex.article import Article
from newsindex.errors import CorpusError
from newsindex.optional import needs

_SAMPLE: Final = 2000  # characters
_ENOUGH: Final = 60  # characters, in which a language shows


class LanguageFilter:
    """Which articles are in one language. Raises CorpusError without the library, or for no language."""

    def __init__(self, lang: str) -> None:
        try:
            from py3langid import classify  # an extra
        except ImportError as error:
            raise CorpusError(needs("lang", error)) from None
        if not re.fullmatch("[a-z]{2}", lang):
            raise CorpusError(f"{lang!r} is no language: write two letters, such as fr")
        self._classify = classify
        self.lang = lang
        self.left_out = 0

    def keeps(self, article: Article) -> bool:
        """Whether an article is in the language; one too short to tell is what it says it is, or kept."""
        text = f"{article.headline}\n{article.body}"[:_SAMPLE]
        said = (article.lang or self.lang)[:2].lower()
        found: str = said if len(text) < _ENOUGH else self._classify(text)[0]
        self.left_out += found != self.lang
        return found == self.lang
