"""Files to articles."""

from .reader import Corpus, read

__all__ = ["Corpus", "read"]
