"""Requests and what they led to as JSON on the case's row, and back again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from storage.encoding import Json, instant, instant_text
from workflows.requests.request import Forced, Request, RequestKind, RequestState

INSTANTS: Final = ("asked_at", "until", "endorsed_at", "decided_at")


def request_json(request: Request) -> Json:
    values = asdict(request)
    return {**values, **{name: instant_text(values[name]) for name in INSTANTS}}


def request_from(stored: Mapping[str, Any]) -> Request:
    values = {**stored, **{name: instant(stored[name]) for name in INSTANTS}}
    kind, state = RequestKind(stored["kind"]), RequestState(stored["state"])
    return Request(**{**values, "kind": kind, "state": state})


def forced_json(forced: Forced) -> Json:
    return {"by": forced.by, "at": forced.at.isoformat()}


def forced_from(stored: Mapping[str, Any]) -> Forced | None:
    at = instant(stored["at"])
    return Forced(stored["by"], at) if at else None
