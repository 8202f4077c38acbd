"""The scopes as questions to a database: what the table says of each case, on both."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from storage.assembly import Storage
from storage.case_rows import case_values
from storage.reach import WITHIN, visible
from storage.rows.cases import cases
from tests.lawbook import DISTRICT, ELSEWHERE, WATER
from tests.scoped import SAMPLES
from tests.storage.city import City, HandClock
from workflows.cases.case import Case, CaseId, Place
from workflows.lists import ListKind, Wanted
from workflows.people import WITH_AN_AGENCY, Actor, AreaCode, Person, Post, Role
from workflows.ports import Caller
from workflows.privacy.scopes import COLUMNS, SCOPES, Reach, Thing, cell, reaches

ASKED_FOR = sorted(
    thing
    for thing, cells in SCOPES.items()
    if any(cells.values()) and {r for reach in cells.values() for r in reach} <= set(WITHIN)
    if thing not in {Thing.ROSTER, Thing.ARRANGE, Thing.OWN_SHIFTS, Thing.SUMMARY, Thing.CALL_OUT}
    if thing is not Thing.ASK_EMERGENCY
)
"""Every row that is about cases."""


async def in_every_office(city: City) -> dict[Role, Person]:
    return {
        role: await city.person(
            role=role, area=DISTRICT, agency=WATER if role in WITH_AN_AGENCY else None
        )
        for role in COLUMNS
    }


async def stored(storage: Storage, who: Person) -> dict[CaseId, tuple[str, frozenset[Reach]]]:
    """The cases made to be seen or not by this person, with what is written on them."""
    found = {}
    async with storage.database.begin() as connection:
        for sample in SAMPLES:
            adding = insert(cases).values(case_values(sample.make(who.id))).returning(cases.c.id)
            number = CaseId((await connection.execute(adding)).scalar_one())
            found[number] = (sample.name, sample.within)
    return found


async def test_every_cell_means_the_same_in_a_question(storage: Storage, city: City) -> None:
    """Every role's own cases beside everybody else's, and every row that is about cases."""
    people = await in_every_office(city)
    own = {role: await stored(storage, who) for role, who in people.items()}
    shared = {Reach.AGENCY, Reach.PARTNER, Reach.AREA, Reach.ANSWERED, Reach.CALLED_BACK}
    wrong = []
    async with storage.database.reading() as connection:
        for role, who in people.items():
            for thing in ASKED_FOR:
                rows = await connection.execute(select(cases.c.id).where(visible(who, thing)))
                seen, reach = {CaseId(n) for n in rows.scalars()}, {*cell(thing, role)}
                for other, made in own.items():
                    by = reach if other is role else reach & shared
                    expected = {number for number, (_, within) in made.items() if within & by}
                    if seen & set(made) != expected:
                        wrong.append((thing, role, other, seen & set(made), expected))
    assert wrong == []


@pytest.mark.parametrize("role", COLUMNS)
async def test_no_list_holds_what_its_reader_may_not_see(
    storage: Storage, city: City, clock: HandClock, role: Role
) -> None:
    who = (await in_every_office(city))[role]
    await stored(storage, who)
    listed: list[Case] = [*await storage.views.suspended(who), *await storage.views.tasks(who)]
    listed += [seen.case for seen in await storage.views.to_review(who)]
    for kind in (ListKind.ORDERS, ListKind.SUPERVISED, ListKind.REVIEWS, ListKind.FOUND):
        terms = (("中山路", ()),) if kind is ListKind.FOUND else ()
        question = Wanted(kind, clock(), terms=terms)
        listed += (await storage.views.listed(who, question)).cases
    unseen = [case for case in listed if not reaches(Thing.CASE, who, case)]
    assert unseen == []


async def test_a_number_is_read_only_by_whom_the_scopes_name_at_that_moment(
    storage: Storage, city: City
) -> None:
    people = await in_every_office(city)
    for role, who in people.items():
        made = await stored(storage, who)
        async with storage.begin() as work:
            for number in made:
                await work.cases.keep_caller(number, Caller("王", "13912340021"))
        for number, (name, within) in made.items():
            told = await storage.views.caller(who, number)
            assert (told is not None) == bool(within & {*cell(Thing.NUMBER, role)}), (role, name)


async def test_whoever_changes_office_sees_with_the_new_one_alone(
    storage: Storage, city: City
) -> None:
    """Decided by the posts of now: what somebody took down as an operator is not the worker's."""
    operator = await city.person(role=Role.OPERATOR, area=DISTRICT, agency=None)
    place = Place("中山路口", None, ELSEWHERE, "")
    case = await city.case(reported_by=operator.id, place=place)
    worker = replace(operator, posts=(Post(Role.WORKER, AreaCode(DISTRICT), WATER),))
    async with storage.begin() as work:
        assert await work.cases.named(operator, str(case.id)) == (case.id,)
        assert await work.cases.named(worker, str(case.id)) == ()
    assert reaches(Thing.CASE, Actor(operator).person, case)
    assert not reaches(Thing.CASE, worker, case)
