"""Two records with one id are one article where their texts share much, and else two; nothing is lost."""

from __future__ import annotations

import csv
import io
import json

import pytest

import newsindex
from newsindex import Article
from newsindex.corpus import identity
from newsindex.corpus.identity import are_versions, own_id, sample

PONT = Article("Le pont de Tétouan rouvre", "Les voitures passent depuis lundi sur le pont neuf.", id="1")
PLUIE = Article("Pluie sur Oujda", "Trois quartiers restent sans courant après la tempête.", id="1")
METEO = Article("Météo", "Ciel couvert sur Rabat, averses sur le Rif.", id="1")
METEO_BIS = Article("Météo", "Grand soleil jusqu'à Dakhla, vent modéré.", id="1")


def record(article, **changes):
    return {"id": article.id, "titre": article.headline, "texte": article.body} | changes


@pytest.fixture
def write(tmp_path):
    def write(name, *records):
        (tmp_path / name).write_text("\n".join(map(json.dumps, records)))
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ((PONT.headline, PONT.body + " Le péage est fermé."), True),
        ((PONT.headline, ""), True),
        (("LE PONT DE TETOUAN ROUVRE", "Huit mois de travaux."), True),
        (("Tétouan : réouverture", PONT.body), True),
        ((PLUIE.headline, PLUIE.body), False),
        (("Le roi est à Fès", "Le souverain inaugure une école."), False),
        (("Le pont de Rabat", ""), False),
        (("", PONT.body), True),
        (("!!!", ""), False),
    ],
)
def test_versions_share_much_of_their_beginnings(other, same):
    version = Article(*other, id="1")
    assert are_versions(sample(PONT), sample(version)) is same
    assert are_versions(sample(version), sample(PONT)) is same


def test_short_words_and_numbers_count_where_there_is_nothing_else():
    assert are_versions("Le maire de Fès vote la loi contre les taxis", "Le maire de Fès vote les taxis.")
    assert not are_versions("Maroc : hausse des prix", "Maroc : baisse du chômage")
    assert are_versions("Le conseil vote son budget\nCent millions.", "Le conseil vote son budget\nEn mai.")
    first, second = "Cent millions manquent aux ports.", "Pluies prévues dimanche à Dakhla."
    assert not are_versions(f"Revue de presse\n{first}", f"Revue de presse\n{second}")
    assert are_versions("Un, six", "Un, six, dix")
    assert not are_versions("Un, duo", "Six, dix")
    assert not are_versions("№ 1", "№ 2")
    assert not are_versions("!", "?")


def test_an_id_of_its_own_depends_on_the_article_alone():
    known = {"1": sample(PONT)}
    first = own_id(PLUIE, known.get)
    assert first.startswith("1#")
    known[first] = sample(PLUIE)
    assert own_id(PLUIE, known.get) == first
    longer = Article(PLUIE.headline, PLUIE.body + " Le courant revient.", id="1")
    assert own_id(longer, known.get) == first
    assert own_id(PONT, known.get) == "1"


def test_articles_under_one_headline_and_those_without_one_are_told_apart():
    known = {}
    bodies = [Article("", "Trois quartiers sans courant.", id="1"), Article("", "Une école ouvre.", id="1")]
    for article in (PONT, METEO, METEO_BIS, *bodies):
        known[own_id(article, known.get)] = sample(article)
    assert len(known) == 5


def test_a_reading_gives_each_article_an_id_and_a_second_adds_nothing(write, make_index):
    path = write("a.jsonl", *map(record, (PONT, PLUIE, METEO, METEO_BIS)))
    index = make_index()
    corpus = newsindex.read(path)
    assert index.add(corpus).added == 4
    assert corpus.summary.kept_apart == 3
    assert all(article_id.startswith("1#") for article_id in corpus.summary.kept_apart_ids)
    for same_id in ("replace", "keep_both"):
        again = index.add(newsindex.read(path), same_id=same_id)
        assert (again.added, again.updated, again.skipped) == (0, 0, 4)


def test_a_later_or_longer_version_is_an_update(write, make_index):
    index = make_index([PONT])
    longer = record(PONT, texte=PONT.body + " Le péage est fermé.")
    corpus = newsindex.read(write("a.jsonl", longer, record(PONT, titre="Le pont de Tétouan a rouvert")))
    report = index.add(corpus, same_id="keep_both")
    assert (report.added, report.updated, report.kept_both, corpus.summary.kept_apart) == (0, 2, 0, 0)


