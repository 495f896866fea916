"""Files to articles."""

from .article_stream import Corpus, read

__all__ = ["Corpus", "read"]
