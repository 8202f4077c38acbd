"""Ask for an emergency: it waits for a second person, who is asked at once, day or night."""

from dataclasses import dataclass
from datetime import datetime

from workflows.approving.answer import is_same
from workflows.emergency.close import come_due
from workflows.emergency.emergency import (
    Emergency,
    EmergencyAct,
    check_asker,
    check_hours,
    hours_left,
    may_approve,
)
from workflows.emergency.mode import EmergencyRules, Mode
from workflows.emergency.standing import must_hold
from workflows.emergency.telling import alarmed, entry, shown
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.people import Actor, AreaCode, Person, Role
from workflows.ports import Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class Wish:
    """What an administrator wants. `extends` is what shall go on for so many hours longer."""

    mode: ModeKey
    area: AreaCode
    hours: int
    reason: str
    extends: EmergencyId | None = None


@dataclass(frozen=True, slots=True)
class AskEmergency:
    """One request: kept, in the journal, and owed to everybody on duty who may approve it."""

    now: Clock
    rules: EmergencyRules

    async def inside(self, work: Work, actor: Actor, wish: Wish) -> Emergency:
        """Raises Refused: EMERGENCY_NOT_YOURS, NO_SUCH_MODE, NO_SUCH_AREA, and so on."""
        mode = self.mode(wish.mode)
        check_asker(actor, wish.area)
        area = await work.emergencies.area_named(wish.area)
        if area is None:
            raise Refused(Reason.NO_SUCH_AREA, code=wish.area)
        if not wish.reason:
            raise Refused(Reason.EMERGENCY_INCOMPLETE)
        now = self.now()
        extends = await self._extends(work, wish, now)
        check_hours(wish.hours, hours_left(mode, extends, now))
        await self._must_be_free(work, wish, now)
        asked = await approvers(work, actor.person, wish.area, now)
        if not asked:
            raise Refused(Reason.NOBODY_TO_APPROVE)
        lapses_at = now + self.rules.approve_within
        request = Emergency(
            id=EmergencyId(0),
            mode=wish.mode,
            area=wish.area,
            area_name=area.name,
            hours=wish.hours,
            reason=wish.reason,
            asked_by=actor.id,
            asked_at=now,
            asked=tuple(person.id for person in asked),
            lapses_at=lapses_at,
            extends=wish.extends,
            next_at=lapses_at,
        )
        opened = await work.emergencies.open(request)
        line = entry(EmergencyAct.ASK, actor, Role.ADMIN, opened, now, people=list(opened.asked))
        await work.journal(line)
        await work.owe(shown(opened, actor.id))
        await work.owe(*(alarmed(opened, person) for person in opened.asked))
        return opened

    def mode(self, key: str) -> Mode:
        """Raises Refused(NO_SUCH_MODE)."""
        mode = self.rules.modes.get(ModeKey(key))
        if mode is None:
            raise Refused(Reason.NO_SUCH_MODE, name=key)
        return mode

    async def _extends(self, work: Work, wish: Wish, now: datetime) -> Emergency | None:
        """Raises Refused(EMERGENCY_ENDED) by whom and when."""
        if wish.extends is None:
            return None
        emergency = await work.emergencies.get(wish.extends)
        await must_hold(work, emergency, now)
        return emergency

    async def _must_be_free(self, work: Work, wish: Wish, now: datetime) -> None:
        """Raises Refused: EMERGENCY_STANDS, EMERGENCY_WAITS, by whom and when."""
        other = await work.emergencies.alive(wish.area, wish.extends)
        if other is None or await come_due(work, other, now):
            return
        names = await work.people.names([other.asked_by])
        who = names.get(other.asked_by, "")
        if other.waits(now):
            raise Refused(Reason.EMERGENCY_WAITS, who=who, at=other.asked_at.isoformat())
        assert other.began_at is not None
        raise Refused(Reason.EMERGENCY_STANDS, who=who, at=other.began_at.isoformat())


async def approvers(work: Work, asker: Person, area: AreaCode, at: datetime) -> tuple[Person, ...]:
    """Everybody on duty who may approve what this person asks."""
    roles = (Role.ADMIN, Role.DUTY_CHIEF)
    there = await work.emergencies.on_duty_around(roles, area, at)
    return tuple(p for p in there if may_approve(p, area) and not is_same(p, asker))
