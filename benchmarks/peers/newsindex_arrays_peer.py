"""newsindex without its compiled kernel, over numpy's arrays alone."""

from __future__ import annotations

import os

from newsindex.compiled.loading import SWITCH

from .newsindex_peer import Engine as _Engine


class Engine(_Engine):
    """The process of this engine, and what it starts, leave the kernel out."""

    def __init__(self) -> None:
        os.environ[SWITCH] = "0"
