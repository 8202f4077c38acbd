"""Who is on duty once shifts change hands and people are away; rosters come in and come anew."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from storage.assembly import Storage
from storage.duty import on_duty, on_duty_around, on_shift
from storage.rosters import LAPSING, OF_SOURCE, TO_COME
from tests.lawbook import book
from tests.storage.city import AGENCY, AREA, City, HandClock
from workflows.duty.import_shifts import ImportShifts, Taken
from workflows.duty.presence import present
from workflows.duty.shift import Given, Shift, ShiftId, Turn
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.shift_rows import ShiftLine, read_shifts
from workflows.people import SYSTEM, Person, PersonId, Post, Role
from workflows.refusals import Reason, Refused

HOUR = timedelta(hours=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def shift(person: Person, starts: datetime, hours: float, **more: Any) -> Shift:
    ends = starts + timedelta(hours=hours)
    return Shift(starts, ends, ShiftId(0), person.id, more.pop("planned_for", person.id), **more)


async def added(storage: Storage, *shifts: Shift) -> None:
    async with storage.begin() as work:
        await work.rosters.add(shifts)


async def away(storage: Storage, person: Person, stands_in: Person | None, turn: Turn) -> None:
    async with storage.begin() as work:
        number = stands_in.id if stands_in else None
        at = turn.starts_at
        await work.rosters.be_away(person.id, number, turn, note="", by=person.id, at=at)


async def who(
    storage: Storage, at: datetime, role: Role = Role.WORKER, area: Any = AREA
) -> set[str]:
    async with storage.begin() as work:
        found = await work.people.on_duty(role, area, AGENCY, at)
        for person in found:
            assert await work.people.is_on_shift(person.id, at)
    return {person.name for person in found}


async def test_a_shift_counts_for_whoever_does_it_now(
    storage: Storage, city: City, clock: HandClock
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    now = clock()
    await added(storage, shift(wang, now, 8), shift(li, now + 24 * HOUR, 8))
    assert await who(storage, now) == {"王"}
    async with storage.begin() as work:
        [mine] = await work.rosters.to_come(wang.id, now)
        await work.rosters.hand_over(mine, li.id, SYSTEM.id, now)
    assert await who(storage, now) == {"李"}
    assert await who(storage, now + 9 * HOUR) == set()  # 王 has a roster, and no shift


async def test_whoever_takes_over_one_shift_without_a_roster_stays_always_on_duty(
    storage: Storage, city: City, clock: HandClock
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    now = clock()
    await added(storage, shift(li, now, 8, planned_for=wang.id))
    assert await who(storage, now + 9 * HOUR) == {"李"}


async def test_a_shift_for_one_role_says_nothing_of_another(
    storage: Storage, clock: HandClock
) -> None:
    posts = (Post(Role.WORKER, AREA, AGENCY), Post(Role.AGENCY_LEAD, AREA, AGENCY))
    async with storage.begin() as work:
        sun = await work.people.create("孙", "zh", posts)
    await added(storage, shift(sun, clock(), 8, role=Role.AGENCY_LEAD))
    assert await who(storage, clock()) == set()
    assert await who(storage, clock(), Role.AGENCY_LEAD) == {"孙"}


async def test_the_replacement_stands_in_where_and_when_the_other_would_be(
    storage: Storage, city: City, clock: HandClock
) -> None:
    wang = await city.person(name="王", area="310112101")
    li, zhou = await city.person(name="李"), await city.person(name="周")
    now = clock()
    later = now + 48 * HOUR
    await added(storage, shift(wang, now, 8), shift(li, later, 8), shift(zhou, later, 8))
    await away(storage, wang, li, Turn(now, now + 24 * HOUR))
    assert await who(storage, now) == {"李"}
    assert await who(storage, now, area="310112102-01") == set()
    assert await who(storage, now + 9 * HOUR) == set()  # off duty both
    await away(storage, li, zhou, Turn(now, now + 24 * HOUR))
    assert await who(storage, now) == {"周"}


async def test_replacements_in_a_circle_come_to_an_end(
    storage: Storage, city: City, clock: HandClock
) -> None:
    three = [await city.person(name=name) for name in ("王", "李", "周")]
    day = Turn(clock(), clock() + 24 * HOUR)
    for person, other in zip(three, [*three[1:], three[0]], strict=True):
        await away(storage, person, other, day)
    assert await who(storage, clock()) == set()
    assert await who(storage, clock() + 24 * HOUR) == {"王", "李", "周"}


async def test_the_page_and_the_orders_agree_on_who_is_there(
    storage: Storage, city: City, clock: HandClock
) -> None:
    """Random rosters: what /duty works out is what the one statement answers."""
    dice, now = random.Random(7), clock()
    people = [await city.person(name=f"p{number}") for number in range(6)]
    async with storage.begin() as work:
        for person in people[:5]:
            for _ in range(dice.randrange(4)):
                starts = now + dice.randrange(48) * HOUR
                holder = dice.choice(people)
                await work.rosters.add(
                    [shift(holder, starts, dice.randrange(1, 13), planned_for=person.id)]
                )
            if dice.random() < 0.6:
                starts = now + dice.randrange(40) * HOUR
                other = dice.choice([one.id for one in people if one != person])
                turn = Turn(starts, starts + dice.randrange(1, 20) * HOUR)
                await work.rosters.be_away(person.id, other, turn, note="", by=person.id, at=now)
    post = Post(Role.WORKER, AREA, AGENCY)
    board = await storage.views.rosters.board(people[0], Turn(now, now + 80 * HOUR))
    for hours in range(70):
        at = now + hours * HOUR
        there = {one.name for one in present(board.staff, post, at)}
        assert there == await who(storage, at), hours


LINES = "date,start,end,person,instead_of,note\n"


def lines(tmp_path: Path, *rows: str) -> tuple[ShiftLine, ...]:
    path = tmp_path / "roster.csv"
    path.write_text(LINES + "\n".join(rows) + "\n", encoding="utf-8")
    return read_shifts(path, SHANGHAI)


async def taken(
    storage: Storage, clock: HandClock, found: tuple[ShiftLine, ...], source: str = "a"
) -> Taken:
    return await ImportShifts(storage.begin, clock, book())(found, "roster.csv", source)


def rows_of(*days: int, person: str = "王") -> list[str]:
    return [f"2026-09-{day:02},20:00,8:00,{person},," for day in days]


async def test_the_same_source_anew_replaces_what_is_to_come_and_keeps_what_was(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    """It is the first of September, four in the afternoon."""
    wang = await city.person(name="王")
    await city.person(name="李")
    first = await taken(storage, clock, lines(tmp_path, *rows_of(1, 2, 3)))
    assert (len(first.added), first.kept) == (3, 0)
    other = await taken(storage, clock, lines(tmp_path, *rows_of(9, person="李")), "b")
    assert len(other.added) == 1
    clock.advance(86400 * 1.5)  # the first is over, the second runs no longer either
    again = await taken(storage, clock, lines(tmp_path, *rows_of(3, 4)))
    assert [s.starts_at.day for s in again.added] == [4]
    assert (again.kept, again.removed) == (1, ())
    gone = await taken(storage, clock, lines(tmp_path, *rows_of(4)))
    assert [s.starts_at.day for s in gone.removed] == [3]
    async with storage.database.reading() as connection:
        left = await connection.execute(
            text("SELECT source, count(*) FROM roster_shift GROUP BY source ORDER BY source")
        )
        assert [tuple(row) for row in left] == [("a", 3), ("b", 1)]
    assert wang.id == again.added[0].person


async def test_a_shift_that_runs_stays_whatever_the_file_says(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    await city.person(name="王")
    await taken(storage, clock, lines(tmp_path, *rows_of(1)))
    clock.advance(3600 * 5)
    again = await taken(storage, clock, lines(tmp_path, *rows_of(2)))
    assert (again.begun, again.removed) == (1, ())
    assert await who(storage, clock()) == {"王"}


async def test_an_override_outlives_the_same_roster_and_a_file_may_bring_one(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    found = lines(tmp_path, *rows_of(1))
    await taken(storage, clock, found)
    async with storage.begin() as work:
        [mine] = await work.rosters.to_come(wang.id, clock())
        await work.rosters.hand_over(mine, li.id, wang.id, clock())
    again = await taken(storage, clock, found)
    assert (again.kept, again.handed) == (1, ())
    night = clock() + 5 * HOUR
    async with storage.begin() as work:
        assert [s.person for s in await work.rosters.to_come(li.id, clock())] == [li.id]
    assert "王" not in await who(storage, night)
    brought = await taken(storage, clock, lines(tmp_path, "2026-09-02,20:00,8:00,李,王,"))
    assert [(s.planned_for, s.person) for s in brought.added] == [(wang.id, li.id)]


async def test_a_swap_falls_with_the_shift_that_the_roster_takes_away(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    await taken(storage, clock, lines(tmp_path, *rows_of(2)))
    async with storage.begin() as work:
        [mine] = await work.rosters.to_come(wang.id, clock())
        swap = await work.rosters.open_swap(wang.id, li.id, Given(mine.id, mine), None, clock())
    gone = await taken(storage, clock, lines(tmp_path, *rows_of(3)))
    assert gone.lapsed == 1
    view = await storage.views.rosters.swap(swap.id)
    assert view.swap.state == "lapsed"
    with pytest.raises(Refused) as no:
        await storage.views.rosters.shift(mine.id)
    assert no.value.reason is Reason.NO_SUCH_SHIFT


async def test_overlaps_are_taken_and_told(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    await city.person(name="王")
    both = lines(tmp_path, *rows_of(2), "2026-09-03,06:00,12:00,王,,")
    assert len((await taken(storage, clock, both)).overlaps) == 1


async def test_nothing_of_a_file_is_taken_that_has_a_mistake_and_all_are_told(
    storage: Storage, city: City, clock: HandClock, tmp_path: Path
) -> None:
    await city.person(name="王")
    for _ in range(2):
        await city.person(name="李")
    await city.person(name="周", role=Role.SUPERVISOR, agency=None)
    bad = (*rows_of(2), *rows_of(3, person="李"), *rows_of(4, person="无"), *rows_of(2))
    with pytest.raises(ImportMistakes) as no:
        await taken(storage, clock, lines(tmp_path, *bad, "2026-09-05,8:00,9:00,周,王,"))
    said = str(no.value).splitlines()
    assert len(said) == 4
    assert "2 people are called" in said[0]
    assert "/me" in said[1]
    assert "second time" in said[2]
    assert "does not hold the post" in said[3]
    async with storage.begin() as work:
        assert await work.rosters.of_source("a", clock()) == ()


async def test_of_two_who_change_one_shift_at_once_one_is_told(
    storage: Storage, city: City, clock: HandClock
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    await added(storage, shift(wang, clock(), 8))
    async with storage.begin() as work:
        [mine] = await work.rosters.to_come(wang.id, clock())
        await work.rosters.hand_over(mine, li.id, wang.id, clock())
    with pytest.raises(Refused) as no:
        async with storage.begin() as work:
            await work.rosters.hand_over(mine, li.id, wang.id, clock())
    assert no.value.reason is Reason.SHIFT_CHANGED


async def test_no_question_about_duty_walks_through_a_whole_table(
    storage: Storage, clock: HandClock, kind: str
) -> None:
    if kind != "sqlite":
        pytest.skip("PostgreSQL plans by statistics: a small table is read whole on purpose")
    now = clock()
    asked = (
        on_duty(Role.WORKER, AREA, AGENCY, now),
        on_duty(Role.COLLECTOR, AREA, None, now),
        on_duty_around((Role.WORKER, Role.COLLECTOR), AREA, now),
        on_shift(PersonId(1), now),
        (TO_COME, {"person": 1, "at": now}),
        (OF_SOURCE, {"source": "a", "at": now}),
        (LAPSING, {"at": now}),
    )
    async with storage.database.reading() as connection:
        for statement, values in asked:
            plan = await _plan(connection, statement, values)
            walks = [step for step in plan if step.startswith("SCAN") and "USING" not in step]
            assert [step for step in walks if step.split()[1] in TABLES] == [], plan


TABLES = {
    "person",
    "post",
    "held",
    "contact",
    "roster_shift",
    "roster_shift_1",
    "roster_shift_2",
    "duty_absence",
    "first_away",
    "next_away",
    "duty_swap",
    "cases",
}


async def _plan(connection: Any, statement: Any, values: Any) -> list[str]:
    heard: list[tuple[str, Any]] = []

    def overhear(_c: Any, _cursor: Any, words: str, given: Any, *_: Any) -> None:
        heard.append((words, given))

    event.listen(connection.sync_connection, "before_cursor_execute", overhear)
    await connection.execute(statement, values)
    event.remove(connection.sync_connection, "before_cursor_execute", overhear)
    words, given = heard[0]
    plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
    return [row[3] for row in plan]


async def test_the_last_shift_of_everybody_is_told_apart_for_each_role(
    storage: Storage, city: City, clock: HandClock
) -> None:
    wang, li = await city.person(name="王"), await city.person(name="李")
    now = clock()
    await added(storage, shift(wang, now, 8), shift(wang, now + 24 * HOUR, 8))
    await added(storage, shift(li, now, 8, role=Role.WORKER, planned_for=wang.id))
    assert await storage.views.rosters.last_shifts([wang.id, li.id]) == {
        (wang.id, None): now + 32 * HOUR,
        (li.id, Role.WORKER): now + 8 * HOUR,
    }
