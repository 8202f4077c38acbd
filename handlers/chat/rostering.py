"""Rosters in a chat: /duty, /swap, /away, the forms, and answers to whoever asked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bot.chat import Said
from bot.sheet import Touch
from bot.texts.duty import SPOKEN_DUTY
from handlers.chat.acting import understood
from handlers.chat.room import Room
from workflows.duty.form import DutyAct
from workflows.duty.shift import AbsenceId, SwapId
from workflows.hotline.draft import DraftKind, DraftState
from workflows.notices import DraftId, NoticeKind
from workflows.people import Actor
from workflows.refusals import Reason, Refused

SUBJECT: Final = "duty"
STALE: Final = timedelta(minutes=30)
"""A question that has waited longer no longer takes what somebody types."""


async def duty(room: Room, actor: Actor, _: str) -> None:
    """Who is on duty now and next."""
    await _show(room, actor, 0, fresh=True)


async def swap(room: Room, actor: Actor, _: str) -> None:
    """Raises Refused(NO_SHIFTS)."""
    await room.flows.arrange_duty.start(actor, DutyAct.SWAP)


async def away(room: Room, actor: Actor, rest: str) -> None:
    """`/away`, or all at once: `/away 12月1日到12月5日 王磊 开会`. Raises Refused."""
    await room.flows.arrange_duty.start(actor, DutyAct.AWAY, rest)


async def spoken(room: Room, actor: Actor, said: Said) -> bool:
    """值班, 换班, 请假, with whatever is typed behind it. Raises Refused."""
    first, _, rest = said.text.strip().partition(" ")
    command = SPOKEN_DUTY.get(first.lower())
    if command is None or (rest and command == "duty"):
        return False
    await COMMANDS[command](room, actor, rest)
    return True


async def arranged(room: Room, actor: Actor, said: Said) -> bool:
    """A date or a name that an open form waits for. Raises Refused."""
    draft = await room.views.open_draft(actor.id)
    if draft is None or draft.kind is not DraftKind.DUTY or draft.state is not DraftState.OPEN:
        return False
    late = room.flows.now() - draft.changed_at > STALE
    if late or understood(actor, said.text) is not None:
        return False
    return await room.flows.arrange_duty.words(actor, draft, said.text)


async def touch_duty(
    room: Room, actor: Actor, subject: str, touch: Touch, args: Mapping[str, Any]
) -> str:
    """One button of a card about rosters. Raises Refused."""
    number = subject.partition(":")[2]
    if touch is Touch.DUTY:
        await _show(room, actor, int(args["page"]), fresh=False)
    elif touch is Touch.DUTY_START:
        await room.flows.arrange_duty.start(actor, DutyAct(args["act"]))
    elif touch is Touch.DUTY_CHOOSE:
        await room.flows.arrange_duty.choose(actor, DraftId(int(number)), args)
    elif touch is Touch.DUTY_DROP:
        await room.flows.arrange_duty.drop(actor, DraftId(int(number)))
    else:
        await _answer(room, actor, number, touch, args)
    return ""


async def _answer(
    room: Room, actor: Actor, number: str, touch: Touch, args: Mapping[str, Any]
) -> None:
    """To a swap or an absence. Raises Refused."""
    flows = room.flows
    if touch is Touch.SWAP_OPEN:
        data, subject = {"swap": args["swap"]}, f"swap:{args['swap']}"
        await flows.reply(actor, NoticeKind.SWAP, data=data, subject=subject)
    elif touch is Touch.AWAY_ANSWER:
        absence = AbsenceId(int(args["absence"]))
        answer = flows.be_away.decline if args["answer"] == "decline" else flows.be_away.end
        await answer(actor, absence)
    else:
        await _answer_swap(room, actor, SwapId(int(number)), args)


async def _answer_swap(room: Room, actor: Actor, number: SwapId, args: Mapping[str, Any]) -> None:
    flows = room.flows.swap_shifts
    match args["answer"]:
        case "accept":
            await flows.accept(actor, number, at_once=bool(args.get("at_once")))
        case "decline":
            await flows.decline(actor, number)
        case "withdraw":
            await flows.withdraw(actor, number)
        case _:
            raise Refused(Reason.BUTTON_EXPIRED)


async def _show(room: Room, actor: Actor, page: int, *, fresh: bool) -> None:
    data = {"page": page}
    await room.flows.reply(actor, NoticeKind.DUTY, data=data, subject=SUBJECT, fresh=fresh)


COMMANDS: Final = {"duty": duty, "swap": swap, "away": away}
DUTY_TOUCHES: Final = frozenset(
    {
        Touch.DUTY,
        Touch.DUTY_START,
        Touch.DUTY_CHOOSE,
        Touch.DUTY_DROP,
        Touch.SWAP_OPEN,
        Touch.SWAP_ANSWER,
        Touch.AWAY_ANSWER,
    }
)
