"""The sentences of problems: all in French, and in English those whose own words are for programs.

A problem says in English what happened and what to do, for programs too; its kind and values are those of its
error (see :class:`newsindex.errors.QueryError`).
"""

from __future__ import annotations

from typing import Final

from newsindex.web.problems import Problem

from .page_language import Language, isolated

_MAX_CHARACTERS: Final = 100  # of a value that is shown

FRENCH_PROBLEMS: Final = {
    # A query
    "bad_distance": "Après ~ vient 1 ou {0}, le nombre de lettres qui peuvent différer, et non « {1} ».",
    "bad_weight": "Un poids est supérieur à 0 et vaut au plus {0} : « {1} » n’en est pas un.",
    "field_of_common_spelling": (
        "« {0} » et ses autres graphies sont dans le titre et le texte de plus de {1} articles : "
        "cherchez sans le champ."
    ),
    "no_unicode": "Le texte de « {0} » n’est pas de l’Unicode valide : tapez-le à nouveau.",
    "pattern_too_wide": "« {0} » vaut pour plus de {1} mots : donnez-en plus de lettres.",
    "query_too_long": "La recherche a {0} caractères, et au plus {1} sont permis : raccourcissez-la.",
    "too_deep": "La recherche a plus de {0} parenthèses l’une dans l’autre : simplifiez-la.",
    "too_many_parts": "La recherche a trop de parties : raccourcissez-la.",
    "too_many_patterns": (
        "Une recherche a au plus {0} mots avec les signes *, ? ou ~ : retirez-en quelques-uns."
    ),
    "too_many_words": "La recherche a {0} mots, et au plus {1} sont permis : raccourcissez-la.",
    "weights_too_large": "Les poids de parenthèses emboîtées se multiplient, jusqu’à {0} : diminuez-les.",
    "words_too_far_apart": "Les mots d’une expression sont éloignés d’au plus {0} mots.",
    # Dates
    "beyond_calendar": "« {0} » est hors du calendrier.",
    "empty_period": "La période qui commence à « {0} » est vide : il n’y a rien à comparer.",
    "no_beginning": "« {0} » n’a pas de début : il n’y a pas de période d’avant à comparer.",
    "no_date": (
        "« {0} » n’est pas une date : écrivez 2026, 2026-01, 31/01/2026, janvier 2026, hier, mardi, "
        "la semaine dernière, depuis 3 jours ou du 3 au 5 janvier 2026."
    ),
    "reversed_dates": "La période « {0} » finit avant de commencer : écrivez d’abord son premier jour.",
    "since_in_future": "« {0} » est dans l’avenir, et aucun article n’est de cette date.",
    "since_needed": "La période d’avant est celle qui précède « since » : donnez-en une, comme « 7 jours ».",
    # An address
    "address_too_long": "L’adresse a plus de {0} octets : demandez moins.",
    "cursor_expired": "Cette page de résultats n’est plus gardée : reprenez à la première.",
    "no_choice": "« {0} » est l’un de : {1} ; ce ne peut être « {2} ».",
    "no_count": "« {0} » est un nombre entier de 0 à {1}, et non « {2} ».",
    "no_cursor": "L’adresse de cette page de résultats est abîmée : reprenez à la première.",
    "no_host": "La demande ne nomme pas le serveur auquel elle s’adresse.",
    "no_page": "Il n’y a rien à cette adresse.",
    "other": "La demande a été refusée ({0}).",
    "other_cursor": "Cette page est celle d’une autre recherche : reprenez à la première.",
    "other_host": "Ce serveur ne répond pas à ce nom d’hôte : qui le tient peut l’ajouter avec --allow-host.",
    "other_method": "À cette adresse, le serveur ne prend que {0}.",
    "too_long": "« {0} » a {1} caractères, et au plus {2} sont permis : raccourcissez.",
    "too_many_collapsed": (
        "Les dépêches presque identiques ne sont regroupées que parmi les {0} premiers résultats : "
        "précisez la recherche, ou montrez toutes les dépêches."
    ),
    "too_many_compared": "Une page compare jusqu’à {0} recherches, et non {1} : retirez-en.",
    "too_many_parameters": "L’adresse a plus de {0} paramètres.",
    "unknown_id": "Aucun article n’a l’identifiant « {0} ».",
    "version_gone": "L’index vient d’être reconstruit ou supprimé : recommencez la recherche.",
    # Alerts
    "alert_exists": "Une alerte nommée « {0} » existe déjà : choisissez un autre nom.",
    "alert_name_spaces": "Le nom d’une alerte n’est pas vide et n’a pas d’espaces autour de lui : « {0} ».",
    "alert_name_too_long": "Le nom d’une alerte a au plus {0} caractères, et non {1}.",
    "alert_name_unprintable": "Le nom d’une alerte est lisible et n’a pas de barre oblique : « {0} ».",
    "alert_of_everything": "Une alerte a des mots ou un filtre : sinon elle dirait tous les articles.",
    "alert_of_no_time": "La période de {0} à {1} finit avant de commencer : l’alerte ne dirait rien.",
    "alert_of_other_form": (
        "L’alerte a été enregistrée par une autre version de newsindex, sous une forme inconnue de celle-ci."
    ),
    "alert_of_stop_words": (
        "« {0} » n’a que des mots qui sont dans presque tous les articles : ajoutez-en un qui en dit plus."
    ),
    "alert_refused": "L’index ne prend pas la recherche de l’alerte « {0} » ({1}).",
    "alert_without_word": "« {0} » n’a aucun mot à chercher.",
    "form_too_long": "Le formulaire a plus de {0} octets.",
    "form_too_slow": "Le formulaire n’est pas arrivé en {0} s : envoyez-le à nouveau.",
    "incomplete_form": "Le formulaire est incomplet : rechargez la page, et envoyez-le à nouveau.",
    "no_alert": "Aucune alerte n’a ce nom : voyez la liste des alertes.",
    "no_form": "Ce qui a été envoyé n’est pas un formulaire.",
    "no_such_match": "L’alerte n’a pas de résultat numéro {0} : le dernier est le numéro {1}.",
    "no_token": "Ce serveur a été lancé sans jeton : les alertes n’y sont que montrées.",
    "unreadable_form": "Le formulaire est illisible : rechargez la page, et envoyez-le à nouveau.",
    "wrong_token": "Le jeton n’est pas celui du serveur : revenez en arrière et corrigez-le.",
    # The server
    "access_denied": "Le serveur n’a pas le droit de faire cela sur le cluster ; son journal en dit plus.",
    "broke_off": "La demande a été interrompue : recommencez.",
    "busy": "Trop de recherches sont faites en même temps : réessayez dans un instant.",
    "cluster_away": "Le cluster qui garde l’index ne répond pas pour l’instant : réessayez bientôt.",
    "fault": "C’est une faute de newsindex ; le journal du serveur en dit plus.",
    "index_away": "L’index n’est plus à sa place ; le journal du serveur en dit plus.",
    "index_unreadable": "L’index ne peut pas être lu ; le journal du serveur en dit plus.",
    "library_missing": "Il manque au serveur une bibliothèque pour cela ; son journal dit laquelle.",
    "locked": "Un autre programme écrit dans l’index : réessayez dans un instant.",
    "too_slow": (
        "La réponse a pris trop de temps : précisez la recherche, avec des mots plus rares ou une période, "
        "ou réessayez."
    ),
}
"""The sentence of each kind of problem; ``{0}`` is its first value."""

