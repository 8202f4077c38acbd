"""Lets cases live through the main line, each act by whoever the law asks."""

from wiring.city import City
from workflows.cases.case import Action, Case, CaseId, Given, PhotoRef, Picture, Stage, State
from workflows.cases.machine import offers, photos_needed
from workflows.cases.show_work import Shown, stage_for
from workflows.people import Actor, PersonId, Role

LONGEST_LIFE = 12


async def live_through(city: City, case_ids: list[CaseId]) -> list[Case]:
    """The cases as they stand when their worker and the reviewer have done their part."""
    return [await _live(city, case_id) for case_id in case_ids]


async def _live(city: City, case_id: CaseId) -> Case:
    for _ in range(LONGEST_LIFE):
        case = (await city.storage.views.case(case_id)).case
        if not case.is_open:
            return case
        assert case.assignee is not None, case.stuck
        await _next_act(city, case, await _actor(city, case.assignee))
    raise AssertionError(f"case {case_id} does not come to an end")


async def _next_act(city: City, case: Case, worker: Actor) -> None:
    flows = city.flows
    if case.state is State.FEEDBACK_REVIEW:
        await _review(city, case)
    elif case.state is State.PENDING_SIGN:
        await flows.move_case(worker, case.id, Action.SIGN_FOR)
    elif stage_for(case) is Stage.INTERIM and not case.photo_counts.get(Stage.INTERIM):
        await flows.show_work(worker, _shown(case, 1), case.id)
    elif Action.ARRIVE in offers(case, worker):
        await flows.move_case(worker, case.id, Action.ARRIVE)
    elif case.photo_counts.get(Stage.AFTER, 0) < photos_needed(case) or not case.note:
        await flows.show_work(worker, _shown(case, photos_needed(case)), case.id)
    else:
        await flows.move_case(worker, case.id, Action.SUBMIT)


async def _review(city: City, case: Case) -> None:
    """Closes, or first waives a look on site: this town has no collectors to send."""
    reviewer = await _holder(city, Role.ACCEPTOR)
    for action in (Action.APPROVE, Action.CLOSE):
        if action in offers(case, reviewer):
            await city.flows.move_case(reviewer, case.id, action)
            return
    nobody_to_send = Given(reason="there are no collectors in this town")
    leader = await _holder(city, Role.SHIFT_LEADER)
    await city.flows.move_case(leader, case.id, Action.WAIVE_INSPECTION, nobody_to_send)


async def _holder(city: City, role: Role) -> Actor:
    return Actor((await city.storage.views.holders(role))[0])


def _shown(case: Case, photos: int) -> Shown:
    pictures = tuple(
        Picture(PhotoRef("telegram", {"file_id": name}), name, size=1000)
        for name in (f"{case.id}-{case.version}-{number}" for number in range(photos))
    )
    return Shown(pictures, "done, swept and photographed")


async def _actor(city: City, person: PersonId) -> Actor:
    async with city.storage.begin() as work:
        return Actor(await work.people.get(person))
