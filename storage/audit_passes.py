"""What no index can answer, a part each minute: every open case has its timers, and its journal.

A case that changed is looked at in the same minute, since the journal says which did. The passes
find what was broken behind the journal's back. Open cases without any timer: `TIMED` a minute.
Open cases with each of their timers: `WEIGHED` a minute. All cases against the journal:
`COMPARED` a minute.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from
from storage.rows.cases import IS_OPEN, cases
from storage.rows.journal import journal
from storage.rows.rails import ARMED, timers
from workflows.auditing.faults import Progress
from workflows.cases.case import Case
from workflows.cases.clockwork import AGAIN, timers_of
from workflows.joint.part import PART_TIMER

TIMED: Final = 10_000
WEIGHED: Final = 250
COMPARED: Final = 250
CANDIDATES: Final = 300
SUSPECTS: Final = 200
BATCH: Final = 500

AFTER: Final[BindParameter[int]] = bindparam("after")
OPEN_ONES: Final = select(cases.c.id).where(IS_OPEN, cases.c.id > AFTER).order_by(cases.c.id)
ALL_ONES: Final = select(cases.c.id).where(cases.c.id > AFTER).order_by(cases.c.id)
END_OF_SLICE: Final = select(func.max(OPEN_ONES.limit(TIMED).subquery().c.id))
UNTIL: Final[BindParameter[int]] = bindparam("until")
ARMED_IN_SLICE: Final = select(timers.c.id).where(
    ARMED, timers.c.case_id == cases.c.id, timers.c.case_id > AFTER, timers.c.case_id <= UNTIL
)
"""Bounded twice, lest a planner fetch the armed timers of all other cases as well."""

WITHOUT_TIMER: Final = (
    select(cases.c.id)
    .where(IS_OPEN, cases.c.id > AFTER, cases.c.id <= UNTIL, ~ARMED_IN_SLICE.exists())
    .order_by(cases.c.id)
    .limit(CANDIDATES)
)
THESE: Final = cases.c.id.in_(bindparam("these", expanding=True))
WHOLE: Final = select(cases).where(THESE, IS_OPEN)
STORED: Final = select(cases.c.id, cases.c.clocks, cases.c.parts).where(THESE, IS_OPEN)
ARMED_FOR: Final = select(timers.c.case_id, timers.c.kind, timers.c.step, timers.c.loop).where(
    ARMED, timers.c.case_id.in_(bindparam("these", expanding=True))
)


def _differing() -> Select[Any]:
    last = (
        select(func.max(journal.c.seq))
        .where(journal.c.case_id == cases.c.id, journal.c.version.is_not(None))
        .correlate(cases)
        .scalar_subquery()
    )
    differs = or_(
        journal.c.seq.is_(None),
        journal.c.version != cases.c.version,
        journal.c.to_state != cases.c.state,
    )
    joined = cases.outerjoin(journal, journal.c.seq == last)
    return select(cases.c.id).select_from(joined).where(and_(THESE, cases.c.version > 0, differs))


DIFFERING: Final = _differing()


@dataclass(frozen=True, slots=True)
class Passed:
    """Open cases without one of their timers, cases the journal knows otherwise, and how far."""

    unwatched: frozenset[int]
    differing: frozenset[int]
    progress: Progress


async def go_on(
    connection: AsyncConnection, progress: Progress, changed: Collection[int]
) -> Passed:
    """The next part of each pass, besides what changed and what was wrong the last time."""
    timeless, timed = await _without_timer(connection, progress.timed)
    to_weigh, weighed = await _following(connection, OPEN_ONES, progress.weighed, WEIGHED)
    to_compare, compared = await _following(connection, ALL_ONES, progress.compared, COMPARED)
    again = {*changed, *progress.suspects}
    unwatched = await unwatched_of(connection, again | {*timeless, *to_weigh})
    differing = await _differ(connection, again | {*to_compare})
    suspects = tuple(sorted(unwatched | differing)[:SUSPECTS])
    moved = replace(progress, timed=timed, weighed=weighed, compared=compared, suspects=suspects)
    return Passed(unwatched, differing, moved)


async def unwatched_of(connection: AsyncConnection, these: Collection[int]) -> frozenset[int]:
    """Those open cases of these that wait without one of the timers they ask for."""
    if not these:
        return frozenset()
    armed = await _armed(connection, these)
    found = await connection.execute(STORED, {"these": _padded(these)})
    doubtful = [row.id for row in found if not _asks_for(row) <= armed.get(row.id, set())]
    return await exactly_unwatched(connection, doubtful)


async def exactly_unwatched(connection: AsyncConnection, these: Collection[int]) -> frozenset[int]:
    """The same, by what the case itself says of its timers; ten times as dear."""
    if not these:
        return frozenset()
    armed = await _armed(connection, these)
    found = await connection.execute(WHOLE, {"these": _padded(these)})
    return frozenset(row.id for row in found if not _is_watched(case_from(row), armed))


Armed = dict[int, set[tuple[str, int, int]]]


async def _armed(connection: AsyncConnection, these: Collection[int]) -> Armed:
    armed: Armed = {}
    for row in await connection.execute(ARMED_FOR, {"these": _padded(these)}):
        armed.setdefault(row.case_id, set()).add((row.kind, row.step, row.loop))
    return armed


def _is_watched(case: Case, armed: Armed) -> bool:
    """Some clock of it has not ended, and every timer that it asks for is armed."""
    wanted = {(timer.kind, timer.step, timer.loop) for timer in timers_of(case)}
    is_timed = any(clock.ended_at is None for clock in case.clocks)
    return is_timed and wanted <= armed.get(case.id, set())


def _asks_for(row: Any) -> set[tuple[str, int, int]]:
    """No fewer timers than the case asks for, read from its stored form; one more is a doubt.

    A case without a running clock asks for what nobody arms.
    """
    running = [clock for clock in row.clocks if clock["ended_at"] is None]
    alerts = [(clock, clock["alert"]) for clock in running if clock.get("alert")]
    return {
        *(
            (clock["kind"], clock["rungs_told"], clock["round"])
            for clock in running
            if clock["next_rung_at"] is not None
        ),
        *(
            (clock["kind"] + AGAIN, alert["number"], clock["round"])
            for clock, alert in alerts
            if alert["again_at"] is not None
        ),
        *(
            (PART_TIMER, 0, place)
            for place, part in enumerate(row.parts)
            if part["ended_at"] is None
        ),
        *(() if running else (("", 0, 0),)),
    }


async def all_unwatched(connection: AsyncConnection) -> Sequence[int]:
    """Every open case, in batches: minutes where there are many, but to the last one."""
    found: list[int] = []
    after = 0
    while True:
        batch = await connection.execute(OPEN_ONES.limit(BATCH), {"after": after})
        these = list(batch.scalars())
        if not these:
            return sorted(found)
        found += await exactly_unwatched(connection, these)
        after = these[-1]


async def _without_timer(connection: AsyncConnection, after: int) -> tuple[Sequence[int], int]:
    """Candidates of the next slice and where it ends; 0 begins anew."""
    until = (await connection.execute(END_OF_SLICE, {"after": after})).scalar_one()
    if until is None:
        return (), 0
    given = {"after": after, "until": until}
    found = list((await connection.execute(WITHOUT_TIMER, given)).scalars())
    return found, found[-1] if len(found) == CANDIDATES else until


async def _following(
    connection: AsyncConnection, question: Select[Any], after: int, most: int
) -> tuple[Sequence[int], int]:
    found = list((await connection.execute(question.limit(most), {"after": after})).scalars())
    return found, found[-1] if len(found) == most else 0


async def _differ(connection: AsyncConnection, these: Collection[int]) -> frozenset[int]:
    if not these:
        return frozenset()
    found = await connection.execute(DIFFERING, {"these": _padded(these)})
    return frozenset(found.scalars())


def _padded(these: Collection[int]) -> list[int]:
    """Filled up with a number that no case has: a few lengths only, so that plans are kept."""
    length = 1 << (len(these) - 1).bit_length()
    return sorted(these) + [0] * (length - len(these))
