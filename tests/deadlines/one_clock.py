"""Plays the events of a vector on one clock, with nothing but workflows/deadlines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.deadlines.vector import Amount, Event, Vector
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.limits import Deadline, Limit, Pause, budget, due, used

MINUTE = timedelta(minutes=1)
IN_TIME, OVERDUE = "in_time", "overdue"


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the clock, from a start to a stop or to the next start."""

    start: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    grants: int = 0
    stopped: datetime | None = None

    @property
    def whole(self) -> Limit:
        return replace(self.limit, value=self.limit.value * (1 + self.grants))

    @property
    def rests_since(self) -> datetime | None:
        return next((pause.begin for pause in self.pauses if pause.end is None), None)

    def deadline(self, calendar: Calendar) -> Deadline:
        """While it rests there is none, once stopped it is what it was when the clock ran."""
        pauses = self.pauses if self.stopped is None else self._over()
        return due(self.start, self.whole, calendar, pauses)

    def amount(self, at: datetime, calendar: Calendar) -> Amount:
        until = self.stopped or at
        spent = used(self.start, until, self.limit.unit, calendar, self.pauses)
        left = budget(self.start, self.whole, calendar) - spent
        in_force = due(self.start, self.whole, calendar, self._over()).due_at
        assert in_force is not None
        verdict = IN_TIME if (self.rests_since or until) <= in_force else OVERDUE
        return Amount(self.deadline(calendar).due_at, spent // MINUTE, left // MINUTE, verdict)

    def _over(self) -> tuple[Pause, ...]:
        return tuple(pause for pause in self.pauses if pause.end is not None)


Rounds = tuple[Round, ...]


def play(vector: Vector, at: datetime) -> Rounds:
    """Every round of the clock once all has happened that happens up to `at`."""
    rounds: Rounds = ()
    in_force = vector.limit
    for event in vector.until(at):
        in_force = event.limit or in_force
        rounds = PLAYS[event.do](rounds, event, in_force)
    return rounds


def _started(rounds: Rounds, event: Event, in_force: Limit) -> Rounds:
    closed = _stopped(rounds, event, in_force) if rounds else ()
    return (*closed, Round(event.at, in_force))


def _paused(rounds: Rounds, event: Event, _: Limit) -> Rounds:
    *before, now = rounds
    return (*before, replace(now, pauses=(*now.pauses, Pause(event.at))))


def _resumed(rounds: Rounds, event: Event, in_force: Limit) -> Rounds:
    *before, now = rounds
    *over, last = now.pauses
    pauses = (*over, Pause(last.begin, event.at))
    return (*before, replace(now, pauses=pauses, limit=in_force))


def _extended(rounds: Rounds, _event: Event, _: Limit) -> Rounds:
    *before, now = rounds
    return (*before, replace(now, grants=now.grants + 1))


def _stopped(rounds: Rounds, event: Event, _: Limit) -> Rounds:
    *before, now = rounds
    return (*before, replace(now, stopped=now.stopped or event.at))


def _unmoved(rounds: Rounds, _event: Event, _: Limit) -> Rounds:
    return rounds


PLAYS: dict[str, Callable[[Rounds, Event, Limit], Rounds]] = {
    "start": _started,
    "restart": _started,
    "pause": _paused,
    "resume": _resumed,
    "extend": _extended,
    "relimit": _unmoved,
    "stop": _stopped,
    "sweep": _unmoved,
}
