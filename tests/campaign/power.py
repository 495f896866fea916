"""Simulates losses of power, with any part of the writes that were not synced on the disk.

A worker's calls are recorded, and played back into a model of a disk. It knows what was synced: the bytes
of a file by fsync of the file, its name by fsync of its folder. Before any call, what else is on the disk
may be nothing, everything, or any part of it, down to pieces of one write.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import newsindex

from . import shim
from .steps import verify

_SECTOR = 512
_FOLDER = None  # what stands for the content of a folder


class _File:
    def __init__(self):
        self.synced = b""
        self.pending = []  # (offset, bytes) of a write, or (size, None) of a truncation

    def content(self, changes):
        content = bytearray(self.synced)
        for at, data in changes:
            if data is None:
                content[at:] = bytes(max(0, at - len(content)))
            else:
                content.extend(bytes(max(0, at - len(content))))
                content[at : at + len(data)] = data
        return bytes(content)


class Disk:
    """What a disk surely holds, and what it may hold, after some calls."""

    def __init__(self):
        self.names = {}  # path -> _File, or _FOLDER, as the program sees it
        self.synced_names = {}
        self.pending_names = []  # (path, _File or _FOLDER or "gone")
        self.open = {}

    def play(self, call):
        """Let one call happen."""
        path = call.path
        if call.what == "C":
            self._name(path, _File())
        if call.what in "CO":
            file = self.open[call.fd] = self.names.get(path) or path  # a folder is known by its path
            if call.size:
                file.pending.append((0, None))
        elif call.what == "W":
            self.open[call.fd].pending.append((call.at, call.data))
        elif call.what == "T":
            self.open[call.fd].pending.append((call.size, None))
        elif call.what == "S":
            self._sync(self.open[call.fd])
        elif call.what == "X":
            del self.open[call.fd]
        elif call.what == "M":
            self._name(path, _FOLDER)
        elif call.what in "LR":
            self._name(call.data.decode(), self.names[path])
        if call.what in "UR":
            self._name(path, "gone")

    def _name(self, path, file):
        self.pending_names.append((path, file))
        _apply_name(self.names, path, file)

    def _sync(self, file):
        if isinstance(file, _File):
            file.synced, file.pending = file.content(file.pending), []
            return
        folder = os.path.normpath(file)
        mine = [change for change in self.pending_names if os.path.dirname(change[0]) == folder]
        self.pending_names = [change for change in self.pending_names if change not in mine]
        for path, changed in mine:
            _apply_name(self.synced_names, path, changed)

    def write_to(self, folder, root, choose):
        """Make what the disk may hold in a folder; ``choose`` picks from the pending changes of one thing."""
        names = dict(self.synced_names)
        for path, file in choose(self.pending_names):
            _apply_name(names, path, file)
        written = {}
        for path in sorted(names):
            target = folder / os.path.relpath(path, root)
            if path.endswith("-shm") or not target.parent.is_dir():
                continue  # SQLite trusts no -shm after a restart; a name in a folder without a name is lost
            file = names[path]
            if file is _FOLDER:
                target.mkdir()
            else:
                if file not in written:
                    written[file] = file.content(choose(file.pending))
                target.write_bytes(written[file])


def _apply_name(names, path, file):
    if file == "gone":
        names.pop(path, None)
    else:
        names[path] = file


def _choices(rng):
    def part(changes):
        chosen = []
        for change in changes:
            kept = rng.random()
            if kept < 0.5:
                continue
            if kept < 0.65 and isinstance(change[1], bytes) and len(change[1]) > _SECTOR:
                cut = rng.randrange(_SECTOR, len(change[1]), _SECTOR)
                change = (change[0], change[1][:cut])
            chosen.append(change)
        return chosen

    return {
        "nothing": lambda changes: [],
        "everything": lambda changes: changes,
        "the first part": lambda changes: changes[: rng.randint(0, len(changes))],
        "any part": part,
    }


def run(folder, library, steps, images=None, seed=7):
    """Record a worker of so many steps, and verify what the disk may hold at each instant.

    With ``images`` only at so many of them, chosen at random. Returns how many images there were, by what
    they held of what was not synced.
    """
    root, log = folder / "recorded", folder / "log"
    root.mkdir()
    command = [sys.executable, "-m", "tests.campaign.worker", str(root / "index"), str(steps)]
    subprocess.run(command, env=shim.environment(library, root, log), check=True, stdout=subprocess.DEVNULL)
    calls = shim.read_log(log)
    rng = random.Random(seed)
    choices = _choices(rng)
    instants = [(at, name) for at in range(len(calls) + 1) for name in choices]
    if images is not None:
        instants = sorted(rng.sample(instants, min(images, len(instants))))
    figures = Counter(calls=sum(call.what not in "OXA" for call in calls))
    disk, played, acknowledged = Disk(), 0, -2
    for at, name in instants:
        for call in calls[played:at]:
            disk.play(call)
            if call.what == "A":
                acknowledged = call.size
        played = at
        image = folder / "image"
        image.mkdir()
        disk.write_to(image, root, choices[name])
        try:
            _verify(image / "index", acknowledged)
        except Exception as error:
            raise AssertionError(
                f"before call {at} of {len(calls)}, with {name} of what was not synced"
            ) from error
        shutil.rmtree(image)
        figures[name] += 1
    return figures


def _verify(index: Path, acknowledged):
    if acknowledged == -2 and not (index / "catalogue.sqlite").exists():
        newsindex.create(index).close()  # the index was not made, and can be
    verify(index, max(acknowledged, -1), acknowledged + 1)
