"""What tests share: Hypothesis profiles, small indexes, and the folder of measuring data."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

import newsindex
from newsindex.query.evaluation.snapshot import Snapshot

from .cluster.running import running_cluster, start_or_skip

hypothesis_settings.register_profile(
    "newsindex",
    deadline=None,  # no timed assertions: machines are shared
    max_examples=int(os.environ.get("NEWSINDEX_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("newsindex")

ROOT = Path(__file__).resolve().parent.parent
_MEMORY: Final = Path("/dev/shm")
_ENOUGH_MEMORY: Final = 2 << 30  # bytes


def pytest_configure():
    """Have tests make their files in memory where there is room, since an index waits for the disk at each
    commit. ``TMPDIR=/tmp`` has them use the disk."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ENOUGH_MEMORY:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # it is read from the environment again


def pytest_terminal_summary(terminalreporter):
    """Tell why tests were skipped: each reason once, with the number of its tests, wherever they stand."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.section("reasons of skipped tests")
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count:6,}  {reason}")


@pytest.fixture
def make_index(tmp_path):
    """An index of some articles, in a folder of its own; called once for each commit's articles."""
    made = []

    def make(*commits, **settings):
        index = newsindex.create(tmp_path / f"{len(made)}.newsindex", **settings)
        made.append(index)
        for articles in commits:
            index.add(articles)
        return index

    yield make
    for index in made:
        index.close()


@pytest.fixture
def without_kernel(monkeypatch):
    """Leaves the compiled kernel out of a test, for what only the arrays do."""
    monkeypatch.setattr(Snapshot, "compiled", None)


@pytest.fixture
def scanner_of_arrays(monkeypatch):
    """Writers scan without the compiled kernel, as what is of worker processes needs it."""
    monkeypatch.setattr("newsindex.indexer.scanning.scanners.compiled_kernel", lambda: None)


@pytest.fixture
def open_files_stay(monkeypatch):
    """A file that this process has mapped is not deleted, as on Windows."""
    maps, unlink = Path("/proc/self/maps"), Path.unlink
    if os.name == "nt":
        return
    if not maps.exists():
        pytest.skip("this system does not tell which files a process has mapped")

    def unlink_unless_mapped(path, missing_ok=False):
        if path.name in maps.read_text():
            raise PermissionError(errno.EACCES, "another process has the file open", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_unless_mapped)


@pytest.fixture(scope="session")
def data():
    """The folder of measuring data; the test is skipped where there is none."""
    folder = Path(os.environ.get("NEWSINDEX_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no measuring data in {folder} (set NEWSINDEX_DATA)")
    return folder


@pytest.fixture(scope="session")
def seed_page(data):
    """A real page of a press aggregator."""
    page = data.parent / "seed" / "000_d85b16bb5c554cf5.txt"
    if not page.is_file():
        pytest.skip(f"no {page}")
    return page


@pytest.fixture(scope="session")
def cluster():
    """A running OpenSearch cluster; the test is skipped where a machine cannot start one."""
    with ExitStack() as stack:
        yield start_or_skip(stack, running_cluster())
