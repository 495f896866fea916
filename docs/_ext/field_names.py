"""A Sphinx directive that lists the names that people give to the fields of an article."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from newsindex.corpus.fields import field_names


def describe_names() -> str:
    """List the names of each field as a table in Markdown."""
    return "\n".join(_rows())


def _rows() -> Iterator[str]:
    yield "| field | names | of second choice |"
    yield "|---|---|---|"
    for field, names in field_names._NAMES.items():
        yield f"| `{field}` | {_joined(names)} | {_joined(field_names._SECOND_NAMES.get(field, ''))} |"


def _joined(names: str) -> str:
    return ", ".join(" ".join(name.split()) for name in names.split(","))


class FieldNames(SphinxDirective):
    """The directive ``field-names``, which takes nothing."""

    def run(self) -> list[nodes.Node]:
        """Make the nodes of the table."""
        return self.parse_text_to_nodes(describe_names())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("field-names", FieldNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
