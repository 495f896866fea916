"""Random articles over a small vocabulary, some of which are copies of others."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from newsindex import Article

WORDS = (
    "Abdelilah", "Benkirane", "coopération", "policière", "gouvernement", "Banque", "banques", "centrale",
    "le", "de", "la", "2026", "12", "péché", "pêche", "O.N.U.", "retraites.", "Rabat,",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
long_texts = st.lists(st.sampled_from(WORDS), min_size=60, max_size=80).map(" ".join)


@st.composite
def corpora(draw):
    """Articles with ids a0, a1 … of two sources."""
    articles: list[Article] = []
    for i in range(draw(st.integers(1, 40))):
        headline, body = draw(texts), draw(texts)
        if articles and draw(st.integers(0, 4)) == 0:
            copied = draw(st.sampled_from(articles))
            headline, body = copied.headline, copied.body
        if not (headline or body):
            headline = "vide"
        source = draw(st.sampled_from(["Hespress", "L'Écho"]))
        day = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
        articles.append(Article(headline, body, source=source, published=day, id=f"a{i}"))
    return articles
