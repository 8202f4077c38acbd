"""An action of the law, pressed or typed: ask what is missing, or do it."""

from dataclasses import replace
from typing import Final

from bot.painter import toast
from handlers.chat.room import Room
from workflows.cases.ask import QUESTIONS
from workflows.cases.case import Action, Case, CaseId, ContactResult, Given
from workflows.cases.machine import BY_ACTION, offers
from workflows.cases.show_work import Shown
from workflows.people import Actor
from workflows.refusals import Reason, Refused

SAID_ALIKE: Final = (
    (Action.SIGN_FOR, Action.ACKNOWLEDGE),
    (Action.APPROVE, Action.CLOSE, Action.CONFIRM),
    (Action.REWORK, Action.SEND_BACK),
)
"""Different acts that people call by the same word; the case decides which one is meant."""

TYPED_REASON: Final = frozenset({Action.REWORK, Action.SEND_BACK, Action.VOID})


async def act(room: Room, actor: Actor, case_id: CaseId, action: Action) -> str:
    """A pressed button. Returns the words of the toast. Raises Refused."""
    if action is Action.REVEAL_CALLER:
        await room.flows.reveal_caller(actor, case_id)
    elif action in QUESTIONS:
        await room.flows.ask(actor, case_id, action)
        return ""
    else:
        await room.flows.move_case(actor, case_id, action)
    return _toast(room, actor, action, case_id)


async def act_in_words(
    room: Room, actor: Actor, case_id: CaseId, action: Action, rest: str
) -> None:
    """A typed action; what follows it is its note, reason or result. Raises Refused."""
    if action is Action.SUBMIT and rest:
        await room.flows.show_work(replace(actor, cause=None), Shown(words=rest), case_id)
        await room.flows.move_case(actor, case_id, action)
    elif action in TYPED_REASON and rest:
        await room.flows.move_case(actor, case_id, action, Given(reason=rest))
    elif action is Action.FIRST_CONTACT:
        given = Given(contact=ContactResult.REACHED, note=rest)
        await room.flows.move_case(actor, case_id, action, given)
    else:
        await act(room, actor, case_id, action)


async def meaning_of(
    room: Room, actor: Actor, said: Action, number: CaseId | None
) -> tuple[CaseId, Action]:
    """The one case and act that are meant. Raises Refused: NO_OPEN_CASE, or WHICH_CASE."""
    found = await meanings_of(room, actor, said, number)
    if len(found) == 1:
        return found[0]
    if found:
        cases = [case_id for case_id, _ in found[:5]]
        raise Refused(Reason.WHICH_CASE, cases=cases, action=said)
    raise Refused(Reason.NO_OPEN_CASE, action=said)


async def meanings_of(
    room: Room, actor: Actor, said: Action, number: CaseId | None
) -> list[tuple[CaseId, Action]]:
    """Every case a typed action could mean, and which act it is there.

    "通过" approves, closes or confirms, whatever the case waits for. A case that was named is
    taken even where the act does not fit, so that the law can say why not.
    """
    if number is not None:
        view = await room.views.case(number)
        return [(number, _fitting(view.case, actor, said) or said)]
    tasks = await room.views.tasks(actor.person)
    return [(case.id, action) for case in tasks if (action := _fitting(case, actor, said))]


def could_mean(actor: Actor, said: Action) -> bool:
    """Whether any post of this person ever does this; else the words mean something else."""
    return any(actor.person.holds(*BY_ACTION[action]) for action in _alike(said))


def _fitting(case: Case, actor: Actor, said: Action) -> Action | None:
    offered = offers(case, actor)
    return next((action for action in _alike(said) if action in offered), None)


def _alike(said: Action) -> tuple[Action, ...]:
    return next((alike for alike in SAID_ALIKE if said in alike), (said,))


def _toast(room: Room, actor: Actor, action: Action, case_id: CaseId) -> str:
    book = room.flows.book
    at = room.flows.now().astimezone(book.calendar.zone)
    return toast(action, case_id, room.tongue(actor.person), at)
