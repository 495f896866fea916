"""The error for encoded bytes that nothing could have been encoded to."""

from __future__ import annotations


class DamagedRegion(Exception):
    """Encoded bytes make no sense; a reader of a segment raises IndexCorrupt for it.

    ``byte`` is a place in the bytes that were to be decoded, and ``reason`` goes on a sentence that begins
    "the values of this array".
    """

    def __init__(self, byte: int, reason: str) -> None:
        super().__init__(reason)
        self.byte = byte
        self.reason = reason
