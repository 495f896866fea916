"""Turns French text into terms.

A *chunk* of text (``characters``) is cut into *written words*, the elided word before each is left out, and
the word is normalized (``written_words``): in lower case it is the *spelling*. Without accents it is the
*folded* word, and the stem of that is the *term* (``stemming``). ``french`` has the order of these steps.
"""

from .characters import join_hyphenated_lines, join_numbers
from .french import (
    ANALYSIS,
    FRENCH,
    French,
    FrenchAnalyzer,
    Word,
    analyze,
    analyze_chunk,
    content_terms,
    locate_words,
    stop_terms,
)
from .lexicon import Lexicon
from .stopwords import STOP_WORDS
from .written_words import elision, fold, normalize

__all__ = [
    "ANALYSIS", "FRENCH", "STOP_WORDS", "French", "FrenchAnalyzer", "Lexicon", "Word", "analyze",
    "analyze_chunk", "content_terms", "elision", "fold", "join_hyphenated_lines", "join_numbers",
    "locate_words", "normalize", "stop_terms",
]  # fmt: skip
