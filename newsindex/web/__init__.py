"""The search page and the JSON API of an index, as one ASGI application (extra: web)."""

from newsindex.optional import missing_library

try:
    from .asgi_app import create_app
    from .limits import Limits
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(missing_library("web", error), name=error.name, path=error.path) from error

__all__ = ["Limits", "create_app"]
