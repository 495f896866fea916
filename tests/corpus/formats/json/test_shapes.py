"""What each kind of tool writes as JSON becomes the right fields, and nothing of it is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsindex.corpus.formats.json.shape_table import SHAPES, shape_of

from .reading import read_json, read_one

TITLE = "Le lac de Sidi Boughaba se remplit"
BODY = "L'eau a monté de deux mètres.\n\nLes oiseaux sont revenus."
HTML = "<p>L&rsquo;eau a monté de deux mètres.</p>\n<p>Les oiseaux sont revenus.</p>"
HTML_BODY = BODY.replace("'", "’")
URL = "https://rivage.example/lac"
NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)

NEWS_PLEASE = {
    "authors": ["Nora Belkacem", "Ali Taleb"], "date_download": "2024-05-08 08:00:00", "date_modify": None,
    "date_publish": "2024-05-06 12:00:00", "description": "Deux mètres.", "filename": "x.html.json",
    "language": "fr", "maintext": BODY, "source_domain": "rivage.example", "text": None, "title": TITLE,
    "title_page": None, "url": URL,
}  # fmt: skip
TRAFILATURA = {
    "title": TITLE,
    "author": "Nora Belkacem; Ali Taleb",
    "hostname": "rivage.example",
    "date": "2024-05-06",
    "fingerprint": "ab",
    "id": None,
    "comments": "",
    "raw_text": "brut",
    "text": BODY,
    "language": "fr",
    "source": URL,
    "source-hostname": "Le Rivage",
    "excerpt": "Deux mètres.",
    "categories": "Nature;Eau",
    "tags": "",
}


def test_news_please_is_read(tmp_path):
    article = read_one(tmp_path, NEWS_PLEASE)
    assert (article.headline, article.body, article.abstract) == (TITLE, BODY, "Deux mètres.")
    assert (article.source, article.author) == ("rivage.example", "Nora Belkacem, Ali Taleb")
    assert (article.published, article.lang) == (datetime(2024, 5, 6, 12), "fr")
    assert article.extra["date_download"] == "2024-05-08 08:00:00"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_trafilatura_names_the_address_source(tmp_path, name):
    article = read_one(tmp_path, TRAFILATURA, name)
    assert (article.source, article.url, article.id) == ("Le Rivage", URL, URL)
    assert (article.author, article.section) == ("Nora Belkacem, Ali Taleb", "Nature, Eau")
    assert (article.body, article.published) == (BODY, date(2024, 5, 6))
    assert "raw_text" not in article.extra


def test_trafilatura_without_the_name_of_a_site_has_the_host_as_source(tmp_path):
    article = read_one(tmp_path, {**TRAFILATURA, "source-hostname": None})
    assert article.source == "rivage.example"


@pytest.mark.parametrize(
    "record",
    [
        {
            "url": URL,
            "title": TITLE,
            "authors": [],
            "publish_date": "2024-05-06",
            "text": BODY,
            "summary": "",
            "source_url": "https://www.rivage.example",
            "meta_lang": "fr",
        },
        {
            "stories": [
                {
                    "id": "9",
                    "media_name": "rivage.example",
                    "title": TITLE,
                    "publish_date": "2024-05-06",
                    "indexed_date": "2024-05-09",
                    "url": URL,
                    "language": "fr",
                    "text": BODY,
                }
            ]
        },
        {
            "canonical_url": URL,
            "title": TITLE,
            "raw_content": BODY,
            "date": "2024-05-06",
            "sitename": "rivage.example",
        },
        {
            "articles": [
                {
                    "title": TITLE,
                    "published_date": "2024-05-06",
                    "link": URL,
                    "clean_url": "rivage.example",
                    "excerpt": "x",
                    "summary": BODY,
                    "language": "fr",
                }
            ]
        },
        {
            "results": [
                {
                    "article_id": "9",
                    "title": TITLE,
                    "link": URL,
                    "content": BODY,
                    "pubDate": "2024-05-06",
                    "source_id": "rivage.example",
                    "creator": ["Nora"],
                }
            ]
        },
        {
            "posts": [
                {
                    "thread": {"site": "rivage.example", "title": TITLE},
                    "uuid": "9",
                    "url": URL,
                    "text": BODY,
                    "published": "2024-05-06",
                    "title": TITLE,
                }
            ],
            "totalResults": 1,
        },
        {
            "articles": {
                "results": [
                    {
                        "uri": "9",
                        "lang": "fra",
                        "date": "2024-05-06",
                        "dateTimePub": "2024-05-06",
                        "url": URL,
                        "title": TITLE,
                        "body": BODY,
                        "source": {"uri": "x", "title": "rivage.example"},
                    }
                ]
            }
        },
        {
            "title": TITLE,
            "date_published": "2024-05-06",
            "dek": "x",
            "content": BODY,
            "url": URL,
            "domain": "rivage.example",
        },
        {
            "objects": [
                {
                    "type": "article",
                    "pageUrl": URL,
                    "humanLanguage": "fr",
                    "siteName": "rivage.example",
                    "title": TITLE,
                    "text": BODY,
                    "html": HTML,
                    "date": "2024-05-06",
                }
            ]
        },
    ],
)
def test_crawlers_and_news_services_are_read(tmp_path, record):
    article = read_one(tmp_path, record)
    assert (article.headline, article.body, article.url) == (TITLE, BODY, URL)
    assert (article.published, article.source) == (date(2024, 5, 6), "rivage.example")


def test_a_news_api_says_what_it_did_not_send_and_that_is_no_text(tmp_path):
    record = {"source": {"id": None, "name": "Le Rivage"}, "author": None, "title": TITLE, "url": URL,
              "urlToImage": None, "publishedAt": "2024-05-06T12:00:00Z",
              "content": "L'eau a monté… [+1234 chars]"}  # fmt: skip
    article = read_one(tmp_path, {"status": "ok", "totalResults": 1, "articles": [record]})
    assert (article.body, article.source, article.published) == ("L'eau a monté", "Le Rivage", NOON)


def test_gdelt_has_no_body(tmp_path):
    article = read_one(
        tmp_path,
        {
            "articles": [
                {
                    "url": URL,
                    "title": TITLE,
                    "seendate": "20240506T120000Z",
                    "domain": "rivage.example",
                    "language": "French",
                }
            ]
        },
    )
    assert (article.published, article.source, article.body) == (NOON, "rivage.example", "")


def test_two_newspapers_interfaces_are_read(tmp_path):
    guardian = {
        "id": "nature/lac",
        "sectionName": "Nature",
        "webPublicationDate": "2024-05-06T12:00:00Z",
        "webTitle": TITLE,
        "webUrl": URL,
        "apiUrl": "x",
        "fields": {"byline": "Nora", "body": HTML, "bodyText": BODY, "thumbnail": "x.png"},
    }
    nyt = {
        "web_url": URL,
        "snippet": "s",
        "lead_paragraph": BODY,
        "abstract": "a",
        "source": "NYT",
        "headline": {"main": TITLE, "kicker": None},
        "pub_date": "2024-05-06T12:00:00+0000",
        "section_name": "Nature",
        "byline": {"original": "Nora", "person": []},
        "_id": "nyt://1",
    }
    for document in (
        {"response": {"results": [guardian]}},
        {"response": {"docs": [nyt], "meta": {"hits": 1}}},
    ):
        article = read_one(tmp_path, document)
        assert (article.headline, article.body, article.url) == (TITLE, BODY, URL)
        assert (article.section, article.author, article.published) == ("Nature", "Nora", NOON)
    assert article.id == "nyt://1"


def test_csl_json_has_people_and_dates_in_parts(tmp_path):
    item = {
        "id": "belkacem2024",
        "type": "article-newspaper",
        "container-title": "Le Rivage",
        "title": TITLE,
        "author": [{"family": "Belkacem", "given": "Nora"}, {"literal": "AFP"}],
        "URL": URL,
        "issued": {"date-parts": [["2024", 5, 6]]},
        "accessed": {"date-parts": [[2024, 5, 9]]},
    }
    article = read_one(tmp_path, [item])
    assert (article.source, article.author) == ("Le Rivage", "Nora Belkacem, AFP")
    assert (article.published, article.id, article.url) == (date(2024, 5, 6), "belkacem2024", URL)


def test_zotero_items_are_read_and_attachments_are_counted(tmp_path):
    data = {"key": "AB", "itemType": "newspaperArticle", "title": TITLE, "publicationTitle": "Le Rivage",
            "creators": [{"creatorType": "translator", "name": "X"},
                         {"creatorType": "author", "firstName": "Nora", "lastName": "Belkacem"}],
            "date": "2024-05-06", "url": URL, "dateAdded": "2024-05-09T00:00:00Z"}  # fmt: skip
    attachment = {"key": "CD", "itemType": "attachment", "title": "Capture"}
    articles, corpus = read_json(
        tmp_path, [{"key": "AB", "library": {"id": 1}, "data": data}, {"key": "CD", "data": attachment}]
    )
    assert [article.author for article in articles] == ["Nora Belkacem"]
    assert articles[0].published == date(2024, 5, 6)
    assert corpus.summary.passed_over == {"attachment": 1}


def test_a_json_feed_gives_its_title_authors_and_language_to_its_items(tmp_path):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Le Rivage", "language": "fr",
            "authors": [{"name": "La rédaction"}], "items": [
                {"id": "1", "url": URL, "title": TITLE, "content_html": HTML,
                 "date_published": "2024-05-06T12:00:00Z", "authors": [{"name": "Nora"}],
                 "attachments": [{"url": "x.mp3", "title": "Écouter"}]},
                {"id": "2", "title": "Autre", "content_text": BODY, "author": None}]}  # fmt: skip
    (first, second), corpus = read_json(tmp_path, feed)
    assert (first.body, first.author, first.published) == (HTML_BODY, "Nora", NOON)
    assert (second.body, second.author, second.source, second.lang) == (
        BODY,
        "La rédaction",
        "Le Rivage",
        "fr",
    )
    assert not corpus.errors


def test_a_json_feed_without_items_has_no_article(tmp_path):
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Le Rivage", "items": []}
    articles, corpus = read_json(tmp_path, feed)
    assert not articles
    assert "no record" in str(corpus.errors[0])


@pytest.mark.parametrize(
    "item",
    [
        {"headline": TITLE, "body_html": HTML, "byline": "Nora", "infosource": [{"name": "Le Rivage"}]},
        {
            "headlines": [{"role": "short", "value": "Lac"}, {"role": "main", "value": TITLE}],
            "by": "Nora",
            "bodies": [
                {"role": "caption", "value": "x"},
                {"role": "main", "contenttype": "text/html", "value": HTML},
            ],
            "infosources": [{"name": "Le Rivage", "role": "source"}],
            "associations": [{"uri": "p", "type": "picture", "headlines": [{"value": "photo"}]}],
        },
        {
            "headline": TITLE,
            "body_text": HTML_BODY,
            "authors": [{"name": "Nora", "role": "writer"}],
            "source": "Le Rivage",
            "associations": {"main": {"type": "picture", "headline": "photo", "uri": "p"}},
        },
    ],
)
def test_ninjs_of_each_generation_is_read(tmp_path, item):
    article = read_one(
        tmp_path,
        {"uri": "urn:lac", "type": "text", "language": "fr", "firstcreated": "2024-05-05T12:00:00Z",
         "versioncreated": "2024-05-06T12:00:00Z", "pubstatus": "usable", **item},
    )  # fmt: skip
    assert (article.headline, article.body, article.id) == (TITLE, HTML_BODY, "urn:lac")
    assert (article.author, article.source, article.published) == ("Nora", "Le Rivage", NOON)


def test_withdrawn_dispatches_and_pictures_of_ninjs_are_counted(tmp_path):
    items = [{"uri": "1", "headline": "A", "body_text": "a", "pubstatus": "canceled"},
             {"uri": "2", "type": "picture", "headline": "Photo", "versioncreated": "2024-05-06T12:00:00Z"},
             {"uri": "3", "headline": "C", "body_text": "c"}]  # fmt: skip
    articles, corpus = read_json(tmp_path, {"_items": items})
    assert [article.headline for article in articles] == ["C"]
    assert corpus.summary.passed_over == {"canceled": 1, "picture": 1}


def wordpress(number, **changes):
    return {
        "id": number,
        "date": "2024-05-06T14:00:00",
        "date_gmt": "2024-05-06T12:00:00",
        "link": URL,
        "guid": {"rendered": f"https://rivage.example/?p={number}"},
        "status": "publish",
        "type": "post",
        "title": {"rendered": "Le lac &amp; l&rsquo;eau"},
        "content": {"rendered": HTML, "protected": False},
        "excerpt": {"rendered": ""},
        "author": 4,
        "categories": [3],
        **changes,
    }


def test_posts_of_wordpress_are_read_and_what_is_not_published_is_counted(tmp_path):
    embedded = {"author": [{"name": "Nora Belkacem", "slug": "nora"}],
                "wp:term": [[{"taxonomy": "category", "name": "Nature"}], [{"name": "eau"}]]}  # fmt: skip
    posts = [
        wordpress(1, _embedded=embedded),
        wordpress(2, status="draft"),
        wordpress(3, status="private"),
        wordpress(4, type="attachment", status="inherit"),
        wordpress(5, type="nav_menu_item"),
    ]
    (article,), corpus = read_json(tmp_path, posts)
    assert (article.headline, article.body) == ("Le lac & l’eau", HTML_BODY)
    assert (article.published, article.url, article.id) == (NOON, URL, URL)
    assert (article.author, article.section) == ("Nora Belkacem", "Nature")
    assert corpus.summary.passed_over == {"draft": 1, "private": 1, "attachment": 1, "menu": 1}


def test_numbers_of_authors_and_categories_are_no_names(tmp_path):
    article = read_one(tmp_path, wordpress(1))
    assert (article.author, article.section) == (None, None)


def test_a_post_of_wordpress_without_a_time_in_utc_has_its_own_time(tmp_path):
    article = read_one(tmp_path, [wordpress(1, date_gmt="0000-00-00T00:00:00")])
    assert article.published == datetime(2024, 5, 6, 14)


def test_drupal_and_ghost_are_read_and_drafts_are_counted(tmp_path):
    node = {"drupal_internal__nid": 5, "langcode": "fr", "status": True, "title": TITLE,
            "created": "2024-05-06T12:00:00+00:00", "body": {"value": "<p>", "processed": HTML}}  # fmt: skip
    drupal = {
        "data": [
            {"type": "node--article", "id": "u1", "attributes": node},
            {"type": "node--article", "id": "u2", "attributes": {**node, "status": False}},
        ]
    }
    post = {
        "id": "1",
        "title": TITLE,
        "slug": "lac",
        "html": HTML,
        "feature_image": None,
        "status": "published",
        "published_at": "2024-05-06T12:00:00Z",
    }
    ghost = {"db": [{"data": {"posts": [post, {**post, "status": "draft"}], "tags": [{"name": "eau"}]}}]}
    for document in (drupal, ghost):
        (article,), corpus = read_json(tmp_path, document)
        assert (article.headline, article.body, article.published) == (TITLE, HTML_BODY, NOON)
        assert corpus.summary.passed_over == {"draft": 1}


def test_readers_of_feeds_name_the_feed_as_source(tmp_path):
    feedly = {
        "id": "f",
        "title": TITLE,
        "published": 1714996800000,
        "content": {"content": BODY},
        "origin": {"title": "Le Rivage"},
        "alternate": [{"href": URL, "type": "text/html"}],
    }
    article = read_one(tmp_path, {"items": [feedly]})
    assert (article.source, article.url, article.published, article.body) == ("Le Rivage", URL, NOON, BODY)
    entry = {"title": TITLE, "link": URL, "pubDate": "2024-05-06 12:00:00", "content": BODY}
    article = read_one(
        tmp_path, {"status": "ok", "feed": {"title": "Le Rivage", "url": "x"}, "items": [entry]}
    )
    assert article.source == "Le Rivage"


def test_the_graph_of_linked_data_gives_articles_with_the_names_of_what_they_refer_to(tmp_path):
    graph = [
        {"@type": "Organization", "@id": "#rivage", "name": "Le Rivage"},
        {"@type": "WebPage", "@id": URL, "name": "Page", "datePublished": "2020-01-01"},
        {"@type": "Person", "@id": "#nora", "name": "Nora Belkacem"},
        {
            "@type": ["Article", "NewsArticle"],
            "headline": TITLE,
            "articleBody": BODY,
            "author": {"@id": "#nora"},
            "publisher": {"@id": "#rivage"},
            "datePublished": "2024-05-06T12:00:00Z",
            "articleSection": ["Nature"],
            "mainEntityOfPage": {"@type": "WebPage", "@id": URL},
            "image": {"@type": "ImageObject", "name": "lac"},
        },
    ]
    article = read_one(tmp_path, {"@context": "https://schema.org", "@graph": graph})
    assert (article.headline, article.body, article.url) == (TITLE, BODY, URL)
    assert (article.source, article.author, article.section) == ("Le Rivage", "Nora Belkacem", "Nature")


def test_an_article_of_linked_data_by_itself_is_read(tmp_path):
    document = {
        "@context": "https://schema.org",
        "@type": "http://schema.org/NewsArticle",
        "headline": TITLE,
        "articleBody": BODY,
        "url": URL,
        "publisher": {"name": "Le Rivage"},
    }
    for given in (document, [document]):
        article = read_one(tmp_path, given)
        assert (article.headline, article.source, article.url) == (TITLE, "Le Rivage", URL)


def test_what_looks_like_a_shape_and_is_no_article_is_refused(tmp_path):
    for document in (
        {"@type": "Organization", "name": "Le Rivage"},
        {"container-title": "Le Rivage", "version": "1"},
        {"name": "outil", "version": "1.0", "dependencies": {"a": "1"}},
        {"versioncreated": "2024-05-06T12:00:00Z", "pubstatus": "usable"},
    ):
        articles, corpus = read_json(tmp_path, document)
        assert not articles
        assert "needs a headline or a body" in str(corpus.errors[0])


def test_names_that_a_user_gave_go_before_the_shape(tmp_path):
    article = read_one(tmp_path, {**NEWS_PLEASE, "titre_court": "Le lac"}, fields={"headline": "titre_court"})
    assert (article.headline, article.body) == ("Le lac", BODY)
    article = read_one(tmp_path, [wordpress(1)], fields={"published": "date"})
    assert article.published == datetime(2024, 5, 6, 14)


def test_a_damaged_export_costs_only_the_damaged_record(tmp_path):
    text = '[{"maintext": "Un corps.", "title": "A", "date_publish": "2024-05-06"}, {"maintext": "coup'
    (article,), corpus = read_json(tmp_path, text)
    assert (article.body, article.published) == ("Un corps.", date(2024, 5, 6))
    assert corpus.error_count == 1


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_shape_is_found_by_its_own_keys(shape):
    for keys in shape.alternatives:
        found = shape_of(dict.fromkeys(keys))
        assert found is not None
        assert SHAPES.index(found) <= SHAPES.index(shape)


def test_posts_of_a_hosted_wordpress_are_read(tmp_path):
    post = {
        "ID": 1,
        "site_ID": 2,
        "author": {"ID": 3, "name": "Nora Belkacem", "first_name": "N", "last_name": "B"},
        "date": "2024-05-06T12:00:00+00:00",
        "title": TITLE,
        "URL": URL,
        "content": BODY,
        "status": "publish",
        "type": "post",
    }
    (article,), corpus = read_json(tmp_path, {"found": 2, "posts": [post, {**post, "status": "trash"}]})
    assert (article.headline, article.body, article.url) == (TITLE, BODY, URL)
    assert (article.author, article.published, article.id) == ("Nora Belkacem", NOON, URL)
    assert corpus.summary.passed_over == {"trash": 1}


def test_an_item_of_a_feed_with_an_author_has_not_the_author_of_the_feed(tmp_path):
    item = {"id": "1", "title": TITLE, "content_text": BODY, "author": {"name": "Ali Taleb"}}
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "Le Rivage",
        "author": {"name": "Rédaction"},
    }
    article = read_one(tmp_path, {**feed, "items": [item]})
    assert (article.author, article.source) == ("Ali Taleb", "Le Rivage")


def test_a_byline_is_the_name_in_it(tmp_path):
    record = {"title": TITLE, "text": BODY, "byline": "Par Nora Belkacem", "rubrique": {"libelle": "Eau"}}
    article = read_one(tmp_path, record)
    assert (article.author, article.section) == ("Nora Belkacem", "Eau")


@pytest.mark.parametrize("name", ["statut", "Statut", "ÉTAT", "Status"])
def test_drafts_and_withdrawn_articles_of_any_tool_are_counted(tmp_path, name):
    draft = {"titre": "Un essai", "texte": BODY, name: "brouillon"}
    removed = {"title": "[Removed]", "description": "[Removed]", "url": "https://removed.com"}
    articles, corpus = read_json(tmp_path, [{**draft, "titre": TITLE, name: "en ligne"}, draft, removed])
    assert [article.headline for article in articles] == [TITLE]
    assert corpus.summary.passed_over == {"record with the status 'brouillon'": 1, "withdrawn": 1}
    assert corpus.summary.unread == {}, "the column was read for the status"


def test_the_types_in_the_names_of_solr_are_no_part_of_them(tmp_path):
    record = {
        "title_s": TITLE,
        "content_txt": [BODY],
        "date_dt": "2024-05-06T12:00:00Z",
        "author_ss": ["N. B."],
    }
    article = read_one(tmp_path, {"response": {"docs": [record]}})
    assert (article.headline, article.body, article.author) == (TITLE, BODY, "N. B.")
    assert article.published == NOON


def test_paragraphs_are_the_body(tmp_path):
    assert read_one(tmp_path, {"title": TITLE, "paragraphs": BODY.split("\n\n")}).body == BODY


def test_fields_of_drupal_and_dates_in_html_are_read(tmp_path):
    date_in_html = '<time datetime="2024-05-06T12:00:00Z">6 mai 2024</time>'
    record = {"title": TITLE, "body": HTML, "created": date_in_html, "field_auteur": "Nora Belkacem"}
    article = read_one(tmp_path, [record])
    assert (article.author, article.published) == ("Nora Belkacem", date(2024, 5, 6))


def test_what_a_service_of_news_cut_off_is_no_text(tmp_path):
    record = {
        "title": TITLE,
        "content": "L'eau a monté... [1234 chars]",
        "publishedAt": "2024-05-06T12:00:00Z",
    }
    assert read_one(tmp_path, {"articles": [record]}).body == "L'eau a monté"


def test_two_authors_of_zotero_stay_two(tmp_path):
    people = [
        {"firstName": first, "lastName": last, "creatorType": "author"}
        for first, last in (("Nora", "Belkacem"), ("Ali", "Taleb"))
    ]
    item = {"itemType": "newspaperArticle", "title": TITLE, "creators": people, "date": "2024-05-06"}
    assert read_one(tmp_path, [item]).author == "Nora Belkacem, Ali Taleb"


def test_people_and_sections_may_be_nodes_of_a_graph(tmp_path):
    post = {"title": TITLE, "content": HTML, "author": {"node": {"name": "Nora Belkacem"}}}
    post["categories"] = {"nodes": [{"name": "Nature"}, {"name": "Eau"}]}
    article = read_one(tmp_path, {"data": {"posts": {"nodes": [post]}}})
    assert (article.author, article.section) == ("Nora Belkacem", "Nature, Eau")


def test_the_sections_of_an_article_are_its_body(tmp_path):
    sections = [
        {"heading": "Hier", "text": "L'eau a monté."},
        {"heading": "Demain", "text": "Elle baissera."},
    ]
    article = read_one(tmp_path, {"title": TITLE, "date": "2024-05-06", "sections": sections})
    assert (article.headline, article.body) == (TITLE, "L'eau a monté.\n\nElle baissera.")


def test_shortcodes_that_wordpress_did_not_render_are_left_out(tmp_path):
    post = {
        "date_gmt": "2024-05-06T12:00:00",
        "title": {"rendered": TITLE},
        "type": "post",
        "status": "publish",
    }
    article = read_one(tmp_path, [{**post, "content": {"rendered": f"[vc_row]{HTML}[/vc_row]"}}])
    assert article.body == HTML_BODY


@pytest.mark.parametrize(("written", "author"), [("['Nora B.', 'Ali T.']", "Nora B., Ali T."), ("[]", None)])
def test_a_list_that_a_program_wrote_as_text_is_a_list(tmp_path, written, author):
    article = read_one(tmp_path, [{"title": TITLE, "text": BODY, "authors": written}])
    assert (article.author or None) == author


def test_what_json_lacks_is_said_in_plain_words(tmp_path):
    _, corpus = read_json(tmp_path, '{"title": "Sans fin')
    assert [error.reason for error in corpus.errors] == [
        "this is not JSON: Unterminated string starting at column 11"
    ]
