"""Who hears of a swap, and how one ends that nobody has answered."""

from dataclasses import replace
from datetime import datetime

from workflows.duty.arranging import duty_entry
from workflows.duty.shift import Swap, SwapState
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, PersonId
from workflows.ports import Work


def swap_notice(swap: Swap, to: PersonId, *, loud: bool) -> Notice:
    """One live card for each of the two, and for whoever leads them."""
    return Notice(
        to=to,
        kind=NoticeKind.SWAP,
        key=f"swap:{swap.id}:{swap.version}:{to}",
        subject=f"swap:{swap.id}",
        data={"swap": swap.id},
        lane=Lane.ANSWER if loud else Lane.EDIT,
        loud=loud,
    )


def ended(swap: Swap, state: SwapState, by: PersonId, at: datetime) -> Swap:
    """The swap as it stands once somebody, or the clock, has settled it."""
    return replace(swap, state=state, ended_by=by, ended_at=at, version=swap.version + 1)


async def lapsed(work: Work, swap: Swap, at: datetime) -> None:
    """Nobody answered in time, or the shift is not what it was; both hear it."""
    after = ended(swap, SwapState.LAPSED, SYSTEM.id, at)
    await work.rosters.write_swap(swap, after)
    await work.journal(duty_entry("lapse_swap", SYSTEM, at, swap=swap.id))
    await work.owe(
        swap_notice(after, swap.asked_by, loud=True),
        swap_notice(after, swap.asked_to, loud=False),
    )
