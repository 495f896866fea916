"""A document in RTF becomes one article, without its codes."""

from __future__ import annotations

import pytest

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}"
TEXT = (
    r"\f0\fs24 F\'e8s rouvre trois biblioth\'e8ques\par Trois biblioth\u232?ques de quartier rouvrent.\par}"
)


def test_codes_become_characters_and_paragraphs(one_article):
    article = one_article(HEAD + TEXT, "fes.rtf")
    assert article.headline == "Fès rouvre trois bibliothèques"
    assert article.body == "Trois bibliothèques de quartier rouvrent."
    assert article.published is None


def test_a_document_is_known_whatever_its_name(one_article):
    assert one_article(HEAD + TEXT, "fes.doc").headline == "Fès rouvre trois bibliothèques"


def test_title_and_author_are_those_of_the_properties(one_article):
    info = r"{\info{\title Biblioth\'e8ques : trois de plus}{\author Salma Ouazzani}{\creatim\yr2020}}"
    article = one_article(HEAD + info + r"Trois biblioth\'e8ques rouvrent. Elles sont belles.\par}", "a.rtf")
    assert (article.headline, article.author) == ("Bibliothèques : trois de plus", "Salma Ouazzani")
    assert article.body == "Trois bibliothèques rouvrent. Elles sont belles."


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r'{\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt{le plan}}}', "le plan"),
        (r"{\*\shppict{\pict\pngblip " + "89504e470d0a" * 100 + "}}Fin", "Fin"),
        (r"\trowd un\cell deux\cell\row", "un\tdeux"),
        (r"{\header haut de page}Fin{\footnote bas}", "Fin"),
        (r"l\rquote eau \{et\} la mer", "l’eau {et} la mer"),
        (r"un\line deux", "un\n\ndeux"),
    ],
)
def test_links_pictures_and_tables_become_text_or_go(one_article, code, text):
    assert one_article(HEAD + r"Titre du texte\par " + code + r"\par}", "a.rtf").body == text


def test_other_code_pages_are_read(one_article):
    mac = r"{\rtf1\mac\deff0 Titre\par F\'8fs\par}"
    assert one_article(mac, "a.rtf").body == "Fès"
    raw = (r"{\rtf1\ansi\ansicpg1252 Titre\par Fès rouvre\par}").encode("cp1252")
    assert one_article(raw, "a.rtf").body == "Fès rouvre"


def test_a_document_that_is_cut_short_is_read_as_far_as_it_goes(read_file):
    (article,), errors, _ = read_file((HEAD + TEXT)[:-10], "a.rtf")
    assert article.headline == "Fès rouvre trois bibliothèques"
    assert errors == ["the document is cut short: its last part is missing"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEAD + "}", "there is no text in this document"),
        (
            r"{\rtf1{\fonttbl " + r"\f0\fcharset0 x" * 1000,
            "the document is damaged: its table of fonts has no end",
        ),
        (r"{\rtf1" + "{" * 2000, "the document is nested too deeply"),
        ("pas du RTF", "this is no RTF document"),
    ],
)
def test_damaged_documents_are_refused(read_file, content, reason):
    assert read_file(content, "a.rtf")[:2] == ([], [reason])


@pytest.mark.parametrize(
    "piece", [r"{\field{\*\fldinst{", r"\f0\fcharset", "0123456789abcdef " * 10, r"\bin3 abc"]
)
def test_repeated_codes_take_no_more_than_linear_time(read_file, piece):
    read_file(HEAD + piece * 3000 + r"Titre\par}", "a.rtf")


def test_a_text_about_codes_is_no_document(one_article):
    assert one_article("Le format {\\rtf1 est vieux\n\nTexte\n", "a.txt").headline.startswith("Le format")


def test_a_code_page_that_python_does_not_know_is_that_of_mac(one_article):
    document = r"{\rtf1\mac\ansicpg10000\f0 F\'8fs rouvre\par La m\'8edina attendait.\par}"
    article = one_article(document, "a.rtf")
    assert (article.headline, article.body) == ("Fès rouvre", "La médina attendait.")
