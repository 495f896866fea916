"""How does a format that needs a library of its own stay out of the way until it is met?"""

from __future__ import annotations

from importlib import import_module

from newsindex.errors import CorpusError
from newsindex.optional import failure, needs

from .format_input import FormatInput, Reader, Yielded


def reader_in(module: str, extra: str) -> Reader:
    """The function ``read`` of a module of this package, loaded when a file first needs it.

    Without its library every such file is an error that says what to install.
    """

    def read(reading: FormatInput) -> Yielded:
        try:
            reader: Reader = import_module(f".{module}", __package__).read
        except ImportError as error:
            raise CorpusError(needs(extra, error)) from None
        try:
            yield from reader(reading)
        except CorpusError:
            raise
        except Exception as error:  # a library may fail in any way on bytes that nobody foresaw
            raise CorpusError(f"{extra}: {failure(error)}") from error

    return read
