"""A Sphinx directive that describes the addresses of the JSON API."""

from __future__ import annotations

from api_description import api_document, describe_api
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class OpenApiReference(SphinxDirective):
    """The directive ``openapi-reference``, which takes nothing."""

    def run(self) -> list[nodes.Node]:
        """Make the nodes of the description."""
        return self.parse_text_to_nodes(describe_api(api_document()), allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("openapi-reference", OpenApiReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
