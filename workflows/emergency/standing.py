"""Whether a request still waits, or an emergency still holds; else who was first, and when."""

from datetime import datetime
from typing import Final

from workflows.approving.answer import Answer
from workflows.approving.standing import name_of
from workflows.emergency.emergency import Emergency
from workflows.ports import Work
from workflows.refusals import Reason, Refused

SAID: Final = {
    Answer.APPROVED: Reason.EMERGENCY_APPROVED,
    Answer.REFUSED: Reason.EMERGENCY_REFUSED,
    Answer.WITHDRAWN: Reason.EMERGENCY_WITHDRAWN,
    Answer.LAPSED: Reason.EMERGENCY_LAPSED,
}


async def must_wait(work: Work, emergency: Emergency, now: datetime) -> None:
    """Raises Refused: EMERGENCY_APPROVED and the like, by whom and when."""
    if emergency.waits(now):
        return
    if emergency.answer is None or emergency.answered_at is None:
        raise Refused(Reason.EMERGENCY_LAPSED, at=emergency.lapses_at.isoformat())
    if emergency.answer is Answer.APPROVED and emergency.until and emergency.until <= now:
        await must_hold(work, emergency, now)
    who = await name_of(work, emergency.answered_by)
    raise Refused(SAID[emergency.answer], who=who, at=emergency.answered_at.isoformat())


async def must_hold(work: Work, emergency: Emergency, now: datetime) -> None:
    """Raises Refused: EMERGENCY_ENDED by whom and when, EMERGENCY_NOT_BEGUN, ..."""
    if emergency.holds(now):
        return
    if emergency.until is None:
        raise Refused(Reason.NO_SUCH_EMERGENCY)
    who = await name_of(work, emergency.ended_by)
    raise Refused(Reason.EMERGENCY_ENDED, who=who, at=emergency.until.isoformat())
