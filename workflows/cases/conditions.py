"""What must be so on a case before an act although it is no evidence; the law names them."""

from datetime import datetime, timedelta
from hashlib import sha256

from workflows.cases.case import WITH_CHECKER, Case, Source
from workflows.joint.part import agencies_of, open_part_of
from workflows.people import Actor


def needs_inspection(case: Case) -> bool:
    """By the rule that the case was filed under: always after so many reworks, else by lot.

    The lot falls on a case for good, by its number, so that nobody can ask for another draw.
    """
    filing = case.filing
    if filing is None:
        return False
    drawn = _lot("inspection", case) < filing.inspect_share
    return drawn or case.rework_count >= filing.inspect_from_rework


def is_drawn(case: Case) -> bool:
    """Whether an acceptor looks at what its finder has fixed, by lot as for inspections."""
    share = case.filing.audit_share if case.filing else 0.0
    return _lot("audit", case) < share


def _lot(draw: str, case: Case) -> float:
    """From 0 to 1, the same for good; each draw has its own."""
    return int.from_bytes(sha256(f"{draw} {case.id}".encode()).digest()[:4]) / 2**32


def is_own_find(case: Case, actor: Actor) -> bool:
    """Seen on patrol by this collector, so that nobody waits for an answer."""
    return case.source is Source.COLLECTOR and case.reported_by == actor.id


def is_self_fixed(case: Case, _: Actor) -> bool:
    """Whoever found it has put it right."""
    return case.self_fixed


def is_not_drawn(case: Case, _: Actor) -> bool:
    """Nobody need look at it."""
    return not is_drawn(case)


def is_workers(case: Case, _: Actor) -> bool:
    """A worker has done it, who can do it again."""
    return not case.self_fixed


def is_urgent_and_not_arrived(case: Case, _: Actor) -> bool:
    """Arrival and making safe is a milestone of P1 only (domain.md 3.4)."""
    return case.urgency == "P1" and case.arrived_at is None


def is_alerted(case: Case, _: Actor) -> bool:
    """A rung or a dead end has told somebody, so there is something to acknowledge."""
    return (
        case.stuck != ""
        or any(clock.rungs_told for clock in case.clocks if clock.ended_at is None)
        or any(part.late_told for part in case.parts if part.is_open)
    )


def is_not_known_yet(case: Case, _: Actor) -> bool:
    """Nobody has acknowledged what was told last."""
    return case.alarm.known_at is None


def is_inspected_where_due(case: Case, _: Actor) -> bool:
    """Sampled cases, and all from the second rework on, are looked at first (domain.md 2.4)."""
    looked = case.check is not None and case.check.found is not None
    return looked or not needs_inspection(case)


def holds_the_check(case: Case, actor: Actor) -> bool:
    """The task was given to this collector, not to another one."""
    return case.checker == actor.id


def is_in_ones_hands(case: Case, actor: Actor) -> bool:
    """Whoever has the work or the look shows it; nobody adds photos to somebody else's."""
    return actor.id == (case.checker if case.state in WITH_CHECKER else case.assignee)


def owes_inspection(case: Case, _: Actor) -> bool:
    return not is_inspected_where_due(case, _)


def is_not_reviewed(case: Case, _: Actor) -> bool:
    """Nobody has sent a collector to it or done without one since it was handed in."""
    return case.handed_in is not None and case.check is None


def soon_after_handing_in(case: Case, at: datetime) -> bool:
    """For so many minutes as the case was filed under."""
    if case.handed_in is None or case.filing is None:
        return False
    return at - case.handed_in.at <= timedelta(minutes=case.filing.take_back_minutes)


def parts_settled(case: Case, _: Actor) -> bool:
    """No other agency's part is open, or somebody said why nobody waits for it (2.4)."""
    return not waits_for_others(case, _)


def waits_for_others(case: Case, _: Actor) -> bool:
    """Another agency's part is open."""
    return any(part.is_open for part in case.parts)


def has_to_respond(case: Case, actor: Actor) -> bool:
    """An agency of this person's was whistled for and has not responded."""
    ours = agencies_of(actor)
    return any(part.awaits_response and part.agency in ours for part in case.parts)


def has_an_open_part(case: Case, actor: Actor) -> bool:
    """An agency of this person's has a part that has not ended."""
    return open_part_of(case.parts, agencies_of(actor)) is not None
