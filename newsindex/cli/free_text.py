"""Commands whose arguments are free text, such as queries, and may begin with a dash."""

from __future__ import annotations

import click


class FreeTextCommand(click.Command):
    """A command of which only arguments like ``--name`` are options: ``-drogue`` is a word of a query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hands the options to click first, then ``--`` and the text."""
        options = [option for option in self.params if isinstance(option, click.Option)]
        with_value = {name for option in options if not option.is_flag for name in option.opts}
        option_arguments: list[str] = []
        words: list[str] = []
        remaining = iter(args)
        for arg in remaining:
            if arg == "--":
                words.extend(remaining)
            elif arg in with_value:
                value = next(remaining, None)
                if value is None:
                    raise click.BadOptionUsage(arg, f"Option {arg!r} requires an argument.", ctx)
                option_arguments.append(f"{arg}={value}")
            elif arg.startswith("--") or arg in ctx.help_option_names:
                option_arguments.append(arg)
            else:
                words.append(arg)
        try:
            return super().parse_args(ctx, [*option_arguments, "--", *words])
        except click.NoSuchOption as error:
            hint = f"If it is text, write -- before it: {ctx.command_path} -- {error.option_name}"
            message = f"{error.message} {hint}"
            raise click.NoSuchOption(error.option_name, message, error.possibilities, ctx) from None
