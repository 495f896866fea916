"""Loads the reader of a format that needs an optional library when a file of that format is first met."""

from __future__ import annotations

from importlib import import_module

from newsindex.errors import CorpusError
from newsindex.optional import library_failure, missing_library

from .format_input import FormatInput, FormatItems, Reader


def lazy_reader(module: str, extra: str) -> Reader:
    """A reader that calls the function ``read`` of a module of this package.

    ``module`` is the module's name within this package, ``extra`` the extra that brings its library.
    Without the library every file of the format is an error that says what to install.
    """

    def read(content: FormatInput) -> FormatItems:
        """The items that the module's reader gives; an error of its library is a CorpusError."""
        try:
            reader: Reader = import_module(f".{module}", __package__).read
        except ImportError as error:
            raise CorpusError(missing_library(extra, error)) from None
        try:
            yield from reader(content)
        except CorpusError:
            raise
        except Exception as error:  # a library may fail in any way on bytes that nobody foresaw
            raise CorpusError(f"{extra}: {library_failure(error)}") from error

    return read
