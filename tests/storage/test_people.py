"""People come in by invitation, are on duty by roster, and are chosen by how much they carry."""

import asyncio
from datetime import timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.cases.case import State
from workflows.importing.setup_lists import Duty, NewPerson
from workflows.notices import Address
from workflows.people import SYSTEM, AgencyCode, AreaCode, Person, PersonId, Post, Role
from workflows.ports import Invitation
from workflows.refusals import Reason, Refused

DOOR = Address("telegram", "700")
A_DAY = timedelta(days=1)


async def invited(
    storage: Storage, person: Person, clock: HandClock, token: str = "token"
) -> None:
    async with storage.begin() as work:
        await work.people.invite(Invitation(person.id, token, clock() + A_DAY, SYSTEM.id))


async def accepted(
    storage: Storage, clock: HandClock, token: str = "token", address: Address = DOOR
) -> Person:
    async with storage.begin() as work:
        return (await work.people.accept(token, address, clock()))[0]


async def refusal(
    storage: Storage, clock: HandClock, token: str = "token", address: Address = DOOR
) -> Reason:
    with pytest.raises(Refused) as refused:
        await accepted(storage, clock, token, address)
    return refused.value.reason


async def test_a_person_comes_back_with_every_post(storage: Storage) -> None:
    posts = (
        Post(Role.WORKER, AreaCode("310112101"), AgencyCode("WTR-1")),
        Post(Role.SUPERVISOR, AreaCode("310112")),
    )
    async with storage.begin() as work:
        made = await work.people.create("林", "en", posts)
        assert (made.name, made.language, made.posts, made.active) == ("林", "en", posts, True)
        assert await work.people.get(made.id) == made
        assert await work.people.get(SYSTEM.id) == SYSTEM.person
        assert await work.people.names([made.id, SYSTEM.id]) == {made.id: "林", 0: "system"}


async def test_an_unknown_person_is_refused(storage: Storage) -> None:
    async with storage.begin() as work:
        for asking in (
            work.people.get(PersonId(404)),
            work.people.dismiss(PersonId(404)),
            work.people.choose_language(PersonId(404), "en"),
        ):
            with pytest.raises(Refused) as refused:
                await asking
            assert refused.value.reason is Reason.NO_SUCH_PERSON


async def test_an_invitation_binds_one_chat_once(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    await invited(storage, worker, clock)
    assert await accepted(storage, clock) == worker
    assert await storage.doorbell.person_at(DOOR) == worker
    assert await refusal(storage, clock) is Reason.INVITE_USED


async def test_two_who_open_one_link_at_once_do_not_both_come_in(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    await invited(storage, worker, clock)
    tries = [
        accepted(door, clock, address=Address("telegram", str(number)))
        for number, door in enumerate((storage, neighbour) * 3)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(result == worker for result in results) == 1
    assert {r.reason for r in results if isinstance(r, Refused)} == {Reason.INVITE_USED}


async def test_old_cancelled_and_guessed_invitations_let_nobody_in(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    await invited(storage, worker, clock, "first")
    await invited(storage, worker, clock, "second")
    assert await refusal(storage, clock, "first") is Reason.INVITE_EXPIRED
    assert await refusal(storage, clock, "guess") is Reason.INVITE_UNKNOWN
    clock.advance(86400)
    assert await refusal(storage, clock, "second") is Reason.INVITE_EXPIRED
    assert await storage.doorbell.person_at(DOOR) is None


async def test_a_chat_speaks_for_one_person(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lin, wang = await city.person(), await city.person(name="王")
    await city.bind(lin, DOOR)
    await invited(storage, wang, clock)
    assert await refusal(storage, clock) is Reason.ALREADY_BOUND
    async with storage.begin() as work:
        await work.people.dismiss(lin.id)
    assert await accepted(storage, clock) == wang


async def test_a_new_chat_takes_the_place_of_the_old_one(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    await city.bind(worker, Address("telegram", "old"))
    await city.card(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.sent(owed, {"id": 1}, ["1"], clock())
    await city.bind(worker, DOOR)
    assert await storage.doorbell.person_at(Address("telegram", "old")) is None
    await city.card(worker)
    [owed] = await storage.outbox.claim(1, clock())
    assert (owed.address, owed.live) == (DOOR, None)


async def test_a_dismissed_person_is_known_at_the_door_and_cannot_come_back_in(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    await city.bind(worker, DOOR)
    await invited(storage, worker, clock, "again")
    async with storage.begin() as work:
        await work.people.dismiss(worker.id)
    at_the_door = await storage.doorbell.person_at(DOOR)
    assert (at_the_door.id, at_the_door.active) == (worker.id, False)
    assert await refusal(storage, clock, "again") is Reason.INVITE_EXPIRED


async def test_the_chosen_language_is_kept(storage: Storage, city: City) -> None:
    worker, address = await city.bound()
    async with storage.begin() as work:
        await work.people.choose_language(worker.id, "en")
    assert (await storage.doorbell.person_at(address)).language == "en"


async def who(
    storage: Storage,
    clock: HandClock,
    role: Role = Role.WORKER,
    area: str | None = "310112101-03",
    agency: AgencyCode | None = None,
) -> list[str]:
    async with storage.begin() as work:
        found = await work.people.on_duty(
            role, AreaCode(area) if area is not None else None, agency, clock()
        )
    return [person.name for person in found]


async def test_only_posts_that_cover_the_area_are_on_duty_there(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await city.person(name="district", area="310112")
    await city.person(name="street", area="310112101")
    await city.person(name="grid", area="310112101-03")
    await city.person(name="next grid", area="310112101-04")
    await city.person(name="everywhere", area="")
    assert await who(storage, clock) == ["district", "street", "grid", "everywhere"]
    assert await who(storage, clock, area=None) == ["district", "everywhere"]
    assert await who(storage, clock, role=Role.SUPERVISOR) == []


async def test_only_the_agency_s_own_people_are_asked(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await city.person(name="water", agency="WTR-1")
    await city.person(name="light", agency="LGT-1")
    assert await who(storage, clock, agency=AgencyCode("LGT-1")) == ["light"]


async def test_whoever_carries_least_comes_first(
    storage: Storage, city: City, clock: HandClock
) -> None:
    busy, idle = await city.person(name="busy"), await city.person(name="idle")
    await city.case(state=State.HANDLING, assignee=busy.id)
    await city.case(state=State.CLOSED, assignee=idle.id)
    assert await who(storage, clock) == ["idle", "busy"]


async def test_a_roster_says_when_a_person_is_on_duty(storage: Storage, clock: HandClock) -> None:
    post = Post(Role.WORKER, AreaCode("310112"))
    now, hour = clock(), timedelta(hours=1)
    await storage.loading.add_people(
        [
            NewPerson(1, "always", "zh", (post,), ()),
            NewPerson(1, "now", "zh", (post,), (Duty(now - hour, now + hour),)),
            NewPerson(1, "later", "zh", (post,), (Duty(now + hour, now + 2 * hour),)),
            NewPerson(1, "until now", "zh", (post,), (Duty(now - hour, now),)),
        ]
    )
    assert await who(storage, clock) == ["always", "now"]


async def test_a_dismissed_person_is_never_on_duty(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    async with storage.begin() as work:
        await work.people.dismiss(worker.id)
    assert await who(storage, clock) == []
