"""Reading files of many formats as a stream of articles."""

from .article_stream import Corpus
from .reader import read

__all__ = ["Corpus", "read"]
