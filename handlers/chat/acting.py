"""An action of the law, pressed or typed: ask what is missing, or do it."""

from dataclasses import replace
from typing import Final

from bot.painter import toast
from bot.texts.spoken import Spoken, spoken
from bot.texts.vocabulary import SAYS_HOW_IT_WENT, TAKES_WORDS
from handlers.chat.room import Room
from workflows.cases.case import NOTHING, Action, Case, CaseId, Given
from workflows.cases.lifecycle import MOVES
from workflows.cases.machine import BY_ACTION, may_see, offers
from workflows.cases.questions import given_from
from workflows.cases.show_work import Shown
from workflows.people import Actor
from workflows.refusals import Reason, Refused

TYPED_REASON: Final = TAKES_WORDS - SAYS_HOW_IT_WENT - {Action.SUBMIT}


async def act(room: Room, actor: Actor, case_id: CaseId, action: Action) -> str:
    """A pressed button. Returns the words of the toast. Raises Refused."""
    if await room.flows.ask(actor, case_id, action) is None:
        return ""
    return _toast(room, actor, action, case_id)


async def act_in_words(
    room: Room, actor: Actor, case_id: CaseId, action: Action, meant: Spoken
) -> None:
    """A typed action; what follows it is its note, reason or result. Raises Refused."""
    if action is Action.SUBMIT and meant.unshown:
        await room.flows.move_case(actor, case_id, action, Given(unshown=meant.rest))
    elif action is Action.SUBMIT and meant.rest:
        said = Shown(words=meant.rest)
        await room.flows.show_work(replace(actor, cause=None), said, case_id)
        await room.flows.move_case(actor, case_id, action)
    else:
        await room.flows.ask(actor, case_id, action, _given(action, meant))


def _given(action: Action, meant: Spoken) -> Given:
    """What was typed after the act: a reason, or how the call went."""
    if action in SAYS_HOW_IT_WENT:
        return Given(contact=meant.contact, note=meant.rest)
    if action is Action.REDO:
        return Given(citizens_words=meant.rest)
    if meant.found is not None:
        return Given(found=meant.found, note=meant.rest)
    if action is Action.MERGE:
        return given_from({"master": meant.rest})
    return Given(reason=meant.rest) if action in TYPED_REASON else NOTHING


async def meaning_of(
    room: Room, actor: Actor, meant: Spoken, number: CaseId | None
) -> tuple[CaseId, Action]:
    """The one case and act that are meant. Raises Refused: NO_OPEN_CASE, or WHICH_CASE."""
    found = await meanings_of(room, actor, meant, number)
    if len(found) == 1:
        return found[0]
    if found:
        cases = [case_id for case_id, _ in found[:5]]
        raise Refused(Reason.WHICH_CASE, cases=cases, action=meant.action)
    raise Refused(Reason.NO_OPEN_CASE, action=meant.action)


async def meanings_of(
    room: Room, actor: Actor, meant: Spoken, number: CaseId | None
) -> list[tuple[CaseId, Action]]:
    """Every case that typed words could mean, and which act they are there.

    "通过" approves, closes or confirms, whatever the case waits for. A case that was named is
    taken even where the act does not fit, so that the law can say why not; and so are those
    that lack nothing but a condition, where no other case fits. Somebody else's case looks like
    none. Raises Refused(NO_SUCH_CASE).
    """
    if number is not None:
        view = await room.views.case(number)
        if not may_see(view.case, actor) and not offers(view.case, actor):
            raise Refused(Reason.NO_SUCH_CASE, case_id=number)
        return [(number, _fitting(view.case, actor, meant) or meant.action)]
    tasks = await room.views.tasks(actor.person)
    fitting = [(case.id, action) for case in tasks if (action := _fitting(case, actor, meant))]
    return fitting or [(case.id, action) for case in tasks if (action := _almost(case, meant))]


def understood(actor: Actor, text: str) -> Spoken | None:
    """Words as an act that this person ever does; anything else means something else."""
    return spoken(text, lambda action: actor.person.holds(*BY_ACTION[action]))


def _fitting(case: Case, actor: Actor, meant: Spoken) -> Action | None:
    offered = offers(case, actor)
    return next((a for a in (meant.action, *meant.also) if a in offered), None)


def _almost(case: Case, meant: Spoken) -> Action | None:
    """An act that this state has and something else forbids: the law's sentence says what."""
    return next((a for a in (meant.action, *meant.also) if (case.state, a) in MOVES), None)


def _toast(room: Room, actor: Actor, action: Action, case_id: CaseId) -> str:
    book = room.flows.book
    at = room.flows.now().astimezone(book.calendar.zone)
    return toast(action, case_id, room.tongue(actor.person), at)
