"""The page and the JSON API, as one ASGI application (extra: web)."""

try:
    from .asgi_app import create_app
    from .limits import Limits
except ModuleNotFoundError as error:
    missing = f"this needs {error.name}, which is not installed: run `pip install newsindex[web]`"
    raise ModuleNotFoundError(missing, name=error.name, path=error.path) from error

__all__ = ["Limits", "create_app"]
