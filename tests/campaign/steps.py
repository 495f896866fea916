"""What does the writer under attack do, and what has an index to hold after each of its commits?

Step k is one commit; after it the index holds :func:`articles_after` k, and one more article that tells k.
"""

from __future__ import annotations

import newsindex
from newsindex import Article

STATE = "state"
KINDS = ("add", "add", "update", "delete", "add", "merge")
EACH = 4  # articles that a step adds, updates or deletes
KEPT = 24  # articles, at least, before any are deleted


def kind(k):
    """What step k does."""
    return KINDS[k % len(KINDS)]


def _article(i, k):
    return Article(
        f"Dépêche {i} du commit {k}",
        f"Le corps numéro {i}, tel que le commit {k} l'a laissé. " * (1 + i % 3),
        id=f"a{i}",
        source=("Agence", "Gazette", "Courrier")[i % 3],
        section="Monde" if i % 2 else None,
    )


_after = [{}]  # before the first step, and after each that was asked for


def articles_after(k):
    """The articles after step k by id, without the one that tells k."""
    while len(_after) < k + 2:
        _after.append(_next(len(_after) - 1, _after[-1]))
    return _after[k + 1]


def _next(k, before):
    articles = dict(before)
    names = list(articles)
    changed = []
    if kind(k) == "add":
        changed = [f"a{k * EACH + i}" for i in range(EACH)]
    elif kind(k) == "update":
        changed = names[-EACH:]
    elif kind(k) == "delete":
        for name in names[: max(EACH, len(names) - KEPT)]:
            del articles[name]
    articles.update((name, _article(int(name[1:]), k)) for name in changed)
    return articles


def perform(index, k):
    """Commit step k to an index that is at step k - 1."""
    before, after = articles_after(k - 1), articles_after(k)
    with index.writer(workers=1) as writer:
        for name, article in after.items():
            if article != before.get(name):
                writer.add(article)
        for name in before.keys() - after.keys():
            writer.delete(name)
        writer.add(Article("état", str(k), id=STATE))
        if kind(k) == "merge":
            writer.optimize()


def state(index):
    """The step at which an index is: -1 before the first."""
    article = index.get(STATE)
    return -1 if article is None else int(article.body)


def verify(folder, low, high):
    """Whether the index in a folder is sound and at a step from ``low`` to ``high``; returns the step.

    It has every article of that step and nothing else, finds them, takes the next step (so returns one
    more than it found), and no file is left that the index does not name.
    """
    with newsindex.open(folder) as index:
        index.check()
        k = state(index)
        assert low <= k <= high, f"at step {k}, and not between {low} and {high}"
        assert_holds(index, k)
        perform(index, k + 1)
        assert_holds(index, k + 1)
        index.check()
        segments = index.stats().segments
    files = sorted(path.name for path in folder.iterdir())
    assert sum(name.endswith(".segment") for name in files) == segments, files
    assert [name for name in files if not name.endswith(".segment")] == ["catalogue.sqlite"], files
    return k + 1


def assert_holds(index, k):
    """The index holds exactly what it has to after step k, and finds it."""
    wanted = articles_after(k)
    assert {a.id: a for a in index if a.id != STATE} == wanted
    assert len(index) == len(wanted) + (k >= 0)
    assert index.search("corps", limit=100).total == len(wanted)
    for source in ("Agence", "Gazette", "Courrier"):
        found = index.search("dépêche", limit=100, source=source)
        assert {hit.article.id for hit in found} == {a.id for a in wanted.values() if a.source == source}
