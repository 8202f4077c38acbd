"""An emergency: who asked for it, who approved it, from when until when it holds; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from workflows.approving.answer import Answer, is_same
from workflows.emergency.mode import Mode
from workflows.emergency.under import EmergencyId, ModeKey, Under
from workflows.people import (
    DISTRICT_CODE_LENGTH,
    Actor,
    AreaCode,
    Person,
    PersonId,
    Post,
    Role,
)
from workflows.privacy.scopes import Thing, covers, has, post_over
from workflows.refusals import Reason, Refused

LONGEST_REASON: Final = 200

TOLD: Final = (
    Role.WORKER,
    Role.COLLECTOR,
    Role.AGENCY_LEAD,
    Role.OPERATOR,
    Role.ACCEPTOR,
    Role.SHIFT_LEADER,
    Role.DISPATCH_OFFICER,
    Role.SUPERVISOR,
    Role.DUTY_CHIEF,
    Role.ADMIN,
)
"""Who hears, if on duty there, that a mode begins and ends."""


class EmergencyAct(StrEnum):
    """What is done around an emergency, as the journal names it."""

    ASK = "ask_emergency"
    APPROVE = "approve_emergency"
    REFUSE = "refuse_emergency"
    WITHDRAW = "withdraw_emergency"
    LAPSE = "lapse_emergency"
    BEGIN = "begin_emergency"
    EXTEND = "extend_emergency"
    END = "end_emergency"


@dataclass(frozen=True, slots=True)
class Emergency:
    """One request and, once it is approved, the mode in force: from `began_at`, before `until`.

    `asked` are those who got a card to approve it, `lapses_at` is until when they may. What
    `extends` another never begins by itself; approved it moves the other's `until`. `next_at` is
    when the clock has something to do: it lapses, or its end is to be told; None when all is over.
    """

    id: EmergencyId
    mode: ModeKey
    area: AreaCode
    area_name: str
    hours: int
    reason: str
    asked_by: PersonId
    asked_at: datetime
    asked: tuple[PersonId, ...]
    lapses_at: datetime
    extends: EmergencyId | None = None
    answer: Answer | None = None
    answered_by: PersonId | None = None
    answered_at: datetime | None = None
    began_at: datetime | None = None
    until: datetime | None = None
    ended_by: PersonId | None = None
    next_at: datetime | None = None
    version: int = 0

    def holds(self, at: datetime) -> bool:
        """Whether it is in force then; its last instant is no longer in it."""
        return self.began_at is not None and self.until is not None and _in(self, at)

    def waits(self, at: datetime) -> bool:
        return self.answer is None and at < self.lapses_at

    @property
    def is_told(self) -> bool:
        """Whether all there is to say about it has been said."""
        return self.next_at is None


def _in(emergency: Emergency, at: datetime) -> bool:
    assert emergency.began_at is not None
    assert emergency.until is not None
    return emergency.began_at <= at < emergency.until


def areas_over(area: AreaCode) -> tuple[AreaCode, AreaCode]:
    """The street and the district that an area lies in, as far as its code tells."""
    return AreaCode(area.partition("-")[0]), AreaCode(area[:DISTRICT_CODE_LENGTH])


def in_force(
    emergencies: Iterable[Emergency], area: AreaCode | None, at: datetime
) -> Emergency | None:
    """The one that holds for a place at an instant: a street's own before its district's.

    A place outside every grid is in none.
    """
    if area is None:
        return None
    over = areas_over(area)
    there = [each for each in emergencies if each.area in over and each.holds(at)]
    return max(there, key=lambda each: (len(each.area), each.id), default=None)


def kept(emergency: Emergency, mode: Mode) -> Under:
    """What a case keeps of it."""
    assert emergency.began_at is not None
    return Under(emergency.id, mode.key, mode.zh, mode.en, emergency.began_at)


def may_ask(person: Person, area: AreaCode | None = None) -> bool:
    if area is None:
        return has(Thing.ASK_EMERGENCY, person)
    return covers(Thing.ASK_EMERGENCY, person, area)


def may_approve(person: Person, area: AreaCode) -> bool:
    """An administrator, or the duty chief of the whole district, of that area."""
    return approving_post(person, area) is not None


def approving_post(person: Person, area: AreaCode) -> Post | None:
    return post_over(Thing.APPROVE_EMERGENCY, person, area)


def check_asker(actor: Actor, area: AreaCode | None) -> None:
    """Raises Refused: EMERGENCY_NOT_YOURS, EMERGENCY_ELSEWHERE."""
    if not may_ask(actor.person):
        raise Refused(Reason.EMERGENCY_NOT_YOURS)
    if area is not None and not may_ask(actor.person, area):
        raise Refused(Reason.EMERGENCY_ELSEWHERE, code=area)


def check_approver(actor: Actor, asker: Person, emergency: Emergency) -> Role:
    """The post that allows it. Raises Refused: EMERGENCY_NOT_YOURS, _ELSEWHERE, EMERGENCY_OWN."""
    post = approving_post(actor.person, emergency.area)
    if post is None and actor.person.holds(Role.ADMIN):
        raise Refused(Reason.EMERGENCY_ELSEWHERE, code=emergency.area)
    if post is None:
        raise Refused(Reason.EMERGENCY_NOT_YOURS)
    if is_same(actor.person, asker):
        raise Refused(Reason.EMERGENCY_OWN, who=asker.name, at=emergency.asked_at.isoformat())
    return post.role


def check_hours(hours: int, most: int) -> None:
    """Raises Refused: EMERGENCY_BAD_HOURS, EMERGENCY_TOO_LONG."""
    if hours < 1:
        raise Refused(Reason.EMERGENCY_BAD_HOURS, most=most)
    if hours > most:
        raise Refused(Reason.EMERGENCY_TOO_LONG, most=most, length=hours)


def hours_left(mode: Mode, extends: Emergency | None, now: datetime) -> int:
    """For how many whole hours one may ask: what is still to come counts, never the past."""
    if extends is None or extends.until is None:
        return mode.most_hours
    to_come = max(extends.until - now, timedelta())
    return max(int((timedelta(hours=mode.most_hours) - to_come) / timedelta(hours=1)), 0)


def answered(emergency: Emergency, answer: Answer, by: PersonId, at: datetime) -> Emergency:
    """The request with its answer; an approved one begins at once, unless it extends another."""
    after = replace(
        emergency,
        answer=answer,
        answered_by=by,
        answered_at=at,
        next_at=None,
        version=emergency.version + 1,
    )
    if answer is not Answer.APPROVED or emergency.extends is not None:
        return after
    until = at + timedelta(hours=emergency.hours)
    return replace(after, began_at=at, until=until, next_at=until)


def extended(emergency: Emergency, by_hours: int) -> Emergency:
    assert emergency.until is not None
    until = emergency.until + timedelta(hours=by_hours)
    return replace(emergency, until=until, next_at=until, version=emergency.version + 1)


def ended(emergency: Emergency, by: PersonId, at: datetime) -> Emergency:
    """Over: at its own time, or now if somebody ends it early."""
    assert emergency.until is not None
    assert emergency.began_at is not None
    until = min(emergency.until, max(at, emergency.began_at))
    return replace(
        emergency, until=until, ended_by=by, next_at=None, version=emergency.version + 1
    )
