"""A newsletter becomes an article: its subject is the headline, its sender the source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newsindex

HEADER = """From: Le Phare du Nord <lettre@phare.example>
To: veille@exemple.example
Date: Tue, 12 Mar 2024 14:05:00 +0100 (CET)
Message-ID: <71@phare.example>
"""
SENT = datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
FIRST_SERVER = (
    "Received: from a.example (a.example [192.0.2.1];\n by b.example; Tue, 12 Mar 2024 15:05:07 +0100 (CET)"
)
LAST_SERVER = "Received: from b.example by c.example; Wed, 13 Mar 2024 09:00:00 +0100"
ARRIVED = datetime(2024, 3, 12, 14, 5, 7, tzinfo=UTC)


def mixed(*parts, kind="mixed"):
    """A message of several parts, each a header and a text."""
    inside = "".join(f"--limite\n{header}\n\n{text}\n" for header, text in parts)
    return (
        f"{HEADER}Subject: Forages\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/{kind}; boundary="limite"\n\n{inside}--limite--\n'
    )


def test_subject_sender_date_and_text_are_the_article(one_article):
    article = one_article(
        f"{HEADER}Subject: L'eau arrive\n\nHuit forages.\n\nLa suite mardi.\n", "lettre.eml"
    )
    assert (article.headline, article.body) == ("L'eau arrive", "Huit forages.\n\nLa suite mardi.")
    assert (article.source, article.published, article.id) == ("Le Phare du Nord", SENT, "71@phare.example")


def test_a_message_is_known_by_its_header_whatever_its_name(one_article):
    content = f"Return-Path: <x@phare.example>\n{HEADER}Subject: L'eau arrive\n\nTexte\n".replace(
        "\n", "\r\n"
    )
    assert one_article(content, "sans-nom").headline == "L'eau arrive"


@pytest.mark.parametrize("prefix", ["Fwd: ", "TR : ", "Re: ", "RE: TR: ", "Re[2]: ", "Rép : "])
def test_marks_of_answers_and_forwarding_are_no_headline(one_article, prefix):
    assert (
        one_article(f"{HEADER}Subject: {prefix}L'eau arrive\n\nTexte\n", "a.eml").headline == "L'eau arrive"
    )


@pytest.mark.parametrize(
    "written",
    [
        b"=?utf-8?Q?=C3=89cole_:_la_rentr=C3=A9e?=",
        b"=?iso-8859-1?Q?=C9cole?= : =?utf-8?B?bGEgcmVudHLDqWU=?=",
        "École : la rentrée".encode(),
        "École : la rentrée".encode("cp1252"),
        b"=?utf-8?Q?=C3=89cole?=\n =?utf-8?Q?_:_la_rentr=C3=A9e?=",
        b"=?x-inconnu?Q?=C3=89cole_:_la_rentr=C3=A9e?=",
    ],
)
def test_subjects_are_decoded(one_article, written):
    content = HEADER.encode() + b"Subject: " + written + b"\n\nTexte\n"
    assert one_article(content, "a.eml").headline == "École : la rentrée"


def test_a_sender_without_a_name_is_the_domain(one_article):
    content = "From: lettre@phare.example\nTo: x@y.example\nSubject: Eau\n\nTexte\n"
    assert one_article(content, "a.eml").source == "phare.example"
    assert one_article(content.replace("lettre@phare.example", ""), "a.eml", source="Revue").source == "Revue"


def test_html_becomes_text_without_what_is_hidden(one_article):
    page = (
        "<html><head><title>Lettre</title><style>p {color: red}</style></head><body>"
        "<div style='display:none'>Aperçu</div><h1>Forages</h1><p>Huit&nbsp;forages.</p><p>La suite.</p>"
    )
    article = one_article(mixed(("Content-Type: text/html; charset=utf-8", page)), "a.eml")
    assert article.body == "Huit forages.\n\nLa suite."


def test_a_plain_text_that_only_invites_to_read_the_html_is_not_the_text(one_article):
    page = f"<p>{'Huit forages ont été livrés à Tiznit. ' * 5}</p>"
    parts = ("Content-Type: text/plain", "Ouvrez-moi"), ("Content-Type: text/html; charset=utf-8", page)
    assert one_article(mixed(*parts, kind="alternative"), "a.eml").body.startswith("Huit forages")


def test_addresses_of_links_and_flowed_lines_go(one_article):
    text = "Les forages \narrivent <https://phare.example/u?x=1>.\nhttps://phare.example/tout\nFin."
    article = one_article(mixed(("Content-Type: text/plain; charset=utf-8; format=flowed", text)), "a.eml")
    assert article.body == "Les forages arrivent.\nFin."


def test_attachments_are_counted(read_file):
    attached = ('Content-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"', "%PDF")
    (article,), errors, passed_over = read_file(
        mixed(("Content-Type: text/plain", "Texte"), attached), "a.eml"
    )
    assert (article.body, errors, passed_over) == ("Texte", [], {"attachment": 1})


def test_each_message_of_a_digest_is_an_article(read_file):
    letters = [
        ("Content-Type: message/rfc822", f"From: {name} <a@b.example>\nSubject: Titre {name}\n\nCorps {name}")
        for name in "AB"
    ]
    articles, errors, _ = read_file(mixed(*letters, kind="digest"), "a.eml")
    assert [(a.headline, a.source, a.body) for a in articles] == [
        ("Titre A", "A", "Corps A"),
        ("Titre B", "B", "Corps B"),
    ]
    assert errors == []


def test_a_forwarded_message_is_that_of_its_author(one_article):
    content = f"""{HEADER}Subject: TR : L'eau

