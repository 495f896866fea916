"""The texts of the page in French and English.

A bar separates the singular and the plural of a text; ``{n}`` is the number that they depend on.
"""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("fr", "en")

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # The frame of every page
    "skip": ("Aller au contenu", "Skip to content"),
    "home": ("Accueil", "Home"),
    "search_label": ("Rechercher dans les articles", "Search the articles"),
    "search_button": ("Rechercher", "Search"),
    "placeholder": ('Mots, "expression exacte", source:…', 'Words, "exact phrase", source:…'),
    "slash_hint": ("Touche / pour chercher", "Press / to search"),
    "suggestions": ("Suggestions", "Suggestions"),
    "suggestions_count": ("{n} suggestion|{n} suggestions", "{n} suggestion|{n} suggestions"),
    "other_language": ("English", "Français"),
    "loading": ("Recherche en cours", "Searching"),
    "holds": (
        "{n} article dans l’index|{n} articles dans l’index",
        "{n} article in the index|{n} articles in the index",
    ),
    # Results
    "latest": ("Les derniers articles", "Latest articles"),
    "results": ("{n} article|{n} articles", "{n} article|{n} articles"),
    "results_for": (
        "{n} article pour « {query} »|{n} articles pour « {query} »",
        "{n} article for “{query}”|{n} articles for “{query}”",
    ),
    "continued": ("suite", "continued"),
    "untitled": ("Sans titre", "Untitled"),
    "no_date": ("sans date", "no date"),
    "did_you_mean": ("Essayez avec cette orthographe :", "Did you mean:"),
    "notes": ("Comment la requête a été lue", "How the query was read"),
    "duplicates": (
        "{n} dépêche presque identique|{n} dépêches presque identiques",
        "{n} near-identical dispatch|{n} near-identical dispatches",
    ),
    "unfold": ("Montrer toutes les dépêches", "Show every dispatch"),
    "fold": ("Regrouper les dépêches presque identiques", "Group near-identical dispatches"),
    "new_articles": ("{n} nouvel article|{n} nouveaux articles", "{n} new article|{n} new articles"),
    "show_new": ("Actualiser", "Refresh"),
    "order": ("Trier", "Sort"),
    "relevance": ("Pertinence", "Relevance"),
    "recent": ("Pertinents et récents", "Relevant and recent"),
    "newest": ("Plus récents", "Newest"),
    "oldest": ("Plus anciens", "Oldest"),
    "words": ("Mots", "Words"),
    "any": ("Un des mots", "Any word"),
    "all": ("Tous les mots", "All words"),
    "pages": ("Pages de résultats", "Pages of results"),
    "first_page": ("Première page", "First page"),
    "next_page": ("Page suivante", "Next page"),
    "end": ("Fin des résultats.", "End of the results."),
    "feed": ("Flux Atom", "Atom feed"),
    "feed_of_search": ("Flux Atom de cette recherche", "Atom feed of this search"),
    "csv": ("Exporter en CSV", "Export as CSV"),
    "review": ("Revue de presse :", "Press review:"),
    "csv_first": ("Exporter les {n} premiers en CSV", "Export the first {n} as CSV"),
    "articles": ("article|articles", "article|articles"),
    "take": ("Emporter cette recherche", "Take this search along"),
    # Filters
    "filters": ("Filtres", "Filters"),
    "to_filters": ("Filtrer les résultats", "Filter the results"),
    "active_filters": ("Filtres actifs", "Active filters"),
    "remove": ("Retirer le filtre", "Remove the filter"),
    "remove_all": ("Tout effacer", "Clear all"),
    "source": ("Source", "Source"),
    "section": ("Rubrique", "Section"),
    "author": ("Auteur", "Author"),
    "lang": ("Langue", "Language"),
    "year": ("Année", "Year"),
    "period": ("Période", "Period"),
    "more_values": ("{n} autre|{n} autres", "{n} more|{n} more"),
    # The timeline
    "timeline": ("Articles par période", "Articles over time"),
    "per_day": ("par jour", "per day"),
    "per_week": ("par semaine", "per week"),
    "per_month": ("par mois", "per month"),
    "per_year": ("par an", "per year"),
    "bar": ("{period} : {n} article|{period} : {n} articles", "{period}: {n} article|{period}: {n} articles"),
    "at_most": ("{n} au plus", "{n} at most"),
    "outside": (
        "{n} article d’une autre époque n’est pas sur le graphique.|"
        "{n} articles d’autres époques ne sont pas sur le graphique.",
        "{n} article of another time is not on the chart.|{n} articles of other times are not on the chart.",
    ),
    "chart_help": (
        "Flèches pour parcourir, Maj et flèches pour étendre la période, Entrée pour la choisir.",
        "Arrows to move, Shift and arrows to extend the period, Enter to choose it.",
    ),
    "drag_hint": (
        "Cliquez une barre ou glissez pour choisir une période.",
        "Click a bar, or drag to choose a period.",
    ),
    "from_to": ("{since} – {until}", "{since} – {until}"),
    "since": ("début : {day}", "since {day}"),
    "until": ("fin : {day}", "until {day}"),
    "choose_dates": ("Choisir les dates", "Choose the dates"),
    "from_date": ("Du", "From"),
    "to_date": ("Au", "To"),
    "apply": ("Appliquer", "Apply"),
    # Compared searches
    "compare": ("Comparer des recherches", "Compare searches"),
    "compare_these": ("Comparer : {queries}", "Compare: {queries}"),
    "compare_with": ("Comparer avec d’autres recherches", "Compare with other searches"),
    "compare_help": (
        "Jusqu’à {most} recherches sur un même graphique, chacune avec sa part des articles de la période.",
        "Up to {most} searches on one chart, each with its share of the articles of the period.",
    ),
    "compare_button": ("Comparer", "Compare"),
    "search_number": ("Recherche {number}", "Search {number}"),
    "by_period": ("Périodes", "Periods"),
    "by_auto": ("au mieux", "as fits best"),
    "measure": ("Échelle", "Scale"),
    "counts": ("Nombre d’articles", "Number of articles"),
    "shares": ("Part des articles", "Share of the articles"),
    "longer_periods": (
        "Les périodes demandées seraient trop nombreuses : le graphique en montre de plus longues.",
        "The periods asked for would be too many: the chart shows longer ones.",
    ),
    "compared_chart": (
        "Articles par période, une courbe par recherche. Les chiffres sont dans le tableau.",
        "Articles over time, a line for each search. The figures are in the table.",
    ),
    "compared_table": ("Les chiffres", "The figures"),
    "all_articles": ("Tous les articles", "All articles"),
    "every_period": ("En tout", "In all"),
    "elsewhere": (
        "dont {n} sans date ou d’une autre époque|dont {n} sans date ou d’autres époques",
        "{n} of them without a date or of another time|{n} of them without a date or of other times",
    ),
    "most": ("{most} au plus", "{most} at most"),
    "remove_search": ("Retirer la recherche", "Remove the search"),
    "none_compared": ("Aucun article pour ces recherches", "No article for these searches"),
    "table_csv": ("Exporter les chiffres en CSV", "Export the figures as CSV"),
    # An article
    "back": ("Retour aux résultats", "Back to the results"),
    "read_source": ("Lire à la source", "Read at the source"),
    "by": ("Par {author}", "By {author}"),
    "similar": ("Articles proches", "Similar articles"),
    "same_text": ("Même texte ailleurs", "Same text elsewhere"),
    "shortened": (
        "Seul le premier caractère de ce texte est montré.|"
        "Seuls les {n} premiers caractères de ce texte sont montrés.",
        "Only the first character of this text is shown.|"
        "Only the first {n} characters of this text are shown.",
    ),
    "whole_text": ("Texte entier (JSON)", "Whole text (JSON)"),
    "no_body": (
        "Seul le titre de cet article est dans l’index.",
        "Only the headline of this article is in the index.",
    ),
    # Nothing to show, or an error
    "empty": ("L’index est vide", "The index is empty"),
    "empty_help": (
        "Ajoutez-y des articles, puis rechargez cette page :",
        "Add articles to it, then reload this page:",
    ),
    "folder_of_articles": ("DOSSIER", "FOLDER"),
    "nothing": ("Aucun article pour « {query} »", "No article for “{query}”"),
    "nothing_at_all": ("Aucun article ici", "No article here"),
    "nothing_spelling": (
        "Vérifiez l’orthographe, ou essayez moins de mots.",
        "Check the spelling, or try fewer words.",
    ),
    "nothing_filters": (
        "{n} article sans les filtres|{n} articles sans les filtres",
        "{n} article without the filters|{n} articles without the filters",
    ),
    "without_filters": ("Chercher sans les filtres", "Search without the filters"),
    "nothing_any": ("Chercher un des mots au lieu de tous", "Search any of the words instead of all"),
    "everything": ("Voir tous les articles", "See all articles"),
    "bad_query": ("Cette recherche n’a pas été comprise", "This search was not understood"),
    "bad_query_help": (
        "Corrigez la recherche ci-dessus, ou repartez d’une recherche simple. Ce qui a été signalé :",
        "Correct the search above, or start again from a simple one. What was reported:",
    ),
    "start_again": ("Nouvelle recherche", "New search"),
    "no_article": ("Cet article n’est pas dans l’index", "This article is not in the index"),
    "no_article_help": (
        "Il a peut-être été supprimé, ou son adresse est incomplète.",
        "It may have been deleted, or its address is incomplete.",
    ),
    "no_page": ("Cette page n’existe pas", "There is no such page"),
    "no_page_help": (
        "Vérifiez l’adresse, ou partez de l’accueil.",
        "Check the address, or start from the home page.",
    ),
    "trouble": ("Cette page ne peut pas être montrée pour l’instant", "This page cannot be shown just now"),
    "trouble_help": (
        "Réessayez dans un instant. Ce qui a été signalé :",
        "Try again in a moment. What was reported:",
    ),
    # Alerts
    "alerts": ("Alertes", "Alerts"),
    "no_alerts": (
        "Aucune recherche n’est suivie. Avec un jeton, la page d’une recherche permet de la suivre.",
        "No search is followed. With a token, the page of a search lets you follow it.",
    ),
    "new_count": ("{n} nouveau|{n} nouveaux", "{n} new|{n} new"),
    "oldest_first": ("le plus ancien|les {n} plus anciens", "the oldest one|the oldest {n}"),
    "every_article": ("tous les articles", "every article"),
    "alert_search": ("La recherche suivie", "The search that it follows"),
    "feed_of_alert": ("Flux Atom de l’alerte", "Atom feed of the alert"),
    "follow": ("Suivre cette recherche", "Follow this search"),
    "follow_help": (
        "Une alerte dit quels articles arrivent désormais pour cette recherche.",
        "An alert tells which articles come from now on for this search.",
    ),
    "alert_name": ("Nom de l’alerte", "Name of the alert"),
    "token": ("Jeton du serveur", "Token of the server"),
    "save_alert": ("Suivre", "Follow"),
    "acknowledge": ("Marquer comme vu|Marquer les {n} comme vus", "Mark as seen|Mark {n} as seen"),
    "remove_alert": ("Supprimer l’alerte", "Remove the alert"),
    # How to search
    "tips": ("Comment chercher", "How to search"),
    "tip_words": ("l’un ou l’autre mot, et mieux les deux", "either word, better both"),
    "tip_phrase": ("l’expression exacte", "the exact phrase"),
    "tip_signs": ("interpol obligatoire, drogue exclu", "interpol required, drogue excluded"),
    "tip_title": ("dans le titre", "in the headline"),
    "tip_source": ("d’une source", "from a source"),
    "tip_date": ("d’un mois, d’une année, d’un jour", "of a month, a year, a day"),
    "tip_pattern": ("les mots qui commencent ainsi", "words that begin like this"),
    "tip_exact": ("exactement écrit ainsi, accents compris", "written exactly so, accents too"),
}
