"""French text to terms."""

from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk

__all__ = ["ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk"]
