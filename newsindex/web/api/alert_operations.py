"""The table of the operations of the API on alerts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.alerts import Alerts
from newsindex.web.limits import Limits
from newsindex.web.parameter_types import count, flag, text
from newsindex.web.parameters import Parameter, Parameters
from newsindex.web.search_parameters import search_parameters
from newsindex.web.service import service_of

from . import alert_answers
from .operations import COMMON_PROBLEMS, Handler, Operation
from .search_feed import ATOM_TYPE, RSS_TYPE

_MAX_SEQUENCE: Final = 999_999_999
_NOT_SAVED: Final = (
    "limit", "sort", "facets", "timeline", "collapse", "after", "highlight", "explain", "half_life",
)  # fmt: skip
"""Parameters of a search that say how it is shown."""


def alert_operations(limits: Limits, *, with_changes: bool) -> list[Operation]:
    """Lists the operations on alerts; those that change one only where ``with_changes`` is true."""
    name, any_name = _name(limits, required=True), _name(limits, required=False)
    matches = count("limit", "How many matches at most.", limits.page, limits.page)
    of_one = COMMON_PROBLEMS | {404}
    reading = [
        Operation(
            path="/api/alerts",
            name="alerts",
            summary="The saved searches, with how many articles are new for each.",
            handle=_reading(alert_answers.list_alerts),
            schema="Alerts",
        ),
        Operation(
            path="/api/alerts/new",
            name="newMatches",
            summary="What is new for an alert, or for all, since it was last acknowledged; the oldest first.",
            handle=_reading(alert_answers.new_matches),
            parameters=Parameters([any_name, matches]),
            schema="Matches",
            problems=of_one,
        ),
        Operation(
            path="/api/alerts/feed.atom",
            name="alertAsAtom",
            summary="The last matches of an alert, acknowledged or not, the latest first, as an Atom feed.",
            handle=_reading(alert_answers.atom_of_alert),
            parameters=Parameters([name, matches]),
            media_types=(ATOM_TYPE,),
            problems=of_one,
        ),
        Operation(
            path="/api/alerts/feed.rss",
            name="alertAsRss",
            summary="The same as an RSS 2.0 feed.",
            handle=_reading(alert_answers.rss_of_alert),
            parameters=Parameters([name, matches]),
            media_types=(RSS_TYPE,),
            problems=of_one,
        ),
    ]
    return [*reading, *(_changes(limits, name) if with_changes else ())]


def _changes(limits: Limits, name: Parameter) -> list[Operation]:
    replace = flag("replace", "Replace an alert of that name.")
    saved = search_parameters(limits).without(_NOT_SAVED).replacing(name, replace)
    upto = count(
        "upto",
        "The `sequence` of the last match that was seen; without it none counts as seen.",
        _MAX_SEQUENCE,
        0,
    )
    return [
        Operation(
            method="POST",
            path="/api/alerts",
            name="addAlert",
            summary="Save a search as an alert, which tells of the articles that come from now on.",
            parameters=saved,
            handle=alert_answers.add_alert,
            schema="Alert",
            problems=COMMON_PROBLEMS | {401, 409},
        ),
        Operation(
            method="DELETE",
            path="/api/alerts",
            name="removeAlert",
            summary="Remove an alert, with what it has not told.",
            parameters=Parameters([name]),
            handle=alert_answers.remove_alert,
            schema="Removed",
            problems=COMMON_PROBLEMS | {401, 404},
        ),
        Operation(
            method="POST",
            path="/api/alerts/acknowledge",
            name="acknowledge",
            summary="Count the matches of an alert up to one as seen.",
            parameters=Parameters([name, upto]),
            handle=alert_answers.acknowledge,
            schema="Acknowledged",
            problems=COMMON_PROBLEMS | {401, 404},
        ),
    ]


def _name(limits: Limits, *, required: bool) -> Parameter:
    return text("name", "The name of the alert.", limits.characters, required=required)


def _reading(answer: Callable[[Alerts, dict[str, Any], Request], Response]) -> Handler:
    """Makes the handler of an answer that only reads the alerts."""

    async def handle(request: Request, arguments: dict[str, Any]) -> Response:
        service = service_of(request)
        alerts = service.index.alerts
        return await service.respond(
            request, lambda _: answer(alerts, arguments, request), state=alerts.state
        )

    return handle
