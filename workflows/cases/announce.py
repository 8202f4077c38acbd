"""Turns what a move owes into messages to people: finds them, and never ends at nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from workflows.book import Book
from workflows.cases.addressees import (
    STAND_INS,
    addressee,
    addressees,
    holders_for,
    is_warned,
    stand_in_of,
)
from workflows.cases.case import Action, Case
from workflows.cases.consequences import REVISES_ONLY_ITS_ACTOR, TELLS, Because, Tell, Whom
from workflows.cases.machine import Moved
from workflows.cases.reaching import Reaching
from workflows.escalation.ladder import Rung
from workflows.escalation.news import as_data, news_of, told_at_once
from workflows.escalation.quiet import night_at
from workflows.escalation.waking import Waking
from workflows.joint.part import Part
from workflows.notices import Holders, Lane, Notice, NoticeKind, case_subject
from workflows.people import PersonId, Role
from workflows.ports import Work

SETTLE: Final = timedelta(seconds=2)
"""An album comes photo by photo; the card counts them once, when it has been quiet."""

PHOTOGRAPHED: Final = frozenset({Action.ATTACH_PHOTO, Action.ADD_LATE_PHOTO})


@dataclass(frozen=True, slots=True)
class Announcement:
    """One recorded change, and the clock and numbers to announce it by."""

    before: Case
    after: Case
    moves: tuple[Moved, ...]
    book: Book
    now: datetime


async def announce(work: Work, change: Announcement) -> None:
    """Owe every message that this change calls for, one a person."""
    owed: dict[PersonId, Notice] = {}
    for moved in change.moves:
        for notice in await _by_day_and_night(work, change, moved):
            if isinstance(notice.to, int):
                person = PersonId(notice.to)
                owed[person] = told_at_once(owed.get(person), notice)
    changed = [
        _notice(change, person, Because.CHANGED)
        for person in await _lookers_on(work, change)
        if person not in owed or owed[person].held
    ]
    await work.owe(*owed.values(), *changed)


async def _by_day_and_night(work: Work, change: Announcement, moved: Moved) -> list[Notice]:
    """What this move owes; in quiet hours what rings now, what waits, and who is told instead."""
    notices = await _told(work, change, moved)
    book = change.book
    night = night_at(change.now, book.policy.ladders.quiet_hours, book.calendar.zone)
    if night is None:
        return notices

    async def instead(person: PersonId) -> tuple[PersonId, ...]:
        whom = holders_for(stand_in_of(person, change.after), change.after)
        return await people_for(work, whom, change)

    async def on_duty() -> tuple[PersonId, ...]:
        return await people_for(work, holders_for(Role.DUTY_CHIEF, change.after), change)

    waking = Waking(work, change.after, book.policy.catalogue, change.now, night)
    return [each for notice in notices for each in await waking(notice, instead, on_duty)]


async def _told(work: Work, change: Announcement, moved: Moved) -> list[Notice]:
    """What one move owes, and that with it the ladders of the case have come to their end."""
    tell = Tell(Whom.DUTY_CHIEF, Because.EXHAUSTED, Lane.ESCALATION)
    ended = [_of(change, person, tell, moved) for person in moved.details.get("exhausted", ())]
    if moved.move.action is Action.ESCALATE:
        return [*ended, *await _alerts(work, change, moved)]
    return [*ended, *await _by_table(work, change, moved)]


async def _by_table(work: Work, change: Announcement, moved: Moved) -> list[Notice]:
    notices: list[Notice] = []
    for tell in TELLS.get(moved.move.action, ()):
        if tell.still is not None and change.after.state is not tell.still:
            continue
        if tell.if_warned and not is_warned(moved):
            continue
        if tell.caller and change.after.order is None:
            continue
        for whom in addressees(tell.whom, moved, change.after):
            found = await people_for(work, whom, change, STAND_INS.get(tell.whom))
            notices += [_of(change, person, tell, moved) for person in found]
    if moved.before.supervision:
        notices += await _under_an_order(work, change, moved)
    return notices


async def _under_an_order(work: Work, change: Announcement, moved: Moved) -> list[Notice]:
    """An order goes along with its case to another agency, whose lead must reply to it now.

    Where the case has ended whoever gave the order hears that it ended with it.
    """
    if not moved.case.is_open:
        tell = Tell(Whom.OVERSEER, Because.ENDED_UNDER_SUPERVISION)
    elif moved.case.agency not in {None, moved.before.agency}:
        tell = Tell(Whom.LEAD, Because.SUPERVISED, Lane.ESCALATION)
    else:
        return []
    whom = addressee(tell.whom, moved, change.after)
    found = await people_for(work, whom, change, STAND_INS.get(tell.whom))
    return [_of(change, person, tell, moved) for person in found]


async def _alerts(work: Work, change: Announcement, moved: Moved) -> list[Notice]:
    """A rung of a ladder, or a case that the system cannot move on."""
    if moved.given.reason:
        tell = Tell(Whom.DUTY_CHIEF, Because.STUCK, Lane.ESCALATION)
        return [_of(change, person, tell, moved) for person in moved.given.told_to]
    if moved.given.part is not None:
        return await _late_part(work, change, change.after.parts[moved.given.part])
    if not moved.given.told_to:
        return []
    rung = _rung(change, moved)
    return [
        replace(
            _notice(change, person, rung.level),
            lane=Lane.ESCALATION,
            loud=not rung.silent,
            sure=True,
            data={**as_data(news_of(moved, rung)), "quiet": rung.quiet},
        )
        for person in moved.given.told_to
    ]


async def _late_part(work: Work, change: Announcement, part: Part) -> list[Notice]:
    """Whoever was whistled for has not responded in time: its own lead hears, and the chief."""
    area = change.after.place.area
    lead = await people_for(work, Holders(Role.AGENCY_LEAD, area, part.agency), change)
    chief = await people_for(work, Holders(Role.DUTY_CHIEF, area), change)
    return [
        replace(
            _notice(change, person, Because.PART_LATE),
            lane=Lane.ESCALATION,
            loud=True,
            sure=True,
        )
        for person in dict.fromkeys((*lead, *chief))
    ]


def _rung(change: Announcement, moved: Moved) -> Rung:
    clock = change.after.clock(moved.given.clock) if moved.given.clock else None
    rung = change.book.ladder_of(change.after, clock).rung(moved.given.rung) if clock else None
    assert rung is not None, "told by the clock's verb"
    return rung


async def people_for(
    work: Work,
    whom: PersonId | Holders | None,
    change: Announcement,
    stand_in: Role | None = None,
) -> tuple[PersonId, ...]:
    """Who that is right now; where it is nobody, the next one who must know."""
    reaching = Reaching(work, change.after, change.now)
    return (await reaching(whom, stand_in)).people


async def _lookers_on(work: Work, change: Announcement) -> Iterable[PersonId]:
    """People who have this case on their screen: its buttons must not outlive their meaning."""
    if change.before.version == 0:
        return ()
    if all(moved.move.action in REVISES_ONLY_ITS_ACTOR for moved in change.moves):
        return (change.moves[-1].actor.id,)
    return await work.shown_to(case_subject(change.after.id))


def _of(change: Announcement, person: PersonId, tell: Tell, moved: Moved) -> Notice:
    """Nobody is woken by their own act."""
    loud = tell.loud and person != moved.actor.id
    notice = _notice(change, person, tell.because)
    return replace(notice, lane=tell.lane, loud=loud, sure=tell.sure and loud)


def _notice(change: Announcement, person: PersonId, because: str) -> Notice:
    case = change.after
    photographed = all(m.move.action in PHOTOGRAPHED for m in change.moves)
    return Notice(
        to=person,
        kind=NoticeKind.CASE,
        key=f"case:{case.id}:{case.version}:{person}",
        subject=case_subject(case.id),
        case_id=case.id,
        because=because,
        lane=Lane.EDIT,
        not_before=change.now + SETTLE if photographed else None,
    )
