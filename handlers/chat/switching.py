"""Emergency mode in a chat: the command, the form's buttons, yes and no, longer, the end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.chat import Said
from bot.sheet import Touch
from bot.texts.emergency import SPOKEN_ASK
from bot.texts.spoken_emergency import form_in
from handlers.chat.acting import understood
from handlers.chat.room import Room
from workflows.emergency.emergency import check_asker
from workflows.emergency.form import EmergencyField, EmergencyForm, form_of
from workflows.emergency.prepare import FormChange
from workflows.emergency.under import EmergencyId
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.notices import DraftId, NoticeKind
from workflows.people import Actor, AreaCode

LIST: Final = "emergencies"


async def emergency(room: Room, actor: Actor, rest: str) -> None:
    """`/emergency` lists them; `/emergency MODE AREA HOURS REASON` asks. Raises Refused."""
    if not rest.strip():
        await list_emergencies(room, actor, page=0, fresh=True)
        return
    check_asker(actor, None)
    streets = await room.views.joint.streets(AreaCode(""))
    modes = room.flows.book.policy.emergency.modes.values()
    await room.flows.prepare_emergency.start(actor, form_in(rest, modes, streets))


async def list_emergencies(room: Room, actor: Actor, *, page: int, fresh: bool) -> None:
    """What is in force, what waits, what has been."""
    data = {"page": page}
    reply = room.flows.reply
    await reply(actor, NoticeKind.EMERGENCIES, data=data, subject=LIST, fresh=fresh)


async def touch_emergencies(
    room: Room, actor: Actor, number: str, touch: Touch, args: Mapping[str, Any]
) -> None:
    """A button of the list, of the form or of one emergency, by its number. Raises Refused."""
    if touch in LIST_TOUCHES:
        await touch_list(room, actor, touch, args)
    elif touch in FORM_TOUCHES:
        await touch_form(room, actor, DraftId(int(number)), touch, args)
    else:
        await touch_one(room, actor, EmergencyId(int(number)), touch, args)


async def touch_list(room: Room, actor: Actor, touch: Touch, args: Mapping[str, Any]) -> None:
    """A button of the list. Raises Refused."""
    if touch is Touch.EMERGENCY_NEW:
        await room.flows.prepare_emergency.start(actor, EmergencyForm())
    elif touch is Touch.EMERGENCY_OPEN:
        await _show(room, actor, EmergencyId(args["emergency"]), fresh=True)
    else:
        await list_emergencies(room, actor, page=int(args["page"]), fresh=False)


async def touch_one(
    room: Room, actor: Actor, number: EmergencyId, touch: Touch, args: Mapping[str, Any]
) -> None:
    """A button of one emergency. Raises Refused."""
    flows = room.flows
    if touch in DECISIONS:
        await DECISIONS[touch](room)(actor, number)
    elif touch is Touch.EMERGENCY_LONGER:
        await flows.prepare_emergency.longer(actor, number)
    elif touch is Touch.EMERGENCY_END and args.get("sure"):
        await flows.end_emergency(actor, number)
    else:
        await _show(room, actor, number, ends=touch is Touch.EMERGENCY_END)


async def touch_form(
    room: Room, actor: Actor, draft_id: DraftId, touch: Touch, args: Mapping[str, Any]
) -> None:
    """One button of the form. Raises Refused."""
    prepare = room.flows.prepare_emergency
    if touch is Touch.EMERGENCY_SEND:
        await prepare.send(actor, draft_id)
    elif touch is Touch.EMERGENCY_DROP:
        await prepare.drop(actor, draft_id)
    else:
        await prepare.change(actor, draft_id, FORM_CHANGES[touch](args))


async def wished(room: Room, actor: Actor, said: Said) -> bool:
    """Words for an emergency that is being written down. Raises Refused."""
    draft = await _form(room, actor)
    if draft is None or understood(actor, said.text) is not None:
        return False
    if form_of(draft).asks is None and said.text.strip().lower() in SPOKEN_ASK:
        await room.flows.prepare_emergency.send(actor, draft.id)
        return True
    return await room.flows.prepare_emergency.words(actor, draft, said.text)


async def _show(
    room: Room, actor: Actor, number: EmergencyId, *, ends: bool = False, fresh: bool = False
) -> None:
    """Its card, at its place or at the end of the chat. Raises Refused(NO_SUCH_EMERGENCY)."""
    await room.views.emergencies.one(number)
    data = {"emergency": number, "ends": ends}
    subject = f"emergency:{number}"
    await room.flows.reply(actor, NoticeKind.EMERGENCY, data=data, subject=subject, fresh=fresh)


async def _form(room: Room, actor: Actor) -> Draft | None:
    draft = await room.views.open_draft(actor.id)
    is_one = draft is not None and draft.kind is DraftKind.EMERGENCY
    return draft if draft and is_one and draft.state is DraftState.OPEN else None


def _mode(args: Mapping[str, Any]) -> FormChange:
    return lambda form: replace(form, mode=str(args["mode"]), hours=0, editing="")


def _area(args: Mapping[str, Any]) -> FormChange:
    return lambda form: replace(form, area=str(args["area"]), page=0, editing="")


def _browse(args: Mapping[str, Any]) -> FormChange:
    return lambda form: replace(form, page=int(args["page"]))


def _hours(args: Mapping[str, Any]) -> FormChange:
    return lambda form: replace(form, hours=int(args["hours"]), editing="")


def _edit(args: Mapping[str, Any]) -> FormChange:
    field = EmergencyField(args["field"])
    return lambda form: replace(form, editing=field.value)


DECISIONS: Final = {
    Touch.EMERGENCY_APPROVE: lambda room: room.flows.decide_emergency.approve,
    Touch.EMERGENCY_REFUSE: lambda room: room.flows.decide_emergency.refuse,
    Touch.EMERGENCY_WITHDRAW: lambda room: room.flows.decide_emergency.withdraw,
}
FORM_CHANGES: Final[dict[Touch, Callable[[Mapping[str, Any]], FormChange]]] = {
    Touch.EMERGENCY_MODE: _mode,
    Touch.EMERGENCY_AREA: _area,
    Touch.EMERGENCY_BROWSE: _browse,
    Touch.EMERGENCY_HOURS: _hours,
    Touch.EMERGENCY_EDIT: _edit,
}
FORM_TOUCHES: Final = frozenset({*FORM_CHANGES, Touch.EMERGENCY_SEND, Touch.EMERGENCY_DROP})
LIST_TOUCHES: Final = frozenset({Touch.EMERGENCIES, Touch.EMERGENCY_NEW, Touch.EMERGENCY_OPEN})
EMERGENCY_TOUCHES: Final = frozenset(
    {
        *LIST_TOUCHES,
        *FORM_TOUCHES,
        *DECISIONS,
        Touch.EMERGENCY_LONGER,
        Touch.EMERGENCY_END,
        Touch.EMERGENCY_KEEP,
    }
)
