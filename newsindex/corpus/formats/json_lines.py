"""How is JSON Lines read? One record a line; a broken line costs no other."""

from __future__ import annotations

import json
from codecs import BOM_UTF8

from newsindex.corpus.inputs.byte_stream import lines, too_long
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded
from .json_document import why_not_json


def read_json_lines(reading: FormatInput) -> Yielded:
    """The article of each line that is not blank."""
    for number, written in lines(reading.stream):
        if written is None:
            yield CorpusError(too_long(), line=number)
        elif line := written.strip().removeprefix(BOM_UTF8):  # files put together have it inside
            try:
                record = json.loads(line.decode())
            except (ValueError, RecursionError) as error:
                yield CorpusError(f"this line is not JSON: {why_not_json(error)}", line=number)
            else:
                yield reading.article(record, number)
