"""Finds the signs of a query that cannot be meant as syntax, and reads them as punctuation.

A headline pasted into the search box has quotation marks without a pair, colons and question marks. They
become spaces, with a note where they may have been meant as syntax. What is written in another way than
the grammar has it (``date:2025 TO 2026``, ``a&&b``) is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Final

from newsindex.analyzer import STOP_WORDS
from newsindex.analyzer.characters import GROUP_SPACES
from newsindex.dates.unquoted_periods import MAX_WORDS, period_length, unread_date
from newsindex.errors import QueryError
from newsindex.results import Note

from .lexer import OPERATOR_WORDS
from .query_fields import DATE_FIELD_NAMES, FIELD_NAMES, LABEL_FIELD_NAMES, near_field

MAX_BOOST: Final = 1000
_MIN_BOOST: Final = 1e-6
_QUOTED: Final = r'"[^"]*"'
"""A quoted text, which each pattern below passes over."""
_DATE_FIELD: Final = rf"(?<!\w)(?i:{'|'.join(DATE_FIELD_NAMES)}):"
_MOMENT: Final = r"(?P<moment>[0-9]{1,2}T[0-9]{2}:[0-9:.Z+-]+|(?<![\w:])[0-9]{1,2}:[0-9]{2}(?![\w:]))"
"""The time of a date, ``2026-01-02T10:30``, and a clock time, ``20:30``."""
_COLON: Final = re.compile(rf"{_QUOTED}|{_MOMENT}|(?:(?<!\w)(?P<field>\w+))?:")
_VALUE: Final = r'"[^"]*"?|[\w(\[=]'  # the beginning of what a field may have behind its colon
_NAMED_VALUE: Final = re.compile(rf"{_QUOTED}|(?<!\w)(?P<field>\w+):(?:\([^()]*|{_VALUE})\S*")
_BEFORE_FIELD: Final = re.compile(r'(?:^|[\s(:"])[+-]?\Z')
_BOOST: Final = re.compile(rf'{_QUOTED}|\^(?P<number>[^\s()"^]*)')
_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+")
_QUESTION: Final = re.compile(rf"{_QUOTED}|(?<!\?)(?P<glued>(?<=\w))?\?++(?=[^\w*]|$)")
_PATTERN_BEFORE: Final = re.compile(r"[*?]\w+\Z")
_MAX_PATTERN: Final = 64  # characters of a word that are searched for another * or ?
_DASH: Final = re.compile(rf"{_QUOTED}|(?<![^\s(])(?P<list>(?<=[.!?:;…]\s))?-(?=(?P<word>\w+))")
_PLUS: Final = re.compile(rf"{_QUOTED}|(?<![^\s(])\+(?=(?P<word>\w+))")
_GOES_ON: Final = re.compile(r"['’ʼ*?~:-]")  # -l'avocat, -la-croix, -sur*, -avant:2026: more than a stop word
_OPERATOR: Final = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(OPERATOR_WORDS - {'TO'}))})(?!\S)")
_SYMBOL: Final = re.compile(rf"{_QUOTED}|(?P<symbol>&&|\|\|)")
_TILDE: Final = re.compile(
    rf'{_QUOTED}|(?<!\w)(?i:{"|".join(LABEL_FIELD_NAMES)}):[^\s"]+|(?<=[\w"])~(?P<after>[^\s()"^~]+)'
)
"""A ``~`` and what follows it; the value of a label may have one too."""
_EDITS: Final = re.compile(r"[0-9]+[,;!]*")
_SIMILARITY: Final = re.compile(r"[0-9]*[.,][0-9]+")
_TRUNCATED: Final = re.compile(rf"{_QUOTED}|(?<![\w:])(?P<word>[^\W\d_]{{3,64}})(?P<sign>[!$])(?=[\s)]|$)")
"""A word with the sign by which press databases write that other letters may follow: ``polic!``."""
_EXCLUDING: Final = re.compile(rf"{_QUOTED}|(?<![^\s(])!(?=(?P<word>\w+))")
_EQUALS: Final = re.compile(rf'{_QUOTED}|(?<![^\s(])(?P<name>[A-Za-z][A-Za-z_]*)=(?=[\w"])')
"""A field as press databases write it: ``TIT_HEAD=maroc``."""
_PARENTHESISED: Final = re.compile(
    rf"{_QUOTED}|(?<![^\s(])(?P<name>(?i:headline|hlead|byline|title|body|publication))(?=\((?:\w\w|\"))"
)
"""A field as LexisNexis writes it: ``HEADLINE(maroc)``."""
_PERCENTAGE: Final = re.compile(rf"(?<![^\s(])[+-](?=[0-9]+(?:[.,][0-9]+)?[{GROUP_SPACES}]?%)")
"""The sign of a rise or a fall, ``-1,3 %``, which asks for no more and no less than the number."""
_LITERAL: Final = re.compile(rf'{_QUOTED}|(?:^|(?<=[\s(:+-])(?<!\w[+-]))=[^\s"]*')
"""What is read without patterns: a quoted text, and a word after ``=``."""
_PATTERN_QUOTED: Final = re.compile(r"\w[*~]|\*\w")
_PATTERN_EXACT: Final = re.compile(r"[*?~]")
_OPEN_END: Final = re.compile(rf"{_QUOTED}|[\[{{]\s*\*\s+TO\b|\bTO\s+\*\s*[\]}}]")
"""``[* TO 2019]``, as other languages write a range that is open on one side."""
_BARE_RANGE: Final = re.compile(
    rf"(?P<field>{_DATE_FIELD})(?P<start>{_QUOTED}|[^\s()\[\]{{}}\"]+)\s+(?:TO|to)\s+"
    rf"(?P<end>{_QUOTED}|[0-9][^\s()\[\]{{}}\"]*)|{_QUOTED}"
)
"""A range of dates without its brackets."""
_DATE_IN_FIGURES: Final = r"(?:[0-9]{4}(?:-[0-9]{1,2}){0,2}|(?:[0-9]{1,2}/){1,2}[0-9]{4})(?![\w/:-])"
_FRENCH_RANGE: Final = re.compile(
    rf"(?P<field>(?<!\w)(?i:date|since|depuis):)(?P<start>{_DATE_IN_FIGURES})"
    rf"\s+(?:à|au|-|jusqu['’ʼ](?:à|au|en))\s+(?P<end>{_DATE_IN_FIGURES})|{_QUOTED}"
)
"""The same with the words of French: ``date:2025-11 à 2025-12``."""
_DATED: Final = (
    rf"(?!(?:{'|'.join(sorted(OPERATOR_WORDS))})(?!\S))(?![+-]\w)(?!\d*[^\W\d]\w*:)"
    r"(?:\"[^\"]*\"|[\w/.,;:!'’ʼ–-]+(?![^\s()\"^]))"
)
"""A word that may be a part of a date: no operator, no sign before it, no field."""
_DATE_WORDS: Final = re.compile(
    rf"{_DATE_FIELD}(?P<words>{_DATED}(?:\s+{_DATED}){{0,{MAX_WORDS + 2}}})|{_QUOTED}"
)
"""A date field and the words after it."""
_DATE_WORD: Final = re.compile(r'"[^"]*"|\S+')
_JOINS_DATES: Final = re.compile(r"à|au|-|–|jusqu['’ʼ](?:à|au|en)", re.IGNORECASE)
_MAX_FIELD: Final = 20  # characters of the name of a field, its colon and the character before it
_FIELD_BEFORE: Final = re.compile(rf"(?<!\w)(?i:{'|'.join(FIELD_NAMES)}):\Z")
_BRACKET: Final = re.compile(rf"{_QUOTED}|{_DATE_FIELD}[\[{{][^\[\]{{}}]*[\]}}]|(?P<stray>[\[\]{{}}])")

_Replace = Callable[[re.Match[str], list[Note]], str]


def repair_query(
    text: str, is_ordinary: Callable[[str, str], bool] = lambda name, field: False
) -> tuple[str, tuple[Note, ...]]:
    """The query without the signs that cannot be meant as syntax, and notes on them.

    Quotation marks and parentheses pair in it, colons stand behind the names of fields, and brackets around
    ranges of dates. ``is_ordinary`` says whether a name is a word though it is near that of a field. Raises
    QueryError for a weight out of range.
    """
    notes: list[Note] = []
    text = _PERCENTAGE.sub(" ", text)
    text = _repair_capitals(text, notes)
    text = _repair_pairs(text, notes)
    text = _repair_ranges(text)
    text = _quote_dates(text, notes)
    for sign, pattern, replace in (*_REPAIRS, (":", _COLON, partial(_replace_colon, is_ordinary))):
        if sign in text:
            text = pattern.sub(partial(_outside_quotes, replace, notes), text)
    if ('"' in text or "=" in text) and any(map(_has_pattern, _LITERAL.findall(text))):
        sentence = "Between quotation marks and after =, the signs * ? ~ have no meaning."
        notes.append(Note(sentence, "literal_pattern"))
    return text, tuple(dict.fromkeys(notes))


def misnamed_values(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    """The places of a query, as starts and ends, where a value follows a misspelt name of a field.

    ``names`` are those of the notes on the repaired query, which may be in lower case.
    """
    wanted = {name.lower() for name in names}
    named = _NAMED_VALUE.finditer(text) if wanted else ()
    return [match.span() for match in named if match["field"] and match["field"].lower() in wanted]


def _repair_capitals(text: str, notes: list[Note]) -> str:
    """A sentence in capitals in lower case, for its ET and OU are no operators."""
    if not (_OPERATOR.search(text) and text == text.upper() and _has_stop_words(text)):
        return text
    notes.append(
        Note("As all is in capitals, operators such as ET, OU and SAUF were read as words.", "all_capitals")
    )
    return text.lower()


def _repair_pairs(text: str, notes: list[Note]) -> str:
    """The text without a quotation mark or parentheses that have no pair."""
    if text.count('"') % 2:
        before, _, quoted = text.rpartition('"')
        if quoted.strip() and _FIELD_BEFORE.search(before, max(len(before) - _MAX_FIELD, 0)):
            text = f'{text}"'  # source:"Le Monde, as it is typed
            notes.append(Note("A quotation mark was added at the end.", "missing_quotation_mark"))
        else:
            text = f"{before} {quoted}"
            notes.append(Note("A quotation mark without its pair was left out.", "unpaired_quotation_mark"))
    if text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
        notes.append(Note("Parentheses that do not pair were left out.", "unpaired_parentheses"))
    return text


def _repair_ranges(text: str) -> str:
    """The text with brackets around its ranges of dates, and no other brackets."""
    if "*" in text:
        text = _OPEN_END.sub(
            lambda match: match[0] if match[0].startswith('"') else match[0].replace("*", ""), text
        )
    if ":" in text:
        for pattern in (_BARE_RANGE, _FRENCH_RANGE):
            text = pattern.sub(
                lambda match: (
                    f"{match['field']}[{match['start']} TO {match['end']}]" if match["field"] else match[0]
                ),
                text,
            )
    if "[" in text or "{" in text or "]" in text or "}" in text:
        text = _BRACKET.sub(lambda match: match[0] if match["stray"] is None else " ", text)
    return text


def _quote_dates(text: str, notes: list[Note]) -> str:
    """The text with quotation marks around dates of several words, ``date:janvier à mars 2025``."""
    if ":" not in text:
        return text
    return _DATE_WORDS.sub(partial(_quote_date, notes), text)


def _quote_date(notes: list[Note], match: re.Match[str]) -> str:
    if match["words"] is None:
        return match[0]
    found = list(_DATE_WORD.finditer(match["words"]))
    words: list[str] = []  # up to one with a comma, or in quotation marks that do not belong to the date
    for place, word in enumerate(found):
        if place and word[0].startswith('"') and not _JOINS_DATES.fullmatch(words[-1]):
            break
        words.append(word[0].strip('"').rstrip(",;!"))
        if word[0][-1] in ",;!":
            break
    length = period_length(words)
    if not length:
        return match[0]
    if length < len(words) and (unread := unread_date(words[length:])):
        sentence = (
            f"{unread!r} behind the date was read as words to look for; "
            'a date of several words stands in quotation marks, as in date:"3 au 5 janvier".'
        )
        notes.append(Note(sentence, "words_behind_date", unread))
    if length == 1:
        return match[0]
    field = match[0][: match.start("words") - match.start()]
    date = " ".join(words[:length])
    return f'{field}"{date}"{match["words"][found[length - 1].end() :]}'


def _has_stop_words(text: str) -> bool:
    """Whether a text has a word that sentences have and lists of words between operators do not."""
    return any(word.lower() in STOP_WORDS and not _OPERATOR.fullmatch(word) for word in text.split())


def _has_pattern(literal: str) -> bool:
    """Whether a quoted text, or a word after ``=``, has signs that make a pattern elsewhere."""
    return bool((_PATTERN_EXACT if literal[0] == "=" else _PATTERN_QUOTED).search(literal))


def _outside_quotes(replace: _Replace, notes: list[Note], match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else replace(match, notes)


def _replace_symbol(match: re.Match[str], notes: list[Note]) -> str:
    return f" {match['symbol']} "


def _replace_question_mark(match: re.Match[str], notes: list[Note]) -> str:
    if match["glued"] is not None:
        if _PATTERN_BEFORE.search(match.string, max(match.start() - _MAX_PATTERN, 0), match.start()):
            return match[0]
        sentence = "A ? at the end of a word was read as punctuation; inside a word it is any one letter."
        notes.append(Note(sentence, "question_mark"))
    return " "


def _replace_boost(match: re.Match[str], notes: list[Note]) -> str:
    if not _NUMBER.fullmatch(match["number"]):
        notes.append(Note("A ^ without a number was left out.", "boost_without_number"))
        return f" {match['number']}" if match["number"][:1].isalpha() else " "
    number = float(match["number"].replace(",", "."))
    if not 0 < number <= MAX_BOOST:
        message = f"a weight must be above 0 and at most {MAX_BOOST:,}, not {match[0]:.40}"
        raise QueryError(message, "bad_weight", MAX_BOOST, match[0])
    return f"^{max(number, _MIN_BOOST):.6f}"


def _replace_dash(match: re.Match[str], notes: list[Note]) -> str:
    if match["list"] is not None:
        notes.append(Note("A dash after the end of a sentence was read as punctuation.", "dash_of_a_list"))
        return " "
    word = match["word"]
    if word.lower() in STOP_WORDS and not _GOES_ON.match(match.string, match.end("word")):
        sentence = f"The dash before {word!r}, a word that all texts have, was left out."
        notes.append(Note(sentence, "dash_before_stop_word", word))
        return " "
    return match[0]


def _replace_plus(match: re.Match[str], notes: list[Note]) -> str:
    word = match["word"]
    if word.lower() in STOP_WORDS and not _GOES_ON.match(match.string, match.end("word")):
        sentence = f"The + before {word!r}, a word that all texts have, was left out."
        notes.append(Note(sentence, "plus_before_stop_word", word))
        return " "
    return match[0]


def _replace_tilde(match: re.Match[str], notes: list[Note]) -> str:
    after = match["after"]
    if after is None or _EDITS.fullmatch(after):
        return match[0]
    sentence = "A ~ without a whole number behind it was left out."
    notes.append(Note(sentence, "tilde_without_number"))
    return " " if _SIMILARITY.fullmatch(after) else f" {after}"


def _replace_truncation(match: re.Match[str], notes: list[Note]) -> str:
    word, sign = match["word"], match["sign"]
    if word.islower():  # the ! of a headline mostly stands behind a name or a space
        sentence = (
            f"The {sign} behind {word!r} was read as punctuation; {word}* finds all words that begin so."
        )
        notes.append(Note(sentence, "truncation_sign", word, sign))
    return f"{word} "


def _replace_exclamation_mark(match: re.Match[str], notes: list[Note]) -> str:
    word = match["word"]
    sentence = f"The ! before {word!r} was read as punctuation; -{word} leaves out articles with the word."
    notes.append(Note(sentence, "exclamation_before_word", word))
    return " "


def _replace_equals_sign(match: re.Match[str], notes: list[Note]) -> str:
    name = match["name"]
    sentence = f"The = behind {name!r} was read as a space; a field has a colon behind it, as in titre:roi."
    notes.append(Note(sentence, "equals_sign", name))
    return f"{name} "


def _replace_name(match: re.Match[str], notes: list[Note]) -> str:
    name = match["name"]
    sentence = f"{name!r} was read as a word; a field has a colon behind it, as in titre:(roi OU reine)."
    notes.append(Note(sentence, "field_without_colon", name))
    return f"{name} "


def _replace_colon(is_ordinary: Callable[[str, str], bool], match: re.Match[str], notes: list[Note]) -> str:
    if match["moment"]:
        return match[0]
    name = match["field"]
    following = match.string[match.end() : match.end() + 1]
    if name and name.lower() in FIELD_NAMES and not re.fullmatch(r"[\s)^]?", following):
        is_glued = not _BEFORE_FIELD.search(match.string, max(match.start() - 2, 0), match.start())
        return f"{' ' if is_glued else ''}{name.lower()}:"
    if name and name.lower() in FIELD_NAMES:
        field = f"{name}:"
        sentence = (
            f"The colon of {field!r} was read as a space; a value stands right behind it, as in titre:roi."
        )
        notes.append(Note(sentence, "field_without_value", field))
        return f"{name} "
    near = near_field(name) if name and re.match(_VALUE, following) else None
    if near is None or (name and is_ordinary(name, near)):
        notes.append(Note("A colon that names no field was read as a space.", "unknown_field"))
    else:
        sentence = f"No field is called {name!r}, and its colon was read as a space; did you mean {near}:?"
        notes.append(Note(sentence, "unknown_field_near", name, near))
    return f"{name or ''} "


_REPAIRS: Final = (
    ("?", _QUESTION, _replace_question_mark),
    ("^", _BOOST, _replace_boost),
    ("-", _DASH, _replace_dash),
    ("+", _PLUS, _replace_plus),
    ("~", _TILDE, _replace_tilde),
    ("=", _EQUALS, _replace_equals_sign),
    ("(", _PARENTHESISED, _replace_name),
    ("!", _EXCLUDING, _replace_exclamation_mark),
    ("!", _TRUNCATED, _replace_truncation),
    ("$", _TRUNCATED, _replace_truncation),
    ("&&", _SYMBOL, _replace_symbol),
    ("||", _SYMBOL, _replace_symbol),
)
"""The signs, where they may be meant otherwise, and what replaces them there."""
