"""An inbox and leases on lists, for tests of the doors that need no database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.rails import Incoming, Stored

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def stored(update: Any, number: int = 1) -> Stored:
    """An update as the inbox would hand it out."""
    raw_id = str(update.get("update_id", number)) if isinstance(update, dict) else str(number)
    raw = update if isinstance(update, str) else json.dumps(update)
    return Stored(number, 1, "telegram", raw_id, "", raw, NOON, 1)


class ListInbox:
    """Keeps what is stored in the order it came; `broken` makes every store fail."""

    def __init__(self) -> None:
        self.rows: list[Incoming] = []
        self.broken = False

    async def store(self, transport: str, items: Sequence[Incoming], at: datetime) -> int:
        assert transport == "telegram"
        assert at.tzinfo is not None
        if self.broken:
            raise OSError("disk full")
        known = {row.raw_id for row in self.rows}
        new = [item for item in items if item.raw_id not in known]
        self.rows += new
        return len(new)

    async def highest(self, transport: str) -> int | None:
        assert transport == "telegram"
        return max((int(row.raw_id) for row in self.rows), default=None)

    async def claim(self, limit: int, at: datetime) -> tuple[Stored, ...]:
        raise NotImplementedError

    async def done(self, row: Stored, at: datetime) -> bool:
        raise NotImplementedError

    async def poison(self, row: Stored, why: str, at: datetime) -> None:
        raise NotImplementedError

    async def retry(self, row: Stored, why: str, not_before: datetime) -> None:
        raise NotImplementedError

    async def waiting(self) -> int:
        return len(self.rows)


class OneLease:
    """Leases by name, in memory."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, datetime]] = {}

    async def take(self, name: str, owner: str, at: datetime, seconds: int) -> bool:
        holder, until = self.held.get(name, (owner, at))
        if holder != owner and until > at:
            return False
        self.held[name] = owner, at + timedelta(seconds=seconds)
        return True

    async def give_up(self, name: str, owner: str) -> None:
        if self.held.get(name, ("", NOON))[0] == owner:
            del self.held[name]
