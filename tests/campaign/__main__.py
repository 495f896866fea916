"""Attack indexes for as long as you like, and print how often which outcome was seen.

Ends with an error at the first index that lost something, told a wrong answer or was damaged unnoticed. Where
the compiled kernel is installed, all attacks come twice: on processes that use it, and on some that do not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import newsindex
from newsindex.compiled.loading import SWITCH

from . import bits, faults, kills, power, shim


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="writers to kill (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=24, help="commits, to lose power at each call")
    parser.add_argument("--fault-every", type=int, default=1, help="let each call fail in turn, or each Nth")
    parser.add_argument("--bits", type=int, help="bits to flip, chosen at random (default: all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes that flip bits")
    parser.add_argument("--only", choices=("kills", "rebuilds", "power", "faults", "bits"), action="append")
    parser.add_argument(
        "--kernel",
        choices=("with", "without", "both"),
        default="both",
        help="what is attacked (default: %(default)s)",
    )
    options = parser.parse_args()
    if options.kernel == "both":
        sys.exit(_in_both_ways())
    if options.kernel == "without":
        os.environ[SWITCH] = "0"
    if (newsindex.kernel() is not None) != (options.kernel == "with"):
        sys.exit("the compiled kernel is not installed")
    _attack(options)


def _in_both_ways():
    """Runs this command once for each way, each in a process of its own; returns the exit status."""
    ways = ("with", "without") if newsindex.kernel() is not None else ("without",)
    for way in ways:
        print(f"{way} the compiled kernel", flush=True)
        command = [sys.executable, "-m", "tests.campaign", *sys.argv[1:], "--kernel", way]
        status = subprocess.run(command, check=False).returncode
        if status:
            return status
    return 0


def _attack(options):
    with tempfile.TemporaryDirectory() as folder:
        library = shim.build(folder) if shim.is_available() else None
        if library is None:
            print("no C compiler, or not Linux: no loss of power, no failing calls, kills by the clock only")
        attacks = {
            "kills": lambda at: kills.run(at, options.kills, library),
            "rebuilds": lambda at: kills.run_rebuilds(at, library),
            "power": lambda at: power.run(at, library, options.steps),
            "faults": lambda at: faults.run(at, library, options.fault_every),
            "bits": lambda at: bits.run(at, options.bits, options.jobs),
        }
        for name, attack in attacks.items():
            if (options.only is None or name in options.only) and (library or name in ("kills", "bits")):
                at = Path(folder) / name
                at.mkdir()
                _report(name, attack, at)


def _report(name, attack, folder):
    started = time.monotonic()
    figures = attack(folder)
    print(f"{name}, {time.monotonic() - started:.0f} s")
    for outcome, number in sorted(figures.items()):
        print(f"  {number:>9,}  {outcome}", flush=True)


if __name__ == "__main__":
    main()
