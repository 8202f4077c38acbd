"""Reads the law and decides: no clock, no database, no chat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from workflows.cases.case import (
    ENDED,
    NOTHING,
    Action,
    Case,
    ContactResult,
    Given,
    Proof,
    Source,
    Stage,
    State,
)
from workflows.cases.effects import EFFECTS
from workflows.cases.facts import facts_of
from workflows.cases.findings import Satisfaction, facts_for
from workflows.cases.lifecycle import GUARDS, IN_TIME, LIFECYCLE, MOVES, Move
from workflows.evidence.lack import Lacking
from workflows.people import Actor, Post, Role
from workflows.privacy.scopes import Thing, reaches, through
from workflows.refusals import Reason, Refused
from workflows.requests.lifecycle import TURNS, row_for
from workflows.supervision.effects import ended_with_case


@dataclass(frozen=True, slots=True)
class Moved:
    """One decided move: the case before and after, and everything the journal needs."""

    before: Case
    case: Case
    move: Move
    actor: Actor
    role: Role
    at: datetime
    given: Given
    details: Mapping[str, Any] = field(default_factory=dict)


HANDED_OVER: Final = frozenset({"emergency"})
"""Grounds on which the caller is passed on at once, without a text to be weighed first."""

PROOFS: Final[dict[Proof, Callable[[Case, Given], bool]]] = {
    Proof.CLASS: lambda case, _: bool(case.class_code),
    Proof.PLACE: lambda case, _: bool(case.place.words or case.place.point),
    Proof.PHOTO_BEFORE: lambda case, _: (
        case.source is not Source.COLLECTOR or case.photo_counts.get(Stage.BEFORE, 0) > 0
    ),
    Proof.HARMLESS: lambda _, given: given.filing is not None and given.filing.may_self_fix,
    Proof.BOTH_PHOTOS: lambda case, given: (
        case.photo_counts.get(Stage.BEFORE, 0) > 0
        and case.photo_counts.get(Stage.AFTER, 0)
        >= max(given.filing.photo_min if given.filing else 1, 1)
    ),
    Proof.FILING_CONDITION: lambda _, given: given.filing is not None,
    Proof.AGENCY: lambda _, given: given.agency is not None,
    Proof.WORKER: lambda _, given: given.worker is not None,
    Proof.CONTACT_RESULT: lambda _, given: given.contact is not None,
    Proof.INTERIM_PHOTO: lambda case, _: case.photo_counts.get(Stage.INTERIM, 0) > 0,
    Proof.AFTER_PHOTOS: lambda case, given: (
        case.photo_counts.get(Stage.AFTER, 0) >= photos_needed(case)
        or bool(_why_not_shown(case, given))
    ),
    Proof.PHOTO_AS_FILE: lambda _, given: not _lacks(given, Lacking.AS_FILE),
    Proof.PHOTO_IN_TIME: lambda _, given: not _lacks(given, Lacking.EARLY),
    Proof.PHOTO_ON_SITE: lambda _, given: not _lacks(given, Lacking.FAR),
    Proof.OF_SAME_SET: lambda _, given: given.of_set,
    Proof.REPLY_POINTS: lambda case, given: case.order is None or bool(given.reply or case.note),
    Proof.CLOSING_CONDITION: lambda _, given: bool(given.closing_condition),
    Proof.FACT_FINDING: lambda case, given: (
        case.order is None or given.fact in facts_for(case.class_code)
    ),
    Proof.DEMAND_FINDING: lambda case, given: case.order is None or given.demand is not None,
    Proof.OUTCOME: lambda case, given: case.order is None or given.outcome is not None,
    Proof.REPLY: lambda case, given: case.order is None or bool(given.reply.strip()),
    Proof.CONTACT_WORDS: lambda _, given: (
        given.contact is not ContactResult.OTHER or bool(given.note.strip())
    ),
    Proof.CALL_FAILURE: lambda _, given: given.contact not in {None, ContactResult.REACHED},
    Proof.RESOLVED: lambda case, given: given.resolved is not None or _gave_up_calling(case),
    Proof.SATISFACTION: lambda case, given: (
        given.satisfaction is not None or _gave_up_calling(case)
    ),
    Proof.NOT_CONTESTED: lambda case, given: not must_be_redone(case, given),
    Proof.CITIZENS_WORDS: lambda _, given: bool(given.citizens_words.strip()),
    Proof.WHISTLE_KIND: lambda _, given: given.whistle is not None,
    Proof.PARTNER: lambda _, given: bool(given.partners),
    Proof.WRITTEN_WORDS: lambda _, given: bool(given.reason.strip()),
    Proof.WITHIN: lambda _, given: given.within is not None,
    Proof.WRITTEN_REPLY: lambda _, given: bool(given.reason.strip()),
    Proof.REASON: lambda _, given: bool(given.reason.strip()),
    Proof.GROUND: lambda _, given: bool(given.ground),
    Proof.CITIZEN_TEXT: lambda case, given: (
        case.order is None or given.ground in HANDED_OVER or bool(given.told.strip())
    ),
    Proof.MASTER: lambda _, given: given.master is not None,
    Proof.WHAT_TO_CHECK: lambda _, given: bool(given.reason.strip()),
    Proof.CHECKER: lambda _, given: given.checker is not None,
    Proof.CHECK_PHOTO: lambda case, _: case.photo_counts.get(Stage.CHECK, 0) > 0,
    Proof.CHECK_RESULT: lambda _, given: given.found is not None,
    Proof.RETURN_CODE: lambda _, given: bool(given.code),
    Proof.DUTY_PROOF: lambda _, given: bool(given.proof.strip()),
    Proof.PROPOSED_AGENCY: lambda _, given: bool(given.proposed),
    Proof.WAITS_FOR: lambda _, given: bool(given.code),
    Proof.UNTIL: lambda _, given: given.until is not None,
    Proof.DOCUMENT: lambda _, given: bool(given.document.strip()),
}


def must_be_redone(case: Case, given: Given) -> bool:
    """Not done, or dissatisfied although the demand is reasonable (domain.md 2.3 redo).

    Ours: after one redo a caller who says that it is solved, but is still dissatisfied, does not
    begin another round; and what was found to be asked too much is not done again for asking.
    """
    order = case.order
    if order is None or order.is_shielded:
        return False
    displeased = given.satisfaction is Satisfaction.DISSATISFIED
    return given.resolved is False or (displeased and order.redo_count == 0)


def _why_not_shown(case: Case, given: Given) -> str:
    """Why the photos do not show the result, of the work that is handed in or being so."""
    if case.state is State.HANDLING:
        return given.unshown.strip()
    return case.handed_in.unshown if case.handed_in else ""


def _lacks(given: Given, what: Lacking) -> bool:
    """Whether the photos fail this, and nobody has said why they cannot do better."""
    return given.lack is not None and given.lack.what is what and not given.unshown.strip()


def _gave_up_calling(case: Case) -> bool:
    return case.order is not None and case.order.calls_used_up


def photos_needed(case: Case) -> int:
    """How many closing photos the filing condition asks for; some ask for none."""
    return case.filing.photo_min if case.filing else 0


def decide(
    case: Case, action: Action, actor: Actor, at: datetime, given: Given = NOTHING
) -> Moved:
    """The move, or `Refused`: NOT_NOW, NOT_YOURS or PROOF_MISSING, in this order of meaning.

    Whoever may never do this is told so before anything about the case's state.
    """
    role = _role_for(case, action, actor)
    if role is None:
        raise Refused(Reason.NOT_YOURS, action=action)
    move = MOVES.get((case.state, action))
    if move is None:
        raise Refused(Reason.NOT_NOW, action=action, state=case.state, case_id=case.id)
    broken = [g.__name__ for g in GUARDS.get(action, ()) if not g(case, actor)]
    broken += [g.__name__ for g in IN_TIME.get(action, ()) if not g(case, at)]
    if broken:
        facts = facts_of(broken[0], case)
        raise Refused(Reason.NOT_NOW, action=action, guard=broken[0], case_id=case.id, **facts)
    missing = [proof for proof in move.given if not PROOFS[proof](case, given)]
    if missing:
        raise Refused(
            Reason.PROOF_MISSING,
            action=action,
            case_id=case.id,
            missing=missing,
            photos_needed=photos_needed(case),
            photos=case.photo_counts.get(Stage.AFTER, 0),
            **({"lack": given.lack.as_json()} if given.lack else {}),
        )
    after = EFFECTS.get(action, _unchanged)(case, given, actor, at)
    if move.becomes in ENDED:
        after = ended_with_case(after, actor, at)
    after = replace(after, state=move.becomes, version=case.version + 1, changed_at=at)
    return Moved(case, after, move, actor, role, at, given)


def is_askable(case: Case, action: Action, actor: Actor, at: datetime) -> bool:
    """Whether only the evidence is missing, so that it makes sense to ask for it."""
    in_time = all(guard(case, at) for guard in IN_TIME.get(action, ()))
    return in_time and action in offers(case, actor)


def offers(case: Case, actor: Actor) -> tuple[Action, ...]:
    """Every action the law allows this person now, evidence aside, in the order of the law."""
    return tuple(
        action
        for action in BY_STATE[case.state]
        if _role_for(case, action, actor) is not None
        and all(guard(case, actor) for guard in GUARDS.get(action, ()))
    )


def may_see(case: Case, actor: Actor) -> bool:
    """Whether a person may read a case at all, by the posts they hold now."""
    return reaches(Thing.CASE, actor.person, case)


BY_STATE: Final[dict[State, tuple[Action, ...]]] = {
    state: tuple(dict.fromkeys(move.action for move in LIFECYCLE if move.when is state))
    for state in State
}
BY_ACTION: Final[dict[Action, frozenset[Role]]] = {
    action: frozenset(role for move in LIFECYCLE if move.action is action for role in move.by)
    for action in Action
}


OF_PARTNERS: Final = frozenset({Action.RESPOND, Action.REPORT_PART, Action.DECLINE_PART})
"""What agencies do that were whistled for (domain.md 2.4)."""


def _role_for(case: Case, action: Action, actor: Actor) -> Role | None:
    """The role in which this person may do this to this case, whatever its state."""
    if actor.is_system:
        allowed = Role.SYSTEM in BY_ACTION[action] or action in case.system_takes
        return Role.SYSTEM if allowed else None
    by = _allowed(case, action)
    return next(
        (
            post.role
            for post in actor.person.posts
            if post.role in by and _may_act(post, case, actor, action)
        ),
        None,
    )


def _may_act(post: Post, case: Case, actor: Actor, action: Action) -> bool:
    """To which cases a post's acts go: the row ACT of the scopes, with two exceptions.

    A partner's lead has a say in that agency's part, and in nothing else. A second call reaches
    whichever operator picks it up, not the one who took the first.
    """
    if action in OF_PARTNERS:
        return any(part.agency == post.agency for part in case.parts)
    if action is Action.CALL_AGAIN:
        return post.covers(case.place.area)
    return through(Thing.ACT, post, actor.person, case)


def _allowed(case: Case, action: Action) -> frozenset[Role]:
    """The roles of the row; for a turn on a request those of the request's own row."""
    row = row_for(case.request, action) if action in TURNS else None
    move = row or MOVES.get((case.state, action))
    return frozenset(move.by) if move else BY_ACTION[action]


def _unchanged(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    return case
