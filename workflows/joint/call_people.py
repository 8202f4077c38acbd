"""Call people out: everybody who is there hears it at once, day or night."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from workflows.cases.case import CaseId
from workflows.cases.discreet import discreet, private_of
from workflows.joint.call_form import CallForm
from workflows.joint.call_out import CallAct, CallOut, CallRules, Reply, Wanted, check_caller
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, PersonId, Role
from workflows.ports import Clock, Entry, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class CallPeople:
    """One call-out: kept, in the journal, and owed to everybody who is on duty there."""

    now: Clock
    rules: CallRules

    async def inside(self, work: Work, actor: Actor, wanted: Wanted) -> CallOut:
        """Raises Refused: CALL_NOT_YOURS, CALL_ELSEWHERE, CALL_INCOMPLETE, NOBODY_TO_CALL."""
        role = check_caller(actor, wanted.area)
        if not wanted.sentence:
            raise Refused(Reason.CALL_INCOMPLETE, field="sentence")
        now, wanted = self.now(), await discreet_call(work, wanted)
        there = await work.call_outs.who_is_there(wanted.roles, wanted.area, now)
        called = [person.id for person in there if person.id != actor.id]
        if not called:
            raise Refused(Reason.NOBODY_TO_CALL, name=wanted.area_name)
        following = self.rules.next_at(now, 0)
        call = await work.call_outs.open(actor.id, wanted, called, now, following)
        await work.journal(entry(CallAct.CALL, actor, role, call, now))
        await work.owe(tally_notice(call, fresh=True))
        await work.owe(*(called_notice(call, person, loud=True) for person in called))
        return call


Call = TypeVar("Call", Wanted, CallForm)


async def discreet_call(work: Work, call: Call) -> Call:
    """Everybody who is called reads it, so nobody's number, and not who called about the case."""
    case = None if call.case_id is None else await work.cases.get(CaseId(call.case_id))
    theirs = await private_of(work, case)
    return replace(
        call,
        sentence=discreet(call.sentence, *theirs),
        ground_words=discreet(call.ground_words, *theirs),
        place=discreet(call.place, *theirs),
    )


def entry(
    act: CallAct, actor: Actor, role: Role, call: CallOut, at: datetime, **more: object
) -> Entry:
    """A line of the journal, with everything that the record must be able to say later."""
    wanted = call.wanted
    details = {
        "call": call.id,
        "area": wanted.area,
        "ground": wanted.ground,
        **({"ground_words": wanted.ground_words} if wanted.ground_words else {}),
        **({"case": wanted.case_id} if wanted.case_id is not None else {}),
        **more,
    }
    if act is CallAct.CALL:
        details |= {
            "words": wanted.sentence,
            "role": wanted.role or "",
            "people": [one.person for one in call.called],
        }
    return Entry(act, actor.id, role, at, cause=actor.cause, details=details)


def record_of(call: CallOut) -> dict[str, object]:
    """What is left of a call-out: who said what, and how long it took, in seconds."""
    assert call.closed_at is not None
    return {
        "coming": [one.person for one in call.who(Reply.COMING)],
        "cannot": [one.person for one in call.who(Reply.CANNOT)],
        "where": [one.person for one in call.who(Reply.WHERE)],
        "silent": [one.person for one in call.who(None)],
        "reminders": call.reminded,
        "lasted_s": round((call.closed_at - call.at).total_seconds()),
    }


def call_subject(call: CallOut) -> str:
    return f"call:{call.id}"


def tally_notice(call: CallOut, *, fresh: bool = False) -> Notice:
    """The caller's one live card; it changes in place and wakes nobody."""
    return Notice(
        to=call.by,
        kind=NoticeKind.CALL_OUT,
        key=f"call:{call.id}:{call.version}:{call.by}",
        subject=call_subject(call),
        data={"call": call.id},
        lane=Lane.ANSWER if fresh else Lane.EDIT,
        fresh=fresh,
    )


def called_notice(call: CallOut, person: PersonId, *, loud: bool) -> Notice:
    """What somebody reads who was called. No quiet hours: it is sent when it is owed."""
    return Notice(
        to=person,
        kind=NoticeKind.CALL_OUT,
        key=f"call:{call.id}:{call.version}:{person}",
        subject=call_subject(call),
        data={"call": call.id, "reminder": call.reminded if loud else 0},
        lane=Lane.ESCALATION if loud else Lane.EDIT,
        loud=loud,
        sure=loud,
    )
