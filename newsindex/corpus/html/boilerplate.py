"""Removes the lines of a page's text that are no part of the article: datelines, credits, invitations.

Only short lines are removed, and only for how they begin: a sentence of an article may mention the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_MARKS: Final = re.compile(  # of Latin, Hebrew and Arabic letters
    "[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]+"
)
_MAX_CHARACTERS: Final = 160  # of a line of boilerplate
_BEGINNINGS: Final = re.compile(
    r"(?:a |et )?(?:(?:re)?(?:lire|voir)|ecouter|decouvrir)(?: et \w+)? (?:aussi|egalement|encore|ensuite)\b"
    r"|(?:a lire|a voir|a ecouter|lire la suite|voir la video|pour aller plus loin)\W*(?::|$)"
    r"|sur le meme (?:sujet|theme)\W*(?::|$)"
    r"|(?:credits?|copyrights?|legendes?)(?: photos?| images?| videos?)?\W*[:©]"
    r"|(?:photo|image|video)s?(?: de couverture)? *[:©]|[©®]"
    r"|(?:image|photo|visuel)s? (?:illustrative|d'illustration|a la une)"
    r"|pour (?:lire la suite|acceder (?:a|en|aux?)\b|continuer (?:a|votre|la)|rester informe)"
    r"|pour poursuivre (?:la|votre) lecture"
    r"|il vous reste .{1,12} (?:de cet|a lire)|(?:cet |la suite de l')?article (?:est )?(?:complet )?reserve"
    r"|deja abonne|(?:je )?m'abonne|(?:abonnez|inscrivez|connectez)[- ]vous"
    r"|suivez[- ](?:nous|\w+ sur)|rejoignez[- ]nous|partage[rz](?: (?:sur|cet|l'|via|par)\b|\W*$)"
    r"|(?:imprimer|commenter|reagir|publicite|commentaires?|mots[- ]cles|tags?)\W*(?::|$)"
    r"|tous droits (?:de reproduction )?(?:et de representation )?reserves"
    r"|(?:vous aimerez|ca peut vous interesser|dans la meme rubrique|nos derniers articles|les plus lus)"
)
_SUBSCRIPTION: Final = re.compile(
    r"pour (?:lire|acceder|continuer|poursuivre)\b|il vous reste|deja abonne"
    r"|(?:cet |la suite de l')?article (?:est )?(?:complet )?reserve"
)
_MONTH: Final = r"(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)[a-z]*\.?"
_WEEKDAY: Final = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche |le )*"
_VERB: Final = r"(?:publiee?|postee?|mise?|actualisee?|modifiee?|creee?)"
DATE_PATTERN: Final = (
    rf"\d{{1,2}}(?:er)? {_MONTH} \d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:(?:19|20)\d\d|\d\d\b)"
)
_YEAR: Final = re.compile(r"\d{4}|[/.-]\d\d\b")
_DATELINE: Final = re.compile(
    rf"(?:[^.!?]{{0,60}}\b)?{_VERB}\b[^.!?]{{0,40}}?(?:{DATE_PATTERN}).{{0,80}}"
    rf"|{_WEEKDAY}(?:{DATE_PATTERN})(?:,? (?:a|par|-|—|\|) .{{0,40}}|\W*\d\d[:h]\d\d)?\W*"
)


def fold(text: str) -> str:
    """A text for comparison: lower case without accents, spaces and apostrophes of one kind."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join(_MARKS.sub("", decomposed).split())


def is_dateline(line: str) -> bool:
    """Whether a line states when the article was published, and little else."""
    return _may_be_boilerplate(line) and _YEAR.search(line) is not None and _is_dateline(fold(line))


def is_boilerplate(line: str) -> bool:
    """Whether a line is no part of the article."""
    return _may_be_boilerplate(line) and _is_boilerplate(fold(line))


def _may_be_boilerplate(line: str) -> bool:
    return len(line) <= _MAX_CHARACTERS


def _is_dateline(folded: str) -> bool:
    return _YEAR.search(folded) is not None and _DATELINE.fullmatch(folded) is not None


def _is_boilerplate(folded: str) -> bool:
    return _BEGINNINGS.match(folded) is not None or _is_dateline(folded)


def paragraphs(text: str, headline: str) -> Iterator[str]:
    """The lines of an article's text, without boilerplate and repetitions of the headline.

    The short lines after an invitation to subscribe are offers, and are left out too.
    """
    folded_headline = fold(headline)
    in_offers = False
    for line in map(str.strip, text.splitlines()):
        if not line:
            continue
        folded = fold(line)
        if not _may_be_boilerplate(line):
            in_offers = False
        elif _is_boilerplate(folded):
            in_offers = in_offers or _SUBSCRIPTION.match(folded) is not None
            continue
        if not in_offers and folded != folded_headline:
            yield line
