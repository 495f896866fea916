"""What a reader types in French finds what he means, through a whole index."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import newsindex
from newsindex import Article
from newsindex.analyzer import analyze
from newsindex.dates import period_expressions
from tests.golden import forms, table

TABLE = [row for row in table("golden/french.tsv") if row["terms"]]


def ids(results):
    return [hit.article.id for hit in results]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """An article for each written form of the golden table."""
    with newsindex.create(tmp_path_factory.mktemp("forms") / "i") as index:
        index.add([Article(row["written"], id=row["written"]) for row in TABLE], workers=1)
        yield index


def finds(index, typed, wanted):
    return wanted in ids(index.search(f'"{typed}"', limit=len(TABLE), highlight=False))


@pytest.mark.parametrize("row", TABLE, ids=[row["written"] for row in TABLE])
def test_a_form_finds_the_forms_of_its_word_and_no_other(written, row):
    own = row["written"]
    cells = {True: [own, *forms(row["meets"])], False: forms(row["apart"])}
    found = {form: finds(written, form.replace('"', ""), own) for cell in cells.values() for form in cell}
    expected = {form: meets for meets, cell in cells.items() for form in cell}
    within = {form for form in cells[False] if _holds(own, form)}
    assert {form: f for form, f in found.items() if form not in within} == {
        form: meets for form, meets in expected.items() if form not in within
    }


def _holds(text, phrase):
    """Whether the words of a phrase stand in a text: 8 in 8 913 or parole in porte-parole."""
    words, wanted = ([word.term for word in analyze(each)] for each in (text, phrase))
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        # all accents are found, the very accents first, then the same letters
        ("péché", ["péché", "peche", "pêche"]),
        ("pêche", ["pêche", "peche", "péché"]),
        ("peche", ["peche", "péché", "pêche"]),
        ("maïs", ["maïs", "mais"]),
        # the word as typed before its inflections and its kin
        ("avocats", ["avocats", "avocat", "avocate"]),
        ("journal", ["journal", "journaux"]),
        ("chevaux", ["chevaux", "cheval"]),
        ("prend", ["prend", "prendre", "pris"]),
        ("Casablanca", ["Casablanca", "casablancais"]),
        ("Japon", ["Japon", "japonais"]),
    ],
)
def test_what_was_typed_comes_first(make_index, typed, order):
    index = make_index(
        [Article(f"Un titre : {form}", f"Un texte où l'on lit {form}.", id=form) for form in order[::-1]]
    )
    found = ids(index.search(typed))
    assert found[0] == order[0] == typed
    assert set(found) == set(order)


NEWS = [
    Article("Le Maroc reçoit la CAN 2025", "La coupe d'Afrique des nations s'ouvre à Rabat.", id="can"),
    Article(
        "Une équipe marocaine en finale",
        "Les Marocains, les Marocaines : tout le monde y croit.",
        id="marocain",
    ),
    Article("La canne à pêche du champion", "Il peut pêcher en 2025, dit-il : can you fish?", id="canne"),
    Article("L’avocat du porte-parole", "Le porte-parole se tait. La parole est à la défense.", id="porte"),
    Article("Il porte la parole des absents", "La parole porte, dit-on.", id="parole"),
    Article("Coup de filet DGSN-DGST à Aït-Melloul", "La DGSN et la DGST ont agi.", id="dgst"),
    Article("L'O.N.U. s’inquiète", "L’ONU et S.M. le Roi en parlent.", id="onu"),
    Article("Il a été, elle fut", "Ce que les uns ont, les autres ne l'ont pas.", id="stop"),
    Article(
        "8\u202f913 cas, 1,65 % de hausse", "La 93e minute du G20 ? Le COVID-19, 2e vague.", id="chiffres"
    ),
    Article("Владимир Путин et Αθήνα", "المغرب : un voyage. Škoda et Łódź.", id="écritures"),
    Article("Al-Raïssi à Tanger-Tétouan-Al Hoceima", "Rien à dire d'Al-Raïssi.", id="noms"),
    Article("Aujourd’hui, O’Brien et M’hamed", "Le prud’homme de la presqu’île.", id="apostrophes"),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    with newsindex.create(tmp_path_factory.mktemp("news") / "i") as index:
        index.add(NEWS[::2], workers=1)
        index.add(NEWS[1::2], workers=1)
        yield index


@pytest.mark.parametrize(
    ("typed", "first", "found"),
    [
        ("Maroc", "can", {"can"}),
        ("CAN 2025", "can", {"can", "canne"}),
        ("can", "can", {"can", "canne"}),
        ('"porte parole"', "porte", {"porte"}),
        ("porte-parole", "porte", {"porte"}),
        ('"porte-parole"', "porte", {"porte"}),
        ("DGSN", "dgst", {"dgst"}),
        ("DGST", "dgst", {"dgst"}),
        ("DGSN-DGST", "dgst", {"dgst"}),
        ("ait melloul", "dgst", {"dgst"}),
        ("ONU", "onu", {"onu"}),
        ("o.n.u.", "onu", {"onu"}),
        ("SM le Roi", "onu", {"onu"}),
        ("8913", "chiffres", {"chiffres"}),
        ("8.913", "chiffres", {"chiffres"}),
        ("8 913", "chiffres", {"chiffres"}),
        ("1.65", "chiffres", {"chiffres"}),
        ("covid", "chiffres", {"chiffres"}),
        ("93e", "chiffres", {"chiffres"}),
        ("Vladimir Putin", "écritures", {"écritures"}),
        ("Путин", "écritures", {"écritures"}),
        ("Athena", "écritures", {"écritures"}),
        ("المغرب", "écritures", {"écritures"}),
        ("Skoda Lodz", "écritures", {"écritures"}),
        ("al raissi", "noms", {"noms"}),
        ("tetouan", "noms", {"noms"}),
        ("aujourd'hui", "apostrophes", {"apostrophes"}),
        ("obrien", "apostrophes", {"apostrophes"}),
        ("M'HAMED", "apostrophes", {"apostrophes"}),
        ("prud'hommes", "apostrophes", {"apostrophes"}),
        ("avocats", "porte", {"porte"}),
        ("ÉTÉ", "stop", {"stop"}),
        ("ne les", "stop", {"stop", "marocain"}),
        ("elle fut", "stop", {"stop"}),
    ],
)
def test_a_query_finds_its_articles_the_one_that_is_meant_first(news, typed, first, found):
    results = ids(news.search(typed))
    assert results[0] == first
    assert set(results) >= found


@pytest.mark.parametrize(
    ("headline", "typed", "marked"),
    [
        ("L'avocat de l’État", "avocats", ["avocat"]),
        ("Un chef-d’œuvre, l’œuvre et 25 €", "oeuvres", ["œuvre", "œuvre"]),
        ("« Le Maroc » à 25 € l’entrée", "maroc entrees", ["Maroc", "entrée"]),
        ("Le gou\u00adver\u00adne\u00adment", "gouvernements", ["gou\u00adver\u00adne\u00adment"]),
        ("L'e\u0301lu et les e\u0301lues", "élu", ["e\u0301lu", "e\u0301lues"]),
        ("Plus de 8\u202f913 cas", "8913", ["8\u202f913"]),
        ("Interpol\u00a0: l’assemblée\u00a0!", "assemblée interpol", ["Interpol", "assemblée"]),
        ("Le 😀 Maroc🇲🇦 gagne", "maroc gagner", ["Maroc", "gagne"]),
        ("𝐌𝐚𝐫𝐨𝐜 😀 et le Maroc", "maroc", ["𝐌𝐚𝐫𝐨𝐜", "Maroc"]),
        ("La DGSN-DGST arrête", "dgst", ["DGST"]),
        ("Le porte-parole parle", '"porte parole"', ["porte-parole"]),
        ("Les yeux dans l'œil", "œil", ["yeux", "œil"]),
        ("Владимир Путин à Rabat", "putin", ["Путин"]),
        ("Aujourd’hui, O’Brien joue", "aujourd'hui o'brien", ["Aujourd’hui", "O’Brien"]),
        ("Ils prennent ce qu'on a pris", "prendre", ["prennent", "pris"]),
        ("ÉLECTIONS : les élections", "élection", ["ÉLECTIONS", "élections"]),
    ],
)
def test_whole_written_words_are_marked_in_headline_and_body(make_index, headline, typed, marked):
    index = make_index([Article(headline, f"😀 Début « œ ». {headline}. Fin.")])
    (hit,) = index.search(typed)
    assert [hit.headline.text[start:end] for start, end in hit.headline.spans] == marked
    in_snippet = [hit.snippet.text[start:end] for start, end in hit.snippet.spans]
    assert in_snippet == [word.replace("\u202f", " ") for word in marked]  # its white space is plain
    assert hit.headline.text == headline


@pytest.fixture
def dated(make_index, monkeypatch):
    """Articles of January 2026, read on Wednesday 21 in the afternoon."""
    monkeypatch.setattr(period_expressions, "current", lambda zone: datetime(2026, 1, 21, 14, 30))
    days = [
        (2023, 7, 14),
        (2025, 3, 31),
        (2025, 12, 31),
        *((2026, 1, day) for day in (1, 3, 5, 12, 19, 20, 21)),
    ]
    return make_index([Article("Neige", published=datetime(*day, 9), id=str(date(*day))) for day in days])


@pytest.mark.parametrize(
    ("typed", "first", "last", "count"),
    [
        ("date:hier", "2026-01-20", "2026-01-20", 1),
        ("date:aujourd'hui", "2026-01-21", "2026-01-21", 1),
        ("neige date:aujourd’hui", "2026-01-21", "2026-01-21", 1),
        ('date:"la semaine dernière"', "2026-01-12", "2026-01-12", 1),
        ('date:"cette semaine" neige', "2026-01-19", "2026-01-21", 3),
        ("depuis:mardi", "2026-01-20", "2026-01-21", 2),
        ('depuis:"lundi dernier"', "2026-01-19", "2026-01-21", 3),
        ('depuis:"3 jours"', "2026-01-19", "2026-01-21", 3),
        ("avant:2026", "2023-07-14", "2025-12-31", 3),
        ('date:"avant 2024"', "2023-07-14", "2023-07-14", 1),
        ('date:"après mars 2025"', "2025-12-31", "2026-01-21", 8),
        ('date:"du 3 au 5 janvier 2026"', "2026-01-03", "2026-01-05", 2),
        ('date:"en janvier 2026"', "2026-01-01", "2026-01-21", 7),
        ("date:janvier", "2026-01-01", "2026-01-21", 7),
        ('date:"1er janvier"', "2026-01-01", "2026-01-01", 1),
        ("date:01/01/2026", "2026-01-01", "2026-01-01", 1),
        ('date:"03 - 01 - 2026"', "2026-01-03", "2026-01-03", 1),
        ('date:["la semaine dernière" TO hier]', "2026-01-12", "2026-01-20", 3),
        ("date:[2025-12 TO 2026-01]", "2025-12-31", "2026-01-21", 8),
        ("NOT depuis:2024", "2023-07-14", "2023-07-14", 1),
    ],
)
def test_dates_in_a_query_are_those_of_french_readers(dated, typed, first, last, count):
    found = ids(dated.search(typed, sort="oldest", limit=20))
    assert (found[0], found[-1], len(found)) == (first, last, count)


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("hier", None, "2026-01-20", "2026-01-21"),
        ("le mois dernier", "le mois dernier", "2025-12-31", "2025-12-31"),
        (None, "l'an dernier", "2023-07-14", "2025-12-31"),
        ("depuis mardi", None, "2026-01-20", "2026-01-21"),
        ("1er janvier", "3 janvier", "2026-01-01", "2026-01-03"),
        ("il y a deux semaines", "il y a 2 jours", "2026-01-12", "2026-01-19"),
        (None, "avant 2025", "2023-07-14", "2023-07-14"),
    ],
)
def test_since_and_until_are_written_as_french_readers_do(dated, since, until, first, last):
    found = ids(dated.search("neige", since=since, until=until, sort="oldest"))
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize(("zone", "typed"), [
    ("Europe/Paris", "date:2026-01-02T22:30Z"), ("Europe/Paris", 'date:"2 janvier 2026 à 23h30"'),
    ("Africa/Casablanca", "date:2026-01-02T22:30:00Z"), ("America/Montreal", "date:2026-01-02T23:30-05:00"),
])  # fmt: skip
def test_a_moment_is_that_of_the_zone_of_the_index(make_index, zone, typed):
    index = make_index([Article("Neige", published=datetime(2026, 1, 2, 23, 30))], timezone=zone)
    assert index.search(typed).total == 1
    assert index.search(typed).notes == ()


@pytest.mark.parametrize(
    "typed", ["date:bientôt", 'depuis:"la Saint-Glinglin"', "date:[2026 TO demain-matin]"]
)
def test_a_date_that_is_none_is_answered_with_examples(news, typed):
    with pytest.raises(newsindex.QueryError, match="is not a date: write 2026, 2026-01, 31/01/2026"):
        news.search(typed)
