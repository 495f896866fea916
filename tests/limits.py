"""Bounds on the memory and the processor time of a test, for input that is made to exhaust them.

The peak of memory is Linux's VmHWM. ``ru_maxrss`` would not do: Linux keeps it across ``exec``, and so a
process that a large process starts begins with the peak of the large one. Time is that of the processor,
since the clock runs on while a busy machine lets the process wait.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path


def resident_memory():
    """Bytes of this process that are in memory now."""
    return _bytes_of("VmRSS")


def peak_memory():
    """The most bytes of this process that were in memory at once, since its start or the last reset."""
    return _bytes_of("VmHWM")


def reset_peak_memory():
    """Has the peak begin again at what is in memory now."""
    Path("/proc/self/clear_refs").write_text("5")


def _bytes_of(field):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) << 10


class TooLong(BaseException):
    """The processor time is used up; it is no Exception, so that no reader catches it."""


@contextmanager
def processor_seconds(limit):
    """Raises TooLong in the block once it has used so much processor time; without effect on Windows."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(signum, frame):
        raise TooLong(f"more than {limit} seconds of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
