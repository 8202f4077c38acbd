"""What each move changes on the case besides its state; one small function an action."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.cases.answering import (
    answered_along,
    approved,
    called_back,
    closed,
    closed_along,
    not_reached,
    reopened,
    to_be_redone,
)
from workflows.cases.case import (
    Action,
    Case,
    Given,
    HandedIn,
    Stage,
)
from workflows.cases.check import Check, Found
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.effects import ALERT_EFFECTS
from workflows.joint.part import PartEnd, agencies_of, ended, responded
from workflows.people import Actor
from workflows.requests.effects import REQUEST_EFFECTS, carried_out
from workflows.supervision.effects import SUPERVISION_EFFECTS

Effect = Callable[[Case, Given, Actor, datetime], Case]


def _filed(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    assert given.filing is not None
    return replace(
        case,
        filing=given.filing,
        condition_id=given.filing.condition_id,
        stuck="",
        urgency=given.urgency or case.urgency,
        emergency=given.emergency or case.emergency,
    )


def _self_fixed(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    """Filed at once, under the numbers in force."""
    return replace(_filed(case, given, actor, at), self_fixed=True)


def _not_fixed(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """An ordinary case again: what was shown stays in the file and counts no longer."""
    counts = {**case.photo_counts, Stage.AFTER: 0, Stage.CHECK: 0}
    return replace(
        case,
        self_fixed=False,
        filing=None,
        check=None,
        photo_counts=counts,
        latest_reason=given.reason,
    )


def _signed(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    """Whoever signs can be reached after all."""
    return replace(case, stuck="")


def _dispatched(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, agency=given.agency, assignee=given.worker, stuck="")


def _reassigned(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    agency = given.agency or case.agency
    return replace(
        case, agency=agency, assignee=given.worker, latest_reason=given.reason, stuck=""
    )


def _contacted(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    assert case.order is not None
    order = replace(case.order, contact=given.contact, contacted_at=at, contact_note=given.note)
    return replace(case, order=order)


def _arrived(case: Case, _given: Given, _actor: Actor, at: datetime) -> Case:
    return replace(case, arrived_at=at)


def _photographed(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    stage = given.stage or Stage.AFTER
    counts = {**case.photo_counts, stage: case.photo_counts.get(stage, 0) + given.photos}
    return replace(case, photo_counts=counts)


def _discounted(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """What turned out to be no picture proves nothing."""
    stage = given.stage or Stage.AFTER
    left = max(case.photo_counts.get(stage, 0) - given.photos, 0)
    return replace(case, photo_counts={**case.photo_counts, stage: left})


def _noted(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, note=given.note)


def _sent_back(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, latest_reason=given.reason)


def _to_be_reworked(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """Earlier photos stay in the file but no longer count: new work needs new proof."""
    counts = {**case.photo_counts, Stage.AFTER: 0}
    return replace(
        case,
        latest_reason=given.reason,
        rework_count=case.rework_count + 1,
        photo_counts=counts,
    )


def _submitted(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """Whatever was looked at before was other work."""
    cut_short = tuple(
        kind
        for kind in (ClockKind.ARRIVAL, ClockKind.RETURN_WINDOW)
        if (clock := case.clock(kind)) is not None and clock.ended_at is None
    )
    return replace(
        case,
        check=None,
        handed_in=HandedIn(at, cut_short, given.unshown),
        photo_counts={**case.photo_counts, Stage.CHECK: 0},
    )


def _sent_to_check(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    check = Check(given.checker, given.reason)
    return replace(case, check=check, photo_counts={**case.photo_counts, Stage.CHECK: 0})


def _checked(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    assert case.check is not None
    return replace(case, check=replace(case.check, found=given.found, note=given.note))


def _called_off(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, check=None, latest_reason=given.reason)


def _waived(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, check=Check(None, "", Found.WAIVED, given.reason))


def _back_at_intake(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, latest_reason=given.reason, stuck="")


def _merged(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    return replace(case, merged_into=given.master, assignee=None, stuck="", closed_at=at)


def _split(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """On its own feet again; nothing of the other case stays with it."""
    return replace(
        case,
        merged_into=None,
        agency=None,
        filing=None,
        latest_reason=given.reason,
        closed_at=None,
    )


def _rejected(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """The text is what the citizen is told; without a citizen it tells whoever reported."""
    order = replace(case.order, reply=given.told) if case.order else None
    return replace(
        case,
        ground=given.ground,
        latest_reason=given.told,
        order=order,
        closed_at=at,
    )


def _voided(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """By a shift leader's own word, or as the void that one of them has granted."""
    return replace(carried_out(case), latest_reason=given.reason, closed_at=case.closed_at or at)


