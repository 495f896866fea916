"""The values of a record are cleaned: languages, people, addresses, markup and wrong decodings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.corpus.fields.language_codes import language_code
from newsindex.corpus.fields.markup import without_markup
from newsindex.corpus.fields.mojibake import may_be_damaged, mended
from newsindex.corpus.fields.records import article_from
from tests.limits import processor_seconds


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("fr", "fr-FR|French|français|FRANÇAIS|fra|fre|fr_MA.UTF-8|FRENCH; FRANÇAIS|French (France)"),
        ("en", "Anglais|eng|EN|English (US)"),
        ("ar", "Arabe|العربية|ara"),
        ("zgh", "zgh|ber|amazighe"[:7]),
        ("", "und|unknown|N/A"),
        ("Klingon", "Klingon"),
    ],
)
def test_languages_have_codes(code, names):
    assert {language_code(name) for name in names.split("|")} == {code}


@pytest.mark.parametrize(
    ("record", "author"),
    [
        ({"author": {"given": "Lina", "family": "Tazi"}}, "Lina Tazi"),
        ({"creators": [{"firstName": "Lina", "lastName": "Tazi"}, {"name": "AFP"}]}, "Lina Tazi, AFP"),
        ({"author": "Tazi, Lina; Amrani, Omar"}, "Lina Tazi, Omar Amrani"),
        ({"Author": "Tazi, Lina", "Item Type": "newspaperArticle"}, "Lina Tazi"),
        ({"author": "Lina Tazi, Omar Amrani"}, "Lina Tazi, Omar Amrani"),
        ({"author": "Tazi, Lina ;"}, "Lina Tazi"),
        ({"author": "Par Lina Tazi"}, "Lina Tazi"),
        ({"author": "Par"}, "Par"),
        ({"author": "Lina Tazi; AFP"}, "Lina Tazi; AFP"),
    ],
)
def test_people_are_named_as_in_bylines(record, author):
    assert article_from({"title": "T", **record}).author == author


def test_a_source_that_is_an_address_is_the_address():
    article = article_from({"title": "T", "source": "https://rif.example/souk", "source-hostname": "Le Rif"})
    assert (article.url, article.source) == ("https://rif.example/souk", "Le Rif")
    article = article_from({"title": "T", "source": "https://www.rif.example/"})
    assert (article.url, article.source) == (None, "rif.example")
    article = article_from(
        {"title": "T", "url": "u", "source": "https://rif.example/a", "domain": "rif.example"}
    )
    assert (article.url, article.source) == ("u", "rif.example")


def test_a_publication_is_a_source_or_a_date():
    assert article_from({"titre": "T", "publication": "06/05/2025"}).published == date(2025, 5, 6)
    assert article_from({"titre": "T", "publication": "Le Rif"}).source == "Le Rif"


def test_a_collection_in_the_plural_is_no_value_of_the_field():
    assert article_from({"title": "T", "links": ["a", "b"], "urls": {"x": 1}}).url is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Prix < 5 dirhams", "Prix < 5 dirhams"),
        ("si a<b et c>d, R&D; AT&T", "si a<b et c>d, R&D; AT&T"),
        ("<p>Un &amp; deux.</p><p>Trois<br/>quatre &lt; cinq.</p>", "Un & deux.\n\nTrois\nquatre < cinq."),
        ("<![CDATA[<p class='a > b'>Un</p>]]>", "Un"),
        ("&lt;p&gt;Un&lt;/p&gt;", "Un"),
        ("R&amp;amp;D &amp;eacute;", "R&D é"),
        ("la balise &lt;p&gt; sert", "la balise <p> sert"),
        ("<i>Un</i> mot\n\ndeux", "Un mot\n\ndeux"),
        ("a<script>x = '<p>'</script>b <!-- c -->d", "ab d"),
    ],
)
def test_markup_becomes_text(text, plain):
    assert without_markup(text) == plain


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", '<p "', "<script>", "<p>&lt;", "&amp;amp;", "<svg></sv", "</p"]
)
def test_broken_markup_takes_no_longer_than_its_length(piece):
    with processor_seconds(5):
        without_markup(piece * 50_000)


@given(st.text(st.sampled_from("<>/&;pbr#x1 a\n\"'!-")))
def test_any_text_becomes_text(text):
    assert isinstance(without_markup(text), str)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Le cafÃ© d’OuezzanÃ©", "Le café d’Ouezzané"),
        ("Lâ€™Ã©tÃ© Ã\xa0 FÃ¨s", "L’été à Fès"),
        ("biblioth√®ques ferm√©es", "bibliothèques fermées"),
        ("SÃO PAULO et l’Ørsted", "SÃO PAULO et l’Ørsted"),
        ("20 € l’entrée", "20 € l’entrée"),
    ],
)
def test_a_wrong_decoding_is_mended_and_nothing_else(text, right):
    assert mended(text) == right


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso8859_15"])
def test_every_letter_of_french_and_arabic_is_suspected_where_it_was_decoded_wrongly(encoding):
    letters = "àâæçéèêëîïôùûüÿÀÂÇÉÈÊËÎÏÔÙÛÜ«»°\u00a0ابتثجحخدذرزسشصضطظعغ"
    wrong = [f"x{letter.encode().decode(encoding, 'replace')}x" for letter in letters]
    assert [letter for letter, text in zip(letters, wrong, strict=True) if not may_be_damaged(text)] == []


@pytest.mark.parametrize("text", ["Âgé de 40 ans", "DÉGÂTS", "L’Âme, l'Øresund", "SÃO PAULO", "12 €"])
def test_texts_with_rare_capitals_are_not_suspected(text):
    assert not may_be_damaged(text)