_ENGLISH_PROBLEMS: Final = {
    "alert_exists": "There is an alert named “{0}” already: choose another name.",
    "cursor_expired": "This page of results is not kept any more: begin again at the first one.",
    "no_cursor": "The address of this page of results is damaged: begin again at the first one.",
    "other_cursor": "This page belongs to another search: begin again at the first one.",
    "too_long": "“{0}” has {1} characters, and at most {2} are allowed: shorten it.",
    "too_many_collapsed": (
        "Near-identical dispatches are grouped among the first {0} results only: narrow the search, or show "
        "every dispatch."
    ),
    "too_slow": (
        "The answer took too long: narrow the search, with rarer words or a period, or try again in a moment."
    ),
}
_SENTENCES: Final = {"fr": FRENCH_PROBLEMS, "en": _ENGLISH_PROBLEMS}


def problem_text(problem: Problem, language: Language) -> str:
    """Writes what happened and what to do; in the problem's own words where there is no sentence for it."""
    sentences = _SENTENCES[language.code]
    if problem.kind in sentences:
        return sentences[problem.kind].format(*(_shown(value, language) for value in problem.values))
    return f"{problem.detail[:1].upper()}{problem.detail[1:].removesuffix('.')}."


def problem_language(problem: Problem, language: Language) -> str:
    """Returns the code of the language in which :func:`problem_text` writes a problem."""
    return language.code if problem.kind in FRENCH_PROBLEMS else "en"


def _shown(value: object, language: Language) -> str:
    if isinstance(value, int):
        return language.number(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    text = str(value)
    return isolated(text if len(text) <= _MAX_CHARACTERS else f"{text[:_MAX_CHARACTERS]}…")
