"""What is passed over in folders and zips is counted by its reason."""

from __future__ import annotations

import zipfile

import pytest

import newsindex
from newsindex.corpus.inputs.passed_over import is_side_folder, reason_of_name

TEXT = "Huit forages à Tiznit. " * 40
PAGE = f"<html><body><article><h1>L'eau arrive</h1><p>{TEXT}</p></article></body></html>"
FILES = {
    "Eau.html": PAGE,
    "Eau_files/saved_resource.html": "<html><body><p>Des parasols</p></body></html>",
    "Eau_files/img/app.txt": "parasol",
    "Eau_soubory/x.html": "<html><body><p>Des parasols</p></body></html>",
    "Eau_ملفات/x.html": "<html><body><p>Des parasols</p></body></html>",
    "notes_files/reel.txt": "Un article\n\nTexte",
    "style.css": "p {}",
    ".cache": "x",
    "LISEZMOI.txt": "Lisez-moi",
}
COUNTS = {"part of a saved page": 4, "style sheet": 1, "hidden file": 1, "documentation": 1}


@pytest.mark.parametrize("is_zip", [False, True])
def test_the_folder_beside_a_saved_page_holds_no_article(tmp_path, is_zip):
    if is_zip:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, content in FILES.items():
                archive.writestr(f"presse/{name}", content)
    for name, content in {} if is_zip else FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    corpus = newsindex.read(tmp_path)
    assert sorted(article.headline for article in corpus) == ["L'eau arrive", "Un article"]
    assert corpus.errors == []
    assert dict(corpus.summary.passed_over) == COUNTS


@pytest.mark.parametrize("folder", ["Eau_files", "Eau_fichiers", "Eau-Dateien", "Eau_archivos", "Eau.files"])
def test_browsers_name_the_folder_in_their_language(folder):
    assert is_side_folder(folder, {"Eau.htm"})
    assert not is_side_folder(folder, {"Autre.html"})


@pytest.mark.parametrize(
    "name",
    ["README", "readme.txt", "Lisez-moi.txt", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "licence.txt",
     "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md", "guide.rst"],
)  # fmt: skip
def test_documentation_is_known_by_its_names(name):
    assert reason_of_name(name) == "documentation"


@pytest.mark.parametrize(
    "name", ["licence-libre-et-presse.md", "security.md", "eau.md", "notice.txt", "authors.csv"]
)
def test_names_of_articles_are_none_of_documentation(name):
    assert reason_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [("_config.yml", "settings"), ("app.JS", "script"), ("page.url", "shortcut"),
     ("a.txt.part", "temporary file"), ("~$eau.docx", "hidden file"), ("Thumbs.db", "hidden file")],
)  # fmt: skip
def test_what_belongs_to_sites_and_systems_is_no_article(name, reason):
    assert reason_of_name(name) == reason
