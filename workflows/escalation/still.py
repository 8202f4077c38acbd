"""Whether what a rung complains of is still so: asked when it fires and when it is told late."""

from typing import Final

from workflows.cases.case import Case, State
from workflows.escalation.ladder import RungCondition

DONE_WITH_WORK: Final = frozenset(
    {State.PENDING_CONFIRM, State.FEEDBACK_REVIEW, State.PENDING_CALLBACK}
)


def still_so(condition: RungCondition, case: Case) -> bool:
    """Whether it is, as the case stands now."""
    match condition:
        case RungCondition.UNSIGNED:
            return case.state is State.PENDING_SIGN
        case RungCondition.NOT_SUBMITTED:
            return case.is_open and case.state not in DONE_WITH_WORK
        case RungCondition.NOT_CLOSED:
            return case.is_open
        case RungCondition.UNDECIDED:
            return case.request is not None
        case RungCondition.SUSPENDED:
            return case.state is State.SUSPENDED
