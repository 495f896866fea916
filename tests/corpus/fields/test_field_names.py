"""The names of fields are understood in French and English, as exports and tools write them."""

import pytest

from newsindex.corpus.fields.field_names import FieldMapping, field_of, meaning_of
from newsindex.errors import CorpusError


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("headline", "Titre de l'article|TITRES|webTitle|dc:title|News Headline|"
                     "Grand titre|title.rendered|titre_fr|Intitulé|Titre (FR)|العنوان"),
        ("body", "Texte intégral|maintext|fulltext|Verbatim|"
                 "clean_text|bodyText|Contenu de l’article|full_text|content:encoded"),
        ("abstract", "chapô|Chapeau|standfirst|Sous-titre|excerpt|Abstract Note|trailText"),
        ("published", "Date de parution|Date de publication|publish_date|versioncreated|webPublicationDate|"
                      "article:published_time|Paru le|Date/Heure|"
                      "Date et heure de publication|Posted on|Jour de parution|date_publish|Date (UTC)"),
        ("source", "Support|sitename|media_name|Nom du journal|Media Outlet|Media Title|pubtitle|host_url|"
                   "Titre de presse|Publication Title"),
        ("url", "lien|Hyperlien|permalink|Lien vers l’article|URL de l'article|webUrl|DocumentIdentifier"),
        ("id", "_id|stories_id|article_id|Identifiant|N° de document"),
        ("section", "Rubriques|sectionName|Thématique|categories"),
        ("author", "Journaliste|dc:creator|byline|Auteur(s)|"
                   "Auteur·rice|Rédigé par|Nom de l'auteur|Signataire|authors"),
        ("lang", "Langue|detected_language|meta_lang|language|Langue de l'article"),
    ],
)  # fmt: skip
def test_names_in_use_stand_for_their_fields(field, names):
    assert {name: field_of(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), field)


@pytest.mark.parametrize("name", [
    "image_url", "media_url", "author_id", "indexed_date", "date_modify", "date_download", "Date Added",
    "title_length", "Page", "Nom", "name", "", "l'", "articles", "Audience", "x" * 500, "tags", "Item Type",
])  # fmt: skip
def test_other_names_stand_for_none(name):
    assert field_of(name) is None


def test_names_of_second_choice_say_so():
    assert meaning_of("hostname").is_second_choice
    assert meaning_of("raw_text").is_second_choice
    assert not meaning_of("sitename").is_second_choice


def test_a_mapping_notes_the_columns_that_it_has_met():
    mapping = FieldMapping({"titre": "T1", "body": "T2"})
    assert mapping.by_column == {"T1": "headline", "T2": "body"}
    mapping.meet(["T2", "autre"])
    assert mapping.unmet == ["T1"]
    with pytest.raises(CorpusError, match="no field"):
        FieldMapping({"couleur": "T1"})
