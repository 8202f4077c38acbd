"""Calling people out, in a chat: the command, the form's buttons, the answers, the end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.cards.call_out import replied_words
from bot.cards.setting import Setting
from bot.chat import Placed, Said
from bot.sheet import Touch
from bot.texts.joint import SPOKEN_SEND
from bot.texts.spoken_call import form_in, reply_in
from handlers.chat.acting import understood
from handlers.chat.room import Room
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.joint.call_form import CallField, CallForm, form_of
from workflows.joint.call_out import CallId, CallOut, Ground, Reply, check_caller
from workflows.joint.prepare_call import CallChange
from workflows.notices import DraftId
from workflows.people import Actor, AreaCode
from workflows.refusals import Reason, Refused


async def call(room: Room, actor: Actor, rest: str) -> None:
    """`/call`, or everything at once: `/call AREA WHOM REASON SENTENCE`. Raises Refused."""
    check_caller(actor, None)
    joint, everywhere = room.views.joint, AreaCode("")
    areas = (*await joint.streets(everywhere), *await joint.grids(everywhere))
    form = form_in(rest, areas) if rest.strip() else CallForm()
    await room.flows.prepare_call.start(actor, form)


async def touch_call_form(
    room: Room, actor: Actor, draft_id: DraftId, touch: Touch, args: Mapping[str, Any]
) -> None:
    """One button of the form. Raises Refused."""
    prepare = room.flows.prepare_call
    if touch is Touch.CALL_SEND:
        await prepare.send(actor, draft_id)
    elif touch is Touch.CALL_DROP:
        await prepare.drop(actor, draft_id)
    else:
        await prepare.change(actor, draft_id, CALL_CHANGES[touch](args))


async def touch_call(
    room: Room, actor: Actor, call_id: CallId, touch: Touch, args: Mapping[str, Any]
) -> str:
    """One button of a call-out itself; returns the words of the toast. Raises Refused."""
    if touch is Touch.CALL_CLOSE:
        await room.flows.close_call(actor, call_id)
        return ""
    if touch is not Touch.CALL_REPLY:
        raise Refused(Reason.BUTTON_EXPIRED)
    reply = Reply(args["reply"])
    await room.flows.answer_call(actor, call_id, reply)
    flows = room.flows
    return replied_words(reply, Setting(room.tongue(actor.person), flows.book, flows.now()))


async def written(room: Room, actor: Actor, said: Said) -> bool:
    """Words for a call-out that is being written down. Raises Refused."""
    draft = await _form(room, actor)
    if draft is None or understood(actor, said.text) is not None:
        return False
    if form_of(draft).asks is None and said.text.strip().lower() in SPOKEN_SEND:
        await room.flows.prepare_call.send(actor, draft.id)
        return True
    return await room.flows.prepare_call.words(actor, draft, said.text)


async def answered(room: Room, actor: Actor, said: Said) -> bool:
    """An answer in words: to the card it replies to, else to the newest open call-out."""
    found = reply_in(said.text)
    named = await room.call_meant(said)
    waiting = None if named else await room.views.joint.waiting_for(actor.id)
    number = named or (waiting.id if waiting else None)
    if number is None:
        return False
    if found is None and (named or (waiting and _waits_for_words(waiting, actor))):
        found = (Reply.WHERE, said.text) if understood(actor, said.text) is None else None
    if found is not None:
        await room.flows.answer_call(actor, number, *found)
    return found is not None


async def pointed(room: Room, actor: Actor, placed: Placed) -> bool:
    """A location: where to come to, or where one is; kept as words only. Raises Refused."""
    draft = await _form(room, actor)
    if draft is not None:
        await room.flows.prepare_call.point(actor, draft, placed.point, placed.title)
        return True
    waiting = await room.views.joint.waiting_for(actor.id)
    if waiting is None or not _waits_for_place(waiting, actor):
        return False
    await room.flows.answer_call.here(actor, waiting.id, placed.point, placed.title)
    return True


async def _form(room: Room, actor: Actor) -> Draft | None:
    draft = await room.views.open_draft(actor.id)
    is_call = draft is not None and draft.kind is DraftKind.CALL_OUT
    return draft if draft and is_call and draft.state is DraftState.OPEN else None


def _waits_for_words(call_out: CallOut, actor: Actor) -> bool:
    """Whether somebody has just pressed that they will say where they are."""
    mine = call_out.of(actor.id)
    return mine is not None and mine.reply is Reply.WHERE and not mine.words


def _waits_for_place(call_out: CallOut, actor: Actor) -> bool:
    mine = call_out.of(actor.id)
    return mine is not None and (mine.reply is None or mine.reply is Reply.WHERE)


def _area(args: Mapping[str, Any]) -> CallChange:
    return lambda form: replace(
        form, area=str(args["area"]), area_name=str(args["name"]), street="", page=0, editing=""
    )


def _browse(args: Mapping[str, Any]) -> CallChange:
    return lambda form: replace(form, street=str(args["street"]), page=int(args["page"]))


def _whom(args: Mapping[str, Any]) -> CallChange:
    return lambda form: replace(form, whom=str(args["whom"]), editing="")


def _ground(args: Mapping[str, Any]) -> CallChange:
    ground = Ground(args["ground"])
    return lambda form: replace(form, ground=ground.value, ground_words="", editing="")


def _edit(args: Mapping[str, Any]) -> CallChange:
    field = CallField(args["field"])
    return lambda form: replace(form, editing=field.value)


CALL_CHANGES: Final[dict[Touch, Callable[[Mapping[str, Any]], CallChange]]] = {
    Touch.CALL_AREA: _area,
    Touch.CALL_BROWSE: _browse,
    Touch.CALL_ROLE: _whom,
    Touch.CALL_GROUND: _ground,
    Touch.CALL_EDIT: _edit,
}
CALL_TOUCHES: Final = frozenset({*CALL_CHANGES, Touch.CALL_SEND, Touch.CALL_DROP})
