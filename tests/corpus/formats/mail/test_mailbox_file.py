"""Each message of a mailbox is an article, and a damaged one costs no other."""

from __future__ import annotations

from newsindex.corpus.formats.mail import mailbox_file

ENVELOPE = "From lettre@phare.example Tue Mar 12 14:05:00 2024\n"


def letter(name, body="Corps"):
    header = f"From: Le Phare <l@phare.example>\nSubject: Titre {name}\nDate: 12 Mar 2024 14:05:00 +0100\n"
    return f"{ENVELOPE}{header}\n{body}\n\n"


def test_each_message_is_an_article(read_file):
    articles, errors, _ = read_file(letter("un") + letter("deux", ">From Fès\nsuite"), "lettres.mbox")
    assert [(a.headline, a.body) for a in articles] == [
        ("Titre un", "Corps"),
        ("Titre deux", "From Fès\nsuite"),
    ]
    assert errors == []


def test_a_mailbox_is_known_by_its_first_line(read_file):
    articles, _, _ = read_file((letter("un") + letter("deux")).replace("\n", "\r\n"), "Boîte de réception")
    assert len(articles) == 2


def test_a_damaged_message_costs_no_other(read_file):
    articles, errors, _ = read_file(letter("un") + f"{ENVELOPE}rien du tout\n\n" + letter("trois"), "a.mbox")
    assert [a.headline for a in articles] == ["Titre un", "Titre trois"]
    assert errors == ["message 2: this is no e-mail: it has no sender, subject or date"]


def test_a_message_that_is_too_large_is_an_error(read_file, monkeypatch):
    monkeypatch.setattr(mailbox_file, "MAX_MESSAGE", 300)
    articles, errors, _ = read_file(letter("un") + letter("deux", "mot\n" * 200) + letter("trois"), "a.mbox")
    assert [a.headline for a in articles] == ["Titre un", "Titre trois"]
    assert errors == ["message 2: the message is larger than 0 MB"]


def test_a_text_that_begins_with_from_is_no_mailbox(one_article):
    assert one_article("From Fès to Tiznit\n\nUn texte.\n", "a.txt").headline == "From Fès to Tiznit"
