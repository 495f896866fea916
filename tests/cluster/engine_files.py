"""Fetches what an OpenSearch node runs on, once for each version, and finds the Java for it.

The jars come from Maven (49 MB, and 45 MB more with the security plugin) into
``~/.cache/newsindex/opensearch-VERSION``; the launcher in ``engine/`` is compiled there again whenever its
source has changed. ``python3 -m tests.cluster.engine_files MAJOR`` says
whether this machine can start a major version, with nothing installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.jdk import find_jdk

_ENGINE: Final = Path(__file__).resolve().parent / "engine"
_POM: Final = _ENGINE / "pom.xml"
_COPY: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_FETCHING: Final = 900.0  # seconds


class EngineMissing(Exception):
    """This machine lacks what nodes are made of; the message says what."""


class PluginMissing(EngineMissing):
    """Maven does not give the security plugin, which few of its mirrors have."""


class EngineBroken(Exception):
    """The nodes did not start, or could not be made; the message has the output."""


class Version(NamedTuple):
    """A version of OpenSearch, and the major versions of Java that it runs on."""

    number: str
    oldest_java: int
    newest_java: int | None


VERSIONS: Final = {"2": Version("2.19.6", 17, 23), "3": Version("3.8.0", 21, None)}
"""By major version. OpenSearch 2 needs a part of Java that was removed in 24."""
SECURED_VERSIONS: Final = {"2": Version("2.19.4", 17, 23), "3": Version("3.4.0", 21, None)}
"""The newest versions for which Maven has the security plugin, which fits no other version."""
_PLUGIN: Final = "security"
"""The folder of the plugin's own jars, beside those of the node, which come first."""


class EngineFiles(NamedTuple):
    """The command ``java``, and the class path of a node."""

    java: Path
    class_path: str


def engine_files(version: Version, *, is_secured: bool = False) -> EngineFiles:
    """What a node of a version runs on, fetched and compiled where that has not been done.

    With ``is_secured``, the security plugin is there too.

    Raises EngineMissing where there is no Java, no Maven or no plugin, EngineBroken where one of them fails.
    """
    home = jdk(version)
    folder = _cache() / f"opensearch-{version.number}"
    folder.mkdir(parents=True, exist_ok=True)
    jars = _secured_jars(folder, version, home) if is_secured else _jars(folder, version, home, _POM)
    path = [_classes(folder, jars, home), jars / "*", *([jars / _PLUGIN / "*"] if is_secured else [])]
    return EngineFiles(home / "bin" / "java", os.pathsep.join(map(str, path)))


def jdk(version: Version) -> Path:
    """The folder of the JDK that a version runs on. Raises EngineMissing, also where Maven is missing."""
    home = find_jdk(version.oldest_java, version.newest_java)
    if home is None:
        upto = f" to {version.newest_java}" if version.newest_java else " or newer"
        raise EngineMissing(
            f"OpenSearch {version.number} needs a JDK of {version.oldest_java}{upto}: set JAVA_HOME to one"
        )
    if shutil.which("mvn") is None:
        raise EngineMissing("OpenSearch comes from Maven, which was not found: apt-get install maven")
    return home


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsindex"


def _secured_jars(folder: Path, version: Version, home: Path) -> Path:
    """The folder of the jars with the plugin. Raises PluginMissing where Maven does not give them."""
    try:
        return _jars(folder, version, home, _ENGINE / "security.xml", _POM)
    except EngineBroken as broken:
        raise PluginMissing(
            f"no security plugin of OpenSearch {version.number} came from Maven: {broken}"
        ) from None


def _jars(folder: Path, version: Version, home: Path, pom: Path, *parents: Path) -> Path:
    """The folder of the jars. Two runs may fetch them at once: the one that is ready first keeps its own."""
    jars = folder / f"jars-{_digest(pom, *parents)}"
    if not jars.is_dir():
        with _made_beside(jars) as unfinished:
            _run(
                [
                    "mvn",
                    "--quiet",
                    "--batch-mode",
                    "--file",
                    str(pom),
                    f"-Dopensearch.version={version.number}",
                    _COPY,
                    "-DincludeScope=runtime",
                    f"-DoutputDirectory={unfinished}",
                ],
                home,
            )
            for plugin in unfinished.glob("*.zip"):
                _unpack_jars(plugin, unfinished / _PLUGIN)
                plugin.unlink()
    return jars


def _unpack_jars(plugin: Path, folder: Path) -> None:
    with zipfile.ZipFile(plugin) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".jar")])


def _classes(folder: Path, jars: Path, home: Path) -> Path:
    """The folder of the compiled launcher."""
    source = _ENGINE / "EngineNode.java"
    classes = folder / f"classes-{_digest(source)}"
    if not classes.is_dir():
        with _made_beside(classes) as unfinished:
            compiler = str(home / "bin" / "javac")
            _run([compiler, "-nowarn", "-cp", str(jars / "*"), "-d", str(unfinished), str(source)], home)
    return classes


@contextmanager
def _made_beside(folder: Path) -> Iterator[Path]:
    """An empty folder that takes the place of ``folder`` once the block has filled it."""
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as home:
        unfinished = Path(home) / folder.name
        unfinished.mkdir()
        yield unfinished
        with suppress(OSError):  # another run was first
            unfinished.rename(folder)


def _digest(*sources: Path) -> str:
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _run(command: list[str], home: Path) -> None:
    environment = {**os.environ, "JAVA_HOME": str(home)}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=_FETCHING
        )
    except subprocess.TimeoutExpired:
        raise EngineBroken(f"{command[0]} had not ended after {_FETCHING:.0f} s") from None
    if done.returncode:
        output = f"{done.stdout}\n{done.stderr}".strip()
        raise EngineBroken(f"{Path(command[0]).name} failed:\n{output[-4000:]}")


if __name__ == "__main__":
    try:
        print(f"OpenSearch runs on {jdk(VERSIONS[sys.argv[1]])}")
    except EngineMissing as missing:
        sys.exit(f"the tests of a cluster are skipped: {missing}")
