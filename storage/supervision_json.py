"""Supervision orders as JSON and back again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from storage.encoding import Json, instant, instant_text
from workflows.deadlines.limits import Limit
from workflows.supervision.order import OrderEnd, OrderKind, SupervisionOrder

INSTANTS: Final = ("at", "replied_at", "returned_at", "ended_at")


def supervision_json(order: SupervisionOrder) -> Json:
    times = {name: instant_text(getattr(order, name)) for name in INSTANTS}
    limit = {"limit": order.limit.as_json()}
    return {**asdict(order), **limit, **times}


def supervision_from(stored: Mapping[str, Any]) -> SupervisionOrder:
    known = {
        "kind": OrderKind(stored["kind"]),
        "limit": Limit.from_json(stored["limit"]),
        "end": OrderEnd(stored["end"]) if stored["end"] else None,
    }
    times = {name: instant(stored[name]) for name in INSTANTS}
    return SupervisionOrder(**{**stored, **known, **times})
