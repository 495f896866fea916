"""French text to terms."""

from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk, locate_words

__all__ = ["ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk", "locate_words"]
