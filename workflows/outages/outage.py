"""When the service was away, and which breaches of a limit are nobody's but ours; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

BACK_THEN: Final = timedelta(days=1)
"""How far before an instant to look for outages that belong together."""


class Why(StrEnum):
    """Why nobody could be heard.

    `DOWN`: no process lived. `ASLEEP`: the host was suspended. `STORAGE`: the database did not
    answer, so nothing could be taken in.
    """

    DOWN = "down"
    ASLEEP = "asleep"
    STORAGE = "storage"


@dataclass(frozen=True, slots=True)
class Outage:
    """From the last sign of life of any process until one of them could hear again, in UTC."""

    from_at: datetime
    to_at: datetime
    why: Why = Why.DOWN
    id: int = 0

    @property
    def lasted(self) -> timedelta:
        return self.to_at - self.from_at

    def as_json(self) -> dict[str, str]:
        return {"from": self.from_at.isoformat(), "to": self.to_at.isoformat(), "why": self.why}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Outage":
        begin, end = (datetime.fromisoformat(stored[name]) for name in ("from", "to"))
        return cls(begin, end, Why(stored["why"]))


def as_one(outages: Iterable[Outage], joined: timedelta) -> tuple[Outage, ...]:
    """Outages with less than `joined` between them are one: nobody could act in between."""
    found: list[Outage] = []
    for outage in sorted(outages, key=lambda each: each.from_at):
        if found and outage.from_at - found[-1].to_at < joined:
            end = max(found[-1].to_at, outage.to_at)
            found[-1] = replace(found[-1], to_at=end)
        else:
            found.append(outage)
    return tuple(found)


def outage_at(at: datetime, outages: Iterable[Outage], joined: timedelta) -> Outage | None:
    """The outage in which this instant lies, both ends included."""
    every = as_one(outages, joined)
    return next((each for each in every if each.from_at <= at <= each.to_at), None)


def only_ours(
    due_at: datetime, done_at: datetime, outages: Iterable[Outage], joined: timedelta
) -> Outage | None:
    """The outage that alone is to blame for what was done after its due time; else None.

    The limit ran out while nobody could be heard, and it was done less than `joined` after that
    outage, in which people press again. What was due before or after it is its people's own.
    """
    outage = outage_at(due_at, outages, joined)
    if outage is None or not due_at < done_at <= outage.to_at + joined:
        return None
    return outage


def told_in(
    due_at: datetime, rung_at: datetime, outages: Iterable[Outage], joined: timedelta
) -> Outage | None:
    """The outage in which both the limit ran out and this rung was reached; else None.

    A rung reached later has left people the time in between, and is theirs again.
    """
    outage = outage_at(due_at, outages, joined)
    inside = outage is not None and due_at <= rung_at <= outage.to_at
    return outage if inside else None
