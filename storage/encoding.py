"""Domain values as JSON and back again: clocks, the filed numbers, the order, the place."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from workflows.cases.alike import Alike, Sameness
from workflows.cases.case import (
    ContactResult,
    Filing,
    HandedIn,
    Order,
    PhotoRef,
    Place,
    Point,
    RunningClock,
)
from workflows.cases.check import Check, Found
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause
from workflows.escalation.alert import Alert
from workflows.evidence.asked import PhotoAsk
from workflows.joint.part import Part, PartEnd, WhistleKind
from workflows.people import AreaCode
from workflows.requests.request import RequestRules

Json = dict[str, Any]


def instant_text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def clock_json(clock: RunningClock) -> Json:
    return {
        "kind": clock.kind.value,
        "round": clock.round,
        "started_at": clock.started_at.isoformat(),
        "limit": clock.limit.as_json(),
        "due_at": instant_text(clock.due_at),
        "provisional": clock.provisional,
        "pauses": [pause.as_json() for pause in clock.pauses],
        "ended_at": instant_text(clock.ended_at),
        "rungs_told": clock.rungs_told,
        "next_rung_at": instant_text(clock.next_rung_at),
        "grants": clock.grants,
        "alert": clock.alert.as_json() if clock.alert else None,
    }


def clock_from(stored: Mapping[str, Any]) -> RunningClock:
    return RunningClock(
        kind=ClockKind(stored["kind"]),
        round=stored["round"],
        started_at=datetime.fromisoformat(stored["started_at"]),
        limit=Limit.from_json(stored["limit"]),
        due_at=instant(stored["due_at"]),
        provisional=stored["provisional"],
        pauses=tuple(Pause.from_json(pause) for pause in stored["pauses"]),
        ended_at=instant(stored["ended_at"]),
        rungs_told=stored["rungs_told"],
        next_rung_at=instant(stored["next_rung_at"]),
        grants=stored.get("grants", 0),
        alert=Alert.from_json(stored["alert"]) if stored.get("alert") else None,
    )


def part_json(part: Part) -> Json:
    return {
        "agency": part.agency,
        "name": part.name,
        "name_en": part.name_en,
        "kind": part.kind.value,
        "asked": part.asked,
        "by": part.by,
        "at": part.at.isoformat(),
        "due_at": part.due_at.isoformat(),
        "responded_at": instant_text(part.responded_at),
        "ended_at": instant_text(part.ended_at),
        "end": part.end.value if part.end else None,
        "report": part.report,
        "late_told": part.late_told,
    }


def part_from(stored: Mapping[str, Any]) -> Part:
    times = {name: instant(stored[name]) for name in ("responded_at", "ended_at")}
    return Part(
        **{
            **stored,
            **times,
            "kind": WhistleKind(stored["kind"]),
            "at": datetime.fromisoformat(stored["at"]),
            "due_at": datetime.fromisoformat(stored["due_at"]),
            "end": PartEnd(stored["end"]) if stored["end"] else None,
        }
    )


def filing_json(filing: Filing) -> Json:
    return {
        "condition_id": filing.condition_id,
        "limit": filing.limit.as_json(),
        "ladder": filing.ladder,
        "photo_min": filing.photo_min,
        "night_push": filing.night_push,
        "policy_version": filing.policy_version,
        "closing_zh": filing.closing_zh,
        "closing_en": filing.closing_en,
        "photo_zh": filing.photo_zh,
        "photo_en": filing.photo_en,
        "photos": filing.photos.as_json(),
        "inspect_share": filing.inspect_share,
        "inspect_from_rework": filing.inspect_from_rework,
        "take_back_minutes": filing.take_back_minutes,
        "may_self_fix": filing.may_self_fix,
        "audit_share": filing.audit_share,
        "requests": filing.requests.as_json(),
    }


def filing_from(stored: Mapping[str, Any]) -> Filing:
    rules = RequestRules.from_json(stored.get("requests"))
    known = {
        "limit": Limit.from_json(stored["limit"]),
        "photos": PhotoAsk.from_json(stored.get("photos")),
        "requests": rules,
    }
    return Filing(**{**stored, **known})


def handed_in_json(handed_in: HandedIn) -> Json:
    return {
        "at": handed_in.at.isoformat(),
        "cut_short": [kind.value for kind in handed_in.cut_short],
        "unshown": handed_in.unshown,
    }


def handed_in_from(stored: Mapping[str, Any]) -> HandedIn:
    cut_short = tuple(ClockKind(kind) for kind in stored["cut_short"])
    at, unshown = datetime.fromisoformat(stored["at"]), stored.get("unshown", "")
    return HandedIn(at, cut_short, unshown)


def check_json(check: Check) -> Json:
    return {
        "checker": check.checker,
        "what": check.what,
        "found": check.found.value if check.found else None,
        "note": check.note,
    }


def check_from(stored: Mapping[str, Any]) -> Check:
    found = Found(stored["found"]) if stored["found"] else None
    return Check(**{**stored, "found": found})


def order_json(order: Order) -> Json:
    return {
        "caller": order.caller,
        "phone_hint": order.phone_hint,
        "hidden": order.hidden,
        "contact": order.contact.value if order.contact else None,
        "contacted_at": instant_text(order.contacted_at),
        "contact_note": order.contact_note,
        "reply": order.reply,
        "fact": order.fact,
        "demand": order.demand,
        "outcome": order.outcome,
        "calls_failed": order.calls_failed,
        "calls_most": order.calls_most,
        "call_failure": order.call_failure,
        "resolved": order.resolved,
        "satisfaction": order.satisfaction,
        "citizens_words": order.citizens_words,
        "redo_count": order.redo_count,
        "is_warning": order.is_warning,
        "calls": order.calls,
    }


CHOSEN: Final[dict[str, type[StrEnum]]] = {
    "contact": ContactResult,
    "call_failure": ContactResult,
    "fact": FactFinding,
    "demand": DemandFinding,
    "outcome": Outcome,
    "satisfaction": Satisfaction,
}
"""Fields of an order that hold one of several choices."""


def order_from(stored: Mapping[str, Any]) -> Order:
    """An order of before there were callbacks has no answers to one."""
    chosen = {
        name: kind(stored[name]) if stored.get(name) else None for name, kind in CHOSEN.items()
    }
    contacted_at = instant(stored["contacted_at"])
    return Order(**{**stored, **chosen, "contacted_at": contacted_at})


def place_json(place: Place) -> Json:
    point = place.point
    return {
        "words": place.words,
        "point": [point.latitude, point.longitude] if point else None,
        "area": place.area,
        "area_name": place.area_name,
    }


def place_from(stored: Mapping[str, Any]) -> Place:
    point = Point(*stored["point"]) if stored["point"] else None
    area = None if stored["area"] is None else AreaCode(stored["area"])
    return Place(stored["words"], point, area, stored["area_name"])


def alike_json(other: Alike) -> Json:
    return {"case": other.case_id, "by": other.by.value, "score": other.score}


def alike_from(stored: Mapping[str, Any]) -> Alike:
    return Alike(stored["case"], Sameness(stored["by"]), stored["score"])


def ref_json(ref: PhotoRef | None) -> Json | None:
    return None if ref is None else {"transport": ref.transport, "data": ref.data}


def ref_from(stored: Mapping[str, Any] | None) -> PhotoRef | None:
    return None if stored is None else PhotoRef(stored["transport"], stored["data"])
