"""Between a case or a photo and its row."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row

from storage.emergency_json import under_from, under_json
from storage.encoding import (
    Json,
    alike_from,
    alike_json,
    check_from,
    check_json,
    clock_from,
    clock_json,
    filing_from,
    filing_json,
    handed_in_from,
    handed_in_json,
    order_from,
    order_json,
    part_from,
    part_json,
    place_from,
    place_json,
    ref_from,
)
from storage.request_json import forced_from, forced_json, request_from, request_json
from storage.supervision_json import supervision_from, supervision_json
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    Photo,
    PhotoId,
    PhotoState,
    Source,
    Stage,
    State,
    Timeliness,
)
from workflows.escalation.alert import Alarm
from workflows.evidence.facts import PictureFacts
from workflows.people import AgencyCode, PersonId
from workflows.requests.lifecycle import awaited


def awaited_word(case: Case) -> str:
    """The role that must answer the waiting request, for the list of what waits for it."""
    return next((role.value for role in awaited(case)), "")


REPLIED: Final = "judgment"


def case_values(case: Case) -> Json:
    """Every column except the number."""
    return {
        "state": case.state.value,
        "version": case.version,
        "class_code": case.class_code,
        "area": case.place.area,
        "place": place_json(case.place),
        "words": case.words,
        "source": case.source.value,
        "source_number": case.source_number,
        "reported_by": case.reported_by,
        "reported_at": case.reported_at,
        "changed_at": case.changed_at,
        "profile": case.profile,
        "system_takes": sorted(action.value for action in case.system_takes),
        "urgency": case.urgency,
        "condition_id": case.condition_id,
        "filing": filing_json(case.filing) if case.filing else None,
        "agency": case.agency,
        "assignee": case.assignee,
        "hotline_order": order_json(case.order) if case.order else None,
        "arrived_at": case.arrived_at,
        "handed_in": handed_in_json(case.handed_in) if case.handed_in else None,
        "note": case.note,
        "latest_reason": case.latest_reason,
        "ground": case.ground,
        "site_check": check_json(case.check) if case.check else None,
        "checker": case.checker,
        "component": case.component,
        "alike": [alike_json(other) for other in case.alike],
        "merged_into": case.merged_into,
        "rework_count": case.rework_count,
        "self_fixed": case.self_fixed,
        "stuck": case.stuck,
        "clocks": [clock_json(clock) for clock in case.clocks],
        "due_at": case.due_at,
        "due_next": case.due_next,
        "where_words": where_words(case),
        "provisional": case.is_open and case.provisional,
        "closed_at": case.closed_at,
        "timeliness": case.timeliness.value if case.timeliness else None,
        "photo_counts": {stage.value: count for stage, count in case.photo_counts.items()},
        "parts": [part_json(part) for part in case.parts],
        "supervisions": [supervision_json(order) for order in case.supervisions],
        "supervised": supervised(case),
        "alarm": case.alarm.as_json(),
        "exhausted_at": case.alarm.exhausted_at,
        "partners": partners(part.agency for part in case.parts if part.is_open),
        "requests": [request_json(request) for request in case.requests],
        "awaits": awaited_word(case),
        "forced": forced_json(case.forced) if case.forced else None,
        "route_kept_at": case.route_kept_at,
        "emergency": under_json(case.emergency) if case.emergency else None,
    }


def partners(codes: Iterable[str]) -> str:
    """Agencies with an open part, each between bars, so that one can be looked for."""
    return "".join(f"|{code}|" for code in codes)


def supervised(case: Case) -> str:
    """What the order that stands waits for: a reply, or somebody who judges it."""
    order = case.supervision
    if order is None:
        return ""
    return REPLIED if order.is_replied else "reply"


def where_words(case: Case) -> str:
    """What a search for a place looks through, in small letters."""
    return f"{case.place.words} {case.place.area_name}".strip().lower()


def case_from(row: Row[Any]) -> Case:
    return Case(
        id=CaseId(row.id),
        state=State(row.state),
        version=row.version,
        class_code=row.class_code,
        place=place_from(row.place),
        words=row.words,
        source=Source(row.source),
        source_number=row.source_number,
        reported_by=PersonId(row.reported_by),
        reported_at=row.reported_at,
        changed_at=row.changed_at,
        profile=row.profile,
        system_takes=frozenset(Action(name) for name in row.system_takes),
        urgency=row.urgency,
        condition_id=row.condition_id,
        filing=filing_from(row.filing) if row.filing else None,
        agency=None if row.agency is None else AgencyCode(row.agency),
        assignee=None if row.assignee is None else PersonId(row.assignee),
        order=order_from(row.hotline_order) if row.hotline_order else None,
        arrived_at=row.arrived_at,
        handed_in=handed_in_from(row.handed_in) if row.handed_in else None,
        note=row.note,
        latest_reason=row.latest_reason,
        ground=row.ground,
        check=check_from(row.site_check) if row.site_check else None,
        component=row.component,
        alike=tuple(alike_from(stored) for stored in row.alike),
        merged_into=None if row.merged_into is None else CaseId(row.merged_into),
        rework_count=row.rework_count,
        self_fixed=row.self_fixed,
        stuck=row.stuck,
        clocks=tuple(clock_from(stored) for stored in row.clocks),
        closed_at=row.closed_at,
        timeliness=Timeliness(row.timeliness) if row.timeliness else None,
        photo_counts={Stage(name): count for name, count in row.photo_counts.items()},
        parts=tuple(part_from(stored) for stored in row.parts),
        supervisions=tuple(supervision_from(stored) for stored in row.supervisions),
        alarm=Alarm.from_json(row.alarm),
        requests=tuple(request_from(stored) for stored in row.requests),
        forced=forced_from(row.forced) if row.forced else None,
        route_kept_at=row.route_kept_at,
        emergency=under_from(row.emergency) if row.emergency else None,
    )


def photo_from(row: Row[Any]) -> Photo:
    return Photo(
        id=PhotoId(row.id),
        case_id=CaseId(row.case_id),
        stage=Stage(row.stage),
        sent_by=PersonId(row.sent_by),
        said_at=row.said_at,
        ref=ref_from(row.ref),
        unique=row.unique_id,
        state=PhotoState(row.state),
        sha256=row.sha256,
        stored=row.stored,
        reused_from=None if row.reused_from is None else CaseId(row.reused_from),
        problem=row.problem,
        forwarded=row.forwarded,
        as_file=row.as_file,
        album=row.album,
        received_at=row.received_at,
        facts=None if row.facts is None else PictureFacts.from_json(row.facts),
    )
