"""How is JSON Lines read? One record a line; a broken line costs no other."""

from __future__ import annotations

import json

from ..errors import CorpusError
from .json_document import why_not_json
from .reading import Reading, Yielded
from .stream import lines, too_long


def read_json_lines(reading: Reading) -> Yielded:
    """The article of each line that is not blank."""
    for number, line in lines(reading.stream):
        if line is None:
            yield CorpusError(too_long(), line=number)
        elif not line.isspace():
            try:
                record = json.loads(line.decode())
            except (ValueError, RecursionError) as error:
                yield CorpusError(f"this line is not JSON: {why_not_json(error)}", line=number)
            else:
                yield reading.article(record, number)
