"""Checks that the internal links of the manual and of the pages beside it lead somewhere.

``python scripts/links.py [FOLDER]`` reads the built manual, in ``build/docs`` by default, and every Markdown
file of the repository. It prints a line for each link whose file, or whose heading, is not there, and ends
with status 1 if there is any. Links to other hosts are not followed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = ("*.md", "docs/**/*.md", "kernel/*.md", "newsindex/**/*.md", ".github/**/*.md")

_FENCE: Final = re.compile(r"^ *(```+|~~~+).*?^ *\1 *$", re.M | re.S)
_CODE: Final = re.compile(r"`[^`\n]+`")
_LINK: Final = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.M)
_HEADING: Final = re.compile(r"^#{1,6} +(.+?) *#*$", re.M)
_NO_ANCHOR: Final = re.compile(r"[^\w\- ]")


class _Page(HTMLParser):
    """The anchors of an HTML page, and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what an element is named, and where it leads."""
        for name, value in attrs:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")


@cache
def _html_page(path: Path) -> _Page:
    return _Page(path.read_text(encoding="utf-8"))


def html_breaches(folder: Path) -> Iterator[str]:
    """A line for each internal link of the pages in a folder that leads nowhere."""
    for path in sorted(folder.rglob("*.html")):
        for link in dict.fromkeys(_html_page(path).links):
            target, anchor = _target(path, link)
            if target is None:
                continue
            if not target.is_file():
                yield f"{path}: {link} leads to no file"
            elif anchor and target.suffix == ".html" and anchor not in _html_page(target).anchors:
                yield f"{path}: {link} leads to no place on that page"


def markdown_breaches(root: Path) -> Iterator[str]:
    """A line for each link of the Markdown files of a repository that leads nowhere."""
    for path in sorted({path for pattern in PAGES for path in root.glob(pattern)}):
        text = _CODE.sub("", _FENCE.sub("", path.read_text(encoding="utf-8")))
        for link in dict.fromkeys(first or second for first, second in _LINK.findall(text)):
            target, anchor = _target(path, link)
            if target is None:
                continue
            if not target.exists():
                yield f"{path.relative_to(root)}: {link} leads to no file"
            elif anchor and target.suffix == ".md" and anchor not in _headings(target):
                yield f"{path.relative_to(root)}: {link} leads to no heading"


def _target(page: Path, link: str) -> tuple[Path | None, str]:
    """The file that a link of a page leads to, and the anchor there; None for another host."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None, ""
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return path, unquote(parts.fragment)


@cache
def _headings(path: Path) -> frozenset[str]:
    """The anchors that GitHub gives the headings of a Markdown file; labels of the manual are none there."""
    seen: Counter[str] = Counter()
    anchors = set()
    written = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for heading in _HEADING.findall(written):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = _NO_ANCHOR.sub("", text.lower()).replace(" ", "-")
        anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return frozenset(anchors)


def main(arguments: list[str]) -> int:
    """Checks a built manual, and the pages of the repository; returns the exit status."""
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "docs"
    if not (folder / "index.html").is_file():
        print(f"{folder} has no manual: build it with scripts/docs", file=sys.stderr)
        return 1
    found = [*html_breaches(folder.resolve()), *markdown_breaches(ROOT)]
    print("\n".join(found) if found else "every internal link leads somewhere")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
