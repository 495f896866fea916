"""scripts/venv says what it does, passes on what pip says, and builds the kernel only where it is wanted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "venv"
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PIP = """#!/bin/sh
[ "$2" = "import pip" ] && { [ ! -e "$0"-without-pip ]; exit; }
[ "$1" = -c ] && { echo "$FOUND"; exit; }
[ "$2" = venv ] && { [ -z "$ENSURED" ] || rm "$0"-without-pip; exit; }
[ "$1" = -m ] || { cat > /dev/null; echo digest; exit; }
echo "$@" >> calls
echo "WARNING: lxml 6.1.3 does not provide the extra 'html_clean'" >&2
echo "WARNING: a proxy is slow" >&2
case "$*" in *"$FAILING"*) exit 1 ;; esac
"""

if os.name == "nt":
    pytest.skip("the scripts are for a POSIX shell", allow_module_level=True)


@pytest.fixture
def checkout(tmp_path):
    """A folder with the script, a program in the place of pip, and one in that of cargo."""
    for name, text in {".venv/bin/python": PIP, "bin/cargo": "#!/bin/sh\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts" / "venv")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout, *extras, failing="nothing fails", **environment):
    names = {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}", "PYTHON": sys.executable, "FAILING": failing}
    done = subprocess.run(
        [checkout / "scripts" / "venv", *extras],
        env={**os.environ, "NEWSINDEX_KERNEL": "", "FOUND": HERE, **names, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    called = checkout / "calls"
    calls = called.read_text().splitlines() if called.exists() else []
    return done, [call.split(" --quiet")[0].removeprefix("-m pip ") for call in calls]


def test_it_installs_the_checkout_with_its_extras_and_builds_the_kernel_once(checkout):
    done, calls = run(checkout, "files", "web")
    assert done.returncode == 0, done.stderr
    assert calls == ["install --editable .[files,web]", "install --force-reinstall --no-deps ./kernel"]
    assert "with the extras files web" in done.stderr
    assert run(checkout)[1] == [*calls, "install --editable ."]


def test_it_takes_another_folder_than_that_of_every_day(checkout):
    shutil.move(checkout / ".venv", checkout / "elsewhere")
    done, calls = run(checkout, "web", NEWSINDEX_VENV="elsewhere")
    assert done.returncode == 0, done.stderr
    assert calls == ["install --editable .[web]", "install --force-reinstall --no-deps ./kernel"]
    assert not (checkout / ".venv").exists()


def test_it_makes_a_new_environment_with_the_python_that_is_named(checkout):
    other = checkout / "bin" / "python-other"
    other.write_text(f'#!/bin/sh\n[ "$2" = venv ] && cp -r {checkout / ".venv"} "$3"\nexit 0\n')
    other.chmod(0o755)
    done, calls = run(checkout, NEWSINDEX_VENV="new", NEWSINDEX_KERNEL="0", PYTHON="python-other")
    assert (done.returncode, calls) == (0, ["install --editable ."]), done.stderr
    assert (checkout / "new" / "bin" / "python").exists()


def test_an_environment_of_another_python_than_the_one_that_is_named_is_refused(checkout):
    done, calls = run(checkout, FOUND="3.7")
    assert (done.returncode, calls) == (1, [])
    assert f".venv has Python 3.7, and PYTHON is {HERE}: name another folder in NEWSINDEX_VENV" in done.stderr


@pytest.fixture
def without_ensurepip(checkout):
    """A Python that makes an environment without pip and fails, as Debian's does without python3-venv."""
    python = checkout / "bin" / "python-other"
    python.write_text(
        f'#!/bin/sh\n[ "$2" = venv ] || exit 0\nmkdir -p "$3"\ncp -r {checkout / ".venv"}/* "$3"\nexit 1\n'
    )
    python.chmod(0o755)
    return "python-other"


def test_an_environment_that_could_not_be_made_is_removed(checkout, without_ensurepip):
    done, calls = run(checkout, NEWSINDEX_VENV="new", PYTHON=without_ensurepip)
    assert (done.returncode, calls) == (1, [])
    assert "no virtual environment could be made in new: apt-get install python3-venv\n" in done.stderr
    assert not (checkout / "new").exists()


