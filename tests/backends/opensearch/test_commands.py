"""Commands on an index on a cluster, whose address has a password."""

import pytest
from click.testing import CliRunner

from newsindex.cli import main


@pytest.fixture
def name(make_cluster_index, monkeypatch):
    """The index as messages name it; the commands are given its address with user and password."""
    address = make_cluster_index()
    monkeypatch.setenv("NEWSINDEX_PATH", address.replace("://", "://moi:motdepasse@"))
    return address.partition("?")[0]


def run(*arguments):
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert "motdepasse" not in done.output
    return done.output


def test_commands_name_the_index_without_its_password(name, tmp_path):
    file = tmp_path / "un.jsonl"
    file.write_text(
        '{"headline": "Un séisme", "id": "séisme"}\n{"headline": "Un barrage", "id": "barrage"}\n'
    )
    assert f"2 articles in {name}" in run("index", str(file))
    assert f"{name} is sound" in run("check")
    assert f'"{name}"' in run("check", "--json")
    assert f"1 article in {name}" in run("delete", "barrage")
    for command in (["stats"], ["cluster", "status"], ["search", "séisme"], ["alert", "add", "eau", "eau"]):
        run(*command)


def test_a_page_is_announced_without_the_password(name, monkeypatch):
    from newsindex.web import server

    def end(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(server.uvicorn.Server, "run", end)
    assert f"{name} is served at http://" in run("serve", "--port", "0")
