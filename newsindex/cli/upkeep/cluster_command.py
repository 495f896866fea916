"""``newsindex cluster``: what the administrator of a cluster does with an index on it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

import newsindex
from newsindex import clusters
from newsindex.cli.exit_status import USAGE_ERROR, fail
from newsindex.cli.json_output import echo_json
from newsindex.cli.naming_group import NamingGroup
from newsindex.cli.options import acronyms_option, at_option, json_option, settings_option, timezone_option
from newsindex.wording import counted

_ROLES: Final = "/_plugins/_security/api/roles"
"""Where the security plugin of OpenSearch takes roles."""


@click.group("cluster", cls=NamingGroup)
def cluster_command() -> None:
    """Create, look at and rebuild an index on an OpenSearch cluster.

    Its address is given with --at, as in opensearch://host:9200/presse or opensearchs:// for https. In the
    address, ?shards=, replicas=, refresh=, replication=, routing= and the settings of OpenSearch that begin
    with index. say how an index is made.
    """


def _address(folder: Path | str) -> str:
    """The address that was given; ends the command where it is a folder."""
    if not isinstance(folder, str):
        fail(
            f"{folder} is a folder: name an index on a cluster, as in --at opensearch://host:9200/presse",
            USAGE_ERROR,
        )
    return folder


@cluster_command.command("template")
@at_option
@settings_option
@acronyms_option
@timezone_option(default="Europe/Paris")
@json_option
def template_command(
    folder: Path | str, timezone: str, acronyms: bool | None, settings: str | None, as_json: bool
) -> None:
    """Print the requests that make the index and the roles of its users.

    They are for the administrator of a cluster on which programs may not make an index, or whose users have
    roles in OpenSearch's security plugin. Nothing is sent.
    """
    printed = clusters.template(
        _address(folder), timezone=timezone, settings=settings, acronyms=acronyms is not False
    )
    if as_json:
        echo_json(printed)
        return
    for request in printed["requests"]:
        click.echo(f"{request['method']} {request['path']}")
        echo_json(request["body"])
        click.echo()
    for name, body in printed["roles"].items():
        click.echo(f"PUT {_ROLES}/{name}")
        echo_json(body)
        click.echo()


@cluster_command.command("create")
@at_option
@settings_option
@acronyms_option
@timezone_option(default="Europe/Paris")
@json_option
def create_command(
    folder: Path | str, timezone: str, acronyms: bool | None, settings: str | None, as_json: bool
) -> None:
    """Make an empty index on the cluster."""
    address = _address(folder)
    with newsindex.create(
        address, timezone=timezone, settings=settings, acronyms=acronyms is not False
    ) as index:
        name = index.name
    if as_json:
        echo_json({"created": name})
    else:
        click.echo(f"{name} is made")


@cluster_command.command("rebuild")
@at_option
@click.option("--take-over", is_flag=True, help="Delete first what a rebuild that was stopped has left.")
@click.option("--delete-old", is_flag=True, help="Delete the version before, which else stays.")
@json_option
def rebuild_command(folder: Path | str, take_over: bool, delete_old: bool, as_json: bool) -> None:
    """Index all articles anew beside the index, which is searched and changed meanwhile.

    The version before stays on the cluster until the next rebuild, or until `newsindex cluster delete-old`.
    """
    address = _address(folder)
    before = clusters.rebuild(address, take_over=take_over)
    deleted = clusters.delete_old(address) if delete_old else []
    if as_json:
        echo_json({"before": before, "deleted": deleted})
        return
    click.echo("the index is made anew")
    click.echo(f"{before} was the version before, and {'is deleted' if deleted else 'stays'}")


@cluster_command.command("delete-old")
@at_option
@json_option
def delete_old_command(folder: Path | str, as_json: bool) -> None:
    """Delete the versions of the index from before its last rebuild."""
    deleted = clusters.delete_old(_address(folder))
    if as_json:
        echo_json({"deleted": deleted})
        return
    for name in deleted:
        click.echo(f"{name} is deleted")
    if not deleted:
        click.echo("there is no old version", err=True)


@cluster_command.command("status")
@at_option
@json_option
def status_command(folder: Path | str, as_json: bool) -> None:
    """Show the versions of the index, their health and size, and whether a rebuild goes on."""
    status = clusters.status(_address(folder))
    if as_json:
        echo_json(asdict(status))
        return
    click.echo(f"{status.address}: OpenSearch {status.opensearch}, {counted(status.nodes, 'node')}")
    for version in status.versions:
        missing = f", {version.missing_shards} missing" if version.missing_shards else ""
        click.echo(
            f"{version.name}  {version.role}  {version.health}  {counted(version.articles, 'article')}  "
            f"{version.bytes:,} bytes  {counted(version.shards, 'shard')}{missing}{_builder(version.rebuild)}"
        )
    if status.is_held_up:
        click.echo("writes are held up: a rebuild begins, or was stopped as it began", err=True)
    if status.problem:
        click.echo(f"newsindex: {status.problem}", err=True)


def _builder(rebuild: Any) -> str:
    if not rebuild:
        return ""
    return f"  since {rebuild.get('began')} by process {rebuild.get('process')} of {rebuild.get('host')}"
