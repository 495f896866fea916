"""Aggregators' pages of other typography: tickers, several pages in a file, wordings, authors, and HTML."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import newsindex

OTHERS = ["Le port de Nador ouvre mardi", "Neige : deux routes coupées", "Foot : le derby est reporté"]
OWN = "Essai : l'équipe gagne encore"
NOTICE = "Le document de l'image présente un contenu inapproprié ? Signalez-le"
LINK = "Cliquez ici pour lire l'article depuis sa source."
BODY = ["Un premier paragraphe sur l'essai.", "Un second, plus long que lui."]
GAP = "\u00a0" * 4


def page(
    separator=GAP,
    titles=(*OTHERS, OWN),
    own=OWN,
    notice=NOTICE,
    author="Lina Amrani",
    where="Publié dans Le Rif le 02 - 01 - 2026",
    body=BODY,
    link=LINK,
):
    head = "\n".join(filter(None, [own, author, where]))
    return "\n\n".join(filter(None, [separator.join(titles), notice, head, *body, link]))


SECOND = {
    "own": "Pêche : la sardine revient",
    "where": "Publié dans L'Écho le 3 janvier 2026",
    "body": ["Ailleurs."],
}


@pytest.fixture
def read(tmp_path):
    def read(text, name="page.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        corpus = newsindex.read(tmp_path / name)
        return list(corpus), corpus.errors

    return read


def is_own(article):
    return (article.headline, article.source, article.published, article.author, article.body) == (
        OWN,
        "Le Rif",
        date(2026, 1, 2),
        "Lina Amrani",
        "\n\n".join(BODY),
    )


NO_BREAK = ["\u00a0\u00a0", "\u00a0 \u00a0", "\u202f" * 4, "\u202f \u202f", "\u202f", "\u00a0"]
SPACES = ["    ", "  ", "\t", "\t\t", "\u2003" * 3]
MARKS = [" | ", "|", " • ", " · ", " *** ", " ▪ ", " +++ ", " » ", " / ", " - "]
LINE_ENDS = ["\n", "\n\n", "\r\n"]


@pytest.mark.parametrize("separator", [*NO_BREAK, *SPACES, *MARKS, *LINE_ENDS])
@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_headlines_may_be_parted_by_anything(read, separator, notice):
    (own, *others), errors = read(page(separator, notice=notice))
    assert is_own(own)
    assert [article.headline for article in others] == OTHERS
    assert errors == []


@pytest.mark.parametrize("title", [OWN, OTHERS[0], OTHERS[0] + GAP])
@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_a_ticker_may_be_of_one_headline(read, title, notice):
    (own, *others), errors = read(page(titles=[title], notice=notice))
    assert is_own(own)
    assert [article.headline for article in others] == [t for t in OTHERS if t in title]
    assert errors == []


@pytest.mark.parametrize("separator", [GAP, "    ", "\n", " | "])
@pytest.mark.parametrize("notice", [NOTICE, ""])
@pytest.mark.parametrize("link", [LINK, ""])
def test_pages_in_one_file_are_each_read_with_links_between_them_and_without(read, separator, notice, link):
    first = page(separator, notice=notice, link=link)
    second = page(separator, (*OTHERS, SECOND["own"]), notice=notice, link=link, **SECOND)
    articles, errors = read(first + "\n\n" + second)
    own, other = (article for article in articles if article.body)
    assert is_own(own)
    assert (other.headline, other.source, other.body) == (SECOND["own"], "L'Écho", "Ailleurs.")
    assert [article.headline for article in articles if not article.body] == OTHERS
    assert errors == []


def test_the_headline_of_a_later_page_is_no_second_article_for_the_ticker_of_an_earlier_one(read):
    articles, _ = read(page(titles=(*OTHERS, SECOND["own"], OWN)) + "\n" + page(**SECOND))
    assert [article.headline for article in articles].count(SECOND["own"]) == 1


@pytest.mark.parametrize(
    ("where", "published"),
    [
        ("Publié dans Le Rif le vendredi 2 janvier 2026", date(2026, 1, 2)),
        ("Paru dans Le Rif le 2 janvier 2026", date(2026, 1, 2)),
        ("Publié sur Le Rif le 02.01.2026", date(2026, 1, 2)),
        ("Publié dans : Le Rif le 02/01/2026 à 10h30", datetime(2026, 1, 2, 10, 30)),
        ("Publié dans « Le Rif » le 02 – 01 – 2026", date(2026, 1, 2)),
        ("Publié dans Le Rif (02 - 01 - 2026)", date(2026, 1, 2)),
        ("Publié le 02\u00a0-\u00a001\u00a0-\u00a02026 dans Le Rif", date(2026, 1, 2)),
        ("نشر في Le Rif يوم 02 - 01 - 2026", date(2026, 1, 2)),
        ("Published in Le Rif on 02 - 01 - 2026", date(2026, 1, 2)),
    ],
)
def test_the_source_and_the_date_may_be_worded_otherwise(read, where, published):
    (own, *others), errors = read(page(where=where))
    assert (own.headline, own.source, own.published, own.author) == (OWN, "Le Rif", published, "Lina Amrani")
    assert (len(others), errors) == (3, [])


def test_a_page_in_arabic_is_read(read):
    text = page(
        titles=["ميناء الناظور يفتح أبوابه غدا", "الثلوج تقطع الطريق الوطنية", "فوز الفريق في المباراة"],
        own="فوز الفريق في المباراة",
        notice="شكرا على الإبلاغ!\nسيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها من طرف عدة أشخاص.",
        author="",
        where="نشر في المساء يوم 02 - 01 - 2026",
        body=["فقرة أولى من المقال.", "فقرة ثانية."],
        link="انقر هنا لقراءة الخبر من مصدره.",
    )
    (own, *others), errors = read(text)
    assert (own.headline, own.source, own.published) == ("فوز الفريق في المباراة", "المساء", date(2026, 1, 2))
    assert own.body == "فقرة أولى من المقال.\n\nفقرة ثانية."
    assert (len(others), errors) == (2, [])


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Par Lina Amrani et Karim Ba", "Lina Amrani et Karim Ba"),
        ("MAP", "MAP"),
        ("(AFP)", "AFP"),
        ("بقلم لينا", "لينا"),
        ("Un chapeau qui résume l'essai.", None),
    ],
)
def test_a_line_between_headline_and_date_is_the_author_or_a_standfirst(read, line, author):
    (own, *_), _ = read(page(author=line))
    assert own.author == author
    assert own.body == "\n\n".join(BODY if author else [line, *BODY])


@pytest.mark.parametrize(
    "text",
    [
        "Nom    Prénom    Ville\nAmrani    Lina    Fès\nBa    Karim    Oujda\n",
        "Accueil | Société | Sport\n\nUn titre\n\nUn corps de texte.",
        "Un titre  avec  des espaces\n\nUn corps de texte.",
        "Le pain monte.  Le beurre aussi.  Rien ne va.\n\nUn corps.",
    ],
)
def test_a_text_with_odd_spaces_is_no_page(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    corpus = newsindex.read(tmp_path / "a.txt")
    assert len(list(corpus)) == 1
    assert corpus.summary.articles.keys() <= {"text"}


def test_a_page_cut_after_its_date_keeps_its_ticker(read):
    text = page()
    (own, *others), errors = read(text[: text.index("Un premier")])
    assert (own.headline, own.source, own.body) == (OWN, "Le Rif", "")
    assert (len(others), errors) == (3, [])


def html(
    ticker,
    heading=f"<h1>{OWN}</h1>",
    where="Publié dans <a href='/rif'>Le Rif</a> le 02 - 01 - 2026",
    link=LINK,
):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return (
        f"<!DOCTYPE html><html lang='fr'><head><title>{OWN} - Revue</title></head><body>"
        f"<nav><ul><li>Accueil</li><li>Sport</li></ul></nav>{ticker}<div>{NOTICE}</div>{heading}"
        f"<div>Lina Amrani</div><p>{where}</p>{paragraphs}<p>{link}</p><footer>Contact</footer></body></html>"
    )


def items(element, around):
    return around.format("".join(f"<{element}>{title}</{element}>" for title in (*OTHERS, OWN)))


@pytest.mark.parametrize(
    "ticker",
    [
        items("li", "<ul class='ticker'>{}</ul>"),
        items("li", "<ul>{}</ul>"),
        items("a", "<div id='newsticker'>{}</div>"),
        items("span", "<div class='breaking'>{}</div>"),
        items("p", "{}"),
        "<marquee>" + " | ".join((*OTHERS, OWN)) + "</marquee>",
        "<div>" + "&nbsp;&nbsp;&nbsp;&nbsp;".join((*OTHERS, OWN)) + "</div>",
        "<pre>" + "    ".join((*OTHERS, OWN)) + "</pre>",
    ],
)
def test_the_page_as_html_gives_the_same_articles(read, ticker):
    (own, *others), errors = read(html(ticker), "page.html")
    assert is_own(own)
    assert [article.headline for article in others] == OTHERS
    assert errors == []


def test_the_headline_in_html_may_stand_in_any_element(read):
    heading = f"<h1><a href='/'>Revue</a></h1><span class='articletitle'>{OWN}</span>"
    (own, *others), _ = read(html("", heading), "page.html")
    assert is_own(own)
    assert others == []


def test_two_pages_as_html_in_one_file_are_two_articles(read):
    lines = (page() + "\n" + page(titles=(*OTHERS, SECOND["own"]), **SECOND)).splitlines()
    articles, _ = read("<html><body>" + "<br>\n".join(lines), "page.html")
    assert [article.source for article in articles if article.body] == ["Le Rif", "L'Écho"]
    assert [article.headline for article in articles if not article.body] == OTHERS


def test_a_page_of_html_that_only_speaks_of_a_publication_is_no_aggregators(read):
    text = "<p>" + "L'enquête fut publiée dans une revue le 2 janvier 2026, dit-on à Fès. " * 6
    (article,), _ = read(f"<html><body><h1>Une enquête à Fès</h1>{text}", "page.html")
    assert article.headline == "Une enquête à Fès"
    assert article.source is None
