"""The compiled kernel for the tests that need it; they are skipped where it is not in use."""

from __future__ import annotations

import pytest

from newsindex.compiled import compiled_kernel


@pytest.fixture(scope="session")
def kernel():
    """The module of the compiled kernel."""
    found = compiled_kernel()
    if found is None:
        pytest.skip("the compiled kernel is not in use")
    return found
