"""The entries of feeds become articles, each once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newsindex
from tests.corpus.error_messages import message


def rss(*items, title="L’Écho"):
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<language>fr-ma</language>{entries}</channel></rss>"
    )


ITEM = """<title>Un pont à Fès &amp; ailleurs</title><link>https://e.example/1</link>
<description>&lt;p&gt;Le &lt;b&gt;pont&lt;/b&gt; est là.&lt;/p&gt;
&lt;p&gt;Enfin&amp;nbsp;!&lt;/p&gt;</description>
<pubDate>Fri, 02 Jan 2026 10:00:00 +0100</pubDate><category>Régions</category>
<author>Ilham Tazi</author>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>L’Écho</title><entry><title>Un pont</title>
<id>urn:1</id><updated>2026-01-02T10:00:00Z</updated><summary>Court.</summary>
<content type="html">&lt;p&gt;Le texte, en entier.&lt;/p&gt;</content><author><name>I. Tazi</name></author>
</entry></feed>"""


@pytest.fixture
def read(tmp_path):
    def read(*contents, name="{}.xml", **options):
        for number, content in enumerate(contents):
            (tmp_path / name.format(number)).write_text(content)
        corpus = newsindex.read(tmp_path, **options)
        return list(corpus), [message(error) for error in corpus.errors]

    return read


def test_an_entry_of_rss_has_every_field_and_no_markup(read):
    (article,), errors = read(rss(ITEM))
    assert errors == []
    assert article.headline == "Un pont à Fès & ailleurs"
    assert article.body == "Le pont est là.\n\nEnfin !"
    assert article.published == datetime(2026, 1, 2, 9, tzinfo=UTC)
    assert (article.source, article.section, article.author) == ("L’Écho", "Régions", "Ilham Tazi")
    assert (article.url, article.id, article.lang) == ("https://e.example/1", "https://e.example/1", "fr")


@pytest.mark.parametrize("address", ["http://[", "//[echo]/2", "http://ex℀mple.example/2"])
def test_an_address_that_cannot_be_split_costs_no_entry(read, address):
    articles, errors = read(rss(f"<title>Un puits</title><link>{address}</link>", ITEM))
    assert ([article.headline for article in articles], errors) == (
        ["Un puits", "Un pont à Fès & ailleurs"],
        [],
    )


def test_an_entry_of_atom_has_its_content_as_body(read):
    (article,), errors = read(ATOM, name="{}.txt")
    assert errors == []
    assert (article.headline, article.body, article.abstract) == ("Un pont", "Le texte, en entier.", "Court.")
    assert (article.id, article.author) == ("urn:1", "I. Tazi")
    assert article.published == datetime(2026, 1, 2, 10, tzinfo=UTC)


def test_an_entry_in_many_snapshots_is_read_once_and_as_its_longest_version(read):
    long = ITEM.replace("Enfin", "Enfin, dix ans après, il est refait")
    articles, errors = read(*[rss(ITEM)] * 9, rss(long), *[rss(ITEM)] * 10)
    assert [("dix ans" in article.body) for article in articles] == [True]
    assert errors == []


def test_what_is_let_go_comes_again_only_if_it_is_longer(read, monkeypatch):
    monkeypatch.setattr("newsindex.corpus.inputs.feed_versions._MAX_HELD_CHARACTERS", 10)
    long = ITEM.replace("Enfin", "Enfin, dix ans après, il est refait")
    articles, _ = read(rss(ITEM), rss(ITEM), rss(long), rss(ITEM))
    assert [("dix ans" in article.body) for article in articles] == [False, True]


def test_a_french_date_is_read_and_a_wrong_one_is_an_error(read):
    french = ITEM.replace("Fri, 02 Jan 2026 10:00:00 +0100", "2 janvier 2026")
    wrong = ITEM.replace("Fri, 02 Jan 2026 10:00:00 +0100", "bientôt")
    (article,), errors = read(rss(french), rss(wrong))
    assert str(article.published)[:10] == "2026-01-02"
    assert len(errors) == 1
    assert "'bientôt' is not a date" in errors[0]


def test_a_date_before_1970_that_only_feedparser_reads_is_read(read):
    """Windows gives no date for the negative number of seconds that it is."""
    (article,), errors = read(rss(ITEM.replace("Fri, 02 Jan 2026 10:00:00 +0100", "1969-201")))
    assert (str(article.published), errors) == ("1969-07-20 00:00:00+00:00", [])


def test_entries_with_one_link_and_several_ids_are_several_articles(read):
    def entry(title, guid):
        link = "<link>https://e.example/direct</link>"
        return f'<title>{title}</title>{link}<guid isPermaLink="false">{guid}</guid>'

    articles, errors = read(
        rss(entry("Tiznit", "a1"), entry("Agadir", "urn:a2")), rss(entry("Tiznit, suite", "a1"))
    )
    assert errors == []
    assert [(a.headline, a.id) for a in articles] == [
        ("Tiznit", "https://e.example/direct#a1"),
        ("Agadir", "urn:a2"),
        ("Tiznit, suite", "https://e.example/direct"),
    ]
    assert {article.url for article in articles} == {"https://e.example/direct"}


def test_entries_with_one_link_and_no_ids_are_told_by_their_headlines(read):
    link = "<link>https://e.example/</link>"
    articles, _ = read(
        rss(f"<title>Un</title>{link}", f"<title>Deux</title>{link}", f"<title>Un</title>{link}")
    )
    assert [article.headline for article in articles] == ["Un", "Deux"]


def test_an_id_that_is_no_address_on_the_web_is_no_url(read):
    atom = ATOM.replace("urn:1", "tag:e.example,2026:1")
    (first,), _ = read(atom)
    assert (first.url, first.id) == (None, "tag:e.example,2026:1")
    channel = "<rss><channel><title>A</title><link>https://e.example</link><item><title>Un</title>"
    (second,), _ = read(channel + "<guid>12</guid></item></channel></rss>")
    assert (second.url, second.id) == (None, "https://e.example#12")


def test_a_relative_link_is_one_of_the_feed_s_site(read):
    channel = "<rss><channel><title>A</title><link>https://e.example/fr/</link><item><title>Un</title>"
    (article,), _ = read(channel + "<link>/eau</link></item></channel></rss>")
    assert article.url == "https://e.example/eau"


@pytest.mark.parametrize("reference", ["&amp;#8;", "&amp;#x0B;", "&amp;#xFFFF;", "&amp;#xD800;"])
def test_a_character_that_xml_forbids_costs_nothing(read, reference):
    articles, errors = read(rss(ITEM.replace("Enfin", f"En{reference}fin"), ITEM.replace("/1", "/2")))
    assert [article.body for article in articles] == ["Le pont est là.\n\nEnfin !"] * 2
    assert errors == []


def test_a_feed_that_is_cut_short_gives_what_is_whole_and_says_so(read):
    articles, errors = read(rss(ITEM, ITEM.replace("/1", "/2"))[:-60])
    assert articles[0].headline == "Un pont à Fès & ailleurs"
    assert "not well-formed" in errors[0]


def test_xml_that_is_no_feed_is_an_error(read):
    rdf = "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://e.example/'{}><lieu/></rdf:RDF>"
    articles, (plain, zotero) = read(
        rdf.format(""), rdf.format(" xmlns:z='http://www.zotero.org/namespaces/export#'")
    )
    assert articles == []
    assert "root <RDF>" in plain
    assert "Zotero" in zotero


def test_entities_are_neither_fetched_nor_multiplied(read, tmp_path):
    (tmp_path / ".secret").write_text("SECRET")
    outside = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/.secret">]>'
    many = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{many}]>'
    body = rss(ITEM.replace("Un pont", "&x;&l9; Un pont")).removeprefix(
        '<?xml version="1.0" encoding="utf-8"?>'
    )
    articles, _ = read(outside + body, bomb + body)
    assert all("SECRET" not in article.headline + article.body for article in articles)
    assert all(len(article.headline) < 1000 for article in articles)


@pytest.fixture
def take_in(tmp_path, make_index):
    """Take files into one index, one reading after another."""
    index = make_index()

    def take_in(**contents):
        for name, content in contents.items():
            (tmp_path / name).write_text(content)
        report = index.add(newsindex.read([tmp_path / name for name in contents]))
        return index, (report.added, report.updated, report.skipped)

    return take_in


LONGER = ITEM.replace("Enfin", "Enfin, dix ans après, il est refait")


def test_a_longer_version_stays_when_a_later_run_meets_a_shorter_one(take_in):
    assert take_in(a=rss(LONGER))[1] == (1, 0, 0)
    index, counts = take_in(b=rss(ITEM))
    assert counts == (0, 0, 1)
    assert "dix ans" in index.get("https://e.example/1").body


def test_a_later_run_takes_a_longer_version_and_one_that_was_corrected(take_in):
    take_in(a=rss(ITEM))
    assert take_in(b=rss(LONGER))[1] == (0, 1, 0)
    index, counts = take_in(c=rss(LONGER.replace("dix", "six")))
    assert counts == (0, 1, 0)
    assert "six ans" in index.get("https://e.example/1").body


def test_an_entry_does_not_replace_the_page_that_it_speaks_of(take_in):
    page = '{"url": "https://e.example/1", "titre": "Un pont à Fès", "texte": "%s"}' % ("Le pont. " * 20)
    index, counts = take_in(page=page, feed=rss(ITEM))
    assert counts == (1, 0, 1)
    assert index.get("https://e.example/1").body.count("Le pont.") == 20


def test_what_is_no_entry_of_a_feed_may_become_shorter(take_in):
    take_in(a='{"id": "1", "titre": "Un titre long"}')
    assert take_in(b='{"id": "1", "titre": "Un titre"}')[1] == (0, 1, 0)


def test_of_an_archive_of_blogger_the_published_posts_are_articles(read):
    def entry(kind, title, more=""):
        term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
        category = f'<category scheme="http://schemas.google.com/g/2005#kind" term="{term}"/>'
        terms = f'{category}<category term="Régions"/>'
        return f"<entry><id>tag:{title}</id>{terms}<title>{title}</title>{more}</entry>"

    draft = '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>'
    entries = entry("post", "Un pont") + entry("comment", "Bravo") + entry("post", "Essai", draft)
    (article,), errors = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    assert (article.headline, article.section, errors) == ("Un pont", "Régions", [])


def test_an_author_with_an_address_is_the_name(read):
    author = "<author>redaction@vigie.example (Nora Berrada)</author>"
    (article,), errors = read(rss(f"<title>Un pont</title>{author}"))
    assert (article.author, errors) == ("Nora Berrada", [])
