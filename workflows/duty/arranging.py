"""Who may change somebody's shift, and what nobody may do to a roster."""

from collections.abc import Iterable
from datetime import datetime

from workflows.duty.kept import Rosters
from workflows.duty.shift import Shift, Turn
from workflows.people import Actor, Person, PersonId, Post, Role
from workflows.ports import Entry, Work
from workflows.privacy.scopes import Reach, Thing, cell
from workflows.refusals import Reason, Refused


def may_arrange(person: Person, other: Person) -> bool:
    """A lead arranges their own agency's people, a watcher everybody's in their area."""
    return any(
        answers_for(Thing.ARRANGE, mine, post) for mine in person.posts for post in other.posts
    )


def answers_for(thing: Thing, mine: Post, post: Post) -> bool:
    """Whether one post has the holder of another under it, as the row's cell says."""
    reach = cell(thing, mine.role)
    return mine.covers(post.area) and (
        Reach.AREA in reach or (Reach.AGENCY in reach and mine.agency == post.agency)
    )


def must_lie_ahead(shift: Shift, at: datetime) -> None:
    """Raises Refused(SHIFT_BEGUN)."""
    if shift.starts_at <= at:
        raise Refused(Reason.SHIFT_BEGUN, at=shift.starts_at.isoformat())


async def must_be_whose(work: Work, shift: Shift, person: PersonId) -> None:
    """Raises Refused(SHIFT_CHANGED) with who gave it to somebody else, and when."""
    if shift.person == person:
        return
    who = shift.changed_by
    names = await work.people.names([who] if who is not None else [])
    at = shift.changed_at
    raise Refused(
        Reason.SHIFT_CHANGED,
        who=names.get(who, "") if who is not None else "",
        at=at.isoformat() if at else "",
    )


async def must_be_there(rosters: Rosters, person: Person, turn: Turn) -> None:
    """Raises Refused(IS_AWAY)."""
    for absence in await rosters.away([person.id], turn):
        raise Refused(Reason.IS_AWAY, name=person.name, at=absence.ends_at.isoformat())


async def must_be_free(
    rosters: Rosters, person: Person, turn: Turn, but: Iterable[Shift], at: datetime
) -> None:
    """Nobody is left on two shifts at once. Raises Refused(TWO_AT_ONCE)."""
    given = {shift.id for shift in but}
    for shift in await rosters.to_come(person.id, at):
        if shift.id not in given and shift.meets(turn):
            raise Refused(Reason.TWO_AT_ONCE, name=person.name, at=shift.starts_at.isoformat())


def duty_entry(action: str, actor: Actor, at: datetime, **details: object) -> Entry:
    """A line of the journal about a roster; it belongs to no case."""
    role = next((post.role for post in actor.person.posts), Role.SYSTEM)
    return Entry(action, actor.id, role, at, cause=actor.cause, details=details)


def shift_details(shift: Shift) -> dict[str, object]:
    return {
        "shift": shift.id,
        "planned_for": shift.planned_for,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
    }
