"""An index as this format was first written, kept to be read for as long as the format is the same; and one
of each older format of which the articles can be read.

``python -m tests.storage.golden`` writes it again: after a new version of the format or of the analysis.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import newsindex
from newsindex.storage.array_file import VERSION

ROOT = Path(__file__).resolve().parents[3]
DELETED = "golden-deleted"


def write(folder: Path) -> newsindex.Index:
    """The golden index, made now: two commits, and a deletion in the second segment."""
    articles = list(newsindex.read(ROOT / "sample_corpus" / "articles.jsonl"))[:24]
    withdrawn = newsindex.Article(headline="Retiré", body="Cet article a été retiré.", id=DELETED)
    index = newsindex.create(folder)
    index.add(articles[:12])
    index.add([*articles[12:], withdrawn])
    index.delete(DELETED)
    return index


def golden(version: int) -> Path:
    """The golden index of a version of the format, zipped."""
    return Path(__file__).with_name(f"format-{version}.zip")


def unpacked(folder: Path, version: int = VERSION) -> Path:
    """The golden index of a version of the format, unzipped into a folder."""
    with zipfile.ZipFile(golden(version)) as archive:
        archive.extractall(folder)
    return folder


def main() -> None:
    """Write the golden index of this version of the format."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "index"
        write(folder).close()
        with zipfile.ZipFile(golden(VERSION), "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, path.name)
