"""Asks the readers of press databases whether the text of a document is one of their exports."""

from __future__ import annotations

from newsindex.corpus.formats.format_input import FormatInput, FormatItems


def articles_of_export(text: str, content: FormatInput) -> FormatItems | None:
    """The articles of a text that Nexis or Factiva exported as a document; None for any other text.

    No reader of such exports is known yet, so each document is one article.
    """
    return None
