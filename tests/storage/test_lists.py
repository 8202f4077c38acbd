"""Lists of cases: what is in them, in which order, and pages that hold still."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, insert, select, text

from storage.assembly import Storage, assemble
from storage.case_rows import case_values
from storage.cases import RECENT
from storage.database import connect
from storage.failpoints import nowhere
from storage.finding import by_caller, by_number
from storage.keyring import practice_keyring
from storage.listing import Order, _condition
from storage.migrating import MIGRATIONS, migrate
from storage.reach import visible
from storage.rows.cases import cases
from tests.storage.city import AGENCY, City, HandClock
from tests.storage.test_views import due_in
from workflows.cases.case import Case, CaseId, RunningClock, State
from workflows.cases.machine import may_see
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.lists import FIRST, PAGE, Listed, ListKind, Mark, Turn, Wanted
from workflows.people import Actor, AgencyCode, AreaCode, Person, PersonId, Post, Role
from workflows.ports import Caller


def wanted(clock: HandClock, kind: ListKind, turn: Turn = FIRST, **more: Any) -> Wanted:
    return Wanted(kind, clock(), turn, **more)


def words(listed: Listed) -> list[str]:
    return [case.words for case in listed.cases]


async def all_pages(storage: Storage, reader: Person, question: Wanted) -> list[str]:
    """Every page of a list, turned to the end."""
    seen: list[str] = []
    while True:
        listed = await storage.views.listed(reader, question)
        seen += words(listed)
        if not listed.later:
            return seen
        question = replace(question, turn=Turn(after=listed.marks[-1]))


async def test_what_is_due_first_stands_first_whichever_clock_it_is(
    storage: Storage, city: City, clock: HandClock
) -> None:
    acceptor = await city.person(role=Role.ACCEPTOR)
    filing = RunningClock(
        ClockKind.FILING, 0, clock(), Limit(1, Unit.URGENT_HOUR), clock() + timedelta(minutes=30)
    )
    await city.case(words="whenever")
    await city.case(words="later", clocks=due_in(clock, 2))
    await city.case(words="step", state=State.PENDING_FILING, clocks=(filing,))
    await city.case(words="late", clocks=due_in(clock, -1))
    listed = await storage.views.listed(acceptor, wanted(clock, ListKind.TASKS))
    assert words(listed) == ["late", "step", "later", "whenever"]


@pytest.mark.parametrize("kind", [ListKind.TASKS, ListKind.BOARD, ListKind.ORDERS, ListKind.FOUND])
async def test_pages_show_everything_once_forwards_and_back(
    storage: Storage, city: City, clock: HandClock, kind: ListKind
) -> None:
    both = (Post(Role.AGENCY_LEAD, AreaCode("310112"), AGENCY), Post(Role.OPERATOR))
    async with storage.begin() as work:
        reader = await work.people.create("双", "zh", both)
    for n in range(12):
        hours = due_in(clock, n % 3) if n % 4 else ()
        await city.case(
            words=str(n), state=State.HANDLING, agency=AGENCY, clocks=hours, reported_by=reader.id
        )
    more = {"terms": (("中山路", ()),)} if kind is ListKind.FOUND else {}
    more |= {"state": State.HANDLING} if kind is ListKind.BOARD else {}
    question = wanted(clock, kind, **more)
    seen = await all_pages(storage, reader, question)
    assert len(seen) == 12
    assert len(set(seen)) == 12
    second = await storage.views.listed(
        reader, replace(question, turn=await _after(storage, reader, question))
    )
    back = Turn(before=second.marks[0])
    first = await storage.views.listed(reader, replace(question, turn=back))
    assert words(first) == seen[:PAGE]
    assert (first.earlier, first.later, second.earlier) == (0, 7, 5)


async def _after(storage: Storage, reader: Person, question: Wanted) -> Turn:
    return Turn(after=(await storage.views.listed(reader, question)).marks[-1])


async def test_a_page_goes_on_where_it_was_though_cases_come_and_go(
    storage: Storage, city: City, clock: HandClock
) -> None:
    officer = await city.person(role=Role.DISPATCH_OFFICER)
    made = [
        await city.case(words=str(n), state=State.PENDING_DISPATCH, clocks=due_in(clock, n + 10))
        for n in range(8)
    ]
    turn = await _after(storage, officer, wanted(clock, ListKind.TASKS))
    await city.case(words="new", state=State.PENDING_DISPATCH, clocks=due_in(clock, 1))
    async with storage.begin() as work:
        for gone in (made[1], made[4]):
            await work.cases.write(gone, replace(gone, state=State.VOIDED, version=1, clocks=()))
    listed = await storage.views.listed(officer, wanted(clock, ListKind.TASKS, turn))
    assert words(listed) == ["5", "6", "7"]
    assert (listed.total, listed.earlier, listed.later) == (7, 4, 0)


async def test_a_page_that_has_run_empty_is_the_last_and_a_short_one_the_first(
    storage: Storage, city: City, clock: HandClock
) -> None:
    officer = await city.person(role=Role.DISPATCH_OFFICER)
    for n in range(7):
        await city.case(words=str(n), state=State.PENDING_DISPATCH, clocks=due_in(clock, n + 1))
    beyond = Turn(after=Mark(CaseId(999), clock() + timedelta(days=9)))
    assert words(await storage.views.listed(officer, wanted(clock, ListKind.TASKS, beyond))) == [
        "2", "3", "4", "5", "6",
    ]  # fmt: skip
    early = Turn(before=Mark(CaseId(3), clock() + timedelta(hours=3)))
    listed = await storage.views.listed(officer, wanted(clock, ListKind.TASKS, early))
    assert words(listed) == ["0", "1", "2", "3", "4"]


async def test_a_board_has_the_lead_s_agencies_and_the_watcher_s_area(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lead = await city.person(role=Role.AGENCY_LEAD)
    chief = await city.person(role=Role.DUTY_CHIEF, area="310113")
    worker = await city.person()
    here = (await city.case(state=State.HANDLING, agency=AGENCY, clocks=due_in(clock, -1))).place
    await city.case(state=State.PENDING_SIGN, agency=AGENCY, place=replace(here, area=None))
    await city.case(state=State.HANDLING, agency=AgencyCode("LGT-1"))
    await city.case(state=State.CLOSED, agency=AGENCY)
    await city.case(state=State.REPORTED, place=replace(here, area=AreaCode("310113101")))
    counted = [
        (pile.state, pile.count, pile.overdue) for pile in await storage.views.piles(lead, clock())
    ]
    assert counted == [(State.PENDING_SIGN, 1, 0), (State.HANDLING, 1, 1)]
    assert [pile.state for pile in await storage.views.piles(chief, clock())] == [
        State.REPORTED,
        State.PENDING_SIGN,
    ]
    assert await storage.views.piles(worker, clock()) == ()


async def test_orders_are_one_s_own_and_the_closed_ones_of_a_fortnight(
    storage: Storage, city: City, clock: HandClock
) -> None:
    operator, other = [await city.person(role=Role.OPERATOR) for _ in range(2)]
    for said, days in (("long ago", 20), ("lately", 3)):
        closed = clock() - timedelta(days=days)
        await city.case(words=said, state=State.CLOSED, closed_at=closed, reported_by=operator.id)
    await city.case(words="open", reported_by=operator.id)
    await city.case(words="theirs", reported_by=other.id)
    listed = await storage.views.listed(operator, wanted(clock, ListKind.ORDERS))
    assert words(listed) == ["open", "lately"]


async def test_words_find_places_and_classes_among_what_one_may_see(
    storage: Storage, city: City, clock: HandClock
) -> None:
    acceptor = await city.person(role=Role.ACCEPTOR)
    place = (await city.case(words="long ago", reported_at=clock() - timedelta(days=500))).place
    lake = replace(place, words="Moon Lake 月湖公园100%南门")
    await city.case(words="lake", place=lake)
    await city.case(words="other class", place=lake, class_code="06010")
    await city.case(words="elsewhere", place=replace(lake, area=AreaCode("310113101")))
    question = wanted(clock, ListKind.FOUND)

    async def found(*terms: tuple[str, tuple[str, ...]]) -> list[str]:
        return words(await storage.views.listed(acceptor, replace(question, terms=terms)))

    assert await found(("月湖", ())) == ["other class", "lake"]
    assert await found(("moon", ())) == ["other class", "lake"]
    assert await found(("月湖", ()), ("垃圾", ("06010",))) == ["other class"]
    assert await found(("七宝", ())) == ["other class", "lake"]
    assert await found(("中山路", ())) == []
    assert await found(("月_", ())) == []
    assert await found(("100%", ())) == ["other class", "lake"]
    assert await found() == []


async def test_a_number_finds_the_case_the_source_and_the_caller(
    storage: Storage, city: City
) -> None:
    operator, other = [await city.person(role=Role.OPERATOR) for _ in range(2)]
    acceptor, worker = await city.person(role=Role.ACCEPTOR), await city.person()
    mine = await city.case(reported_by=operator.id, source_number="SH-7", assignee=worker.id)
    async with storage.begin() as work:
        await work.cases.keep_caller(mine.id, Caller("王", "13912340021"))
        for words_of_number in (str(mine.id), f"#{mine.id}", "SH-7"):
            assert await work.cases.named(operator, words_of_number) == (mine.id,)
            assert await work.cases.named(other, words_of_number) == ()
        assert await work.cases.named(operator, "9" * 30) == ()
        assert await work.cases.named(operator, "") == ()
        for reader, expected in ((operator, (mine.id,)), (acceptor, (mine.id,))):
            assert await work.cases.called_from(reader, ["13912340021"]) == expected
        for reader in (other, worker):
            assert await work.cases.called_from(reader, ["13912340021"]) == ()
        assert await work.cases.called_from(operator, [""]) == ()
        assert await work.cases.called_from(operator, ["1391234002"]) == ()


async def test_lists_show_a_person_exactly_what_the_law_lets_them_see(
    storage: Storage, city: City
) -> None:
    dice = random.Random(7)
    areas = [None, *map(AreaCode, ("310112101-03", "310112102-01", "310113101-01"))]
    readers = [
        await city.person(role=role, area=area, agency=agency)
        for role in Role
        for area in ("", "310112", "310112101")
        for agency in ("WTR-1", None)
    ]
    place = (await city.case()).place
    made = [
        await city.case(
            place=replace(place, area=dice.choice(areas)),
            agency=dice.choice([None, AGENCY, AgencyCode("LGT-1")]),
            assignee=dice.choice([None, *(reader.id for reader in readers)]),
            reported_by=dice.choice([PersonId(0), *(reader.id for reader in readers)]),
        )
        for _ in range(60)
    ]
    async with storage.database.reading() as connection:
        for reader in readers:
            shown = await connection.execute(select(cases.c.id).where(visible(reader)))
            told = set(shown.scalars()) & {case.id for case in made}
            assert told == {case.id for case in made if may_see(case, Actor(reader))}, reader


async def test_everything_due_waits_for_a_supervisor_however_much(
    storage: Storage, city: City, clock: HandClock
) -> None:
    supervisor = await city.person(role=Role.SUPERVISOR)
    for n in range(103):
        await city.case(state=State.HANDLING, clocks=due_in(clock, -1 - n))
    assert len(await storage.views.waiting(supervisor, clock())) == 103
    nobody = await city.person(role=Role.AUDITOR)
    assert await storage.views.waiting(nobody, clock()) == ()


async def _ten_thousand(storage: Storage, city: City, clock: HandClock) -> None:
    """A year of a district: nine of ten are closed, and everybody has some of them."""
    pattern = await city.case(clocks=due_in(clock, 5), agency=AGENCY, state=State.HANDLING)
    staff = [(await city.person(role=Role.OPERATOR)).id for _ in range(40)]
    rows = [case_values(each) for each in _year_of(pattern, staff, clock)]
    async with storage.database.begin() as connection:
        await connection.execute(insert(cases), rows)
        await connection.execute(text("ANALYZE"))


def _year_of(pattern: Case, staff: Sequence[PersonId], clock: HandClock) -> Sequence[Case]:
    return [
        replace(
            pattern,
            state=State.HANDLING if n % 10 == 0 else State.CLOSED,
            place=replace(pattern.place, area=AreaCode(f"3101{12 + n % 40}101-0{n % 9}")),
            agency=AgencyCode(f"A-{n % 50}"),
            reported_by=staff[n % 40],
            assignee=staff[(n * 7) % 40],
            reported_at=clock() - timedelta(days=n % 700),
            closed_at=None if n % 10 == 0 else clock() - timedelta(days=n % 300),
            clocks=pattern.clocks if n % 10 == 0 else (),
        )
        for n in range(10_000)
    ]


async def test_no_list_walks_through_all_cases(sqlite_url: str, clock: HandClock) -> None:
    storage = assemble(connect(sqlite_url), sqlite_url, clock, practice_keyring(), nowhere)
    city = City(storage, clock)
    await _ten_thousand(storage, city, clock)
    worker, lead, operator = [
        await city.person(role=role) for role in (Role.WORKER, Role.AGENCY_LEAD, Role.OPERATOR)
    ]
    acceptor = await city.person(role=Role.ACCEPTOR)
    mark = Mark(CaseId(9000), clock())
    asked = [
        (reader, wanted(clock, kind, **more))
        for reader in (worker, lead, operator, acceptor)
        for kind, more in (
            (ListKind.TASKS, {}),
            (ListKind.BOARD, {"state": State.HANDLING}),
            (ListKind.ORDERS, {}),
            (ListKind.FOUND, {"terms": (("中山路", ()),)}),
            (ListKind.FOUND, {"cases": (CaseId(1), CaseId(2))}),
        )
    ]
    async with storage.database.reading() as connection:
        for reader, question in asked:
            condition = _condition(reader, question)
            order = Order.of(question.kind)
            page = select(cases).where(condition).order_by(*order.forwards()).limit(PAGE)
            for each in (page, page.where(order.after(mark))):
                assert await _walks(connection, each) == [], (reader.roles, question.kind)
        for each in (by_number(operator, "77"), by_caller(operator, ["practice:x"], ["1391234"])):
            assert await _walks(connection, each) == []
        since = {"since": clock() - timedelta(hours=72), "district": "310112", "beyond": "310113"}
        assert await _plan(connection, RECENT, since) == [
            "SEARCH cases USING INDEX ix_cases_open_reported_at (reported_at>?)"
        ]
    await storage.dispose()


async def _walks(connection: Any, question: Any) -> list[str]:
    """Steps of SQLite's plan that read the whole table."""
    return [step for step in await _plan(connection, question) if is_a_walk(step)]


