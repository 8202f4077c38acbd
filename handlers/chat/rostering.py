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
    number = int(subject.partition(":")[2] or 0)
    await DUTY_TOUCHES[touch](room, actor, number, args)
    return ""


async def _page(room: Room, actor: Actor, _: int, args: Mapping[str, Any]) -> None:
    await _show(room, actor, int(args["page"]), fresh=False)


async def _start(room: Room, actor: Actor, _: int, args: Mapping[str, Any]) -> None:
    await room.flows.arrange_duty.start(actor, DutyAct(args["act"]))


async def _choose(room: Room, actor: Actor, number: int, args: Mapping[str, Any]) -> None:
    await room.flows.arrange_duty.choose(actor, DraftId(number), args)


async def _drop(room: Room, actor: Actor, number: int, _: Mapping[str, Any]) -> None:
    await room.flows.arrange_duty.drop(actor, DraftId(number))


async def _open_swap(room: Room, actor: Actor, _: int, args: Mapping[str, Any]) -> None:
    data, subject = {"swap": args["swap"]}, f"swap:{args['swap']}"
    await room.flows.reply(actor, NoticeKind.SWAP, data=data, subject=subject)


async def _answer_absence(room: Room, actor: Actor, _: int, args: Mapping[str, Any]) -> None:
    flows = room.flows.be_away
    answer = flows.decline if args["answer"] == "decline" else flows.end
    await answer(actor, AbsenceId(int(args["absence"])))


async def _answer_swap(room: Room, actor: Actor, subject: int, args: Mapping[str, Any]) -> None:
    flows, number = room.flows.swap_shifts, SwapId(subject)
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
DUTY_TOUCHES: Final = {
    Touch.DUTY: _page,
    Touch.DUTY_START: _start,
    Touch.DUTY_CHOOSE: _choose,
    Touch.DUTY_DROP: _drop,
    Touch.SWAP_OPEN: _open_swap,
    Touch.SWAP_ANSWER: _answer_swap,
    Touch.AWAY_ANSWER: _answer_absence,
}
