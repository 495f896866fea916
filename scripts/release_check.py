"""Checks that everything that names the version of a release agrees: release_check.py TAG, as in v0.2.0.

The tag, ``newsindex/_version.py``, the first heading of CHANGELOG.md and CITATION.cff must have one version,
and the heading a date instead of "unreleased". Ends with status 1 and a line for each that does not agree.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def disagreements(tag: str, root: Path = ROOT) -> Iterator[str]:
    """Yields a sentence for each place whose version is not that of the tag."""
    version = tag.removeprefix("v")
    if tag == version:
        yield f"the tag {tag!r} does not begin with v"
    package = _found(r'__version__ = "([^"]+)"', root / "newsindex" / "_version.py")
    if package != version:
        yield f"newsindex/_version.py has {package}"
    heading = _found(r"^## (.+)$", root / "CHANGELOG.md")
    if not re.fullmatch(rf"{re.escape(version)}, \d{{4}}-\d\d-\d\d", heading):
        yield f"the first heading of CHANGELOG.md is {heading!r}: write {version!r}, a comma and the date"
    cited = _found(r"^version: *(\S+)$", root / "CITATION.cff")
    if cited != version:
        yield f"CITATION.cff has {cited}"


def _found(pattern: str, path: Path) -> str:
    match = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    return match[1] if match else "nothing"


if __name__ == "__main__":
    found = list(disagreements(*sys.argv[1:2] or [""]))
    for sentence in found:
        print(sentence, file=sys.stderr)
    sys.exit(1 if found else 0)
