"""Says why a text is no date of publication: it is relative, vague, impossible, absent, or no date at all."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from .calendar_names import MONTHS, WEEKDAYS
from .clock_times import cut_clock
from .levelled_text import plain_date_text
from .surroundings import UNCERTAIN


class DateProblem(Enum):
    """Why a text is no date; the value is the name of the problem, as errors begin with it."""

    RELATIVE = "relative date"
    VAGUE = "vague date"
    IMPOSSIBLE = "impossible date"
    NONE = "unreadable date"


class UnreadableDate(ValueError):
    """A value is no date of publication, for the reason that ``problem`` gives."""

    def __init__(self, problem: DateProblem = DateProblem.NONE) -> None:
        super().__init__(problem.value)
        self.problem = problem


_WORDS_FOR_NONE: Final = (
    r"0 | n | \n | x | xx | xxx | n/a | na | n.a | #n/a | n/d | nd | n.d | s.d | s. d | sd | s/d | n.c | nc"
    "| none | null | nil | nan | nat | undefined | unknown | undated | no date | not available | not set"
    "| tbd | tba | false | empty | missing | vide | aucun | aucune | aucune date | sans | sans date"
    "| sans objet | non date | non datee | inconnu | inconnue | date | date inconnue | indetermine"
    "| indeterminee | non renseigne | non renseignee | non disponible | indisponible | non communique"
    "| non communiquee | non precise | non precisee | jj/mm/aaaa | jj-mm-aaaa | aaaa-mm-jj | dd/mm/yyyy"
    "| mm/dd/yyyy | yyyy-mm-dd | xx/xx/xxxx | #value! | #valeur! | #ref! | #name? | #nom? | #num! | #nombre!"
    "| غير معروف | غير محدد | بدون تاريخ | بلا تاريخ | لا يوجد"
)
_ABSENT: Final = frozenset(plain_date_text(words) for words in _WORDS_FOR_NONE.split("|"))
_NO_SIGNS: Final = " \t.,;:!?*_-–—…()[]{}<>\"'«»/"
_ZEROS: Final = re.compile(
    r"(?:0{1,4}[-/. ]0{1,2}[-/. ]0{1,4}|0{8}|0{14}|(?:mon, |lun, )?0001-01-01|01/01/0001|-0001-11-30"
    r"|wed, 30 nov -0001|30 nov -0001|__?/__?/____)"
    r"(?:[t ]0?0:00(?::00(?:\.0+)?)?)?(?:z| ?[+-]00:?00)?",
    re.ASCII,
)  # -0001-11-30 is how PHP writes 0000-00-00, and 0001-01-01 is the least date of .NET and Go
_UNIT: Final = (
    r"(?:s|sec(?:onde?|ond)?|min(?:ute)?|mn|h|heure|hour|hr|j|jour|day|d"
    r"|semaine|sem|week|mois|month|ans?|annee|year)s?"
)
_RELATIVE: Final = re.compile(
    r"\bil y a\b|\bhier\b|\baujourd'?hui\b|\bdemain\b|\bmaintenant\b|\ba l'instant\b|\btout a l'heure\b"
    r"|\bce (?:matin|soir|jour|mois|week-?end|midi|\w+di|dimanche)\b"
    r"|\bcet(?:te)? (?:nuit|semaine|apres-midi|annee|ete)\b"
    r"|\b(?:derniere?|passee?|prochaine?|precedente?)s?$|\bdepuis \d|\bdans \d+ \w|\bplus tot\b"
    r"|\bago\b|\byesterday\b|\btoday\b|\btomorrow\b|\bnow\b|\b(?:last|this|next) \w|\bearlier\b"
    rf"|^(?:\+|-|environ )?(?:\d{{1,3}}|une?|deux|trois|an?) ?{_UNIT}$|^moins d'une? "
    r"|\bمنذ\b|\bقبل\b|\bامس\b|\bاليوم\b|\bالان\b|\bالبارحه\b|\bغدا\b"
)
_PARTIAL: Final = re.compile(
    r"\d{1,2} ?[-/. ] ?\d{4}|\d{4} ?[-/. ] ?\d{1,2}|\d{1,2} ?[-/.] ?\d{1,2}|\d{4}-?w\d{1,2}|\d{4}"
    r"|[x?]{1,2}[-/. ](?:\d{1,2}|[x?]{1,2})[-/. ]\d{4}"
    r"|00?[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}[-/. ]\d{1,2}[-/. ]00?|\d{4} ?[-/] ?\d{4}|[tqs][1-4][ /-]?\d{4}",
    re.ASCII,
)
_PERIOD_WORDS: Final = re.compile(
    r"\b(?:printemps|ete|automne|hiver|spring|summer|autumn|fall|winter|trimestre|semestre|quarter|semaine|week"
    r"|siecle|century|decennie|annees?|saison)\b"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_YEAR: Final = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)", re.ASCII)
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?:er|e|st|nd|rd|th)?(?!\w)", re.ASCII)


def is_absent(text: str) -> bool:
    """Whether a text says that there is no date: ``N/A``, ``s.d.``, ``0000-00-00``, a dash."""
    plain = plain_date_text(text)
    words = plain.strip(_NO_SIGNS)
    return not words or words in _ABSENT or plain in _ABSENT or _ZEROS.fullmatch(plain) is not None


def problem_of(plain: str, *, has_form: bool = False) -> DateProblem:
    """Why a levelled text is no date; ``has_form`` is whether it has the form of one, which is impossible."""
    if has_form:
        return DateProblem.VAGUE if _PARTIAL.fullmatch(plain) else DateProblem.IMPOSSIBLE
    if _RELATIVE.search(plain):
        return DateProblem.RELATIVE
    return DateProblem.VAGUE if _is_vague(plain) else DateProblem.NONE


def _is_vague(plain: str) -> bool:
    """Whether a text names a part of a date, and lacks the day, the month or the year."""
    if _PARTIAL.fullmatch(plain) or (UNCERTAIN.search(plain) and _YEAR.search(plain)):
        return True
    words = set(_WORD.findall(plain))
    has_month = not words.isdisjoint(MONTHS)
    if has_month and _YEAR.search(plain) and _DAY.search(_YEAR.sub("", plain)):
        return False  # all parts are there, in a form that nothing reads
    if has_month or _PERIOD_WORDS.search(plain):
        return True
    try:
        clock, rest = cut_clock(plain)
    except ValueError:
        return False
    names = set(_WORD.findall(rest)) - {"a", "le", "au"}
    has_part = clock is not None or not names.isdisjoint(WEEKDAYS)
    return has_part and names <= WEEKDAYS and not any(map(str.isdigit, rest))
