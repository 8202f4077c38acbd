"""The deadline vectors as their README describes them, read from the data files beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workflows.deadlines.calendar import Calendar, DayOverride, NationalDays, Shift, WorkingHours
from workflows.deadlines.limits import Limit, Unit

FOLDER = Path(__file__).parent / "vectors"
CALENDARS = FOLDER / "calendars"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to the clock at an instant; `why` only matters where a case is replayed."""

    at: datetime
    do: str
    why: str
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A clock as it stands: minutes of its own time, negative when more is used than there is."""

    due: datetime | None
    used_min: int
    left_min: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be so once everything up to `at` has happened; earlier rounds stay as they are."""

    at: datetime
    now: Amount
    provisional: bool
    earlier: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Vector:
    """One story of one clock, with the reasoning that led to what is expected of it."""

    id: str
    row: str
    calendar: Calendar
    limit: Limit
    as_case: bool
    events: tuple[Event, ...]
    expect: tuple[Expected, ...]

    def until(self, at: datetime) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.at <= at)


def told(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def raw_vectors() -> Iterator[dict[str, Any]]:
    """Every vector just as it stands in the files."""
    for path in sorted(FOLDER.glob("*.json")):
        yield from told(path)["vectors"]


def vectors() -> tuple[Vector, ...]:
    return tuple(_vector(raw) for raw in raw_vectors())


def nation() -> NationalDays:
    """The announced years, and what is only expected of others."""
    years = told(CALENDARS / "nation.json")["years"]
    return NationalDays(
        known=frozenset(int(year) for year, days in years.items() if days["announced"]),
        off={_day(day): "" for days in years.values() for day in days["off"]},
        made_up=frozenset(_day(day) for days in years.values() for day in days["made_up"]),
    )


@cache
def calendar(name: str) -> Calendar:
    raw = told(CALENDARS / f"{name}.json")
    return Calendar(
        zone=ZoneInfo(raw["zone"]),
        hours=tuple(_hours(hours) for hours in raw["hours"]),
        national=nation(),
        overrides=_overrides(raw["overrides"]),
    )


def _overrides(name: str | None) -> dict[date, DayOverride]:
    if name is None:
        return {}
    return {
        _day(day["date"]): DayOverride(
            day["kind"] == "work", day["name"], _shifts(day["shifts"]) if "shifts" in day else None
        )
        for day in told(CALENDARS / name)["days"]
    }


def _hours(raw: dict[str, Any]) -> WorkingHours:
    first = _day(raw["valid_from"]) if "valid_from" in raw else date.min
    last = _day(raw["valid_until"]) if "valid_until" in raw else date.max
    return WorkingHours(_shifts(raw["shifts"]), first, last)


def _shifts(spans: list[str]) -> tuple[Shift, ...]:
    return tuple(Shift(*map(_minute, span.split("-"))) for span in spans)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _vector(raw: dict[str, Any]) -> Vector:
    return Vector(
        id=raw["id"],
        row=raw["row"],
        calendar=calendar(raw["calendar"]),
        limit=_limit(raw["limit"]),
        as_case=raw["as_case"],
        events=tuple(_event(event) for event in raw["events"]),
        expect=tuple(_expected(expected) for expected in raw["expect"]),
    )


def _event(raw: dict[str, Any]) -> Event:
    limit = _limit(raw["limit"]) if "limit" in raw else None
    return Event(datetime.fromisoformat(raw["at"]), raw["do"], raw.get("why", ""), limit)


def _expected(raw: dict[str, Any]) -> Expected:
    return Expected(
        at=datetime.fromisoformat(raw["at"]),
        now=_amount(raw),
        provisional=raw.get("provisional", False),
        earlier=tuple(_amount(earlier) for earlier in raw.get("earlier", [])),
    )


def _amount(raw: dict[str, Any]) -> Amount:
    due = datetime.fromisoformat(raw["due"]) if raw["due"] is not None else None
    return Amount(due, raw["used_min"], raw["left_min"], raw["verdict"])


def _limit(raw: dict[str, str]) -> Limit:
    return Limit(Decimal(raw["value"]), Unit(raw["unit"]))
