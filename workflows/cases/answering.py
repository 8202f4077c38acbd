"""What approving, calling back, doing again and opening again change on the case."""

from dataclasses import replace
from datetime import datetime

from workflows.cases.case import Case, Given, Stage, Timeliness
from workflows.cases.findings import Satisfaction
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor


def approved(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """What was found, and the answer as it will be read out; the caller's own say begins anew."""
    order = case.order
    if order is not None:
        order = replace(
            order,
            fact=given.fact,
            demand=given.demand,
            outcome=given.outcome,
            reply=given.reply,
            calls_failed=0,
            calls_most=given.calls_most or order.calls_most,
            call_failure=None,
            resolved=None,
            satisfaction=None,
        )
    return _judged(replace(case, order=order), at)


def _judged(case: Case, at: datetime) -> Case:
    """Timeliness is that of the first time that the work was found good."""
    disposal = case.clock(ClockKind.DISPOSAL)
    if case.timeliness is not None or disposal is None:
        return case
    kept = Timeliness.ON_TIME if disposal.kept(at) else Timeliness.OVERDUE
    return replace(case, timeliness=kept)


def closed(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    case = approved(case, given, actor, at)
    return replace(case, closed_at=case.closed_at or at)


def not_reached(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    assert case.order is not None
    failed = case.order.calls_failed + 1
    return replace(
        case, order=replace(case.order, calls_failed=failed, call_failure=given.contact)
    )


def called_back(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """A caller who could not be reached has rated nothing."""
    assert case.order is not None
    order = replace(
        case.order,
        resolved=given.resolved,
        satisfaction=given.satisfaction or Satisfaction.NOT_RATED,
        citizens_words=given.citizens_words or case.order.citizens_words,
        is_warning=case.order.is_warning or given.satisfaction is Satisfaction.DISSATISFIED,
    )
    return replace(case, order=order, closed_at=case.closed_at or at)


def to_be_redone(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """A warning order [XY]: new work, new photos and a new answer, in the caller's own words."""
    assert case.order is not None
    order = replace(
        case.order,
        resolved=bool(given.resolved),
        satisfaction=given.satisfaction,
        citizens_words=given.citizens_words,
        redo_count=case.order.redo_count + 1,
        is_warning=True,
    )
    return _anew(replace(case, order=order), given.citizens_words)


def reopened(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """When it was first closed and how timely stays as it was (domain.md 2.3)."""
    return _anew(case, given.reason)


def _anew(case: Case, why: str) -> Case:
    counts = {**case.photo_counts, Stage.AFTER: 0}
    return replace(case, latest_reason=why, note="", photo_counts=counts, stuck="")


def closed_along(case: Case, given: Given, _actor: Actor, at: datetime) -> Case:
    """The answer of the master is the answer to this caller too."""
    order = replace(case.order, reply=given.reply) if case.order else None
    return replace(case, order=order, closed_at=at)


def answered_along(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    """The master's answer, with its agency and worker: who contests it is heard on their own."""
    case = replace(case, agency=given.agency, assignee=given.worker, filing=given.filing)
    return replace(approved(case, given, actor, at), closed_at=None)
