"""The seam to the compiled kernel: how it is found, and what is asked of it."""

from .loading import compiled_kernel, kernel

__all__ = ["compiled_kernel", "kernel"]
