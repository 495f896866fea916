"""Whatever is committed, merged, deleted or replaced, an index knows the acronyms of its live articles."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import analyze, stop_terms

from ..reference.acronyms import learned

SENTENCES = (
    "L'Office national des forêts (ONF) plante.",
    "l'ONF (Office national des forêts)",
    "L'Office National de la Forêt (Onf) plante.",
    "Le Mouvement démocrate (MoDem) hésite.",
    "Le mouvement démocrate (MODEM) hésite.",
    "Le Parti socialiste (PS) vote.",
    "La Coupe d'Afrique des nations (CAN)",
    "La Communauté andine des nations (CAN)",
    "L'Assistance publique-Hôpitaux de Paris (AP-HP)",
    "Une phrase sans acronyme.",
)
texts = st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join)
articles = st.builds(
    lambda number, headline, body: Article(headline or "vide", body, id=f"a{number}"),
    st.integers(0, 7),
    texts,
    texts,
)
commits = st.lists(
    st.tuples(st.lists(articles, max_size=4), st.sets(st.integers(0, 7), max_size=3)), max_size=4
)


def told(index):
    """The learned acronyms of an index, as the reference counts them."""
    found = {}
    for one in index.acronyms():
        terms = tuple(word.term for word in analyze(one.name))
        content = tuple(term for term in terms if term not in stop_terms) or terms
        found[one.acronym.lower(), content] = one.articles
    return found


@settings(max_examples=25)
@given(commits, st.booleans())
def test_an_index_knows_what_its_live_articles_define(changes, optimized):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        newsindex.create(Path(home) / "i") as index,
    ):
        for added, deleted in changes:
            with index.writer() as writer:
                for article in added:
                    writer.add(article)
                for number in deleted:
                    writer.delete(f"a{number}")
        if optimized:
            index.optimize()
        assert told(index) == learned(index)
        index.check()
        with newsindex.open(index.path) as opened:
            assert told(opened) == learned(opened)
