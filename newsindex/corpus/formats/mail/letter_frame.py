"""Removes what stands round the text of a letter: invitations to read it in a browser, and to unsubscribe.

Only short lines go, near the beginning and the end, and only for how they begin: an article may mention the
same in a sentence. The signature below a line of two hyphens goes too. What goes is counted.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsindex.corpus.html.boilerplate import fold

_MAX_CHARACTERS: Final = 240  # of a line of the frame
_FIRST_LINES: Final = 6  # in which a letter invites to read it in a browser
_LAST_LINES: Final = 15  # in which it says why it was sent, and by whom
_MAX_SIGNATURE: Final = 10  # lines
_SIGNATURE: Final = re.compile(r"^-- ?$", re.M)
_PARTS: Final = re.compile(r"\s*[|•·]\s+")
_LETTER: Final = r"(?:e-?mail|mail|message|courriel|newsletter|lettre|infolettre|lettre d'information|post)"
_TOP: Final = re.compile(
    r"(?:voir|lire|consulter|consultez|afficher|affichez|ouvrir|visualiser|visualisez|lisez)\b"
    r".{0,60}\b(?:navigateur|en ligne)\W*"
    r"|(?:view|read|open|see)\b.{0,60}\b(?:browser|online|on the web)\b.{0,120}"
    rf"|si (?:vous n.{{0,30}}\bpas\b.{{0,40}} {_LETTER}|ce(?:t|tte)? {_LETTER} ne s'affiche pas)\b.{{0,200}}"
    r"|(?:version (?:en ligne|web)|web version|having trouble|trouble viewing|can't see)\b.{0,120}"
)
_BOTTOM: Final = re.compile(
    r"(?:pour )?(?:me |se |vous )?(?:desabonner|desinscrire|desabonnement|desinscription)\b"
    r"(?:.{0,12}|,.*|.* ici\W*)"
    r"|(?:desabonnez|desinscrivez)-vous\b.*"
    r"|(?:cliquez|click) .{0,60}\b(?:desabonner|desinscrire|desinscription|unsubscribe)\b.*"
    r"|(?:unsubscribe|opt out)\b.{0,120}|to unsubscribe\b.*"
    r"|(?:pour|si vous) (?:ne (?:souhaitez|desirez|voulez) )?(?:souhaitez |desirez )?(?:ne )?plus recevoir\b"
    rf".{{0,30}}\b(?:{_LETTER}|communication|information|alerte|offre)s?\b.{{0,120}}"
    r"|(?:gerer|modifier|mettre a jour|update|manage) (?:mes|vos|mon|votre|your|my)? ?"
    r"(?:\w+ )?(?:preferences|abonnements?|inscriptions?|subscriptions?|profil)\b.{0,60}"
    rf"|vous (?:recevez|avez recu) (?:ce(?:t|tte)?|la|notre) {_LETTER}\b.*"
    rf"|you(?:'re| are)? (?:receiving|received|receive) this {_LETTER}\b.*"
    rf"|(?:ce(?:t|tte)?|this) {_LETTER} (?:vous )?(?:a ete|est|was|is) (?:envoyee?|adressee?|sent)\b.*"
    r"|conformement a la (?:loi|reglementation)\b.*\bvous (?:disposez|beneficiez)\b.*"
    r"|(?:politique de confidentialite|mentions legales|privacy policy|nous contacter|contactez-nous)\W*"
    r"|(?:transferer|faire suivre) (?:ce|cette|a un)\b.{0,60}|forward (?:to|this)\b.{0,60}"
    r"|(?:©|\(c\)|copyright\b).{0,160}|tous droits reserves\b.{0,60}|all rights reserved\b.{0,60}"
)


class LetterText(NamedTuple):
    """The text of a letter, and how many lines round it are left out."""

    text: str
    lines: int


def without_frame(text: str) -> LetterText:
    """A letter's text without the lines round it; a letter that has no other lines stays as it is."""
    inner = _without_signature(text)
    lines = inner.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    removed = {number for number in filled[:_FIRST_LINES] if _begins(_TOP, lines[number])}
    ends = (_TOP, _BOTTOM)
    removed |= {n for n in filled[-_LAST_LINES:] if any(_begins(pattern, lines[n]) for pattern in ends)}
    if len(removed) == len(filled):
        return LetterText(text, 0)
    kept = "\n".join(line for number, line in enumerate(lines) if number not in removed)
    signature = sum(1 for line in text[len(inner) :].split("\n") if line.strip())
    return LetterText(re.sub(r"\n{3,}", "\n\n", kept).strip(), len(removed) + signature)


def _without_signature(text: str) -> str:
    signature = next(reversed([*_SIGNATURE.finditer(text)]), None)
    if signature is None or text.count("\n", signature.end()) > _MAX_SIGNATURE:
        return text
    return text[: signature.start()].rstrip() or text


def _begins(pattern: re.Pattern[str], line: str) -> bool:
    """Whether a line, or a part of a line of links, is of the frame."""
    if len(line) > _MAX_CHARACTERS:
        return False
    return any(pattern.fullmatch(part) for part in _PARTS.split(fold(line)))
