"""An index of articles: opening and creating it, searching it and changing it."""

from .index import Index
from .opening import create, open, parse, rebuild

__all__ = ["Index", "create", "open", "parse", "rebuild"]
