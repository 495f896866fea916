"""How does a format that needs a library of its own stay out of the way until it is met?"""

from __future__ import annotations

from importlib import import_module

from ..errors import CorpusError
from .reading import Reader, Reading, Yielded


def reader_in(module: str, extra: str) -> Reader:
    """The function ``read`` of a module of this package, loaded when a file first needs it.

    Without its library every such file is an error that says what to install.
    """

    def read(reading: Reading) -> Yielded:
        try:
            reader: Reader = import_module(f".{module}", __package__).read
        except ImportError as error:
            raise CorpusError(needs(extra, error)) from None
        yield from reader(reading)

    return read


def needs(extra: str, error: ImportError) -> str:
    """What to say where a library is missing."""
    return f"this needs {error.name or extra}, which is not installed: run `pip install newsindex[{extra}]`"
