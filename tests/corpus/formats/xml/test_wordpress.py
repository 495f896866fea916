"""Of a WordPress export, the published posts and pages become articles, and all else is counted."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.conftest import ROOT
from tests.corpus.formats.reading import read_as

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="2024-03-20 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>La Vigie d’Azrou</title><link>https://vigie.example</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[nberrada]]></wp:author_login>
<wp:author_display_name><![CDATA[Nora Berrada]]></wp:author_display_name></wp:author>
<image><url>https://vigie.example/logo.png</url><title>Logo</title></image>
"""
END = "</channel></rss>"


def item(title="Le cèdre revient", text="<p>Le cèdre revient à Azrou.</p>", extra="", **values):
    values = {"post_type": "post", "status": "publish", "post_date": "2024-03-12 14:05:00"} | values
    own = "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in values.items())
    link = f"https://vigie.example/{abs(hash(title)) % 10**6}/"
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link><dc:creator>nberrada</dc:creator>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[]]></excerpt:encoded>{own}{extra}</item>\n"
    )


def export(*items):
    return HEAD + "".join(items) + END


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_a_post_has_every_field(read):
    terms = (
        '<category domain="category" nicename="foret"><![CDATA[Forêt]]></category>'
        '<category domain="post_tag" nicename="cedre"><![CDATA[cèdre]]></category>'
    )
    (article,), errors, passed = read(
        export(item("Le cèdre &amp; l’eau", extra=terms, post_date_gmt="2024-03-12 13:05:00"))
    )
    assert (errors, passed) == ([], {})
    assert (article.headline, article.body) == ("Le cèdre & l’eau", "Le cèdre revient à Azrou.")
    assert (article.source, article.lang, article.author) == ("La Vigie d’Azrou", "fr", "Nora Berrada")
    assert (article.section, dict(article.extra)) == ("Forêt", {"tags": "cèdre"})
    assert article.published == datetime(2024, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert article.url == article.id


def test_only_what_is_published_is_read_and_the_rest_is_counted(read):
    articles, errors, passed = read(
        export(
            item("Une page", post_type="page"),
            *[item(f"Image {n}", post_type="attachment", status="inherit") for n in range(3)],
            item("Menu", post_type="nav_menu_item"),
            item("Bloc", post_type="wp_block"),
            item("Révision", post_type="revision", status="inherit"),
            *[item(status, status=status) for status in ("draft", "auto-draft", "pending", "private")],
            item("Demain", status="future"),
            item("Corbeille", status="trash"),
            item("Secret", post_password="x"),
            item("", ""),
        )
    )
    assert [article.headline for article in articles] == ["Une page"]
    assert errors == []
    assert passed == {
        "attachment": 3, "menu": 1, "type wp_block": 1, "revision": 1, "draft": 2, "pending": 1, "private": 1,
        "scheduled": 1, "trashed": 1, "password-protected": 1, "empty": 1,
    }  # fmt: skip


def test_shortcodes_comments_captions_and_lone_addresses_are_no_text(read):
    text = """<!-- wp:paragraph {"align":"left"} --><p>Un [sic] début [Tribune].</p><!-- /wp:paragraph -->
[vc_row][vc_column width="1/2"]Le milieu.[/vc_column][/vc_row]
[caption id="a" align="left"]<img src="a.jpg"/> Un forage[/caption]
<figure><img src="b.jpg"/><figcaption>Une légende</figcaption></figure>
[gallery ids="1,2"] [embed]https://video.example/1[/embed]
https://video.example/2
<!--more-->
La fin, sans balise."""
    (article,), _, _ = read(export(item(text=text)))
    assert article.body == "Un [sic] début [Tribune].\n\nLe milieu.\n\nLa fin, sans balise."


def test_text_in_several_sections_of_cdata_is_one(read):
    (article,), _, _ = read(export(item(text="<p>Avant ]]]]><![CDATA[> après.</p>")))
    assert article.body == "Avant ]]> après."


def test_the_date_is_of_its_zone_by_the_date_of_the_feed_where_gmt_is_missing(read):
    (article,), _, _ = read(
        export(item(extra="<pubDate>Tue, 12 Mar 2024 13:05:00 +0000</pubDate>", post_date_gmt="0000-00-00"))
    )
    assert article.published.astimezone(UTC) == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)


