"""Searches from a script: ``python -m examples.script Interpol Marrakech``."""

from __future__ import annotations

import sys

from examples.sample import open_index


def main(words: list[str]) -> None:
    """Print the articles that answer best, and which sources write of it."""
    with open_index() as index:
        results = index.search(" ".join(words) or "Interpol Marrakech", limit=5, facets="source")
        for hit in results:
            print(f"{hit.article.headline}\n    {hit.snippet}")
        for source, count in results.facets["source"].items():
            print(f"{count:>4}  {source}")


if __name__ == "__main__":
    main(sys.argv[1:])
