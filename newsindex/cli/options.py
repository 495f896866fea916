"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

_LABELS: Final = {
    "source": "of this source",
    "section": "of this section",
    "author": "of this author",
    "lang": "in this language",
}
_DEFAULT_INDEX: Final = "presse.newsindex"

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])


class IndexPath(click.Path):
    """The folder of an index, or the address of one on a cluster, which is no path and stays as it is."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Returns an address as text, and anything else as a path."""
        if isinstance(value, str) and "://" in value:
            return value
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:  # click would name the variable whether it is set or not
            error.param_hint = _hint(param, ctx)
            raise


def _hint(param: click.Parameter | None, ctx: click.Context | None) -> str | None:
    """The option, or the variable of the environment, from which the value of a parameter came."""
    if param is None or ctx is None or param.name is None:
        return None
    is_variable = ctx.get_parameter_source(param.name) is ParameterSource.ENVIRONMENT
    return str(param.envvar) if is_variable else param.opts[0]


def at_option(command: CommandFunction) -> CommandFunction:
    """Adds the option --at, which every command on an index takes."""
    return click.option(
        "--at",
        "folder",
        envvar="NEWSINDEX_PATH",
        default=_DEFAULT_INDEX,
        show_default=True,
        show_envvar=True,
        type=IndexPath(),
        help="The folder of the index, or its address on a cluster.",
    )(command)


def json_option(command: CommandFunction) -> CommandFunction:
    """Adds the option --json, which every command that prints data takes."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def after_option(command: CommandFunction) -> CommandFunction:
    """Adds the option --after, which every command that prints a page of hits takes."""
    return click.option(
        "--after",
        help="The cursor of the next page; the page before has it as its last line, or as next of --json.",
    )(command)


def settings_option(command: CommandFunction) -> CommandFunction:
    """Adds the option --settings, which commands that may make an index take."""
    return click.option(
        "--settings",
        type=click.Path(exists=True, dir_okay=False),
        help="Your own stop words, synonyms and protected words, a TOML file, where the index is made now.",
    )(command)


def acronyms_option(command: CommandFunction) -> CommandFunction:
    """Adds the option --no-acronyms, which commands that may make an index take."""
    return click.option(
        "--no-acronyms",
        "acronyms",
        is_flag=True,
        flag_value=False,
        default=None,
        help="Do not learn from the articles what acronyms stand for, where the index is made now.",
    )(command)


def timezone_option(default: str | None = None) -> Callable[[CommandFunction], CommandFunction]:
    """Adds the option --timezone, which commands that may make an index take."""
    help_text = "Where days begin and end, by its IANA name: Africa/Casablanca."
    if default is None:
        help_text += " It holds where the index is made now, and is Europe/Paris by default."
    return click.option("--timezone", default=default, show_default=True, help=help_text)


def label_and_date_options(command: CommandFunction) -> CommandFunction:
    """Adds the options that restrict a search by label and by date."""
    options = (
        *(
            click.option(f"--{label}", multiple=True, help=f"Only articles {of_label}; may be repeated.")
            for label, of_label in _LABELS.items()
        ),
        click.option("--since", help="Only from this date on: 2026, 2026-01, 2026-01-31, 31/01/2026."),
        click.option("--until", help="Only up to this date, which is included."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def filter_options(command: CommandFunction) -> CommandFunction:
    """Adds the options of :func:`label_and_date_options`, and --all and --any."""
    return label_and_date_options(
        click.option("--all/--any", "all_words", help="Find all the words, or any of them (the default).")(
            command
        )
    )
