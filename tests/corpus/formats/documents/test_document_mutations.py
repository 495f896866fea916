"""Documents and letters with cut, flipped or doubled bytes end in articles and errors, soon."""

from __future__ import annotations

import random

import pytest

from tests.corpus.formats.documents import written_documents as written
from tests.limits import processor_seconds

LETTER = (
    b"From: Le Phare <l@phare.example>\nTo: a@b.example\nSubject: =?utf-8?Q?=C3=89cole?=\n"
    b"Date: Tue, 12 Mar 2024 14:05:00 +0100\nContent-Type: multipart/alternative; boundary=x\n\n"
    b"--x\nContent-Type: text/plain\n\nTexte\n--x\nContent-Type: text/html\n\n<p>Texte</p>\n--x--\n"
)
INPUTS = {
    "a.eml": LETTER,
    "a.mbox": (b"From a@b Tue Mar 12 14:05:00 2024\n" + LETTER + b"\n") * 2,
    "a.mhtml": LETTER.replace(b"From: Le Phare", b"Snapshot-Content-Location: https://a.example\nFrom: x"),
    "a.md": b"---\ntitle: Eau\ntags: [a, {b: c}]\n---\n# Eau\n\n| a | b |\n|---|---|\n| *c* | [d](e) |\n",
    "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}}{\info{\title Eau}}"
    rb"F\'e8s\par {\field{\*\fldinst{x}}}\par}",
    "a.docx": written.word([("Eau", "Title"), "Texte"], title="Eau", table=[("a", "b")]),
    "a.odt": written.open_document("<text:h>Eau</text:h><text:p>Texte<text:s text:c='3'/></text:p>"),
    "a.pdf": written.pdf([[("Un titre assez long", 18, 780), ("Texte", 11, 740)]] * 3, title="Eau"),
    "a.epub": written.book({"a.xhtml": f"<html><body><h1>Eau</h1><p>{'mot ' * 30}</p></body></html>"}),
}
MUTATIONS = 25
MAX_SECONDS = 5.0  # for a file of some kilobytes


def mutated(content, chance):
    """The content with one to four pieces cut, doubled or changed."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(damaged) + 1)
        end = start + chance.randint(1, 200)
        piece = damaged[start:end]
        damaged[start:end] = chance.choice([b"", piece * chance.randint(2, 20), bytes(b ^ 32 for b in piece)])
    return bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged) + 1)])])


@pytest.mark.parametrize("name", INPUTS)
def test_damage_ends_in_articles_and_errors(read_file, name):
    chance = random.Random(name)
    for _ in range(MUTATIONS):
        with processor_seconds(MAX_SECONDS):
            articles, errors, passed_over = read_file(mutated(INPUTS[name], chance), name)
        assert articles or errors or passed_over