def test_an_export_that_is_cut_gives_what_comes_before_and_says_where(read):
    content = export(item("Un"), item("Deux"), item("Trois", "Le texte du troisième."))
    articles, errors, _ = read(content[: content.index("troisième")])
    assert [article.headline for article in articles][:2] == ["Un", "Deux"]
    assert len(errors) == 1
    assert "the XML is damaged" in errors[0]


def test_a_draft_that_is_cut_is_not_published(read):
    content = export(item("Un"), item("Brouillon", status="draft"))
    articles, errors, passed = read(content[: content.rindex("<wp:status>")])
    assert [article.headline for article in articles] == ["Un"]
    assert (len(errors), passed) == (1, {"without status": 1})


def test_damage_in_one_post_does_not_cost_the_following(read):
    content = export(item("Un"), item("Deux"), item("Trois")).replace(
        "<title><![CDATA[Deux", "<title><b><![CDATA[Deux"
    )
    articles, errors, _ = read(content)
    assert {"Un", "Trois"} <= {article.headline for article in articles}
    assert len(errors) == 1


def test_control_characters_entities_and_ampersands_are_mended(read):
    content = export(item("Un\x08 titre")).replace("d’Azrou", "d&eacute;sert & C&nbsp;ie &inconnu;")
    (article,), errors, _ = read(content)
    assert errors == []
    assert (article.headline, article.source) == ("Un titre", "La Vigie désert & C ie &inconnu;")


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory")
def test_a_large_export_is_read_in_bounded_memory(read, tmp_path):
    path = tmp_path / "large.xml"
    piece = item("Un brouillon", "Le texte. " * 2000, status="draft") * 50
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for _ in range(60):
            file.write(piece)
        file.write(item("Un article") + END)
    code = (
        "import newsindex\n"
        "from tests.limits import peak_memory\n"
        f"n = sum(1 for _ in newsindex.read({str(path)!r}))\n"
        "print(n, peak_memory())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    count, peak = map(int, done.stdout.split())
    assert count == 1
    assert peak < 200 << 20


def test_a_feed_that_only_names_wordpress_is_a_feed(read):
    feed = (
        '<rss version="2.0"><channel><title>A</title><generator>https://wordpress.org/?v=6</generator>'
        "<item><title>Un</title><link>https://a.example/1</link></item></channel></rss>"
    )
    (article,), errors, _ = read(feed)
    assert (article.headline, errors) == ("Un", [])


def test_an_author_without_a_display_name_signs_with_the_given_and_the_family_name(read):
    names = "<wp:author_first_name>Nora</wp:author_first_name><wp:author_last_name>B.</wp:author_last_name>"
    display = "<wp:author_display_name><![CDATA[Nora Berrada]]></wp:author_display_name>"
    (article,), _, _ = read(export(item()).replace(display, names))
    assert article.author == "Nora B."


@pytest.mark.parametrize("kind", [
    "communique", "communiques-presse", "press_release", "actualites", "article", "news", "Dossiers", "breve",
])  # fmt: skip
def test_a_type_that_a_site_adds_is_read_where_its_name_is_of_the_press(read, kind):
    articles, errors, passed = read(
        export(item(post_type=kind), item("Brouillon", post_type=kind, status="draft"))
    )
    assert [article.headline for article in articles] == ["Le cèdre revient"]
    assert (errors, passed) == ([], {"draft": 1})


@pytest.mark.parametrize(
    "kind", ["product", "elementor_library", "tribe_events", "wp_template", "fiche", "faq"]
)
def test_other_types_that_a_site_adds_are_counted_by_name(read, kind):
    articles, errors, passed = read(export(item(), item("Autre", post_type=kind)))
    assert [article.headline for article in articles] == ["Le cèdre revient"]
    assert (errors, passed) == ([], {f"type {kind}": 1})
