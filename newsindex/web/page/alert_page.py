"""The page of the alerts: their list, or what is new for one; and the forms that change them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newsindex.errors import AlertExists
from newsindex.index import Index
from newsindex.results import Alert
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.problems import Problem
from newsindex.web.service import service_of
from newsindex.web.token_check import is_token

from .html_rendering import render
from .page_address import LABEL_FILTERS, PageAddress
from .wording.page_language import Language, choose_language
from .wording.problem_texts import problem_language, problem_text

_MAX_FORM: Final = 64_000  # bytes
_FORM_TYPE: Final = "application/x-www-form-urlencoded"


def alerts_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows all alerts with how many articles are new, or what is new for the one that the address names.

    Raises AlertNotFound.
    """
    service = service_of(request)
    alerts = service.index.alerts
    name = request.query_params.get("name")
    language = choose_language(request)
    common: dict[str, Any] = {
        "may_change": service.token is not None,
        "zone": searcher.zone,
        "reason_of": lambda alert: _reason(alert, language),
    }
    if name:
        alert, matches = alerts[name], alerts.new(name, limit=limits.page)
        new = alerts.counts().get(name, 0)
        search = _address(alert)
        return render(request, "alert.html", alert=alert, matches=matches, new=new, search=search, **common)
    counts = alerts.counts()
    listed = [(alert, counts.get(alert.name, 0), _address(alert)) for alert in alerts.values()]
    return render(request, "alerts.html", alerts=listed, **common)


class _Reason(NamedTuple):
    """Why an alert is not run, and the code of the language in which it says so."""

    text: str
    language: str


def _reason(alert: Alert, language: Language) -> _Reason | None:
    """Why an alert is not run, None for one that is."""
    if alert.cause is None:
        return None
    problem = Problem(400, str(alert.cause), kind=alert.cause.kind, values=alert.cause.values)
    return _Reason(problem_text(problem, language), problem_language(problem, language))


def _address(alert: Alert) -> PageAddress:
    """The address of the search that an alert saved."""
    values: dict[str, tuple[str, ...]] = {}
    if alert.query.strip():
        values["q"] = (alert.query,)
    for name, value in alert.filters.items():
        several = value if isinstance(value, tuple) else (value,)
        values[name] = tuple(one.isoformat() if isinstance(one, date) else str(one) for one in several)
    if alert.operator == "all":
        values["operator"] = ("all",)
    return PageAddress(values)


async def change_alerts(request: Request) -> Response:
    """Does what a form asks for: save the search, acknowledge what was shown, or remove the alert.

    Every form holds the token, so that no other site can send one for a reader. Raises Problem,
    AlertNotFound, QueryError and IndexLocked.
    """
    service = service_of(request)
    if service.token is None:
        detail = "this server was started without a token: alerts are only shown"
        raise Problem(405, detail, {"Allow": "GET"}, kind="no_token")
    fields = await _read_form(request, service.limits.seconds)
    if not is_token(_one(fields, "token").strip().encode(), service):
        raise Problem(401, "the token is not the one that the server was given", kind="wrong_token")
    name, action = _one(fields, "name"), _one(fields, "action")
    timeout = service.limits.seconds

    def change(index: Index) -> None:
        if action == "acknowledge":
            upto = _one(fields, "upto")
            if not (upto.isascii() and upto.isdigit() and len(upto) < 16):
                raise Problem(400, "the form does not say up to which match", kind="incomplete_form")
            index.alerts.acknowledge(name, int(upto), timeout=timeout)
        elif action == "remove":
            index.alerts.remove(name, timeout=timeout)
        elif action == "save":
            _save(index, name, fields, service.limits)
        else:
            raise Problem(400, "the form does not say what to do", kind="incomplete_form")

    await service.write(change)
    root = quote(request.scope.get("root_path", "").rstrip("/"))
    where = "" if action == "remove" else f"?{urlencode({'name': name})}"
    return RedirectResponse(f"{root}/alerts{where}", 303)


def _save(index: Index, name: str, fields: Mapping[str, list[str]], limits: Limits) -> None:
    given = {field: tuple(fields[field]) for field in (*LABEL_FILTERS, "q", "since", "until", "operator")
             if any(fields.get(field, ()))}  # fmt: skip
    arguments = PageAddress(given).search_arguments(limits)
    names = ("query", "operator", "since", "until", *LABEL_FILTERS)
    saved = {argument: arguments[argument] for argument in names if arguments.get(argument)}
    try:
        index.alerts.add(name, timeout=limits.seconds, **saved)
    except AlertExists as error:
        raise Problem(409, str(error), kind="alert_exists", values=(name,)) from None


async def _read_form(request: Request, seconds: float) -> dict[str, list[str]]:
    """The fields of a form. Raises Problem for a body of another type, too long or too slow."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise Problem(415, f"the body must be a form, and its Content-Type {_FORM_TYPE}", kind="no_form")
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > _MAX_FORM:
                    detail = f"the form is longer than {_MAX_FORM:,} bytes"
                    raise Problem(413, detail, kind="form_too_long", values=(_MAX_FORM,))
        return parse_qs(body.decode(), errors="strict", max_num_fields=100)
    except TimeoutError:
        detail = f"the form did not arrive within {seconds:g} seconds"
        raise Problem(408, detail, kind="form_too_slow", values=(seconds,)) from None
    except ValueError:
        raise Problem(400, "the form cannot be read", kind="unreadable_form") from None


def _one(fields: Mapping[str, list[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")
