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

from storage.rows.cases import IS_OPEN, cases
from storage.rows.journal import journal
from storage.rows.rails import ARMED, timers
from workflows.auditing.faults import Progress
from workflows.joint.part import PART_TIMER

TIMED: Final = 10_000
WEIGHED: Final = 250
COMPARED: Final = 250
CANDIDATES: Final = 300
SUSPECTS: Final = 200

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
WATCHED: Final = select(cases.c.id, cases.c.clocks, cases.c.parts).where(THESE, IS_OPEN)
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
    given = {"these": _padded(these)}
    armed: dict[int, set[tuple[str, int, int]]] = {}
    for row in await connection.execute(ARMED_FOR, given):
        armed.setdefault(row.case_id, set()).add((row.kind, row.step, row.loop))
    found = await connection.execute(WATCHED, given)
    return frozenset(row.id for row in found if not _is_watched(row, armed.get(row.id, set())))


def _is_watched(row: Any, armed: set[tuple[str, int, int]]) -> bool:
    """As the doctor has it, asked of the stored form, which costs a tenth."""
    clocks = [clock for clock in row.clocks if clock["ended_at"] is None]
    wanted = {
        (clock["kind"], clock["rungs_told"], clock["round"])
        for clock in clocks
        if clock["next_rung_at"] is not None and not _rests(clock)
    }
    responses = {
        (PART_TIMER, 0, place)
        for place, part in enumerate(row.parts)
        if part["ended_at"] is None and part["responded_at"] is None and not part["late_told"]
    }
    return bool(clocks) and wanted | responses <= armed


def _rests(clock: dict[str, Any]) -> bool:
    return any(pause["end"] is None for pause in clock["pauses"])


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
