"""A click group that says which commands it has where a name is wrong."""

from __future__ import annotations

import click


class NamingGroup(click.Group):
    """A group of commands that answers a wrong name with the names that it has."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command that the arguments call. Raises UsageError, with the names near a wrong one."""
        name = args[0]
        if name.startswith("-") or ctx.resilient_parsing or self.get_command(ctx, name) is not None:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches  # only needed here

        names = self.list_commands(ctx)
        near = get_close_matches(name.lower(), names)
        advice = f"did you mean {' or '.join(near)}?" if near else f"the commands are {', '.join(names)}."
        raise click.UsageError(f"No such command {name!r}: {advice}", ctx)
