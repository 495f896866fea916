"""The page and the JSON API, as one ASGI application (extra: web)."""

from .app import create_app

__all__ = ["create_app"]
