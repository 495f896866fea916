"""Subtitles become one article of what is said, under the name of their file."""

from __future__ import annotations

import pytest

from .reading import read_as

SRT = """1
00:00:01,000 --> 00:00:04,000
Bonsoir à tous.

2
00:00:05,000 --> 00:00:07,500 X1:40 Y1:20
<i>La pluie</i> revient
{\\an8}à Fès.

2024

3
00:00:08,000 --> 00:00:09,000
Il a plu 12 heures.
12
"""
SAID = "Bonsoir à tous.\nLa pluie revient\nà Fès.\n2024\nIl a plu 12 heures.\n12"
VTT_SAID = "Bonsoir à tous.\nLina Tazi: La pluie revient.\nÀ Fès.\nOmar Alami: - Merci."
VTT = """WEBVTT - Journal
Kind: captions

NOTE
Une note --> sur deux lignes
encore

STYLE
::cue { color: white }

accueil
00:01.000 --> 00:04.000 align:start
Bonsoir<00:02.000><c> à</c> tous.

01:00:05.000 --> 01:00:07.500
Bonsoir à tous.

01:00:08.000 --> 01:00:09.500
<v.fort Lina Tazi>La pluie revient.

01:00:10.000 --> 01:00:11.500
<v Lina Tazi>À Fès.</v>

01:00:12.000 --> 01:00:13.500
<v Omar Alami>
- Merci.
"""


@pytest.mark.parametrize(("content", "name", "headline", "body"), [
    (SRT, "Journal_de_20h.fr.srt", "Journal de 20h", SAID),
    (SRT.replace("\n", "\r\n").encode("utf-16"), "journal.txt", "journal", SAID),
    (SRT.replace("\n\n3\n", "\n3\n"), "journal.srt", "journal", SAID),
    (SRT, "La_voix.du.roi.fr-MA.srt", "La voix.du.roi", SAID),
    (SRT.encode("cp1252"), "12 mars 2024.srt", "12 mars 2024", SAID),
    (VTT, "Journal.vtt", "Journal", VTT_SAID),
    ("WEBVTT\n\n00:01.000 --> 00:04.000\nLa pluie", "a.vtt", "a", "La pluie"),
])  # fmt: skip
def test_what_is_said_is_the_text(tmp_path, content, name, headline, body):
    ((article,), errors, passed_over) = read_as(tmp_path, content, name)
    assert (article.headline, article.body, article.published) == (headline, body, None)
    assert (errors, passed_over) == ([], {})


@pytest.mark.parametrize("content", ["WEBVTT\n", "1\n00:00:01,000 --> 00:00:04,000\n"])
def test_subtitles_without_words_are_an_error(tmp_path, content):
    articles, errors, _ = read_as(tmp_path, content, "a.srt")
    assert articles == []
    assert "there is no text in these subtitles" in errors[0]


@pytest.mark.parametrize("content", ["1\nBonsoir à tous.", "WEBVTTX\n", "12\n00:00 --> la suite\n"])
def test_other_texts_are_texts(tmp_path, content):
    (article,), _, _ = read_as(tmp_path, content, "a.txt")
    assert article.headline == content.partition("\n")[0]
