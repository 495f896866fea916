"""The notes on how a query was read, in French.

A search gives its notes in English, each with its kind and values (see :class:`newsindex.results.Note`).
"""

from __future__ import annotations

from typing import Final

from newsindex.results import Note

from .page_language import Language, isolated

FRENCH_NOTES: Final = {
    "all_capitals": (
        "Comme tout est en capitales, des opérateurs tels que ET, OU et SAUF ont été lus comme des mots."
    ),
    "boost_without_number": "Un ^ sans nombre a été laissé de côté.",
    "boost_without_word": "Un ^ sans mot devant lui a été laissé de côté.",
    "copies_not_counted": "Copies d’autres articles trouvés, qui ne sont pas comptées : {0}.",
    "dash_before_stop_word": "Le tiret devant « {0} », un mot que tous les textes ont, a été laissé de côté.",
    "dash_of_a_list": "Un tiret après la fin d’une phrase a été lu comme un signe de ponctuation.",
    "equals_sign": (
        "Le = après « {0} » a été lu comme une espace ; "
        "le nom d’un champ est suivi d’un deux-points, comme dans titre:roi."
    ),
    "exclamation_before_word": (
        "Le ! devant « {0} » a été lu comme un signe de ponctuation ; "
        "-{0} écarte les articles qui ont ce mot."
    ),
    "field_without_value": (
        "Le deux-points de « {0} » a été lu comme une espace : "
        "une valeur le suit sans espace, comme dans titre:roi."
    ),
    "few_articles": "Trop peu d’articles trouvés ({0}) pour que leurs mots disent beaucoup.",
    "field_without_colon": (
        "« {0} » a été lu comme un mot ; le nom d’un champ est suivi d’un deux-points, "
        "comme dans titre:(roi OU reine)."
    ),
    "literal_pattern": "Entre guillemets et après =, les signes * ? ~ n’ont pas de sens particulier.",
    "missing_quotation_mark": "Un guillemet a été ajouté à la fin.",
    "near_operator": '{0} a été lu comme un mot ; pour des mots proches l’un de l’autre, écrivez "a b"~5.',
    "no_articles": "Aucun article trouvé.",
    "no_articles_in_period": "Aucun article trouvé dans la période qui commence le {0}.",
    "no_reference": "Il n’y a pas d’autres articles auxquels les comparer.",
    "operator_without_operands": "{0} a été lu comme un mot, car il n’a rien à relier.",
    "partial": (
        "{0} des {1} parties de l’index n’ont pas répondu à temps ; "
        "des articles et des nombres peuvent manquer."
    ),
    "pattern_without_letters": (
        "Un modèle sans lettres a été laissé de côté ; * seul trouve tous les articles."
    ),
    "plus_before_stop_word": "Le + devant « {0} », un mot que tous les textes ont, a été laissé de côté.",
    "question_mark": (
        "Un ? à la fin d’un mot a été lu comme un signe de ponctuation ; "
        "à l’intérieur d’un mot, il vaut une lettre quelconque."
    ),
    "reversed_period": (
        "La période de {0} à {1} finit avant de commencer : aucun article ne peut s’y trouver."
    ),
    "reversed_relative_period": (
        "La période « {0} » finit aujourd’hui avant de commencer : aucun article ne peut s’y trouver."
    ),
    "tilde_without_number": "Un ~ qui n’est pas suivi d’un nombre entier a été laissé de côté.",
    "truncation_sign": (
        "Le {1} après « {0} » a été lu comme un signe de ponctuation ; "
        "{0}* trouve tous les mots qui commencent ainsi."
    ),
    "undated_left_out": "Articles sans date, qui ne sont donc pas dans la période : {0}.",
    "unknown_field": "Un deux-points qui ne suit pas le nom d’un champ a été lu comme une espace.",
    "unknown_field_near": (
        "Aucun champ ne s’appelle « {0} », et le deux-points a été lu comme une espace ; "
        "le nom le plus proche est {1}."
    ),
    "unknown_label": "Aucun article n’a « {1} » dans le champ {0}.",
    "unknown_label_frequent": "Aucun article n’a « {1} » dans le champ {0} ; noms les plus fréquents : {2}.",
    "unknown_label_near": "Aucun article n’a « {1} » dans le champ {0} ; noms proches : {2}.",
    "unknown_label_without_quotes": (
        "Aucun article n’a « {1} » dans le champ {0} ; "
        'un nom de plusieurs mots demande des guillemets, comme dans {0}:"{2}".'
    ),
    "unknown_operator": "{0} a été lu comme un mot ; les opérateurs sont ET, OU et SAUF.",
    "unpaired_parentheses": "Des parenthèses qui ne vont pas par paires ont été laissées de côté.",
    "unpaired_quotation_mark": "Un guillemet sans son pendant a été laissé de côté.",
    "words_behind_date": (
        "« {0} » après la date a été lu comme des mots à chercher ; "
        'une date de plusieurs mots se met entre guillemets, comme dans date:"3 au 5 janvier".'
    ),
    "words_of_a_sample": "Les mots viennent d’au plus {0} articles trouvés ; leurs nombres valent pour tous.",
}
"""The sentence of each kind of note; ``{0}`` is its first value."""


def note_text(note: str, language: Language) -> str:
    """Writes a note in a language; in English where there is no sentence for its kind."""
    if language.code == "fr" and isinstance(note, Note) and note.kind in FRENCH_NOTES:
        return FRENCH_NOTES[note.kind].format(*map(isolated, note.values))
    return note


def note_language(note: str, language: Language) -> str:
    """Returns the code of the language in which :func:`note_text` writes a note."""
    return "en" if note_text(note, language) is note else language.code