def _called_again(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    assert case.order is not None
    return replace(case, order=replace(case.order, calls=case.order.calls + 1))


def _whistled(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, parts=(*case.parts, *given.parts))


def _responded(case: Case, _given: Given, actor: Actor, at: datetime) -> Case:
    return replace(case, parts=responded(case.parts, actor, at))


def _part_reported(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    parts = ended(case.parts, agencies_of(actor), PartEnd.RESULT, given.reason, at)
    return replace(case, parts=parts)


def _part_declined(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    parts = ended(case.parts, agencies_of(actor), PartEnd.CANNOT, given.reason, at)
    return replace(case, parts=parts)


def _gone_on_alone(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    everybody = {part.agency for part in case.parts}
    return replace(case, parts=ended(case.parts, everybody, PartEnd.EXCUSED, given.reason, at))


def _taken_over(case: Case, _given: Given, _actor: Actor, at: datetime) -> Case:
    return replace(case, closed_at=at)


EFFECTS: Final[dict[Action, Effect]] = {
    Action.FILE: _filed,
    Action.DISPATCH: _dispatched,
    Action.SELF_FIX: _self_fixed,
    Action.SKIP_AUDIT: closed,
    Action.NOT_FIXED: _not_fixed,
    Action.SIGN_FOR: _signed,
    Action.TURN_AWAY: _rejected,
    Action.REJECT: _rejected,
    Action.DECLINE: _rejected,
    Action.RETURN_TO_INTAKE: _back_at_intake,
    Action.MERGE: _merged,
    Action.SPLIT: _split,
    Action.CLOSE_ALONG: closed_along,
    Action.ANSWER_ALONG: answered_along,
    Action.SEND_VERIFY: _sent_to_check,
    Action.VERIFY_DONE: _checked,
    Action.SEND_INSPECT: _sent_to_check,
    Action.INSPECT_DONE: _checked,
    Action.CALL_OFF_CHECK: _called_off,
    Action.WAIVE_INSPECTION: _waived,
    Action.SUBMIT: _submitted,
    Action.REASSIGN: _reassigned,
    Action.FIRST_CONTACT: _contacted,
    Action.ARRIVE: _arrived,
    Action.ATTACH_PHOTO: _photographed,
    Action.ADD_LATE_PHOTO: _photographed,
    Action.DISCOUNT_PHOTO: _discounted,
    Action.ADD_NOTE: _noted,
    Action.SEND_BACK: _sent_back,
    Action.REWORK: _to_be_reworked,
    Action.APPROVE: approved,
    Action.CLOSE: closed,
    Action.CALLBACK_FAILED: not_reached,
    Action.CALLBACK_OK: called_back,
    Action.REDO: to_be_redone,
    Action.REOPEN: reopened,
    Action.VOID: _voided,
    Action.CALL_AGAIN: _called_again,
    Action.WHISTLE: _whistled,
    Action.RESPOND: _responded,
    Action.REPORT_PART: _part_reported,
    Action.DECLINE_PART: _part_declined,
    Action.GO_ON_ALONE: _gone_on_alone,
    Action.TAKE_OVER: _taken_over,
    **ALERT_EFFECTS,
    **SUPERVISION_EFFECTS,
    **REQUEST_EFFECTS,
}
