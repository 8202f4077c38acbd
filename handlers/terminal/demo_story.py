"""How the past of the demo's district is told: when, who, what, in lines that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from handlers.terminal.demo_photos import View
from handlers.terminal.demo_town import DISPATCHER, OPERATOR, REVIEWER, Townsman
from workflows.cases.case import NOTHING, Action, ContactResult, Given
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.deadlines.calendar import Calendar
from workflows.ports import Caller

A = Action


@dataclass(frozen=True, slots=True)
class Back:
    """An hour such as `09:20` so many working days before the demo begins."""

    days: int
    clock: str

    def moment(self, begins: datetime, calendar: Calendar) -> datetime:
        day = begins.astimezone(calendar.zone).date()
        left = self.days
        while left:
            day -= timedelta(days=1)
            left -= bool(calendar.day(day).shifts)
        return datetime.combine(day, time.fromisoformat(self.clock), calendar.zone)


@dataclass(frozen=True, slots=True)
class Ago:
    """So many minutes before the demo begins."""

    minutes: float

    def moment(self, begins: datetime, _: Calendar) -> datetime:
        return begins - timedelta(minutes=self.minutes)


When = Back | Ago


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to a case, or, without an action, showed of their work.

    `at` is a time, or minutes after the story began. `to` is the worker who gets the order,
    `master` the story that goes on in place of a duplicate, `days` how long work shall rest.
    """

    at: When | int
    who: Townsman
    action: Action | None = None
    given: Given = NOTHING
    views: tuple[View, ...] = ()
    words: str = ""
    to: Townsman | None = None
    master: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One case from the call on. Its name is ours only; nobody in the town reads it.

    Without a caller nobody waits for an answer.
    """

    name: str
    begins: When
    class_code: str
    place: str
    words: str
    acts: Sequence[Act | Sequence[Act]] = ()
    caller: Caller | None = None
    views: tuple[View, ...] = ()
    who: Townsman = OPERATOR

    @property
    def deeds(self) -> tuple[Act, ...]:
        """Every act, one after the other."""
        groups = ([each] if isinstance(each, Act) else each for each in self.acts)
        return tuple(act for group in groups for act in group)


def because(words: str) -> Given:
    return Given(reason=words)


def accepted(at: int = 2) -> tuple[Act, ...]:
    return (Act(at, REVIEWER, A.ACCEPT),)


def sent(to: Townsman, at: int = 2) -> tuple[Act, ...]:
    """Accepted, filed and dispatched, each by whose turn it is."""
    return (
        *accepted(at),
        Act(at + 3, REVIEWER, A.FILE),
        Act(at + 7, DISPATCHER, A.DISPATCH, to=to),
    )


def signed(
    who: Townsman, at: int = 14, contact: ContactResult | None = ContactResult.REACHED
) -> tuple[Act, ...]:
    """Signed for, and the caller rung up, if there is one."""
    rings = Act(at + 2, who, A.FIRST_CONTACT, Given(contact=contact))
    return (Act(at, who, A.SIGN_FOR), *([rings] if contact else []))


def made_safe(who: Townsman, at: int, view: View = View.MADE_SAFE) -> tuple[Act, ...]:
    return (Act(at, who, views=(view,)), Act(at + 1, who, A.ARRIVE))


def handed_in(who: Townsman, at: int, words: str, *views: View) -> tuple[Act, ...]:
    return (Act(at, who, views=views), Act(at + 2, who, words=words), Act(at + 3, who, A.SUBMIT))


def approved(at: int, reply: str) -> Act:
    """What was reported was so and is put right; the caller will hear this of it."""
    found = Given(
        fact=FactFinding.TRUE,
        demand=DemandFinding.REASONABLE,
        outcome=Outcome.SOLVED,
        reply=reply,
    )
    return Act(at, REVIEWER, A.APPROVE, found)


def answered(
    at: int, reply: str, satisfaction: Satisfaction = Satisfaction.SATISFIED
) -> tuple[Act, ...]:
    """Approved, and the caller called back, who agrees that it is over."""
    says = Given(resolved=True, satisfaction=satisfaction)
    return (approved(at, reply), Act(at + 12, OPERATOR, A.CALLBACK_OK, says))
