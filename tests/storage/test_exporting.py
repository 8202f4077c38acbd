"""Whose cases a file holds is decided where they are read, on both databases alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.approving.proposal import ProposalKind, digest_of
from workflows.approving.propose import Propose, Wish
from workflows.approving.rules import ApprovingRules
from workflows.cases.case import Case, Order, Place, State
from workflows.exporting.make import name_of
from workflows.exporting.mask_row import told
from workflows.exporting.row import ExportRow
from workflows.exporting.wish import ExportWish
from workflows.people import SYSTEM, Actor, AgencyCode, AreaCode, Person, Post, Role
from workflows.ports import Caller
from workflows.refusals import Reason, Refused

RULES = ApprovingRules(timedelta(hours=24), 10, 1000, timedelta(hours=24), 10)
LAKE, HILL, FAR = (AreaCode(code) for code in ("310112101-03", "310112102-01", "310115101-01"))
WATER, ROADS = AgencyCode("WTR-1"), AgencyCode("RDS-1")
CALLER = Caller("欧阳振华", "13912340021", address="虹梅路9871弄5号")


@pytest.fixture
def whole(clock: HandClock) -> ExportWish:
    since, until = clock() - timedelta(days=30), clock() + timedelta(seconds=1)
    return ExportWish(since.isoformat(), until.isoformat())


async def spread(city: City, storage: Storage) -> list[Case]:
    """Cases here and there, of one agency or another, one outside every grid."""
    found = []
    for area, agency in ((LAKE, WATER), (HILL, ROADS), (FAR, WATER), (None, None), (LAKE, ROADS)):
        place = Place("中山路口", None, area, "七宝镇三格")
        case = await city.case(place=place, agency=agency, order=Order(phone_hint="139****0021"))
        async with storage.begin() as work:
            await work.cases.keep_caller(case.id, CALLER)
        found.append(case)
    return found


async def numbers(storage: Storage, reader: Person, wish: ExportWish) -> set[int]:
    rows = [row async for some in storage.views.exports.rows(reader, wish) for row in some]
    assert await storage.views.exports.count(reader, wish) == len(rows)
    return {row.number for row in rows}


async def held_by(city: City, *posts: Post) -> Person:
    async with city.storage.begin() as work:
        return await work.people.create("林", "zh", posts)


R = Role
HERE, STREET, ALL = AreaCode("310112"), AreaCode("310112101"), AreaCode("")


@pytest.mark.parametrize(
    ("posts", "plain", "with_callers"),
    [
        ((Post(R.SUPERVISOR, HERE),), (0, 1, 3, 4), ()),
        ((Post(R.DUTY_CHIEF, STREET),), (0, 4), ()),
        ((Post(R.AUDITOR, ALL),), (0, 1, 2, 3, 4), ()),
        ((Post(R.ACCEPTOR, STREET),), (0, 4), (0, 4)),
        ((Post(R.AGENCY_LEAD, HERE, ROADS),), (1, 4), ()),
        ((Post(R.AGENCY_LEAD, HERE, ROADS), Post(R.ACCEPTOR, STREET)), (0, 1, 4), (0, 4)),
        ((Post(R.AGENCY_LEAD, HERE),), (), ()),
        ((Post(R.ADMIN, ALL),), (), ()),
        ((Post(R.OPERATOR, HERE),), (), ()),
        ((Post(R.WORKER, HERE, WATER),), (), ()),
        ((), (), ()),
    ],
)
async def test_a_file_holds_what_its_asker_answers_for(
    city: City,
    whole: ExportWish,
    posts: Sequence[Post],
    plain: Sequence[int],
    with_callers: Sequence[int],
) -> None:
    cases = await spread(city, city.storage)
    reader = await held_by(city, *posts)
    assert await numbers(city.storage, reader, whole) == {cases[n].id for n in plain}
    callers = replace(whole, callers=True)
    assert await numbers(city.storage, reader, callers) == {cases[n].id for n in with_callers}


async def test_period_area_and_state_narrow_it(
    storage: Storage, city: City, clock: HandClock, whole: ExportWish
) -> None:
    cases = await spread(city, storage)
    closed = await city.case(state=State.CLOSED, closed_at=clock())
    old = await city.case(reported_at=clock() - timedelta(days=31))
    chief = await held_by(city, Post(Role.DUTY_CHIEF, HERE))
    every = await numbers(storage, chief, whole)
    assert closed.id in every
    assert old.id not in every
    assert await numbers(storage, chief, replace(whole, state="closed")) == {closed.id}
    assert closed.id not in await numbers(storage, chief, replace(whole, state="open"))
    assert await numbers(storage, chief, replace(whole, state="reported", area=HILL)) == {
        cases[1].id
    }
    until = clock().isoformat()
    assert await numbers(storage, chief, replace(whole, until=until)) == set()
    assert await numbers(storage, SYSTEM.person, whole) == every | {cases[2].id}


async def one_row(storage: Storage, reader: Person, wish: ExportWish) -> ExportRow:
    [row] = [row async for some in storage.views.exports.rows(reader, wish) for row in some]
    return row


async def test_a_masked_row_names_nobody_and_a_shielded_caller_is_in_no_file(
    storage: Storage, city: City, whole: ExportWish
) -> None:
    words = f"{CALLER.name}说{CALLER.address}门口的井盖坏了，电话 139 1234 0021"
    case = await city.case(words=words, note=f"已联系{CALLER.name}", order=Order(hidden=True))
    async with storage.begin() as work:
        await work.cases.keep_caller(case.id, CALLER)
    desk = await held_by(city, Post(Role.ACCEPTOR, HERE))
    row = await one_row(storage, desk, replace(whole, callers=True))
    assert (row.caller, row.phone, row.address) == (CALLER.name, CALLER.phone, CALLER.address)
    for seen in (told(row, callers=False), told(row, callers=True)):
        assert (seen.caller, seen.phone, seen.address) == ("", "", "")
        for planted in (CALLER.name, CALLER.phone, CALLER.address, "139 1234 0021"):
            assert not any(planted in str(cell) for cell in (seen.words, seen.note, seen.place))


async def all_sent(storage: Storage, clock: HandClock) -> None:
    while claimed := await storage.outbox.claim(10, clock()):
        for owed in claimed:
            await storage.outbox.sent(owed, {}, [], clock())


async def test_a_made_file_lies_sealed_and_goes_when_it_is_handed_over_or_too_old(
    storage: Storage, city: City, clock: HandClock, whole: ExportWish
) -> None:
    chief, _ = await city.bound(role=Role.DUTY_CHIEF, agency=None)
    supervisor, _ = await city.bound(role=Role.SUPERVISOR, agency=None, name="沈")
    wish = Wish(ProposalKind.EXPORT, whole.as_json(), "通报", HERE)
    async with storage.begin() as work:
        proposal = await Propose(clock, RULES).inside(work, Actor(chief), wish)
        await work.exports.keep(proposal.id, name_of(whole, clock()), b"case,state\r\n")
    assert proposal.asked == (supervisor.id,)
    assert proposal.digest == digest_of(proposal.kind, proposal.what, HERE, "通报")
    views = storage.views.exports
    assert await views.open(proposal.id) == b"case,state\r\n"
    async with storage.database.reading() as connection:
        sealed = (await connection.execute(text("SELECT sealed FROM export_file"))).scalar_one()
    assert b"case" not in bytes(sealed)
    a_day = clock() - timedelta(days=1)
    assert await views.forget_old(a_day, 1000) == 0
    await city.owe(chief, key=f"export:{proposal.id}")
    assert await views.forget_old(a_day, 1000) == 0
    await all_sent(storage, clock)
    assert await views.forget_old(a_day, 5) == 0
    assert await views.forget_old(a_day, 1000) == 1
    with pytest.raises(LookupError):
        await views.open(proposal.id)
    async with storage.begin() as work:
        await work.exports.keep(proposal.id, "again.csv", b"x")
    assert await views.forget_old(clock() + timedelta(seconds=1), 0) == 1


async def test_with_nobody_who_could_approve_it_nothing_is_kept(
    storage: Storage, city: City, clock: HandClock, whole: ExportWish
) -> None:
    chief, _ = await city.bound(role=Role.DUTY_CHIEF, agency=None)
    await city.bound(role=Role.DUTY_CHIEF, agency=None, name="林", chat="same name")
    wish = Wish(ProposalKind.EXPORT, whole.as_json(), "通报", HERE)
    with pytest.raises(Refused) as no:
        async with storage.begin() as work:
            await Propose(clock, RULES).inside(work, Actor(chief), wish)
    assert no.value.reason is Reason.NO_SECOND_PERSON
    assert await storage.views.proposals.alive(clock()) == ()


async def test_the_doctor_and_the_clock_miss_what_waits_too_long(
    storage: Storage, city: City, clock: HandClock, whole: ExportWish
) -> None:
    chief, _ = await city.bound(role=Role.DUTY_CHIEF, agency=None)
    await city.bound(role=Role.SUPERVISOR, agency=None, name="沈")
    async with storage.begin() as work:
        wish = Wish(ProposalKind.EXPORT, whole.as_json(), "通报", HERE)
        await Propose(clock, RULES).inside(work, Actor(chief), wish)
    await all_sent(storage, clock)
    assert await storage.doctor.examine(clock()) == ()
    at = clock.advance(4 * 3600 + 1)
    assert [found.rule for found in await storage.doctor.examine(at)] == ["late_proposal"]
    assert await storage.due_proposals.claim(10, at) == ()
    [due] = await storage.due_proposals.claim(10, clock.advance(20 * 3600))
    assert not due.approved
