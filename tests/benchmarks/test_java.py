"""The Lucene peer is built with a JDK that is new enough, or left out with the reason."""

from __future__ import annotations

import pytest

from benchmarks import jdk
from benchmarks.peers import PeerUnavailable, java


def make_jdk(folder, version, compiler=True):
    (folder / "bin").mkdir(parents=True)
    (folder / "release").write_text(f'IMPLEMENTOR="Nobody"\nJAVA_VERSION="{version}"\n')
    if compiler:
        (folder / "bin" / "javac").touch()
    return folder


@pytest.fixture
def machines(tmp_path, monkeypatch):
    """The folder in which JDKs are looked for; none is on the path."""
    folder = tmp_path / "jvm"
    folder.mkdir()
    monkeypatch.setattr(jdk, "_MACHINES", folder)
    monkeypatch.setattr(jdk.shutil, "which", lambda command: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


def test_the_newest_jdk_is_taken(machines):
    make_jdk(machines / "a", "21.0.2")
    newest = make_jdk(machines / "b", "25.0.1")
    make_jdk(machines / "c", "17.0.9")
    (machines / "d").mkdir()
    assert java.java_home() == newest


def test_one_that_was_named_comes_first_if_it_is_new_enough(machines, tmp_path, monkeypatch):
    newest = make_jdk(machines / "b", "25.0.1")
    monkeypatch.setenv("JAVA_HOME", str(make_jdk(tmp_path / "old", "17.0.9")))
    assert java.java_home() == newest
    named = make_jdk(tmp_path / "named", "21")
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert java.java_home() == named


def test_one_that_is_too_new_is_passed_over(machines):
    old = make_jdk(machines / "a", "17.0.9")
    make_jdk(machines / "b", "25.0.1")
    assert jdk.find_jdk(17, 23) == old
    assert jdk.find_jdk(18, 23) is None


def test_without_one_lucene_is_left_out_with_the_reason(machines):
    make_jdk(machines / "a", "17.0.9")
    make_jdk(machines / "b", "25.0.1", compiler=False)
    with pytest.raises(PeerUnavailable, match="JDK of 21 or newer"):
        java.java_home()


def test_without_maven_lucene_is_left_out_with_the_reason(machines, monkeypatch, tmp_path):
    make_jdk(machines / "a", "21")
    monkeypatch.setattr(java, "_PROGRAM", tmp_path / "lucene")
    (tmp_path / "lucene").mkdir()
    (tmp_path / "lucene" / "pom.xml").touch()
    with pytest.raises(PeerUnavailable, match="Maven"):
        java.lucene_command()
