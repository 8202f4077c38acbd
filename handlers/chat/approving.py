"""The two-person rule and exports in a chat: /export, /approvals, their buttons and words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.chat import Said
from bot.commands import state_of
from bot.sheet import Touch
from bot.texts.approving import SPOKEN_APPROVING, SPOKEN_SEND
from bot.texts.spoken_export import changes_in
from handlers.chat.acting import understood
from handlers.chat.room import Room
from workflows.approving.proposal import APPROVALS, ProposalId, may_look
from workflows.exporting.form import ExportForm
from workflows.hotline.draft import DraftKind, DraftState
from workflows.notices import DraftId, NoticeKind
from workflows.people import Actor, AreaCode
from workflows.privacy.scopes import Thing, has
from workflows.refusals import Reason, Refused

LIST: Final = "proposals"
WAITING: Final = (Thing.EXPORT, *APPROVALS.values())
"""Whoever has one of these may find a proposal in the list: their own, or one to answer."""
SETTABLE: Final = frozenset({"days", "state", "format", "callers"})


async def export(room: Room, actor: Actor, rest: str) -> None:
    """`/export`, or with a period, a place, a state, a format and why. Raises Refused."""
    form = replace(ExportForm(), **await _changes(room, rest))
    await room.flows.prepare_export.start(actor, form)


def _looks(actor: Actor) -> bool:
    return any(has(thing, actor.person) for thing in WAITING)


async def approvals(room: Room, actor: Actor, _: str) -> None:
    """What waits for a second person. Raises Refused(NOT_YOURS)."""
    if not _looks(actor):
        raise Refused(Reason.NOT_YOURS, action="approvals")
    await room.flows.reply(actor, NoticeKind.PROPOSALS, subject=LIST)


async def spoken(room: Room, actor: Actor, said: Said) -> bool:
    """导出 or 审批 without a slash. Raises Refused."""
    first, _, rest = said.text.strip().partition(" ")
    command = SPOKEN_APPROVING.get(first.lower())
    if command is None or (rest and command == "approvals"):
        return False
    if not _looks(actor):
        return False
    await COMMANDS[command](room, actor, rest)
    return True


async def put_together(room: Room, actor: Actor, said: Said) -> bool:
    """Words for an export that is being put together. Raises Refused."""
    draft = await room.views.open_draft(actor.id)
    if draft is None or draft.kind is not DraftKind.EXPORT or draft.state is not DraftState.OPEN:
        return False
    if understood(actor, said.text) is not None:
        return False
    text = said.text.strip()
    if text.lower() in SPOKEN_SEND:
        await room.flows.prepare_export.send(actor, draft.id)
    else:
        changes = await _changes(room, text)
        await room.flows.prepare_export.change(
            actor, draft.id, lambda form: replace(form, **changes)
        )
    return True


async def touch_approving(
    room: Room, actor: Actor, number: str, touch: Touch, args: Mapping[str, Any]
) -> None:
    """A button of a proposal, of the list or of the form, by its number. Raises Refused."""
    if touch in DECISIONS:
        await DECISIONS[touch](room)(actor, ProposalId(int(number)))
    elif touch is Touch.PROPOSAL_OPEN:
        await _show(room, actor, ProposalId(int(args["proposal"])))
    elif touch is Touch.EXPORT_SEND:
        await room.flows.prepare_export.send(actor, DraftId(int(number)))
    elif touch is Touch.EXPORT_DROP:
        await room.flows.prepare_export.drop(actor, DraftId(int(number)))
    else:
        chosen = {name: value for name, value in args.items() if name in SETTABLE}
        if "days" in chosen:
            chosen |= {"since": "", "until": ""}
        await room.flows.prepare_export.change(
            actor, DraftId(int(number)), lambda form: replace(form, **chosen)
        )


async def _show(room: Room, actor: Actor, number: ProposalId) -> None:
    """Its card at the end of the chat. Raises Refused(NO_SUCH_PROPOSAL)."""
    view = await room.views.proposals.one(number)
    if not may_look(actor.person, view.proposal):
        raise Refused(Reason.NO_SUCH_PROPOSAL)
    data, subject = {"proposal": number}, f"proposal:{number}"
    await room.flows.reply(actor, NoticeKind.PROPOSAL, data=data, subject=subject)


async def _changes(room: Room, text: str) -> dict[str, Any]:
    streets = await room.views.joint.streets(AreaCode(""))
    tongues = tuple(room.speech.tongues.values())
    return changes_in(text, streets, lambda word: state_of(word, tongues))


COMMANDS: Final = {"export": export, "approvals": approvals, "导出": export, "审批": approvals}
DECISIONS: Final = {
    Touch.PROPOSAL_APPROVE: lambda room: room.flows.decide_proposal.approve,
    Touch.PROPOSAL_REFUSE: lambda room: room.flows.decide_proposal.refuse,
    Touch.PROPOSAL_WITHDRAW: lambda room: room.flows.decide_proposal.withdraw,
}
APPROVING_TOUCHES: Final = frozenset(
    {
        *DECISIONS,
        Touch.PROPOSAL_OPEN,
        Touch.EXPORT_SET,
        Touch.EXPORT_SEND,
        Touch.EXPORT_DROP,
    }
)
