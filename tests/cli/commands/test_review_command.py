"""The command writes a review to a file or to standard output."""

from __future__ import annotations

import json
from datetime import date, timedelta


def test_a_review_goes_to_a_file_or_as_markdown_to_standard_output(run, news, tmp_path):
    run("index", news)
    done = run("review", "interpol", "--output", "revue.html")
    assert done.stdout == ""
    assert "1 article in revue.html" in done.stderr
    assert "<mark>Interpol</mark>" in (tmp_path / "revue.html").read_text()
    assert run("review", "interpol", "--title", "Du jour").stdout.startswith("# Du jour\n")
    content = json.loads(run("review", "interpol", "--group", "source", "--json").stdout)
    assert [section["title"] for section in content["sections"]] == ["Hespress"]
    assert content["sections"][0]["entries"][0]["text"]["spans"]


def test_a_review_of_nothing_is_written_and_has_its_status(run, news, tmp_path):
    run("index", news)
    done = run("review", "absent", "--output", "revue.md", status=1)
    assert done.stderr == "no article was found: revue.md says so\n"
    assert "Aucun article" in (tmp_path / "revue.md").read_text()
    run("review", "interpol", "--output", "revue.pdf", status=2)
    run("review", "interpol", "--since", "jamais", status=2)


def test_articles_without_a_date_that_a_period_leaves_out_are_told(run, tmp_path):
    (tmp_path / "a.txt").write_text("Neige\n\nIl neige.")
    (tmp_path / "b.txt").write_text("Neige encore\n\nIl neige encore.")
    run("index", "a.txt", "b.txt")
    done = run("review", "neige", "--since", "2020", "--output", "revue.md", status=1)
    assert "newsindex: 2 articles have no date and were left out of the period\n" in done.stderr
    assert done.stderr.count("no date") == 1
    assert json.loads(run("review", "neige", "--since", "2020", "--json", status=1).stdout)["undated"] == 2
    assert "no date" not in run("review", "neige", "--output", "revue.md").stderr


def test_a_review_of_a_part_says_of_how_many_articles(run, tmp_path):
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"titre": f"Neige {n}"}) + "\n" for n in range(3)))
    run("index", "a.jsonl")
    done = run("review", "neige", "--limit", "2", "--output", "s.html")
    assert done.stderr == "2 of 3 articles in s.html (--limit N takes more)\n"
    assert "3 articles trouvés, 2 présentés" in (tmp_path / "s.html").read_text()
    assert run("review", "neige", "--limit", "2").stderr == "2 of 3 articles (--limit N takes more)\n"
    assert run("review", "neige", "--output", "s.html").stderr == "3 articles in s.html\n"
    content = json.loads(run("review", "neige", "--limit", "2", "--json").stdout)
    assert (content["shown"], content["total"]) == (2, 3)


def test_copies_count_as_shown(run, tmp_path):
    text = " ".join(f"mot{n}" for n in range(40))
    records = [{"titre": "Neige", "texte": text, "source": source, "id": source} for source in "ab"]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "a.jsonl")
    assert run("review", "neige", "--limit", "1", "--output", "s.md").stderr == "2 articles in s.md\n"


def test_articles_that_are_dated_later_are_told(run, tmp_path):
    today, far = date.today(), date.today() + timedelta(days=1500)
    (tmp_path / "a.csv").write_text(f"titre,date\nNeige,{today}\nNeige encore,{far}\n")
    run("index", "a.csv")
    done = run("review", "neige", "--since", "3 jours", "--output", "r.md")
    assert "1 article in r.md\n" in done.stderr
    assert "1 article is dated after tomorrow and left out: --until" in done.stderr
    assert "1 autre, daté au-delà de demain, est laissé de côté" in (tmp_path / "r.md").read_text()
    assert json.loads(run("review", "neige", "--since", "3 jours", "--json").stdout)["later"] == 1
    assert "2 articles in" in run("review", "neige", "--output", "r.md").stderr


def test_what_cannot_be_written_is_said_in_a_line(run, news, tmp_path):
    run("index", news)
    both = run("review", "interpol", "--json", "--output", "revue.html", status=2)
    assert "--json prints the review" in both.stderr
    assert not (tmp_path / "revue.html").exists()
    broken = run("review", "interpol \udcff", "--output", "revue.html", status=2)
    assert "not valid Unicode" in broken.stderr
