"""The ladder: who is told when a clock runs down and nobody moves; pure (domain.md 3.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Self

from workflows.deadlines.calendar import Calendar
from workflows.deadlines.limits import Limit, due, instant_at
from workflows.deadlines.stopwatch import Pause
from workflows.people import Role

PAST = " past"
PERCENT = "%"


class Level(StrEnum):
    """The rungs of domain.md 3.5, from a silent word to the district's list."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"


class RungCondition(StrEnum):
    """What must still be so when a rung's time comes; else the rung is skipped.

    `UNSIGNED`: nobody has signed for the case. `NOT_SUBMITTED`: the worker has not handed in.
    `NOT_CLOSED`: the case is open. `UNDECIDED`: a request waits. `SUSPENDED`: the work rests.
    A clock that has stopped silences its whole ladder anyway.
    """

    UNSIGNED = "unsigned"
    NOT_SUBMITTED = "not_submitted"
    NOT_CLOSED = "not_closed"
    UNDECIDED = "undecided"
    SUSPENDED = "suspended"


class Quiet(StrEnum):
    """What a rung does in quiet hours: speak all the same, or wait until morning.

    `HOLD` is for what can wait: P1 and conditions with `night_push` never do (domain.md 3.6).
    """

    BREAK = "break"
    HOLD = "hold"


class Opens(StrEnum):
    """What a rung opens besides telling somebody: a supervision order, or the district's list."""

    ORDER = "order"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a rung is reached: a share of the limit used up, or so long past the deadline."""

    share: Decimal | None = None
    past: Limit | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.past is None):
            raise ValueError("a rung is reached at a share of the limit or some time past it")
        if self.share is not None and not (self.share.is_finite() and 0 < self.share <= 1):
            raise ValueError(f"a share of the limit is above 0 % and at most 100 %: {self}")

    def __str__(self) -> str:
        if self.share is None:
            return f"{self.past}{PAST}"
        return f"{(self.share * 100).normalize():f} {PERCENT}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `80 %` or `30 min past`. Raises ValueError saying what would have been right."""
        if text.endswith(PAST):
            return cls(past=Limit.parse(text.removesuffix(PAST)))
        try:
            share = Decimal(text.removesuffix(PERCENT).strip()) / 100
        except InvalidOperation:
            share = None
        if share is None or not text.endswith(PERCENT):
            raise ValueError(f'"{text}" is not a time: write "80 %" or "30 min past"')
        return cls(share=share)

    def as_json(self) -> dict[str, Any]:
        if self.past is not None:
            return {"past": self.past.as_json()}
        return {"share": f"{self.share:f}"}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        if "past" in stored:
            return cls(past=Limit.from_json(stored["past"]))
        return cls(share=Decimal(stored["share"]))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder. `silent` means without sound; an inactive rung is never reached.

    What nobody acknowledges is told `again` after so long, `again_most` times at most; none
    where it is absent. An acknowledgement holds `ack_for` so long, for good where that is absent.
    """

    level: Level
    at: Trigger
    condition: RungCondition
    tell: tuple[Role, ...]
    quiet: Quiet
    silent: bool = False
    active: bool = True
    again: Limit | None = None
    again_most: int = 0
    ack_for: Limit | None = None
    opens: Opens | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "level": self.level.value,
            "at": self.at.as_json(),
            "condition": self.condition.value,
            "tell": [role.value for role in self.tell],
            "quiet": self.quiet.value,
            "silent": self.silent,
            "active": self.active,
            "again": self.again.as_json() if self.again else None,
            "again_most": self.again_most,
            "ack_for": self.ack_for.as_json() if self.ack_for else None,
            "opens": self.opens.value if self.opens else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Also of a ladder that was copied before there were repeats and orders by the clock."""
        again, ack_for, opens = (stored.get(key) for key in ("again", "ack_for", "opens"))
        return cls(
            level=Level(stored["level"]),
            at=Trigger.from_json(stored["at"]),
            condition=RungCondition(stored["condition"]),
            tell=tuple(Role(role) for role in stored["tell"]),
            quiet=Quiet(stored["quiet"]),
            silent=stored["silent"],
            active=stored["active"],
            again=Limit.from_json(again) if again else None,
            again_most=stored.get("again_most", 0),
            ack_for=Limit.from_json(ack_for) if ack_for else None,
            opens=Opens(opens) if opens else None,
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one clock from first to last. A case keeps a copy from the day it is filed."""

    rungs: tuple[Rung, ...] = ()

    def rung(self, level: str) -> Rung | None:
        """The first rung of a level; None where the ladder has none."""
        return next((rung for rung in self.rungs if rung.level == level), None)

    def as_json(self) -> dict[str, Any]:
        return {"rungs": [rung.as_json() for rung in self.rungs]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(tuple(Rung.from_json(rung) for rung in stored["rungs"]))


@dataclass(frozen=True, slots=True)
class RungTime:
    """A rung and the instant at which it is reached, in UTC."""

    rung: Rung
    at: datetime


def rung_times(
    ladder: Ladder,
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> tuple[RungTime, ...]:
    """When each active rung is reached; a rung that waits behind an open pause has no time.

    Time past the deadline runs on the unit's own clock, and pauses stop it too: a suspended
    case climbs no ladder (domain.md 3.5).
    """
    pauses = tuple(pauses)
    return tuple(
        RungTime(rung, at)
        for rung in ladder.rungs
        if rung.active and (at := _reached(rung.at, start, limit, calendar, pauses))
    )


def due_rungs(times: Iterable[RungTime], now: datetime) -> tuple[RungTime, ...]:
    """Those rungs whose time has come, first to last."""
    return tuple(timed for timed in times if timed.at <= now)


def next_rung_after(times: Iterable[RungTime], level: Level | None) -> RungTime | None:
    """The first rung above a level, or the very first for None; None at the top."""
    return next((timed for timed in times if level is None or timed.rung.level > level), None)


def _reached(
    trigger: Trigger,
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
) -> datetime | None:
    if trigger.share is not None:
        return instant_at(start, limit, calendar, pauses, trigger.share)
    deadline = due(start, limit, calendar, pauses).due_at
    if deadline is None or trigger.past is None:
        return None
    return due(deadline, trigger.past, calendar, pauses).due_at