async def _plan(connection: Any, question: Any, asked_with: Any = None) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def overhear(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(connection.sync_connection, "before_cursor_execute", overhear)
    await connection.execute(question, asked_with)
    event.remove(connection.sync_connection, "before_cursor_execute", overhear)
    statement, values = asked[0]
    plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row[3] for row in plan]


def is_a_walk(step: str) -> bool:
    whole = step.startswith("SCAN cases") and "INDEX" not in step
    return whole or "PRIMARY KEY (rowid<?)" in step


def again(connection: Connection, revision: str, way: str = "upgrade") -> None:
    """One migration by itself, with every later one already there."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config).get_revision(revision)
    with Operations.context(MigrationContext.configure(connection)):
        getattr(script.module, way)()


async def test_lists_work_on_cases_from_before_there_were_any(
    bare_url: str, clock: HandClock
) -> None:
    """What an older version has stored is brought into the new columns."""
    await migrate(bare_url)
    storage = assemble(connect(bare_url), bare_url, clock, practice_keyring(), nowhere)
    city = City(storage, clock)
    officer = await city.person(role=Role.DISPATCH_OFFICER)
    paused = replace(due_in(clock, 1)[0], kind=ClockKind.DISPATCH)
    await city.case(words="open", state=State.PENDING_DISPATCH, clocks=(paused,))
    await city.case(words="closed", state=State.CLOSED, clocks=())
    async with storage.database.begin() as connection:
        before = (
            await connection.execute(
                text("SELECT id, due_next, where_words FROM cases ORDER BY id")
            )
        ).all()
        await connection.execute(text("DROP INDEX ix_cases_reported_by_id"))
        for column in ("due_next", "where_words"):
            await connection.execute(text(f"ALTER TABLE cases DROP COLUMN {column}"))
        await connection.run_sync(again, "0005")
    async with storage.database.reading() as connection:
        after = (
            await connection.execute(
                text("SELECT id, due_next, where_words FROM cases ORDER BY id")
            )
        ).all()
    assert after == before
    assert words(await storage.views.listed(officer, wanted(clock, ListKind.TASKS))) == ["open"]
    await storage.dispose()