def test_a_folder_that_was_there_before_is_not_removed(checkout, without_ensurepip):
    (checkout / "old").mkdir()
    (checkout / "old" / "notes.txt").touch()
    assert run(checkout, NEWSINDEX_VENV="old", PYTHON=without_ensurepip)[0].returncode == 1
    assert (checkout / "old" / "notes.txt").exists()


def test_an_environment_without_pip_is_made_again(checkout):
    (checkout / ".venv" / "bin" / "python-without-pip").touch()
    done, calls = run(checkout, NEWSINDEX_KERNEL="0", ENSURED="yes")
    assert (done.returncode, calls) == (0, ["install --editable ."]), done.stderr
    assert "the virtual environment .venv has no pip, and is made again" in done.stderr


def test_an_environment_that_stays_without_pip_is_told(checkout):
    (checkout / ".venv" / "bin" / "python-without-pip").touch()
    done, calls = run(checkout, ENSURED="")
    assert (done.returncode, calls) == (1, [])
    assert "apt-get install python3-venv, and remove .venv if that does not suffice" in done.stderr


@pytest.mark.parametrize("wrong", ["fichiers", "--fiels"])
def test_what_is_no_extra_is_refused_in_one_line_that_names_the_extras(checkout, wrong):
    done, calls = run(checkout, "files", wrong)
    assert (done.returncode, calls, done.stdout) == (2, [], "")
    assert re.fullmatch(rf"scripts/venv: there is no \w+ {wrong}; usage: .* html feeds .* dev\n", done.stderr)


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_it_tells_its_usage(checkout, option):
    done, calls = run(checkout, option)
    assert (done.returncode, calls, done.stderr) == (0, [], "")
    assert re.fullmatch(r"usage: scripts/venv \[EXTRA…\], .* files .*\n", done.stdout)


def test_a_python_that_is_not_there_is_named(checkout):
    done, calls = run(checkout, PYTHON="python-of-nowhere")
    assert (done.returncode, calls) == (1, [])
    assert done.stderr.endswith(" python-of-nowhere was not found (set PYTHON)\n")


def test_the_kernel_can_be_left_out(checkout):
    done, calls = run(checkout, NEWSINDEX_KERNEL="0")
    assert (done.returncode, calls) == (0, ["install --editable ."])
    assert "the compiled kernel is left out, since NEWSINDEX_KERNEL is 0" in done.stderr


def test_a_kernel_that_cannot_be_built_is_left_out_and_tried_again(checkout):
    done, calls = run(checkout, failing="./kernel")
    assert done.returncode == 0
    assert "the compiled kernel could not be built" in done.stderr
    assert calls[-1] == "uninstall --yes newsindex-kernel"
    assert run(checkout)[1][-1] == "install --force-reinstall --no-deps ./kernel"


@pytest.mark.parametrize(("command", "doing"), [("--editable", "installing"), ("./kernel", "building")])
def test_it_says_what_still_runs(checkout, command, doing):
    (checkout / "bin" / "sleep").write_text("#!/bin/sh\necho >> sleeps\nexec /bin/sleep 0.01\n")
    (checkout / "bin" / "sleep").chmod(0o755)
    # The second sleep begins after the first sign; one more may be left of the command before.
    signs = ": > sleeps; until [ $(wc -l < sleeps) -ge 3 ]; do /bin/sleep 0.01; done"
    (checkout / ".venv" / "bin" / "python").write_text(f'{PIP}case "$*" in *{command}*) {signs} ;; esac\n')
    done, _ = run(checkout)
    assert re.search(rf"still {doing}, after \d+ seconds", done.stderr)
    assert re.search(r"the compiled kernel was built in \d+ seconds", done.stderr)


def test_it_fails_where_newsindex_cannot_be_installed(checkout):
    assert run(checkout, failing="--editable")[0].returncode == 1


def test_only_the_warning_that_means_nothing_is_left_out(checkout):
    done, _ = run(checkout, NEWSINDEX_KERNEL="0")
    assert "WARNING: a proxy is slow" in done.stderr
    assert "html_clean" not in done.stderr
