"""Plays a vector as a life of a case: every event is what people do, by the law."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.deadlines.vector import Amount, Event, Vector
from tests.lawbook import (
    BAI,
    CHEN,
    HE,
    JIANG,
    LIN,
    PAN,
    QIAN,
    RATTLE,
    RESTS,
    ROADS,
    SHI,
    TANG,
    WATER,
    book,
    condition,
    patrol,
    photos,
)
from workflows.book import Book
from workflows.cases.case import Action, Case, Given, RunningClock, State
from workflows.cases.clockwork import tick, timers_of
from workflows.cases.machine import decide
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, budget, used
from workflows.people import SYSTEM, Actor
from workflows.requests.charging import charged_to

MINUTE = timedelta(minutes=1)
LEADS = {ROADS: HE, WATER: JIANG}
WORKERS = {ROADS: LIN, WATER: QIAN}
OTHER = {ROADS: WATER, WATER: ROADS}
HANDED_BACK = Given(code="not_my_duty", proof="三定方案第4条", proposed=str(WATER))


@dataclass(frozen=True, slots=True)
class Life:
    """A case and the numbers in force on it."""

    case: Case
    book: Book

    def does(self, at: datetime, who: Actor, what: Action, given: Given | None = None) -> "Life":
        """One move by the law. Raises Refused."""
        given = given or Given()
        moved = decide(self.case, what, who, at, given).case
        return replace(self, case=tick(moved, what, at, given, self.book))

    @property
    def lead(self) -> Actor:
        assert self.case.agency is not None
        return LEADS[self.case.agency]

    @property
    def worker(self) -> Actor:
        assert self.case.agency is not None
        return WORKERS[self.case.agency]

    @property
    def clock(self) -> RunningClock:
        clock = self.case.clock(ClockKind.DISPOSAL)
        assert clock is not None
        return clock

    def filed(self, limit: Limit) -> Given:
        filing = replace(self.book.filing(condition(RATTLE)), limit=limit)
        return Given(filing=filing, urgency=condition(RATTLE).urgency)


def live(vector: Vector, at: datetime) -> Life:
    """The case once all has happened that happens up to `at`."""
    shipped = book()
    life = Life(patrol(), replace(shipped, calendar=vector.calendar))
    first = vector.events[0].at
    life = life.does(first, SYSTEM, Action.REPORT).does(first, TANG, Action.ACCEPT)
    life = life.does(first, SHI, Action.FILE, life.filed(vector.limit))
    for event in vector.until(at):
        life = LIVES[event.do, event.why](life, event)
    return life


def stands(life: Life, clock: RunningClock, at: datetime) -> Amount:
    """What the case says of one of its disposal clocks."""
    calendar = life.book.calendar
    until = min(at, clock.ended_at or at)
    spent = used(clock.started_at, until, clock.limit.unit, calendar, clock.pauses)
    left = budget(clock.started_at, clock.whole, calendar) - spent
    due = None if clock.rests and left > timedelta() else clock.due_at
    verdict = "in_time" if clock.kept(until) else "overdue"
    return Amount(due, spent // MINUTE, left // MINUTE, verdict)


def _sent(life: Life, event: Event, agency: str = ROADS) -> Life:
    at, worker = event.at, WORKERS[agency]
    given = Given(agency=agency, worker=worker.id)
    return life.does(at, PAN, Action.DISPATCH, given).does(at, worker, Action.SIGN_FOR)


def _sent_elsewhere(life: Life, event: Event) -> Life:
    return _sent(life, event, OTHER[life.case.requests[-1].agency])


def _forced(life: Life, event: Event) -> Life:
    given = Given(agency=ROADS, worker=LIN.id)
    life = life.does(event.at, BAI, Action.FORCE_ASSIGN, given)
    return life.does(event.at, LIN, Action.SIGN_FOR)


def _granted(ask: Action, carry_out: Action, given: Given) -> Callable[[Life, Event], Life]:
    """The lead asks, the dispatch officer agrees, and it is done in the same breath."""

    def granted(life: Life, event: Event) -> Life:
        life = life.does(event.at, life.lead, ask, given).does(event.at, PAN, Action.GRANT)
        return life.does(event.at, SYSTEM, carry_out)

    return granted


def _handed_back(life: Life, event: Event) -> Life:
    """What the agency has used until then stays charged to it (domain.md 2.6)."""
    agency = life.case.agency
    life = _granted(Action.ASK_RETURN, Action.RETURN, HANDED_BACK)(life, event)
    spent = stands(life, life.clock, event.at).used_min
    assert charged_to(life.case, life.book) == {"agency": agency, "used_s": spent * 60}
    return life


def _goes_on(life: Life, event: Event) -> Life:
    return life.does(event.at, SYSTEM, Action.RESUME)


def _confirmed(life: Life, event: Event) -> Life:
    shown = life.does(event.at, life.worker, Action.ATTACH_PHOTO, photos(2))
    handed_in = shown.does(event.at, life.worker, Action.SUBMIT)
    return handed_in.does(event.at, life.lead, Action.CONFIRM)


def _sent_back(life: Life, event: Event) -> Life:
    return life.does(event.at, TANG, Action.REWORK, Given(reason="井盖仍有响声"))


def _filed_anew(life: Life, event: Event) -> Life:
    assert event.limit is not None
    back = life.does(event.at, PAN, Action.RETURN_TO_INTAKE, Given(reason="立案条件选错"))
    accepted = back.does(event.at, TANG, Action.ACCEPT)
    return accepted.does(event.at, SHI, Action.FILE, life.filed(event.limit))


def _closed(life: Life, event: Event) -> Life:
    assert life.case.state is State.FEEDBACK_REVIEW
    return life.does(event.at, TANG, Action.CLOSE, Given(closing_condition=RATTLE))


def _reopened(life: Life, event: Event) -> Life:
    return life.does(event.at, CHEN, Action.REOPEN, Given(reason="井盖又响了"))


def _swept(life: Life, _: Event) -> Life:
    """A clock that rests asks for no timer, so whoever comes now finds nothing to tell."""
    kinds = {timer.kind for timer in timers_of(life.case)}
    assert (ClockKind.DISPOSAL.value in kinds) is life.clock.runs
    return life


LIVES: dict[tuple[str, str], Callable[[Life, Event], Life]] = {
    ("start", "dispatched"): _sent,
    ("pause", "suspended"): _granted(Action.ASK_SUSPENSION, Action.SUSPEND, RESTS),
    ("pause", "confirmed"): _confirmed,
    ("pause", "returned"): _handed_back,
    ("resume", "goes_on"): _goes_on,
    ("resume", "rework"): _sent_back,
    ("resume", "same_agency"): _sent,
    ("restart", "other_agency"): _sent_elsewhere,
    ("restart", "forced"): _forced,
    ("restart", "reopened"): _reopened,
    ("extend", "granted"): _granted(
        Action.ASK_EXTENSION, Action.EXTEND, Given(reason="等待配件到货")
    ),
    ("relimit", "filed_anew"): _filed_anew,
    ("stop", "closed"): _closed,
    ("sweep", ""): _swept,
}