def test_two_tables_numbered_from_1_and_rows_with_one_address_are_kept(tmp_path, make_index):
    for name, articles in (("janvier.csv", (PONT, PLUIE)), ("février.csv", (METEO, PLUIE))):
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow(["id", "titre", "texte", "url"])
        rows.writerows(
            [n, f"{name[0]} {a.headline}", f"{name} {a.body}", ""] for n, a in enumerate(articles, 1)
        )
        (tmp_path / name).write_text(written.getvalue())
    rows = "".join(f'{a.headline},"{a.body}",https://e.example/\n' for a in (PONT, METEO))
    home = f"titre,texte,url\n{rows}"
    (tmp_path / "accueil.csv").write_text(home)
    index = make_index()
    index.add(newsindex.read(tmp_path))
    assert len(index) == 5  # PLUIE is row 2 of both tables
    assert index.add(newsindex.read(tmp_path)).added == 0


def test_against_the_index_add_replaces_by_default_and_says_so(write, make_index):
    index = make_index([PONT])
    report = index.add([record(PLUIE)])
    assert (report.added, report.updated, report.replaced, report.replaced_ids) == (0, 1, 1, ["1"])
    assert [article.headline for article in index] == [PLUIE.headline]
    report = index.add([PLUIE, record(PLUIE, texte=PLUIE.body + " Fin.")])
    assert (report.updated, report.skipped, report.replaced) == (1, 1, 0)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("commit_every", [None, 1])
def test_against_the_index_both_are_kept_where_that_is_asked_for(make_index, workers, commit_every):
    index = make_index([PONT])
    for added in (3, 0):
        report = index.add(
            [PLUIE, METEO, METEO_BIS, PONT], same_id="keep_both", workers=workers, commit_every=commit_every
        )
        assert (report.added, report.kept_both, report.updated) == (added, added, 0)
        assert len(report.kept_both_ids) == added
    assert sorted(a.headline for a in index) == sorted(
        [PONT.headline, PLUIE.headline, METEO.headline, METEO.headline]
    )


def test_both_are_kept_in_whatever_order_files_are_read(write, make_index, tmp_path):
    second = write("b.jsonl", record(PLUIE))
    index = make_index()
    index.add(newsindex.read(second), same_id="keep_both")
    write("a.jsonl", record(PONT))
    report = index.add(newsindex.read(tmp_path), same_id="keep_both")
    assert (report.added, report.updated, report.skipped) == (1, 0, 1)
    assert sorted(article.headline for article in index) == [PONT.headline, PLUIE.headline]


def test_a_writer_keeps_both_too(make_index):
    index = make_index([PONT])
    with index.writer(same_id="keep_both") as writer:
        writer.add(PLUIE)
        assert writer.get("1") == PONT
        writer.add(METEO)
        writer.add(PLUIE)
    assert len(index) == 3
    assert writer.report.skipped == 1


def test_an_entry_of_a_feed_is_not_lost_to_a_longer_article_with_its_address(tmp_path, make_index):
    url = "https://e.example/direct"
    item = (
        f"<item><title>{PLUIE.headline}</title><link>{url}</link><description>Courant.</description></item>"
    )
    (tmp_path / "a.xml").write_text(f"<rss version='2.0'><channel><title>L</title>{item}</channel></rss>")
    index = make_index([Article(PONT.headline, PONT.body * 5, url=url)])
    report = index.add(newsindex.read(tmp_path), same_id="keep_both")
    assert (report.added, report.kept_both) == (1, 1)


def test_what_a_reading_keeps_of_ids_is_bounded(write, make_index, monkeypatch):
    monkeypatch.setattr(identity, "_MAX_IDS", 2)
    records = [record(PONT, id="1"), record(METEO, id="2"), record(PLUIE, id="3"), record(PLUIE, id="2")]
    corpus = newsindex.read(write("a.jsonl", *records, record(METEO, id="1")))
    assert [article.id.partition("#")[0] for article in corpus] == ["1", "2", "3", "2", "1"]
    assert corpus.summary.kept_apart == 1  # the first article was forgotten


@pytest.mark.parametrize(("wrong", "error"), [("both", newsindex.QueryError), (1, TypeError)])
def test_a_wrong_same_id_fails_when_given(make_index, wrong, error):
    index = make_index()
    with pytest.raises(error, match="same_id"):
        index.add([], same_id=wrong)
    with pytest.raises(error, match="same_id"):
        index.writer(same_id=wrong)
