"""A call-out (一键呼叫): who may call whom for what reason, who answered what, when it ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from workflows.cases.case import CaseId
from workflows.people import Actor, AreaCode, Person, PersonId, Role
from workflows.privacy.scopes import Thing, has, posts_for
from workflows.refusals import Reason, Refused

CallId = NewType("CallId", int)

LONGEST_SENTENCE: Final = 200
"""More than this nobody reads at two in the morning."""
LONGEST_ANSWER: Final = 100

FIELD: Final = (Role.WORKER, Role.COLLECTOR, Role.AGENCY_LEAD)
"""Who is meant by "everybody on duty" of an area: people who can be there, not the desks."""
CALLABLE: Final = (
    *FIELD,
    Role.DISPATCH_OFFICER,
    Role.ACCEPTOR,
    Role.OPERATOR,
    Role.SHIFT_LEADER,
)


class Ground(StrEnum):
    """Why people are called: required, because a call breaks everybody's rest (domain.md 0.6)."""

    EMERGENCY = "emergency"
    FLOOD = "flood"
    CROWD = "crowd"
    DRILL = "drill"
    OTHER = "other"


class Reply(StrEnum):
    """What somebody who was called says. WHERE is followed by words, never by coordinates."""

    COMING = "coming"
    CANNOT = "cannot"
    WHERE = "where"


class CallAct(StrEnum):
    """What is done around a call-out, as the journal names it."""

    CALL = "call_out"
    REPLY = "reply_to_call"
    REMIND = "remind_called"
    CLOSE = "close_call"


@dataclass(frozen=True, slots=True)
class Called:
    """One person who was called and what they have answered; the latest answer counts."""

    person: PersonId
    reply: Reply | None = None
    words: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to call and why. No role means everybody in the field."""

    area: AreaCode
    area_name: str
    ground: Ground
    sentence: str
    role: Role | None = None
    ground_words: str = ""
    place: str = ""
    case_id: CaseId | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return FIELD if self.role is None else (self.role,)


@dataclass(frozen=True, slots=True)
class CallOut:
    """One call-out. `reminded` counts the reminders sent, `next_at` is the next thing to happen.

    While it is open there always is a next thing: the last one is that it closes by itself.
    """

    id: CallId
    by: PersonId
    at: datetime
    wanted: Wanted
    called: tuple[Called, ...]
    version: int = 0
    reminded: int = 0
    next_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def who(self, reply: Reply | None) -> tuple[Called, ...]:
        """Those who last said this; None for those who have said nothing."""
        return tuple(one for one in self.called if one.reply is reply)

    def of(self, person: PersonId) -> Called | None:
        return next((one for one in self.called if one.person == person), None)


@dataclass(frozen=True, slots=True)
class CallRules:
    """When the silent are reminded, when a call-out ends by itself, how far back one counts."""

    remind_after: tuple[timedelta, ...]
    closes_after: timedelta
    counted_for: timedelta

    def next_at(self, at: datetime, reminded: int) -> datetime:
        """When something happens to a call-out made then, of which so many reminders are out."""
        later = self.remind_after[reminded:]
        return at + (later[0] if later else self.closes_after)


def may_call(person: Person) -> bool:
    return has(Thing.CALL_OUT, person)


def check_caller(actor: Actor, area: AreaCode | None) -> Role:
    """The post that allows it. Raises Refused: CALL_NOT_YOURS, or CALL_ELSEWHERE."""
    if not may_call(actor.person):
        raise Refused(Reason.CALL_NOT_YOURS)
    for post in posts_for(Thing.CALL_OUT, actor.person):
        if area is None or post.covers(area):
            return post.role
    raise Refused(Reason.CALL_ELSEWHERE, code=area)


def replied(call: CallOut, person: PersonId, reply: Reply, words: str, at: datetime) -> CallOut:
    """The call-out with this answer. Raises Refused(CALL_NOT_FOR_YOU)."""
    if call.of(person) is None:
        raise Refused(Reason.CALL_NOT_FOR_YOU)
    answer = Called(person, reply, words, at)
    called = tuple(answer if one.person == person else one for one in call.called)
    return replace(call, called=called, version=call.version + 1)


def reminded(call: CallOut, now: datetime, rules: CallRules) -> CallOut:
    """One reminder further; those missed while nobody lived are passed over, not made up for."""
    due = sum(call.at + after <= now for after in rules.remind_after)
    count = max(due, call.reminded)
    following = rules.next_at(call.at, count)
    return replace(call, reminded=count, next_at=following, version=call.version + 1)


def closed(call: CallOut, by: PersonId, at: datetime) -> CallOut:
    return replace(call, closed_at=at, closed_by=by, next_at=None, version=call.version + 1)
