"""The settings by which Sphinx builds the manual: ``scripts/docs``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import newsindex

project = "newsindex"
author = "the newsindex contributors"
copyright = "the newsindex contributors, GPL-3.0-or-later"  # the name that Sphinx reads
version = release = newsindex.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.intersphinx",
    "sphinx_click",
    "field_names",
    "openapi_reference",
]
# The build has no network, so that it needs no inventory of another project, and names of the standard
# library stay plain text. An inventory that lies beside this file is used.
_inventory = Path(__file__).parent / "python.inv"
intersphinx_mapping = (
    {"python": ("https://docs.python.org/3", str(_inventory))} if _inventory.exists() else {}
)
exclude_patterns = ["_build"]
nitpicky = False
suppress_warnings: list[str] = []

myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
myst_heading_anchors = 3

napoleon_numpy_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_title = f"newsindex {release}"
html_theme_options = {"navigation_with_keys": True}
html_show_sourcelink = False
html_copy_source = False
