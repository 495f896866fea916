"""Runs several searches at once: ``python -m examples.async_script Interpol sécheresse``."""

from __future__ import annotations

import asyncio
import sys

from examples.sample import open_index
from newsindex import aio


async def main(queries: list[str]) -> None:
    """Print how many articles each query finds, and the newest of them."""
    index = open_index()
    searches = [aio.search(index, query, limit=1, sort="newest") for query in queries]
    for query, results in zip(queries, await asyncio.gather(*searches), strict=True):
        newest = results[0].article.headline if results else "-"
        print(f"{query}: {results.total} found, the newest: {newest}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:] or ["Interpol", "sécheresse"]))
