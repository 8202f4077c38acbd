"""A look at a caller's number: asked for with a reason, counted, shown for a minute (domain.md 6).

The look itself is an act of the law like any other; here stands what it brings with it. The
number is in no notice: it is read when the message is made, and not after its minute.
"""

from dataclasses import dataclass
from datetime import datetime

from workflows.cases.case import Case
from workflows.hotline.looks import A_DAY, ON_ITS_WAY, SHOWN_FOR, Look, LookRules, Unusual, unusual
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, Role
from workflows.ports import Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at whose number when, and why an auditor hears of it."""

    case: Case
    actor: Actor
    at: datetime
    why: tuple[Unusual, ...] = ()


async def count_look(
    work: Work, case: Case, actor: Actor, at: datetime, rules: LookRules
) -> Looking:
    """Raises Refused(LOOKED_ENOUGH) where this person has seen as many as a day allows."""
    earlier = await work.looks.since(actor.id, at - A_DAY)
    if len(earlier) >= rules.most:
        raise Refused(
            Reason.LOOKED_ENOUGH, most=rules.most, at=(earlier[0].at + A_DAY).isoformat()
        )
    on_duty = await work.people.is_on_shift(actor.id, at)
    return Looking(case, actor, at, unusual(earlier, Look(at, case.id), rules, on_duty=on_duty))


async def show_number(work: Work, looking: Looking, reason: str, version: int) -> None:
    """Owe the number, its end after a minute, and word to the auditors where it is unusual."""
    case, actor, at = looking.case, looking.actor, looking.at
    until = at + SHOWN_FOR + ON_ITS_WAY
    key = f"caller:{case.id}:{version}:{actor.id}"
    shown = Notice(
        to=actor.id,
        kind=NoticeKind.CALLER,
        key=key,
        subject=key,
        case_id=case.id,
        data={"until": until.isoformat()},
        lane=Lane.ANSWER,
        fresh=True,
    )
    # Held, or it would give way to the message that it is to end; sure, or it might not come.
    ended = Notice(
        to=actor.id,
        kind=NoticeKind.CALLER,
        key=f"{key}:over",
        subject=key,
        case_id=case.id,
        data={"over": True},
        lane=Lane.ANSWER,
        sure=True,
        held=True,
        not_before=until,
    )
    await work.owe(shown, ended, *await _told(work, looking, reason, key))


async def _told(work: Work, looking: Looking, reason: str, key: str) -> tuple[Notice, ...]:
    """Auditors; where a city has none, whoever holds the duty chief's post."""
    if not looking.why:
        return ()
    auditors = await work.people.holders(Role.AUDITOR)
    readers = auditors or await work.people.holders(Role.DUTY_CHIEF)
    data = {
        "by": looking.actor.id,
        "why": [str(each) for each in looking.why],
        "reason": reason,
        "at": looking.at.isoformat(),
    }
    return tuple(
        Notice(
            to=reader.id,
            kind=NoticeKind.LOOKED,
            key=f"{key}:told:{reader.id}",
            case_id=looking.case.id,
            data=data,
            lane=Lane.ANSWER,
        )
        for reader in readers
        if reader.id != looking.actor.id
    )
