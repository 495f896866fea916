"""How do the page and the JSON API become one ASGI application over an index?"""

from __future__ import annotations

from starlette.applications import Starlette

from ..index import Index
from . import api, pages


def create_app(index: Index) -> Starlette:
    """An ASGI application that shows an index; it may be mounted under any path of another one."""
    app = Starlette(routes=[*api.routes(), *pages.routes()])
    app.state.index = index
    return app
