"""scripts/venv says what it does, passes on what pip says, and builds the kernel only where it is wanted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "venv"
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PIP = """#!/bin/sh
[ "$1" = -c ] && { echo "$FOUND"; exit; }
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
    calls = (checkout / "calls").read_text().splitlines()
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
    (checkout / "calls").touch()
    done, calls = run(checkout, FOUND="3.7")
    assert (done.returncode, calls) == (1, [])
    assert f".venv has Python 3.7, and PYTHON is {HERE}: name another folder in NEWSINDEX_VENV" in done.stderr


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


def test_it_says_that_the_kernel_is_still_being_built(checkout):
    sleep = "#!/bin/sh\n[ -e once ] && touch twice\ntouch once\nexec /bin/sleep 0.01\n"
    (checkout / "bin" / "sleep").write_text(sleep)
    (checkout / "bin" / "sleep").chmod(0o755)
    wait = 'case "$*" in *./kernel*) until [ -e twice ]; do /bin/sleep 0.01; done ;; esac\n'
    (checkout / ".venv" / "bin" / "python").write_text(PIP + wait)
    done, _ = run(checkout)
    assert re.search(r"still building, after \d+ seconds", done.stderr)
    assert re.search(r"the compiled kernel was built in \d+ seconds", done.stderr)


def test_it_fails_where_newsindex_cannot_be_installed(checkout):
    assert run(checkout, failing="--editable")[0].returncode == 1


def test_only_the_warning_that_means_nothing_is_left_out(checkout):
    done, _ = run(checkout, NEWSINDEX_KERNEL="0")
    assert "WARNING: a proxy is slow" in done.stderr
    assert "html_clean" not in done.stderr
