"""The quick checks of every minute, in one consistent read that can write nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_checks import CHECKS, broken, guessed
from storage.audit_passes import Passed, go_on
from storage.chain_watch import follow
from storage.database import Database
from storage.rows.rails import leases
from workflows.auditing.faults import Fault, Look, Progress, Rule, of_cases
from workflows.auditing.horizon import year_needed
from workflows.ports import StorageDownError
from workflows.rails import SENDER

SERVING: Final = select(leases.c.until).where(leases.c.name == SENDER)
NOBODY: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StoredAuditing:
    """Implements `workflows.rails.Auditing`; `calendar_until` is the last year with days off."""

    database: Database
    calendar_until: int

    async def look(self, at: datetime, progress: Progress) -> Look:
        try:
            async with self.database.reading() as connection:
                return await self._look(connection, at, progress)
        except DBAPIError as no:
            raise StorageDownError(type(no.orig).__name__) from no

    async def _look(self, connection: AsyncConnection, at: datetime, progress: Progress) -> Look:
        quick = [await broken(connection, check, at) for check in CHECKS]
        nobody_since = await _nobody_since(connection, at, progress)
        chain = await follow(connection, progress.head, progress.walked)
        passed = await go_on(connection, progress, chain.changed)
        faults = (
            *_nobody(nobody_since, at),
            *(fault for fault in quick if fault is not None),
            *_of_cases(passed),
            *_chain(chain.broken),
            *await self._calendar(connection, at),
        )
        following = replace(
            passed.progress, head=chain.head, walked=chain.walked, nobody_since=nobody_since
        )
        return Look(faults, following, chain.behind)

    async def _calendar(self, connection: AsyncConnection, at: datetime) -> tuple[Fault, ...]:
        """Next year's days off are missing although it is time; with the cases they concern."""
        year = year_needed(at)
        if self.calendar_until >= year:
            return ()
        found = await guessed(connection) or (Fault(Rule.HOLIDAY_DATA, 0),)
        return tuple(replace(fault, detail=f"days off of {year}") for fault in found)


async def _nobody_since(
    connection: AsyncConnection, at: datetime, progress: Progress
) -> datetime | None:
    """Whoever serves holds the sender's lease; a lease that was given up leaves no trace."""
    until: datetime | None = (await connection.execute(SERVING)).scalar_one_or_none()
    if until is not None and until > at:
        return None
    return progress.nobody_since or until or at


def _nobody(since: datetime | None, at: datetime) -> tuple[Fault, ...]:
    if since is None or at - since < NOBODY:
        return ()
    return (Fault(Rule.NOBODY_SERVES, detail=f"since {since.isoformat(timespec='minutes')}"),)


def _of_cases(passed: Passed) -> tuple[Fault, ...]:
    """More may follow: only a part of all cases was looked at."""
    return (
        *of_cases(Rule.NO_TIMER, passed.unwatched, more=bool(passed.unwatched)),
        *of_cases(Rule.JOURNAL_DIFFERS, passed.differing, more=bool(passed.differing)),
    )


def _chain(line: int | None) -> tuple[Fault, ...]:
    return () if line is None else (Fault(Rule.CHAIN_BROKEN, detail=f"from line {line} on"),)
