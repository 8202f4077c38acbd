"""What the system does next by itself, where the profile of a small centre lets it.

Every automatic decision carries its rule, its inputs and its reason to the journal, so that
`/why` can answer for it. What it cannot decide goes to the duty chief, never to nobody.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.book import Book
from workflows.cases.case import Action, Case, Given, State
from workflows.cases.conditions import is_drawn
from workflows.cases.machine import Moved
from workflows.cases.routing import Routed, route
from workflows.cases.step import Step
from workflows.emergency.look_up import under_for
from workflows.people import SYSTEM, Actor
from workflows.policy.catalogue import ClassCode
from workflows.ports import Work
from workflows.requests.obliged import obliged

NEXT: Final = {
    State.REPORTED: Action.ACCEPT,
    State.PENDING_FILING: Action.FILE,
    State.PENDING_DISPATCH: Action.DISPATCH,
    State.PENDING_CONFIRM: Action.CONFIRM,
}


LEFT_TO_HUMANS: Final = frozenset(
    {
        Action.ESCALATE,
        Action.RETURN,
        Action.RETURN_TO_INTAKE,
        Action.VERIFY_DONE,
        Action.CALL_OFF_CHECK,
        Action.SPLIT,
    }
)
"""After these somebody weighs what came out; the system would only repeat itself."""


async def follow(work: Work, case: Case, book: Book, moved: Moved, now: datetime) -> Step | None:
    """The system's next step after this move, or None where a human is awaited.

    What a request brings about comes first, and what was returned is sent out by a human.
    Work that was handed in is confirmed as of when it was handed in; an order begins only now,
    however long ago somebody first complained.
    """
    if step := obliged(case, moved.move.action, moved.at, moved.actor.cause) or _unseen(moved):
        return step
    action = NEXT.get(case.state)
    if action is None or action not in case.system_takes or moved.move.action in LEFT_TO_HUMANS:
        return None
    if moved.move.when is moved.move.becomes:
        return None
    happened = moved.at if action is Action.CONFIRM else now
    actor = replace(SYSTEM, said_at=happened, cause=moved.actor.cause)
    if action is Action.FILE:
        return await _file(work, case, book, actor)
    if action is Action.DISPATCH:
        return await _dispatch(work, case, book, actor)
    return Step(action, actor, details={"rule": f"profile {case.profile}"})


def _unseen(moved: Moved) -> Step | None:
    """What its finder has fixed is closed at once, unless the lot fell on it."""
    if moved.move.action is not Action.SELF_FIX or is_drawn(moved.case):
        return None
    actor = replace(SYSTEM, said_at=moved.at, cause=moved.actor.cause)
    return Step(Action.SKIP_AUDIT, actor, details={"rule": "not drawn for audit"})


async def _file(work: Work, case: Case, book: Book, actor: Actor) -> Step:
    """Under the condition the reporter chose, else the class's default one."""
    entry = book.policy.catalogue.classes.get(ClassCode(case.class_code))
    if entry is None:
        return stuck(actor, "unknown_class", class_code=case.class_code)
    chosen = [c for c in entry.conditions if c.id == case.condition_id]
    condition = chosen[0] if chosen else entry.default
    under = await under_for(work, case, actor.said_at or case.reported_at, book)
    filing = book.filing(condition, under)
    given = Given(filing=filing, urgency=condition.urgency, emergency=under)
    rule = "condition chosen by the reporter" if chosen else "default condition of the class"
    return Step(Action.FILE, actor, given, details={"rule": rule})


async def _dispatch(work: Work, case: Case, book: Book, actor: Actor) -> Step:
    found = await route(work, case, book, actor.said_at)
    if not isinstance(found, Routed):
        return stuck(actor, found)
    given = Given(agency=found.agency, worker=found.worker)
    return Step(Action.DISPATCH, actor, given, details=found.details)


def stuck(actor: Actor, why: str, **inputs: str) -> Step:
    """No way on without a human: told to the duty chief with the reason."""
    return Step(Action.ESCALATE, actor, Given(reason=why), details={"stuck": why, **inputs})
