"""The table of shapes: how tools and services that write JSON name the fields of an article.

A row says only what the table of field names (``corpus/fields/field_names.py``) cannot: where a name means
something else in one tool than elsewhere, where a field lies in an inner object, and which of several names
goes first. The first shape that matches a record is its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Final

from .shape import Shape

WORDPRESS: Final = "wordpress"
GHOST: Final = "ghost"
DRUPAL: Final = "drupal"
NINJS: Final = "ninjs"
ZOTERO: Final = "zotero"

_LINKED_DATA: Final = {
    "headline": "headline name alternativeHeadline",
    "body": "articleBody text",
    "published": "datePublished dateCreated uploadDate dateModified",
    "source": "publisher sourceOrganization isPartOf provider",
    "url": "url mainEntityOfPage.@id mainEntityOfPage.url mainEntityOfPage @id",
    "section": "articleSection",
    "author": "author creator",
    "lang": "inLanguage.alternateName inLanguage.identifier inLanguage.name inLanguage",
    "abstract": "description abstract",
}

_MAX_KEYS: Final = 64  # of a record whose shape is remembered

SHAPES: Final = (
    Shape(
        "linked data",
        "@type headline|@type articleBody|@type datePublished",
        _LINKED_DATA,
        dropped="@context @type image logo isAccessibleForFree hasPart potentialAction speakable",
    ),
    Shape(
        WORDPRESS,
        "date_gmt title|post_title post_content|site_ID URL title",
        {
            "headline": "title post_title",
            "body": "content post_content",
            "published": "date_gmt post_date_gmt date post_date",
            "source": "yoast_head_json.og_site_name",
            "url": "link URL yoast_head_json.canonical guid",
            "section": "_embedded.wp:term.0",
            "author": "_embedded.author author.name yoast_head_json.author author_name "
            "author_info.display_name",
            "abstract": "excerpt post_excerpt",
        },
        dropped="id ID guid author categories tags _links _embedded yoast_head yoast_head_json date date_gmt "
        "post_author post_date post_date_gmt class_list meta",
    ),
    Shape(
        GHOST,
        "published_at slug status|published_at feature_image",
        {
            "headline": "title",
            "body": "html plaintext",
            "published": "published_at",
            "url": "url canonical_url",
            "section": "primary_tag",
            "author": "authors primary_author",
            "abstract": "custom_excerpt excerpt",
        },
        dropped="mobiledoc lexical tags primary_tag primary_author plaintext html excerpt codeinjection_head "
        "codeinjection_foot",
    ),
    Shape(
        DRUPAL,
        "drupal_internal__nid|langcode nid|drupal_internal__vid",
        {
            "headline": "title",
            "body": "body field_body field_text",
            "published": "published_at field_date field_published_date created",
            "id": "id uuid",
            "lang": "langcode",
            "abstract": "field_chapo field_summary body.summary",
            "author": "uid.display_name uid.name field_author field_auteur",
        },
        dropped="body nid vid uid links relationships revision_uid revision_timestamp status",
    ),
    Shape(
        NINJS,
        "headlines bodies|headlines uri|pubstatus|versioncreated|firstcreated uri|body_text uri|body_html uri"
        "|body_xhtml uri",
        {
            "headline": "headlines headline title headline_main sluglines slugline",
            "body": "bodies body_text body_html body_xhtml body_nitf",
            "published": "versioncreated firstcreated contentcreated",
            "source": "infosources infosource provider source copyrightholder",
            "url": "url link",
            "id": "uri guid",
            "section": "service section",
            "author": "byline by bylines authors",
            "lang": "language",
            "abstract": "descriptions description_text description_html description_summary",
        },
        dropped="bodies body_text body_html body_xhtml body_nitf headlines descriptions associations "
        "renditions standard",
    ),
    Shape(
        ZOTERO,
        "itemType",
        {
            "headline": "title",
            "body": "fulltext content",
            "published": "date",
            "source": "publicationTitle websiteTitle blogTitle programTitle bookTitle publisher",
            "url": "url",
            "id": "uri key itemKey",
            "section": "section websiteType",
            "author": "creators",
            "lang": "language",
            "abstract": "abstractNote",
        },
        dropped="attachments collections relations library links meta version itemID select",
    ),
    Shape(
        "csl",
        "issued title|container-title title",
        {
            "headline": "title",
            "published": "issued",
            "source": "container-title publisher collection-title",
            "url": "URL",
            "id": "id citation-key",
            "section": "section",
            "author": "author reporter",
            "lang": "language",
            "abstract": "abstract",
        },
        dropped="accessed",
    ),
    Shape(
        "json feed",
        "content_html|content_text|date_published id",
        {
            "headline": "title",
            "body": "content_html content_text",
            "published": "date_published date_modified",
            "url": "url external_url",
            "id": "id",
            "author": "authors author",
            "lang": "language",
            "abstract": "summary",
        },
        dropped="content_text content_html author attachments",
    ),
    Shape(
        "guardian",
        "webTitle",
        {
            "headline": "webTitle headline",
            "body": "bodyText body blocks.body",
            "published": "webPublicationDate firstPublicationDate",
            "source": "publication",
            "url": "webUrl",
            "id": "id",
            "section": "sectionName pillarName",
            "author": "byline",
            "lang": "lang",
            "abstract": "standfirst trailText",
        },
        dropped="body bodyText headline blocks apiUrl sectionId pillarId tags",
    ),
    Shape(
        "new york times",
        "pub_date web_url|pub_date headline",
        {
            "headline": "headline.main headline.print_headline headline",
            "body": "body text lead_paragraph snippet",
            "published": "pub_date",
            "source": "source",
            "url": "web_url",
            "id": "_id uri",
            "section": "section_name news_desk",
            "author": "byline",
            "abstract": "abstract snippet",
        },
        dropped="headline byline multimedia keywords",
    ),
    Shape(
        "event registry",
        "dateTimePub|dateTime body",
        {
            "headline": "title",
            "body": "body",
            "published": "dateTimePub dateTime date",
            "source": "source",
            "url": "url",
            "id": "uri",
            "author": "authors",
            "lang": "lang",
        },
        dropped="date time",
    ),
    Shape(
        "webz",
        "thread text",
        {
            "headline": "title thread.title thread.title_full",
            "body": "text",
            "published": "published thread.published",
            "source": "thread.site thread.site_full",
            "url": "url thread.url",
            "id": "uuid",
            "section": "thread.section_title",
            "author": "author",
            "lang": "language",
        },
        dropped="thread entities",
    ),
    Shape(
        "reader of feeds",
        "origin title|published_at feed|published crawlTimeMsec",
        {
            "headline": "title",
            "body": "fullContent content summary",
            "published": "published published_at updated crawled",
            "source": "origin feed",
            "url": "canonicalUrl url canonical.href alternate.href",
            "id": "id",
            "section": "category",
            "author": "author",
            "lang": "language",
            "abstract": "summary",
        },
        dropped="origin feed categories canonical alternate",
    ),
    Shape(
        "trafilatura",
        "source-hostname|raw_text fingerprint|hostname fingerprint|hostname excerpt",
        {
            "headline": "title",
            "body": "text raw_text raw-text body",
            "published": "date",
            "source": "source-hostname sitename hostname",
            "url": "url source",
            "id": "id",
            "section": "categories",
            "author": "author",
            "lang": "language",
            "abstract": "excerpt description",
        },
        dropped="raw_text raw-text body commentsbody",
    ),
    Shape(
        "crawler",
        "maintext|publish_date title|raw_content title|media_name title|story_text title|cleaned_text title"
        "|textContent title|clean_url title|seendate title|source_id pubDate|name_source title"
        "|published_date domain_url|pageUrl humanLanguage|dek date_published|publishing_date title"
        "|urlToImage title|content publishedAt title|plaintext publishing_date|source_domain title"
        "|date_publish title",
        {
            "headline": "title title_page title_rss name",
            "body": "maintext story_text cleaned_text textContent plaintext text body content raw_content "
            "summary",
            "published": "date_publish publish_date published_date publishing_date pubDate publishedAt "
            "publishedTime date_published published seendate date pub_date",
            "source": "media_name name_source source_name sitename siteName site_name source publisher "
            "domain source_domain clean_url domain_url source_id source_url",
            "url": "canonical_url resolved_url url link pageUrl canonical_link",
            "id": "id article_id stories_id guid processed_stories_id",
            "section": "section category categories topic",
            "author": "authors author creator byline",
            "lang": "language lang meta_lang humanLanguage",
            "abstract": "description excerpt dek summary meta_description",
        },
        dropped="html article_html clean_top_node top_node raw_html resolvedPageUrl raw_content textContent "
        "plaintext body content",
    ),
    Shape(
        "bing",
        "provider datePublished name",
        {"headline": "name", "body": "description", "published": "datePublished", "source": "provider"},
    ),
    Shape(
        "news stories",
        "published_at links title",
        {
            "headline": "title",
            "body": "body",
            "published": "published_at",
            "source": "source",
            "url": "links.permalink links.canonical url",
            "id": "id",
            "author": "author",
            "lang": "language",
            "abstract": "summary.sentences summary",
        },
        dropped="links summary",
    ),
    Shape("algolia", "objectID", {"id": "objectID"}),
)


def shape_of(record: Mapping[str, object]) -> Shape | None:
    """The shape of a record by its keys, or None for a record that the table of field names explains."""
    if len(record) <= _MAX_KEYS:
        return _shape_of_keys(frozenset(record))
    return _shape_with(record.keys())


@lru_cache(maxsize=256)
def _shape_of_keys(keys: frozenset[str]) -> Shape | None:
    return _shape_with(keys)


def _shape_with(keys: Set[str]) -> Shape | None:
    for shape in SHAPES:
        if any(alternative <= keys for alternative in shape.alternatives):
            return shape
    return None
