"""Alerts of a cluster tell what those of a folder tell, whatever happened."""

from __future__ import annotations

import pytest

import newsindex

from .histories import History, shown


@pytest.mark.parametrize("seed", range(5))
def test_the_same_history_gives_the_same_alerts_on_a_folder_and_on_a_cluster(seed, address, tmp_path):
    history = History(seed)
    with newsindex.create(tmp_path / "i") as local, newsindex.create(address) as remote:
        for number in range(16):
            step = history.step()
            assert step(remote) == step(local), number
            expected = shown(local)
            assert shown(remote) == expected, number
