"""An array file has a checksum over every byte, and damage is met by the block that has it."""

from __future__ import annotations

import numpy as np
import pytest

from newsindex.errors import IndexCorrupt, IndexTooNew, IndexTooOld
from newsindex.storage.array_file import BLOCK, ArrayFile, write_arrays


def test_every_flipped_bit_is_detected_or_harmless(tmp_path):
    arrays = {"a": np.arange(40, dtype=np.uint32), "b": np.arange(7, dtype=np.uint8)}
    path = tmp_path / "x"
    write_arrays(path, arrays, {"k": 1})
    good = path.read_bytes()
    for at in range(len(good)):
        for bit in range(8):
            path.write_bytes(good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :])
            try:
                file = ArrayFile(path)
                same = all((file.array(n) == a).all() for n, a in arrays.items())
                assert same
                assert file.meta == {"k": 1}
                file.check()
            except (IndexCorrupt, IndexTooNew, IndexTooOld):
                continue
            raise AssertionError(f"bit {bit} of byte {at} was not detected")


def test_damage_is_met_by_the_block_that_has_it_and_no_other(tmp_path):
    path = tmp_path / "x"
    write_arrays(path, {"a": np.zeros(3 * BLOCK, np.uint8)}, {})
    content = bytearray(path.read_bytes())
    content[2 * BLOCK + 5] ^= 1
    path.write_bytes(content)
    file = ArrayFile(path)
    assert not file.part("a", 0, BLOCK).any()
    with pytest.raises(IndexCorrupt, match=f"byte {2 * BLOCK}"):
        file.part("a", 2 * BLOCK, 2 * BLOCK + 1)


def test_a_file_cut_short_anywhere_is_corrupt(tmp_path):
    path = tmp_path / "x"
    write_arrays(path, {"a": np.arange(40, dtype=np.uint32)}, {})
    good = path.read_bytes()
    for size in range(len(good)):
        path.write_bytes(good[:size])
        with pytest.raises(IndexCorrupt):
            ArrayFile(path)
