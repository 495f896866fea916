"""Random small corpora and random queries over a small vocabulary, so that they meet."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from newsindex import Article

WORDS = (
    "maroc", "Marocains", "l’élection", "élections", "œuvre", "oeuvres", "CAN", "2025", "le", "de",
    "l'avocat", "avocats", "Aït-Melloul", "8 913", "8.913", "O.N.U.", "ONU", "péché", "pêche", "été",
    "Interpol", "Marrakech", "porte-parole", "aujourd'hui", "un", "Fès", "😀", "—", "«", "fin.Le",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
dates = st.none() | st.dates(date(2023, 1, 1), date(2026, 12, 31))


@st.composite
def corpora(draw, max_size=10):
    """Distinct articles with few words, ids a0, a1 …"""
    count = draw(st.integers(1, max_size))
    articles = []
    for i in range(count):
        headline, body = draw(texts), draw(texts)
        if not (headline or body):
            headline = "vide"
        source = draw(st.sampled_from([None, "Hespress", "L'Écho"]))
        articles.append(Article(headline, body, source=source, published=draw(dates), id=f"a{i}"))
    return articles


words = st.sampled_from([word for word in WORDS if word not in ("😀", "—", "«")])
phrases = st.tuples(
    st.lists(words, min_size=1, max_size=3).map(" ".join), st.sampled_from(["", "~2", "~4"])
).map(lambda pair: f'"{pair[0]}"{pair[1]}')
leaves = words | phrases | words.map(lambda word: f"titre:{word}") | phrases.map("texte:{}".format)


signed = st.sampled_from([
    "=péché", "=pêche", "=peche", "=avocats", '="porte-parole"', "=le", "titre:=pêche", "texte:=avocat",
    "elec*", "*ion", "p?che*", "*a*o*", "l'av*", "porte-par*", "oe?vre", "titre:maroc*", "texte:*oc?ins*",
    "8*3", "onu*",
    "Interpoll~", "avocas~2", "titre:pechés~", "moroc~", "Aït-Meloul~", "2052~", "xyzt*", "aintepol~2",
]) | words.map("={}".format) | words.map(lambda word: f"texte:={word}")  # fmt: skip


def _combined(inner):
    pairs = st.tuples(inner, inner)
    return (
        pairs.map(lambda p: f"({p[0]} ET {p[1]})")
        | pairs.map(lambda p: f"({p[0]} OU {p[1]})")
        | pairs.map(lambda p: f"({p[0]} SAUF {p[1]})")
        | pairs.map(lambda p: f"({p[0]} {p[1]})")
        | pairs.map(lambda p: f"(+{p[0]} {p[1]})")
        | pairs.map(lambda p: f"({p[0]} -{p[1]})")
        | pairs.map(lambda p: f"({p[0]} {p[1]})^0.5")
        | inner.map(lambda q: f"(NOT {q})")
        | words.map(lambda word: f"{word}^2.5")
    )


queries = st.recursive(leaves, _combined, max_leaves=6)
signed_queries = st.recursive(signed | leaves, _combined, max_leaves=4)
