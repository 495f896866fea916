"""The words of a review itself, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newsindex.dates.date_wording import DateWording

LANGUAGES: Final = ("fr", "en")

_TEXTS: Final = {
    "review": ("Revue de presse", "Press review"),
    "review_of": ("Revue de presse : {query}", "Press review: {query}"),
    "made": ("Établie le {day}", "Made on {day}"),
    "search": ("Recherche : {query}", "Search: {query}"),
    "found": ("{n} article trouvé|{n} articles trouvés", "{n} article found|{n} articles found"),
    "shown": ("{n} présenté|{n} présentés", "{n} shown|{n} shown"),
    "of_them_copies": ("dont {n} copie|dont {n} copies", "{n} of them a copy|{n} of them copies"),
    "undated": (
        "{n} autre, sans date, n’est pas dans la période|{n} autres, sans date, ne sont pas dans la période",
        "{n} other has no date and was left out|{n} others have no date and were left out",
    ),
    "later": (
        "{n} autre, daté au-delà de demain, est laissé de côté|"
        "{n} autres, datés au-delà de demain, sont laissés de côté",
        "{n} other is dated after tomorrow and was left out|"
        "{n} others are dated after tomorrow and were left out",
    ),
    "nothing": ("Aucun article ne répond à cette recherche.", "No article answers this search."),
    "contents": ("Sommaire", "Contents"),
    "sources": ("Sources", "Sources"),
    "over_time": ("Au fil du temps", "Over time"),
    "period": ("Période", "Period"),
    "source": ("Source", "Source"),
    "articles": ("Articles", "Articles"),
    "copies": ("Également paru", "Also published"),
    "by": ("par {author}", "by {author}"),
    "untitled": ("Sans titre", "Untitled"),
    "no_date": ("sans date", "no date"),
    "no_section": ("Sans rubrique", "No section"),
    "no_source": ("Source inconnue", "Unknown source"),
    "no_day": ("Sans date", "No date"),
    "since": ("depuis {period}", "since {period}"),
    "since_day": ("depuis le {period}", "since {period}"),
    "until": ("jusqu’en {period}", "until {period}"),
    "until_day": ("jusqu’au {period}", "until {period}"),
    "from": ("de {period}", "from {period}"),
    "from_vowel": ("d’{period}", "from {period}"),
    "from_day": ("du {period}", "from {period}"),
    "to": ("à {period}", "to {period}"),
    "to_day": ("au {period}", "to {period}"),
    "rights": (
        "Les articles et extraits cités restent la propriété de leurs auteurs et éditeurs. La diffusion "
        "d’une revue de presse peut demander leur accord, ou une licence (en France, celle du CFC).",
        "The quoted articles and passages remain the property of their authors and publishers. To pass a "
        "press review on may take their consent, or a licence.",
    ),
}  # each in the order of LANGUAGES; a singular and a plural have | between them


@dataclass(frozen=True)
class ReviewWording(DateWording):
    """The words of a review in one language."""

    def write(self, key: str, n: int | None = None, **values: object) -> str:
        """A text with its values; of one with two forms, the form for ``n`` things."""
        return self.fill(_TEXTS[key][LANGUAGES.index(self.code)], n, **values)
