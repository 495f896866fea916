"""The page in an MHTML file is read as a web page, with the address that it was saved from."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

ADDRESS = "https://phare.example/eau"
TEXT = "Les huit forages promis en 2022 ont été livrés mardi à Tiznit, dit la commune. " * 5


def saved(page, *, sender="<Saved by Blink>", start=None):
    message = MIMEMultipart("related", type="text/html", **({"start": start} if start else {}))
    message["From"] = sender
    message["Subject"] = "Eau"
    for text, address, identifier in (
        ("<html><body><p>Publicité pour des parasols</p></body></html>", "https://pub.example/1", "<pub>"),
        (page, ADDRESS, "<page>"),
    ):
        part = MIMEText(text, "html", "utf-8")
        part["Content-Location"] = address
        part["Content-ID"] = identifier
        message.attach(part)
    if not start:
        message["Snapshot-Content-Location"] = ADDRESS
    message.attach(MIMEText("p { color: black }", "css"))
    return message.as_bytes()


def page():
    body = f"<body><article><h1>L'eau arrive</h1><p>{TEXT}</p></article></body>"
    return f"<html lang='fr'><head><title>L'eau arrive</title></head>{body}</html>"


def test_the_page_at_the_saved_address_is_the_article(read_file):
    (article,), errors, passed_over = read_file(saved(page()), "a.mhtml")
    assert (article.headline, article.url, article.body) == ("L'eau arrive", ADDRESS, TEXT.strip())
    assert (errors, passed_over) == ([], {"part of a saved page": 2})


def test_the_first_part_may_be_named_otherwise(one_article):
    content = saved(page(), sender="Enregistré par Windows Internet Explorer", start="<page>")
    assert one_article(content, "a.mht").headline == "L'eau arrive"


def test_a_saved_page_is_known_by_its_header(one_article):
    assert one_article(saved(page()), "sans-nom").url == ADDRESS


def test_a_page_that_is_cut_short_is_read_as_far_as_it_goes(read_file):
    content = saved(page())
    articles, _, _ = read_file(content[: content.index(b"Content-Type: text/css")], "a.mhtml")
    assert [a.headline for a in articles] == ["L'eau arrive"]


def test_a_file_without_a_page_is_refused(read_file):
    articles, errors, _ = read_file("pas une page\n", "a.mht")
    assert articles == []
    assert errors == ["there is no page in this saved page: it may be cut short"]


def test_a_letter_with_pictures_is_a_letter(one_article):
    content = saved(page()).replace(
        b"From: <Saved by Blink>", b"From: Le Phare <l@phare.example>\nTo: a@b.example"
    )
    content = content.replace(b"Snapshot-Content-Location", b"X-Nothing")
    assert one_article(content, "a.eml").source == "Le Phare"
