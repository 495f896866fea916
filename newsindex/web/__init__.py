"""The page and the JSON API, as one ASGI application (extra: web)."""

from .app import create_app
from .limits import Limits

__all__ = ["Limits", "create_app"]
