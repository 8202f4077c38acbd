"""What the law itself demands after a move: carry out what was granted, let go what is moot."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.cases.case import Action, Case, Given
from workflows.cases.lifecycle import MOVES
from workflows.cases.step import Step
from workflows.people import SYSTEM
from workflows.requests.lifecycle import CARRIED_OUT_BY, has_lost_its_meaning

BY_LAW: Final = "a granted request is carried out"


def obliged(case: Case, after: Action, at: datetime, cause: str | None) -> Step | None:
    """The system's step that belongs to a move at this time, on behalf of whoever decided."""
    actor = replace(SYSTEM, said_at=at, cause=cause)
    granted = next((r for r in case.requests if r.to_carry_out), None)
    if granted is not None:
        return Step(
            CARRIED_OUT_BY[granted.kind],
            actor,
            Given(reason=granted.words),
            {"rule": BY_LAW, "decided_by": granted.decided_by},
        )
    if has_lost_its_meaning(case) and (case.state, Action.LAPSE) in MOVES:
        return Step(Action.LAPSE, actor, details={"after": after})
    return None
