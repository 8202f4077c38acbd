"""Instead of X, Y on this shift: said by whoever answers for X, and it wins over the roster."""

from dataclasses import dataclass

from workflows.book import Book
from workflows.duty.arranging import (
    duty_entry,
    may_arrange,
    must_be_free,
    must_be_there,
    must_be_whose,
    shift_details,
)
from workflows.duty.shift import Shift, ShiftId, can_stand_in
from workflows.duty.swap_notices import lapsed
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, PersonId
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class OverrideShift:
    """A running shift can be given to somebody else too: people fall ill at work."""

    begin: Begin
    now: Clock
    book: Book

    async def inside(
        self,
        work: Work,
        actor: Actor,
        shift_id: ShiftId,
        whose: PersonId,
        to: PersonId,
        *,
        at_once: bool = False,
    ) -> Shift:
        """Raises Refused: ROSTER_NOT_YOURS, SHIFT_CHANGED, SHIFT_OVER, NOT_SAME_POST, ..."""
        at = self.now()
        shift = await work.rosters.shift(shift_id)
        await must_be_whose(work, shift, whose)
        if shift.ends_at <= at:
            raise Refused(Reason.SHIFT_BEGUN, at=shift.starts_at.isoformat())
        before, after = await work.people.get(shift.person), await work.people.get(to)
        if not may_arrange(actor.person, before):
            raise Refused(Reason.ROSTER_NOT_YOURS)
        if not can_stand_in(after, before, shift.role):
            raise Refused(Reason.NOT_SAME_POST, name=after.name)
        await must_be_there(work.rosters, after, shift)
        if not at_once:
            await must_be_free(work.rosters, after, shift, (), at)
        for swap in await work.rosters.swaps_of([shift.id]):
            await lapsed(work, swap, at, self.book)
        await work.rosters.hand_over(shift, to, actor.id, at)
        details = {**shift_details(shift), "from": before.id, "to": to, "at_once": at_once}
        await work.journal(duty_entry("override_shift", actor, at, **details))
        told = {before.id, to, shift.planned_for, actor.id}
        await work.owe(*(_notice(shift, to, actor, one, at.isoformat()) for one in sorted(told)))
        return shift


def _notice(shift: Shift, to: PersonId, actor: Actor, reader: PersonId, at: str) -> Notice:
    """To whoever decided it, an answer; to the others, news that makes a sound."""
    return Notice(
        to=reader,
        kind=NoticeKind.SHIFT_GIVEN,
        key=f"shift:{shift.id}:{at}:{reader}",
        data={
            "from": shift.person,
            "to": to,
            "by": actor.id,
            "starts": shift.starts_at.isoformat(),
            "ends": shift.ends_at.isoformat(),
        },
        lane=Lane.ANSWER,
        loud=reader != actor.id,
    )
