"""Who hears of a swap, and how one ends that nobody has answered."""

from dataclasses import replace
from datetime import datetime

from workflows.book import Book
from workflows.duty.arranging import duty_entry
from workflows.duty.shift import Swap, SwapState
from workflows.escalation.quiet import by_night
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


def told_of_swap(swap: Swap, to: PersonId, at: datetime, book: Book) -> Notice:
    """What the other one did; at night it waits, unless a shift begins before the morning."""
    first = min(each.turn.starts_at for each in (swap.shift, swap.back) if each is not None)
    hours, zone = book.policy.ladders.quiet_hours, book.calendar.zone
    return by_night(swap_notice(swap, to, loud=True), at, hours, zone, first)


async def lapsed(work: Work, swap: Swap, at: datetime, book: Book) -> None:
    """Nobody answered in time, or the shift is not what it was; both hear it."""
    after = ended(swap, SwapState.LAPSED, SYSTEM.id, at)
    await work.rosters.write_swap(swap, after)
    await work.journal(duty_entry("lapse_swap", SYSTEM, at, swap=swap.id))
    await work.owe(
        told_of_swap(after, swap.asked_by, at, book),
        swap_notice(after, swap.asked_to, loud=False),
    )
