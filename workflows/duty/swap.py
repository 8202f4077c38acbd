"""Swap a shift: one asks, the other agrees or not, whoever leads them is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from workflows.book import Book
from workflows.duty.arranging import (
    duty_entry,
    must_be_free,
    must_be_there,
    must_be_whose,
    must_lie_ahead,
)
from workflows.duty.shift import Given, Shift, ShiftId, Swap, SwapId, SwapState, can_stand_in
from workflows.duty.swap_notices import ended, lapsed, swap_notice, told_of_swap
from workflows.people import Actor, Person, PersonId
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class SwapShifts:
    """Everything between the question and its end; what changed meanwhile is looked at anew."""

    begin: Begin
    now: Clock
    book: Book

    async def ask_inside(
        self, work: Work, actor: Actor, shift_id: ShiftId, to: PersonId, back_id: ShiftId | None
    ) -> Swap:
        """Raises Refused: SHIFT_CHANGED, SHIFT_BEGUN, NOT_SAME_POST, IS_AWAY, SWAP_WAITS, ..."""
        at = self.now()
        other = await work.people.get(to)
        shift = await self._shift(work, shift_id, actor.id)
        _must_hold(other, actor.person, shift)
        await must_be_there(work.rosters, other, shift)
        back = None
        if back_id is not None:
            back = await self._shift(work, back_id, to)
            _must_hold(actor.person, other, back)
            await must_be_free(work.rosters, actor.person, back, (shift,), at)
        both = [shift.id, *([back.id] if back else [])]
        for waiting in await work.rosters.swaps_of(both):
            names = await work.people.names([waiting.asked_to])
            raise Refused(
                Reason.SWAP_WAITS,
                name=names.get(waiting.asked_to, ""),
                at=waiting.asked_at.isoformat(),
            )
        swap = await work.rosters.open_swap(
            actor.id, to, _given(shift), _given(back) if back else None, at
        )
        details = {**_of(swap), "to": to}
        await work.journal(duty_entry("ask_swap", actor, at, **details))
        await work.owe(
            told_of_swap(swap, to, at, self.book), swap_notice(swap, actor.id, loud=False)
        )
        return swap

    async def accept(self, actor: Actor, swap_id: SwapId, *, at_once: bool = False) -> None:
        """Raises Refused: SWAP_ENDED, SWAP_LAPSED, SHIFT_CHANGED, TWO_AT_ONCE, NOT_SAME_POST."""
        async with self.begin() as work:
            at = self.now()
            swap = await self._open(work, swap_id, actor, may=lambda swap: swap.asked_to)
            asker = await work.people.get(swap.asked_by)
            shift = await self._shift(work, swap.shift.id, swap.asked_by)
            back = await self._shift(work, swap.back.id, actor.id) if swap.back else None
            _must_hold(actor.person, asker, shift)
            await must_be_there(work.rosters, actor.person, shift)
            if not at_once:
                mine = (back,) if back else ()
                await must_be_free(work.rosters, actor.person, shift, mine, at)
            if back is not None:
                _must_hold(asker, actor.person, back)
                await must_be_there(work.rosters, asker, back)
                await must_be_free(work.rosters, asker, back, (shift,), at)
                await work.rosters.hand_over(back, asker.id, actor.id, at)
            await work.rosters.hand_over(shift, actor.id, actor.id, at)
            await self._end(work, actor, swap, SwapState.ACCEPTED)
            after = ended(swap, SwapState.ACCEPTED, actor.id, at)
            leads = {
                *await work.rosters.leads_of(asker),
                *await work.rosters.leads_of(actor.person),
            }
            told = sorted(leads - {swap.asked_by, swap.asked_to})
            await work.owe(*(told_of_swap(after, lead, at, self.book) for lead in told))
            await work.settle(actor.cause)

    async def decline(self, actor: Actor, swap_id: SwapId) -> None:
        """Raises Refused: SWAP_ENDED, SWAP_LAPSED, NOT_YOUR_SWAP."""
        async with self.begin() as work:
            swap = await self._open(work, swap_id, actor, may=lambda swap: swap.asked_to)
            await self._end(work, actor, swap, SwapState.DECLINED)
            await work.settle(actor.cause)

    async def withdraw(self, actor: Actor, swap_id: SwapId) -> None:
        """Raises Refused: SWAP_ENDED, SWAP_LAPSED, NOT_YOUR_SWAP."""
        async with self.begin() as work:
            swap = await self._open(work, swap_id, actor, may=lambda swap: swap.asked_by)
            await self._end(work, actor, swap, SwapState.WITHDRAWN)
            await work.settle(actor.cause)

    async def lapse(self) -> int:
        """Ends what nobody has answered until its shift began; returns how many."""
        async with self.begin() as work:
            at = self.now()
            due = await work.rosters.lapsing(at)
            for number in due:
                swap = await work.rosters.swap(number)
                if swap.state is SwapState.ASKED:
                    await lapsed(work, swap, at, self.book)
        return len(due)

    async def _open(
        self, work: Work, swap_id: SwapId, actor: Actor, may: Callable[[Swap], PersonId]
    ) -> Swap:
        """The swap, if it still waits for this person. Raises Refused."""
        swap = await work.rosters.swap(swap_id)
        if swap.state is not SwapState.ASKED:
            names = await work.people.names([swap.ended_by or PersonId(0)])
            raise Refused(
                Reason.SWAP_LAPSED if swap.state is SwapState.LAPSED else Reason.SWAP_ENDED,
                who=names.get(swap.ended_by or PersonId(0), ""),
                at=(swap.ended_at or swap.asked_at).isoformat(),
            )
        if may(swap) != actor.id:
            raise Refused(Reason.NOT_YOUR_SWAP)
        if swap.lapses_at <= self.now():
            raise Refused(Reason.SWAP_LAPSED, at=swap.lapses_at.isoformat())
        return swap

    async def _shift(self, work: Work, shift_id: ShiftId, whose: PersonId) -> Shift:
        shift = await work.rosters.shift(shift_id)
        await must_be_whose(work, shift, whose)
        must_lie_ahead(shift, self.now())
        return shift

    async def _end(self, work: Work, actor: Actor, swap: Swap, state: SwapState) -> None:
        at = self.now()
        after = ended(swap, state, actor.id, at)
        await work.rosters.write_swap(swap, after)
        await work.journal(duty_entry(ACTS[state], actor, at, **_of(swap)))
        other = swap.asked_by if actor.id == swap.asked_to else swap.asked_to
        await work.owe(
            told_of_swap(after, other, at, self.book), swap_notice(after, actor.id, loud=False)
        )


ACTS: Final[Mapping[SwapState, str]] = {
    SwapState.ACCEPTED: "accept_swap",
    SwapState.DECLINED: "decline_swap",
    SwapState.WITHDRAWN: "withdraw_swap",
}


def _must_hold(other: Person, person: Person, shift: Shift) -> None:
    if not can_stand_in(other, person, shift.role):
        raise Refused(Reason.NOT_SAME_POST, name=other.name)


def _given(shift: Shift) -> Given:
    return Given(shift.id, shift)


def _of(swap: Swap) -> dict[str, object]:
    return {
        "swap": swap.id,
        "shift": swap.shift.id,
        "starts_at": swap.shift.turn.starts_at.isoformat(),
        "back": swap.back.id if swap.back else None,
    }
