"""Finds the compiled kernel.

The kernel is the distribution ``newsindex-kernel``, which is built from ``kernel/`` of the repository. It
computes over the arrays of segments what numpy computes without it, and the results are the same to the last
bit. The environment variable ``NEWSINDEX_KERNEL=0`` leaves it out.
"""

from __future__ import annotations

import importlib
import os
import warnings
from functools import cache
from typing import Final, cast

from .protocols import Kernel

INTERFACE: Final = 3
"""The version of what newsindex and the kernel say to each other."""
SWITCH: Final = "NEWSINDEX_KERNEL"
"""The environment variable that leaves the kernel out where it is 0."""
_MODULE: Final = "newsindex_kernel"


def kernel() -> str | None:
    """The version of the compiled kernel in use; None where newsindex works without it."""
    found = compiled_kernel()
    return None if found is None else found.__version__


@cache
def compiled_kernel() -> Kernel | None:
    """The compiled kernel, None where it is not installed, left out, or cannot be used.

    A kernel that is installed and cannot be used is named in one RuntimeWarning.
    """
    if os.environ.get(SWITCH) == "0":
        return None
    try:
        module = importlib.import_module(_MODULE)
    except ModuleNotFoundError:
        return None
    except ImportError as error:
        _warn(f"newsindex-kernel cannot be loaded ({error})")
        return None
    interface = getattr(module, "INTERFACE", None)
    if interface != INTERFACE:
        version = getattr(module, "__version__", "of no version")
        _warn(
            f"newsindex-kernel {version} has the interface {interface} and this newsindex needs {INTERFACE}"
        )
        return None
    return cast(Kernel, module)


def _warn(reason: str) -> None:
    advice = (
        "searches and indexing are slower: install the kernel that belongs to this newsindex, "
        "which is in the folder `kernel` of its repository"
    )
    warnings.warn(f"{reason}; {advice}", RuntimeWarning, stacklevel=3)
