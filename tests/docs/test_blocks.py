"""Every code block and console session of the manual runs, and shows what it prints."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from tests.conftest import ROOT
from tests.docs.blocks import Block, page_blocks
from tests.docs.sessions import OPTIONAL, PROGRAMS, Session, called_programs, commands

if not (ROOT / "docs").is_dir():
    pytest.skip("no manual beside the tests", allow_module_level=True)

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
RUN = ["README.md", *PAGES]
EVERYWHERE = {"cat", "export", "head", "ls", "mv", "sed", "wc"}  # what every POSIX shell has
EVERY_BLOCK = [(page, block) for page in RUN for block in page_blocks(ROOT / page)]


@pytest.fixture
def session(tmp_path, monkeypatch):
    """A folder with the sample articles, as a reader of the manual has it."""
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    if os.name == "nt":
        pytest.skip("the sessions of the manual are those of a POSIX shell")
    shutil.copytree(ROOT / "sample_corpus", tmp_path / "sample_corpus")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("NEWSINDEX_") and name != "NEWSINDEX_KERNEL"]:
        monkeypatch.delenv(name)
    session = Session(tmp_path, dict(os.environ))
    yield session
    session.close()


@pytest.mark.parametrize("page", [page for page in RUN if page_blocks(ROOT / page)])
def test_the_blocks_of_a_page_run_one_after_another(session, page):
    for block in page_blocks(ROOT / page):
        try:
            session.run(block, page)
        except Exception as error:
            error.add_note(f"{page}, line {block.line}")
            raise
    if session.missing:
        programs = ", ".join(f"{name} ({OPTIONAL[name]})" for name in sorted(session.missing))
        pytest.skip(
            f"some commands of the page were left out, since they call what was not found: {programs}"
        )


def test_every_program_that_a_session_calls_is_known():
    known = {*PROGRAMS, *OPTIONAL, *EVERYWHERE, "pip"}
    for page, block in EVERY_BLOCK:
        if block.language == "console" and block.reason is None:
            for command, _ in commands(block.code):
                assert set(called_programs(command)) <= known, (page, block.line)


def test_the_programs_of_a_command_line_are_found():
    line = """A=1 newsindex export | head -3 && curl -s "http://h/?a=1&b=2" -d '{"x": "y; z"}' > out; wc -l"""
    assert called_programs(line) == ["newsindex", "head", "curl", "wc"]


def test_a_command_is_left_out_where_its_program_is_missing(session):
    programs = str(session.folder / ".bin")
    code = "$ newsindex --version\nnewsindex, version ...\n$ newsindex --version | curl -T - http://nowhere\nSent\n"
    session.environment["PATH"] = programs
    session.run(Block("console", code, 1), "page")
    assert session.missing == {"curl"}
    with pytest.raises(AssertionError, match="nowhere"):
        session.run(Block("console", "$ newsindex stats --at nowhere\n", 1), "page")


def test_a_block_that_is_not_run_says_why_and_there_are_few():
    left_out = [(page, block) for page, block in EVERY_BLOCK if block.reason is not None]
    assert all(len(block.reason.split()) > 3 for _, block in left_out)
    assert len(left_out) * 8 <= len(EVERY_BLOCK), left_out


def test_every_block_has_a_language_and_every_comment_is_known():
    for page, block in EVERY_BLOCK:
        assert block.language, (page, block.line)
        known = not block.comment or block.file or block.reason or block.is_output
        assert known, (page, block.line, block.comment)


def test_every_fence_is_read_as_a_block():
    for page in RUN:
        fences = re.findall(r"^ *```[\w+-]+$", (ROOT / page).read_text(encoding="utf-8"), re.M)
        assert len(fences) == len([block for block in page_blocks(ROOT / page) if block.language != "check"])


def test_a_reader_sees_the_name_of_a_file():
    for page, block in EVERY_BLOCK:
        if block.file:
            before = (ROOT / page).read_text(encoding="utf-8").splitlines()[: block.line - 1]
            assert block.file in [line for line in before if line][-1], (page, block.line)


def test_no_script_of_a_page_stops_where_a_file_could_not_be_read():
    """`newsindex index` ends with status 2 then, and has indexed the rest."""
    for page, block in EVERY_BLOCK:
        assert not re.search(r"newsindex index\b[^\n;|]*&&", block.code), (page, block.line)
        stops = re.search(r"^set -\w*e", block.code, re.M) and "newsindex index" in block.code
        assert not stops, (page, block.line)


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_a_wrong_output_is_found(session):
    block = Block("console", "$ newsindex stats --at nowhere  # status 3\nall is well\n", 1)
    with pytest.raises(AssertionError, match="nowhere"):
        session.run(block, "page")


def test_a_wrong_status_is_found(session):
    with pytest.raises(AssertionError, match="nowhere"):
        session.run(Block("console", "$ newsindex stats --at nowhere\n", 1), "page")
