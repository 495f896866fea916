"""The format of a file is told by its content, with its name as a hint."""

from __future__ import annotations

import pytest

from newsindex.corpus.formats.registry import detect_format

LONG = "x" * (1 << 17)


@pytest.mark.parametrize(
    ("head", "name", "format"),
    [
        ('{"titre": "A"}\n{"titre": "B"}', "a.json", "jsonl"),
        ('{"titre": "A"\n{"titre": "B"}', "-", "jsonl"),
        ('{"articles": [{"titre": "A"}]}\n', "a.json", "json"),
        ('{"articles": [{"titre": "A"}]}\n', "-", "json"),
        ('{\n  "titre": "A"\n}', "-", "json"),
        ('[{"titre": "A"},\n{"titre": "B"}]', "a.jsonl", "json"),
        ("[1]\n{}", "a.jsonl", "jsonl"),
        ('{"texte": "' + LONG, "-", "jsonl"),
        ('{"texte": "' + LONG, "a.json.gz", "json"),
        ("not JSON", "a.ndjson", "jsonl"),
        ("not JSON", "a.JSON", "json"),
        ("titre,texte,date\nA,B,C", "a.txt", "csv"),
        ("id\ttitre\ttexte", "-", "csv"),
        ("Journal, date et lieu\nSuite", "a.txt", "text"),
        ("Un titre, une suite\nSuite", "-", "text"),
        ("Titre, texte…\nUn texte, oui", "a.txt", "text"),
        ("Titre, texte\nUn texte", "a.txt", "text"),
        ("sep=;\ntitre;texte", "a.txt", "csv"),
        ("titre|texte\nA|B", "a.txt", "csv"),
        ("Un\u00a0\u00a0Deux\u00a0\u00a0Trois\n\nTitre\nCorps", "a.txt", "page"),
        ("Titre\nCorps\nCliquez ici pour lire l’article depuis sa source.", "a.txt", "page"),
        ("Titre\n\u00a0\u00a0Un paragraphe\u00a0\u00a0en retrait", "a.txt", "text"),
        ("Titre\nPublié dans les années 1930, ce roman reste.", "a.txt", "text"),
        ("", "a", "text"),
        ("[Tribune] Un titre\nCorps", "a.txt", "text"),
        ("[Vidéo] Un\u00a0\u00a0Deux\u00a0\u00a0Trois\n\nTitre\nCorps", "a.txt", "page"),
        ("Titre\u00a0\u00a0du texte\nCorps", "a.txt", "text"),
        ("Le ciel\u00a0\u00a0\u00a0: il\u00a0\u00a0\u00a0pleut\nCorps", "a.txt", "text"),
        ("[", "-", "json"),
        ("{ ceci }\nCorps", "a.txt", "text"),
        ("{ ceci }\nCorps", "-", "text"),
        ('["Un mot"]', "a.txt", "text"),
        ('{"titre": "A"}\n{', "a.txt", "jsonl"),
        ('[\n{"titre": "A"}', "a.txt", "json"),
        ('{ ceci }\n{"titre": "A"}', "-", "jsonl"),
        ("{ ceci }", "a.jsonl", "jsonl"),
        ('["A"]', "-", "json"),
        ('{"articles": [\n{"titre": "A"}\n]}', "a.json", "json"),
        ('{"articles": [\n{"titre": "A"}\n]}', "-", "json"),
        ('{"n": 1,\n"articles": [{"titre": "A"}]}', "-", "json"),
    ],
)
def test_the_format_is_told(head, name, format):
    assert detect_format(head, name).name == format


WXR = "<rss xmlns:wp='http://wordpress.org/export/1.2/'>"


@pytest.mark.parametrize(
    ("head", "name", "format"),
    [
        (WXR, "a", "wordpress"),
        ("<rss version='2.0'><channel>", "a.xml", "feed"),
        ("<!-- un flux --><rdf:RDF xmlns:rdf='x'>", "-", "feed"),
        ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a '<opml>'>]>\n<rss>", "a", "feed"),
        (
            "<?xml version='1.0'?>\n<g2:newsItem xmlns:g2='http://iptc.org/std/nar/2006-10-01/'>",
            "a",
            "newsml",
        ),
        ("<newsMessage>", "a.txt", "newsml"),
        ("<NewsML Version='1.2'>", "a.xml", "newsml"),
        ("<nitf>", "a.xml", "nitf"),
        ("<urlset>", "a.xml.gz", "sitemap"),
        ("<TEI xmlns='http://www.tei-c.org/ns/1.0'>", "-", "tei"),
        ("<SPIP version='3'>", "a.xml", "spip"),
        ("<opml>", "a.txt", "xml"),
        ("<?xml version='1.0'?><plan>", "a", "xml"),
        ("<plan>", "a.xml", "xml"),
        ("<plan>", "a.txt", "text"),
        ("<?xml version='1.0'?><!DOCTYPE html><html>", "a.xml", "html"),
        ("<?xml version='1.0'?><div>", "a.html", "html"),
        ("<div xmlns='http://www.w3.org/1999/xhtml'>", "a.html", "html"),
        ("TY  - NEWS\nTI  - Un", "a.txt", "ris"),
        ("Un titre", "a.ris", "ris"),
        ("@misc{a, title={Un}}", "-", "bibtex"),
        ("@redaction Un texte", "a.txt", "text"),
    ],
)
def test_xml_and_bibliographies_are_told_by_their_beginning(head, name, format):
    assert detect_format(head, name).name == format
