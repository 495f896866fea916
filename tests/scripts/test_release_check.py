"""The check of a release names each place whose version is not that of the tag."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "release_check.py"


@pytest.fixture(scope="module")
def check():
    spec = importlib.util.spec_from_file_location("release_check", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path):
    (tmp_path / "newsindex").mkdir()
    files = {
        "newsindex/_version.py": '__version__ = "0.2.0"\n',
        "CHANGELOG.md": "# Changes\n\n## 0.2.0, 2027-01-31\n",
        "CITATION.cff": "title: x\nversion: 0.2.0\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_release_whose_versions_agree_passes(check, project):
    assert list(check.disagreements("v0.2.0", project)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("newsindex/_version.py", '__version__ = "0.1.0"'),
        ("CHANGELOG.md", "## 0.2.0, unreleased"),
        ("CITATION.cff", "version: 0.1.0"),
    ],
)
def test_each_place_that_does_not_agree_is_named(check, project, name, text):
    (project / name).write_text(text, encoding="utf-8")
    (sentence,) = check.disagreements("v0.2.0", project)
    assert name in sentence


def test_a_tag_without_v_is_refused(check, project):
    assert "does not begin with v" in next(check.disagreements("0.2.0", project))


def test_the_files_of_this_project_name_one_version(check):
    version = check._found(r'__version__ = "([^"]+)"', check.ROOT / "newsindex" / "_version.py")
    wrong = [sentence for sentence in check.disagreements(f"v{version}") if "unreleased" not in sentence]
    assert wrong == []
