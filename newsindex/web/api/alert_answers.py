"""The answers of the API on alerts: their list, what is new, feeds, and the changes of who has the token.

Each function for reading takes the alerts of the index, the arguments that the parameters gave, and the
request. It runs in a thread.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from newsindex.alerts import Alerts
from newsindex.encoding.feeds import FeedHead, atom_document, rss_document
from newsindex.encoding.result_json import alert_dict, match_dict
from newsindex.errors import AlertExists
from newsindex.index import Index
from newsindex.web.problems import Problem
from newsindex.web.service import service_of
from newsindex.web.token_check import check_bearer

from .answers import JSON
from .search_feed import ATOM_TYPE, RSS_TYPE, feed_head

Arguments = dict[str, Any]


def list_alerts(alerts: Alerts, arguments: Arguments, request: Request) -> Response:
    """Answers with all alerts."""
    counts = alerts.counts()
    return JSON({"alerts": [alert_dict(alert, counts.get(alert.name, 0)) for alert in alerts.values()]})


def new_matches(alerts: Alerts, arguments: Arguments, request: Request) -> Response:
    """Answers with what is new for one alert, or for all."""
    return JSON({"matches": [match_dict(match) for match in alerts.new(**arguments)]})


def atom_of_alert(alerts: Alerts, arguments: Arguments, request: Request) -> Response:
    """Answers with an Atom feed of the last matches of an alert."""
    hits = [match.hit for match in alerts.latest(**arguments)]
    return Response(atom_document(_head(arguments["name"], request), hits), media_type=ATOM_TYPE)


def rss_of_alert(alerts: Alerts, arguments: Arguments, request: Request) -> Response:
    """Answers with an RSS feed of the last matches of an alert."""
    hits = [match.hit for match in alerts.latest(**arguments)]
    return Response(rss_document(_head(arguments["name"], request), hits), media_type=RSS_TYPE)


def _head(name: str, request: Request) -> FeedHead:
    page = f"alerts?{urlencode({'name': name})}"
    return feed_head(request, f"newsindex: {name}", page, f"What the alert {name} of newsindex found.")


async def add_alert(request: Request, arguments: Arguments) -> Response:
    """Saves a search as an alert."""
    service = service_of(request)
    check_bearer(request, service)

    def change(index: Index) -> Response:
        try:
            alert = index.alerts.add(**arguments, timeout=service.limits.seconds)
        except AlertExists as error:
            raise Problem(409, str(error)) from None
        return JSON(alert_dict(alert, index.alerts.counts().get(alert.name, 0)))

    return await service.write(change)


async def remove_alert(request: Request, arguments: Arguments) -> Response:
    """Removes an alert."""
    service = service_of(request)
    check_bearer(request, service)

    def change(index: Index) -> Response:
        index.alerts.remove(arguments["name"], timeout=service.limits.seconds)
        return JSON({"removed": arguments["name"]})

    return await service.write(change)


async def acknowledge(request: Request, arguments: Arguments) -> Response:
    """Counts the matches of an alert up to one as seen."""
    service = service_of(request)
    check_bearer(request, service)

    def change(index: Index) -> Response:
        name = arguments["name"]
        index.alerts.acknowledge(name, arguments["upto"], timeout=service.limits.seconds)
        return JSON({"name": name, "new": index.alerts.counts().get(name, 0)})

    return await service.write(change)
