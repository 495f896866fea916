"""What French words become, case by case.

Each row of FORMS is a written form and its terms; MEET and PART are pairs of texts that a reader takes for
the same and for different words. Doubts are written beside the rows.
"""

from __future__ import annotations

import pytest

import newsindex
from newsindex.analyzer import analyze

FORMS = {
    # stop words are French ones only
    "CAN": "can",
    "l'or": "or",
    "mai": "mai",
    "été": "ete",
    "son": "son",
    "may": "may",
    "us": "us",
    # both apostrophes, elision
    "l'avocat": "avocat",
    "l’avocat": "avocat",
    "D'ABORD": "abord",
    "jusqu'ici": "ici",
    "lorsqu’Interpol": "interpol",
    "puisqu'Alger": "alger",
    "quoiqu'absent": "absent",
    "n'arrive": "arriv",
    "s'impose": "impos",
    "qu'Interpol": "interpol",
    "d'1,65": "1,65",
    "l'O.N.U.": "onu",
    # the apostrophe is inside the word
    "aujourd'hui": "aujourdhui",
    "aujourd’hui": "aujourdhui",
    "prud'homme": "prudhomm",
    "prud'hommes": "prudhomm",
    "presqu'île": "presquil",
    "O'Brien": "obrien",
    "N'Golo": "ngolo",
    "M'Bappé": "mbapp",
    # ligatures, accents, case, Unicode form
    "œuvre": "oeuvr",
    "OEUVRE": "oeuvr",
    "Œuvres": "oeuvr",
    "cœur": "coeur",
    "ÉLECTIONS": "elect",
    "ELECTIONS": "elect",
    "Fès": "fes",
    "Salé": "sal",
    "élu": "elu",
    "e\u0301lu": "elu",
    "sou\u00adveraine": "souverain",
    "Noël": "noel",
    "ﬁnance": "financ",
    "straße": "strass",
    # sigles
    "O.N.U.": "onu",
    "ONU": "onu",
    "C.A.N": "can",
    "S.M.": "sm",
    "DGSN-DGST": "dgsn dgst",
    "U.E": "ue",
    # numbers
    "8.913": "8913",
    "8 913": "8913",
    "8\u00a0913": "8913",
    "8\u202f913": "8913",
    "12 345 678": "12345678",
    "1,65": "1,65",
    "1.5": "1,5",
    "93e": "93e",
    "2e": "2e",
    "G20": "g20",
    "COVID-19": "covid 19",
    "2.0.1": "2 0 1",
    "02/01/2026": "02 01 2026",
    # Doubt: two numbers that only happen to stand side by side are read as one.
    "19 200": "19200",
    # hyphens
    "porte-parole": "port parol",
    "Al-Raïssi": "al raiss",
    "Aït-Melloul": "ait melloul",
    "Tanger-Tétouan-Al Hoceima": "tang tetouan al hoceim",
    # no space after a full stop; an address
    "fin.Début": "fin debut",
    "www.hespress.com": "www hespress com",
    # other scripts are transliterated
    "Афины": "afiny",
    "Αθήνα": "athen",
    # nothing to look for
    "😀": "",
    "«»": "",
    "€": "",
    "_": "",
}

