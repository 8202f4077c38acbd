"""The journal's lines about an emergency, and the messages that are owed about it."""

from collections.abc import Iterable
from datetime import datetime

from workflows.emergency.emergency import TOLD, Emergency, EmergencyAct
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, PersonId, Role
from workflows.ports import Entry, Work


def entry(
    act: EmergencyAct,
    actor: Actor,
    role: Role,
    emergency: Emergency,
    at: datetime,
    **more: object,
) -> Entry:
    """A line of the journal, with everything that the record must be able to say later."""
    until = emergency.until
    details = {
        "emergency": emergency.id,
        "mode": emergency.mode,
        "area": emergency.area,
        "hours": emergency.hours,
        "reason": emergency.reason,
        **({"extends": emergency.extends} if emergency.extends is not None else {}),
        **({"until": until.isoformat()} if until is not None else {}),
        **more,
    }
    return Entry(act, actor.id, role, at, cause=actor.cause, details=details)


def emergency_subject(emergency: Emergency) -> str:
    return f"emergency:{emergency.id}"


def edited(emergency: Emergency, person: PersonId) -> Notice:
    """The card changes in place and wakes nobody."""
    return _notice(emergency, person, Lane.EDIT)


def shown(emergency: Emergency, person: PersonId) -> Notice:
    """A new card without a sound, at the end of the chat."""
    return _notice(emergency, person, Lane.ORDER, fresh=True)


def alarmed(emergency: Emergency, person: PersonId) -> Notice:
    """A new card that makes a sound at any hour."""
    return _notice(emergency, person, Lane.ESCALATION, loud=True)


async def tell_everybody(work: Work, emergency: Emergency, at: datetime, *, loud: bool) -> int:
    """Everybody on duty there hears once; others who have its card see it change in place."""
    there = await work.emergencies.on_duty_around(TOLD, emergency.area, at)
    hear = {person.id for person in there} | {emergency.asked_by}
    make = alarmed if loud else shown
    await work.owe(*(make(emergency, person) for person in sorted(hear)))
    await tell_lookers_on(work, emergency, but=hear)
    return len(hear)


async def tell_lookers_on(work: Work, emergency: Emergency, but: Iterable[PersonId] = ()) -> None:
    """Buttons must not outlive their meaning: every card about it changes."""
    seen = {*await work.shown_to(emergency_subject(emergency)), *emergency.asked}
    seen.add(emergency.asked_by)
    await work.owe(*(edited(emergency, person) for person in sorted(seen - set(but))))


def _notice(
    emergency: Emergency, person: PersonId, lane: Lane, *, fresh: bool = False, loud: bool = False
) -> Notice:
    return Notice(
        to=person,
        kind=NoticeKind.EMERGENCY,
        key=f"emergency:{emergency.id}:{emergency.version}:{person}",
        subject=emergency_subject(emergency),
        data={"emergency": emergency.id},
        lane=lane,
        loud=loud,
        sure=loud,
        fresh=fresh,
    )
