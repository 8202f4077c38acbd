"""Out of office: who is away until when, and who stands in meanwhile."""

from dataclasses import dataclass, replace

from workflows.book import Book
from workflows.duty.arranging import duty_entry, may_arrange, must_be_there
from workflows.duty.shift import Absence, AbsenceId, Turn, can_stand_in
from workflows.escalation.quiet import by_night
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, PersonId
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class BeAway:
    """It ends by itself. Open work stays where it is: whoever leads is shown it."""

    begin: Begin
    now: Clock
    book: Book

    async def inside(
        self, work: Work, actor: Actor, turn: Turn, replacement: PersonId | None, note: str = ""
    ) -> Absence:
        """Raises Refused: AWAY_ALREADY, NOT_SAME_POST, IS_AWAY."""
        at = self.now()
        for already in await work.rosters.away([actor.id], turn):
            raise Refused(Reason.AWAY_ALREADY, at=already.ends_at.isoformat())
        if replacement is not None:
            other = await work.people.get(replacement)
            if not can_stand_in(other, actor.person):
                raise Refused(Reason.NOT_SAME_POST, name=other.name)
            await must_be_there(work.rosters, other, turn)
        absence = await work.rosters.be_away(
            actor.id, replacement, turn, note=note, by=actor.id, at=at
        )
        await work.journal(duty_entry("be_away", actor, at, **_of(absence)))
        await self._tell(work, actor, absence)
        return absence

    async def end(self, actor: Actor, absence_id: AbsenceId) -> None:
        """Back early. Raises Refused: AWAY_ENDED, ROSTER_NOT_YOURS, NO_SUCH_ABSENCE."""
        async with self.begin() as work:
            at = self.now()
            absence = await work.rosters.absence(absence_id)
            person = await work.people.get(absence.person)
            if person.id != actor.id and not may_arrange(actor.person, person):
                raise Refused(Reason.ROSTER_NOT_YOURS)
            if absence.ends_at <= at or absence.ended_by is not None:
                names = await work.people.names([absence.ended_by or PersonId(0)])
                who = names.get(absence.ended_by or PersonId(0), "")
                raise Refused(Reason.AWAY_ENDED, who=who, at=absence.ends_at.isoformat())
            after = replace(
                absence,
                ends_at=max(at, absence.starts_at),
                ended_by=actor.id,
                version=absence.version + 1,
            )
            await work.rosters.write_absence(absence, after)
            await work.journal(duty_entry("end_away", actor, at, **_of(after)))
            await self._tell(work, actor, after)
            await work.settle(actor.cause)

    async def decline(self, actor: Actor, absence_id: AbsenceId) -> None:
        """The replacement cannot: whoever is away and whoever leads them find another.

        Raises Refused: AWAY_ENDED, NOT_YOUR_SWAP.
        """
        async with self.begin() as work:
            at = self.now()
            absence = await work.rosters.absence(absence_id)
            if absence.ends_at <= at:
                raise Refused(Reason.AWAY_ENDED, who="", at=absence.ends_at.isoformat())
            if absence.replacement != actor.id:
                raise Refused(Reason.NOT_YOUR_SWAP)
            after = replace(
                absence,
                replacement=None,
                declined_by=actor.id,
                declined_at=at,
                version=absence.version + 1,
            )
            await work.rosters.write_absence(absence, after)
            await work.journal(duty_entry("decline_standing_in", actor, at, **_of(after)))
            await self._tell(work, actor, after)
            await work.settle(actor.cause)

    async def _tell(self, work: Work, actor: Actor, absence: Absence) -> None:
        """Whoever is away, the replacement that was or is named, and those who lead."""
        person = await work.people.get(absence.person)
        told = {absence.person, *await work.rosters.leads_of(person)}
        told |= {one for one in (absence.replacement, absence.declined_by) if one is not None}
        notices = (away_notice(absence, one, loud=one != actor.id) for one in sorted(told))
        hours, zone = self.book.policy.ladders.quiet_hours, self.book.calendar.zone
        now, begins = self.now(), absence.starts_at
        await work.owe(*(by_night(each, now, hours, zone, begins) for each in notices))


def away_notice(absence: Absence, to: PersonId, *, loud: bool) -> Notice:
    return Notice(
        to=to,
        kind=NoticeKind.AWAY,
        key=f"away:{absence.id}:{absence.version}:{to}",
        subject=f"away:{absence.id}",
        data={"absence": absence.id},
        lane=Lane.ANSWER,
        loud=loud,
    )


def _of(absence: Absence) -> dict[str, object]:
    return {
        "absence": absence.id,
        "person": absence.person,
        "replacement": absence.replacement,
        "starts_at": absence.starts_at.isoformat(),
        "ends_at": absence.ends_at.isoformat(),
    }