MEET = [
    ("tour", "tours"), ("français", "française"), ("français", "françaises"), ("cheval", "chevaux"),
    ("journal", "journaux"), ("élection", "élections"), ("élection", "électoral"), ("œil", "yeux"),
    ("sécurité", "securite"), ("SÉCURITÉ", "SECURITE"), ("péché", "pêche"), ("pêche", "peche"),
    ("demandée", "demander"), ("demandée", "demandee"), ("première", "premiere"), ("accès", "acces"),
    ("ministre", "ministres"), ("Marocain", "marocaines"), ("policière", "policier"),
    ("nationale", "nationaux"), ("internationale", "internationaux"), ("réforme", "réformer"),
    ("O.N.U.", "ONU"), ("8 913", "8.913"), ("œuvre", "oeuvre"), ("l’avocat", "avocats"),
    ("égalité", "egalites"), ("arrivèrent", "arriver"), ("aujourd'hui", "aujourd’hui"),
    # plurals that Snowball keeps
    ("loi", "lois"), ("élu", "élus"), ("photo", "photos"), ("vidéo", "vidéos"), ("euro", "euros"),
    ("ami", "amis"), ("petit", "petits"), ("commission", "commissions"), ("crédit", "crédits"),
    ("retrait", "retraits"), ("travail", "travaux"), ("jeu", "jeux"), ("lieu", "lieux"), ("essai", "essais"),
    ("emploi", "emplois"), ("étranger", "étrangers"), ("conflit", "conflits"), ("délit", "délits"),
    ("leader", "leaders"), ("opinion", "opinions"), ("souci", "soucis"), ("différent", "différents"),
    ("matériau", "matériaux"), ("vitrail", "vitraux"), ("bail", "baux"), ("vœu", "vœux"), ("roi", "rois"),
    ("portrait", "portraits"), ("individu", "individus"), ("euro", "EUROS"), ("scénario", "scénarios"),
    # feminines
    ("petit", "petite"), ("directeur", "directrice"), ("nouveau", "nouvelle"), ("nouvel", "nouvelles"),
    ("précis", "précise"), ("chanteur", "chanteuses"), ("heureux", "heureuse"), ("sérieux", "sérieuses"),
    ("public", "publique"), ("blanc", "blanche"), ("turc", "turques"), ("grec", "grecque"),
    ("actif", "active"),
    ("sportif", "sportives"), ("juif", "juive"), ("étranger", "étrangère"), ("premier", "premières"),
    ("acteur", "actrice"), ("ambassadeur", "ambassadrice"), ("divers", "diverses"), ("soumis", "soumise"),
    ("vieux", "vieille"), ("faux", "fausses"), ("entier", "entière"), ("inédit", "inédites"),
    ("supérieur", "supérieure"), ("sénateur", "sénatrices"), ("bref", "brève"), ("gros", "grosse"),
    # participles, their accents left out or not
    ("publié", "publiée"), ("publié", "publier"), ("PUBLIE", "publiées"), ("associé", "associés"),
    ("identifié", "identifier"), ("employé", "employer"), ("envoyé", "envoyée"), ("sollicité", "solliciter"),
    ("revendiqué", "revendiquer"), ("dépassé", "dépasser"), ("communiqué", "communiquer"),
    ("démission", "démissionner"), ("subvention", "subventionnée"),
    # -isme and -iste
    ("terrorisme", "terroriste"), ("tourisme", "touristes"), ("tourisme", "touristique"),
]  # fmt: skip

PART = [
    ("chat", "châtiment"), ("organe", "organisation"), ("Maroc", "marocain"), ("or", "ordre"),
    ("CAN", "canne"), ("mai", "mais"), ("2025", "2026"), ("1,65", "165"), ("port", "porter-t"),
    ("Casablanca", "cas"), ("police", "poli"), ("université", "univers"),
    ("communiste", "communication"), ("social", "socialiste"), ("mois", "moi"), ("fois", "foi"),
    ("mars", "mare"),
    ("loi", "loisir"), ("loi", "loyer"), ("vers", "ver"), ("pays", "payer"), ("fils", "fil"), ("abus", "Abu"),
    ("pétition", "petit"), ("crise", "cri"), ("presse", "près"), ("Hamas", "Hama"), ("propos", "proposer"),
    ("retrait", "retraite"), ("audit", "audition"), ("Paris", "pari"), ("dès", "décès"), ("revers", "rêve"),
    ("feu", "feuille"), ("désir", "des"), ("foyer", "foi"), ("journal", "journaliste"),
]  # fmt: skip


def terms(text: str) -> list[str]:
    return [word.term for word in analyze(text)]


@pytest.mark.parametrize(("written", "expected"), FORMS.items())
def test_a_written_form_has_its_terms(written, expected):
    assert terms(written) == expected.split()


@pytest.mark.parametrize(("one", "other"), MEET)
def test_inflections_meet(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), PART)
def test_different_words_do_not_meet(one, other):
    assert terms(one) != terms(other)


def test_elided_words_without_end_are_left_out_one_by_one():
    assert terms("l'" * 5000 + "avocat") == ["avocat"]


def test_the_stem_is_snowballs_for_nearly_all_of_its_vocabulary(data):
    """The words that the rules of inflections.py change have other stems on purpose. The stem depends on the
    folded word alone, so it cannot be Snowball's where accents alone part two stems; 98% is what was
    measured, and what falls below is a change to look at."""
    from unidecode import unidecode

    from newsindex.analyzer.inflections import common_gender, singular

    words = (data / "french" / "french_voc.txt").read_text().split("\n")
    stems = (data / "french" / "french_output.txt").read_text().split("\n")
    pairs = [(w, s) for w, s in zip(words, stems, strict=True) if w.isalpha()]
    untouched = [
        (word, unidecode(stem))
        for word, stem in pairs
        for folded in [unidecode(word)]
        if common_gender(singular(folded)) == folded and not folded.endswith(("eux", "isme", "iste"))
    ]
    agreeing = sum(terms(word) == [stem] for word, stem in untouched)
    assert agreeing / len(untouched) > 0.98
    assert len(untouched) / len(pairs) > 0.6


def test_the_analyzer_is_a_whoosh_analyzer_that_keeps_offsets_and_places():
    text = "Le procureur de l'État et l’œuvre"
    tokens = newsindex.FrenchAnalyzer()(text, positions=True, chars=True)
    found = [(t.text, t.pos, text[t.startchar : t.endchar]) for t in tokens]
    assert found == [("procureur", 1, "procureur"), ("etat", 3, "État"), ("oeuvr", 5, "œuvre")]
