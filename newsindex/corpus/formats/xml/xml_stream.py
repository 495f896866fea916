"""Gives the elements of an XML file that a reader wants, one at a time, in bounded memory.

Nothing outside the file is opened, and no entity is resolved. After damage the parser goes on as well as it
can, and an error says where the damage begins.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any, Final

from lxml import etree

from newsindex.corpus.inputs.bounded_reading import BUFFER
from newsindex.errors import CorpusError

from .xml_elements import local_name
from .xml_text import XmlCleaner

Element = Any  # of lxml, which has no types

_MAX_ELEMENTS: Final = 100_000  # inside one wanted element
_MAX_CHARACTERS: Final = 64 << 20  # of one wanted element with all that is in it
_MAX_ERRORS: Final = 100_000  # of the parser, which keeps each in memory
_MAX_MESSAGE_CHARACTERS: Final = 200


def read_elements(stream: io.BufferedReader, wanted: Collection[str]) -> Iterator[Element | CorpusError]:
    """Each element with one of the local names ``wanted``, and an error for damage after all of them.

    An element is whole when it is given, and is emptied when the next is asked for. One inside another
    wanted element is not given for itself, unless it has the same name, as after a lost end tag.
    Raises CorpusError for a wanted element over the bounds.
    """
    reading = _ElementReading(wanted)
    cleaner = XmlCleaner(stream.peek())
    damage = None
    try:
        while data := stream.read1(BUFFER):
            yield from reading.feed(cleaner.clean(data))
    except CorpusError as error:
        if reading.is_over_bounds:
            raise
        damage = error
    yield from reading.feed(cleaner.clean(b"", is_final=True))
    yield from reading.finish()
    if first_damage := damage or reading.damage():
        yield first_damage


class _ElementReading:
    """The state of one reading: the parser, and the wanted elements that are open."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._open: list[Element] = []
        self._elements = self._characters = 0
        self.is_over_bounds = False
        self._stopped: str | None = None
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )

    def feed(self, text: str) -> Iterator[Element]:
        """The wanted elements that end in the next piece of text."""
        if not text or self._stopped is not None:
            return
        self._characters += len(text)
        try:
            self._parser.feed(text.encode())
        except etree.XMLSyntaxError as error:
            self._stopped = str(error)
        if len(self._parser.feed_error_log) > _MAX_ERRORS:
            self._stopped = f"more than {_MAX_ERRORS:,} errors"
        yield from self._events()
        if self._open and (self._characters > _MAX_CHARACTERS or self._elements > _MAX_ELEMENTS):
            self.is_over_bounds = True
            name = local_name(self._open[0])
            raise CorpusError(f"an element <{name}> is too large to be read: what follows was not read")

    def finish(self) -> Iterator[Element]:
        """The wanted elements that no end tag closed."""
        try:
            if self._stopped is None:
                self._parser.close()
        except etree.XMLSyntaxError as error:
            self._stopped = str(error)
        yield from self._events()
        while self._open:
            element = self._open.pop()
            yield element
            element.clear()

    def damage(self) -> CorpusError | None:
        """The error that names the first place where the XML is not well-formed."""
        for entry in self._parser.feed_error_log:
            if entry.level >= etree.ErrorLevels.ERROR and entry.domain != etree.ErrorDomains.NAMESPACE:
                message = entry.message[:_MAX_MESSAGE_CHARACTERS]
                return CorpusError(f"the XML is damaged here: {message}", line=entry.line)
        if self._stopped is not None:
            return CorpusError(f"the XML is damaged: {self._stopped[:_MAX_MESSAGE_CHARACTERS]}")
        return None

    def _events(self) -> Iterator[Element]:
        for event, element in self._parser.read_events():
            name = local_name(element)
            self._elements += 1
            if event == "start":
                if name in self._wanted and (not self._open or local_name(self._open[-1]) == name):
                    self._open.append(element)
            elif self._open and self._open[-1] is element:
                self._open.pop()
                yield element
                self._forget(element)
            elif not self._open:
                self._forget(element)

    def _forget(self, element: Element) -> None:
        """Empties an element that has ended and, outside wanted elements, removes those before it."""
        element.clear()
        if self._open:
            return
        self._elements = self._characters = 0
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