Pour info

-----Message d'origine-----
De : La Gazette <g@gazette.example>
Envoyé : 2024-03-10 10:00
À : veille@exemple.example
Objet : L'eau arrive à Tiznit

Huit forages.
"""
    article = one_article(content, "a.eml")
    assert (article.headline, article.source, article.body) == (
        "L'eau arrive à Tiznit",
        "La Gazette",
        "Huit forages.",
    )
    assert article.published == datetime(2024, 3, 10, 10, 0)


def test_a_wrong_date_costs_only_the_date(read_file):
    (article,), errors, _ = read_file("From: A <a@b.example>\nDate: demain\nSubject: Eau\n\nTexte\n", "a.eml")
    assert (article.headline, article.published) == ("Eau", None)
    assert errors == ["'demain' is not a date: the message has none"]


@pytest.mark.parametrize(
    ("headers", "published", "errors"),
    [
        ([FIRST_SERVER, LAST_SERVER], ARRIVED, []),
        (["Received: by a.example with local", FIRST_SERVER], ARRIVED, []),
        (["Delivery-Date: Tue, 12 Mar 2024 13:05:00 +0000"], SENT, []),
        (["Received: from a.example by b.example; demain"], None, []),
        (["Received: by a.example"], None, []),
        (
            [FIRST_SERVER, "Date: demain"],
            ARRIVED,
            ["'demain' is not a date: the message has that of its arrival"],
        ),
    ],
)
def test_a_message_without_its_date_has_that_of_its_arrival(read_file, headers, published, errors):
    message = "\n".join([*reversed(headers), "From: A <a@b.example>", "Subject: Eau", "", "Texte", ""])
    (article,), found, _ = read_file(message, "a.eml")
    assert (article.published, found) == (published, errors)


def test_a_message_without_a_subject_takes_its_first_line(one_article):
    article = one_article("From: A <a@b.example>\nTo: x@y.example\nSubject:\n\nPremière\n\nSuite\n", "a.eml")
    assert (article.headline, article.body) == ("Première", "Suite")


def test_zeros_and_a_lost_end_cost_no_text(read_file):
    content = mixed(("Content-Type: text/plain; charset=utf-8", "Huit\0 forages")).partition("--limite--")[0]
    (article,), _, _ = read_file(content, "a.eml")
    assert article.body == "Huit forages"


def test_what_is_no_message_is_refused_or_read_as_what_it_is(read_file, one_article):
    assert read_file("Un texte\n\nsans en-tête\n", "a.eml")[:2] == (
        [],
        ["this is no e-mail: it has no sender, subject or date"],
    )
    assert one_article("From: ce texte cite un courriel\n\nRien de plus\n", "a.txt").headline.startswith(
        "From"
    )


def test_many_parts_in_one_another_are_refused(read_file):
    content = mixed(*[('Content-Type: multipart/mixed; boundary="x"', "")] * 300)
    articles, errors, _ = read_file(content, "a.eml")
    assert articles == []
    assert errors == ["the message has more than 50 parts that have parts"]


def test_the_message_of_apple_mail_is_read_without_its_notes(one_article):
    message = f"{HEADER}Subject: Eau\n\nTexte\n"
    assert one_article(f"{len(message)}\n{message}<plist>notes</plist>", "1.emlx").body == "Texte"


def test_a_sender_that_cannot_be_parsed_costs_no_text(one_article):
    content = f"From: {'<(' * 1000}\nTo: x@y.example\nSubject: Eau\n\nTexte\n"
    assert one_article(content, "a.eml").body == "Texte"


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        ("Voir dans le navigateur", "Se désabonner | Gérer mes préférences"),
        ("Si vous ne voyez pas correctement ce message, cliquez ici", "Pour vous désinscrire, cliquez ici."),
        ("View this post on the web at https://phare.example/eau", "Unsubscribe https://phare.example/u"),
        ("Version en ligne", "Vous recevez ce message car vous êtes inscrit.\n© 2024 Le Phare du Nord"),
    ],
)
def test_what_stands_round_a_letter_is_not_its_text_and_is_counted(read_file, top, bottom):
    text = "Les abonnés pourront se désabonner en un clic, promet la régie.\n\nElle y met un mois."
    letter = f"{HEADER}Subject: L'eau arrive\n\n{top}\n\n{text}\n\n{bottom}\n\n-- \nLina\n"
    (article,), errors, passed_over = read_file(letter, "a.eml")
    assert article.body == text
    lines = len(f"{top}\n{bottom}".split("\n")) + 2  # with the two of the signature
    assert (errors, passed_over) == ([], {"line before or after the text of a letter": lines})


def test_a_letter_of_nothing_but_its_frame_keeps_it(read_file):
    (article,), _, passed_over = read_file(f"{HEADER}Subject: Forages\n\nSe désabonner\n", "a.eml")
    assert (article.body, passed_over) == ("Se désabonner", {})


@pytest.mark.parametrize("form", ["", "Content-Type: text/plain; format=flowed\n"])
def test_the_signature_is_not_the_text(one_article, form):
    text = f"{HEADER}{form}Subject: L'eau arrive\n\nHuit forages.\n\n-- \nSalma Ouazzani\nTél. 05 28\n"
    assert one_article(text, "a.eml").body == "Huit forages."


@pytest.mark.parametrize(
    "line",
    [
        "Si vous ne partez pas en vacances, le port vous attend.",
        "Pour ne plus recevoir de déchets, la ville ferme son port.",
        "Conformément à la loi sur les données, la régie a effacé ses fichiers.",
    ],
)
def test_a_sentence_of_the_article_is_no_frame(one_article, line):
    assert one_article(f"{HEADER}Subject: L'eau arrive\n\n{line}\n\nFin.\n", "a.eml").body.startswith(line)


@pytest.mark.parametrize(
    "text",
    [
        "Pour la revue.\n\nDe : Le Phare <l@p.example>\n\nEnvoyé : mardi 12 mars 2024 14:05\n\nÀ : Veille\n\n"
        "Objet : L'eau arrive\n\nHuit forages.\n\nUn conseil.",
        "Début du message transféré :\n\n> De: Le Phare <l@p.example>\n> Objet: L'eau arrive\n"
        "> Date: 12 mars 2024 à 14:05:00 UTC+1\n> À: a@b.example\n> \n> Huit forages.\n> \n> Un conseil.",
        "-------- Message transféré --------\nSujet : \tL'eau arrive\n"
        "Date : \tTue, 12 Mar 2024 14:05:00 +0100\n"
        "De : \tLe Phare <l@p.example>\nPour : \tv@c.example\n\n\nHuit forages.\n\nUn conseil.",
    ],
)
def test_what_outlook_apple_and_thunderbird_forward_is_the_article(one_article, text):
    article = one_article(f"{HEADER}Subject: TR: L'eau arrive\n\n{text}\n", "a.eml")
    assert (article.headline, article.body) == ("L'eau arrive", "Huit forages.\n\nUn conseil.")
    assert article.source == "Le Phare"
    assert str(article.published).startswith("2024-03-12 14:05")


@pytest.mark.parametrize(
    ("note", "headlines"), [("Voir ci-joint.", ["L'eau"]), ("Texte. " * 60, ["Forages", "L'eau"])]
)
def test_a_message_that_is_attached_is_an_article(tmp_path, note, headlines):
    inner = ("Content-Type: message/rfc822", "From: Phare <l@p.example>\nSubject: L'eau\n\nHuit forages.")
    (tmp_path / "a.eml").write_text(mixed(("Content-Type: text/plain", note), inner))
    corpus = newsindex.read(tmp_path / "a.eml")
    assert [article.headline for article in corpus] == headlines
    assert sum(corpus.summary.passed_over.values()) == 2 - len(headlines)
