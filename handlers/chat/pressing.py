"""A button: whose it is, what it was made for, and what it does."""

from collections.abc import Mapping
from typing import Any, Final

from bot.chat import Pressed
from bot.sheet import Touch, split_token
from handlers.chat.acting import act
from handlers.chat.anyone import (
    choose_language,
    compare,
    list_synonyms,
    open_case,
    requests,
    turn_page,
    why,
)
from handlers.chat.approving import APPROVING_TOUCHES, touch_approving
from handlers.chat.auditing import AUDIT_TOUCHES
from handlers.chat.calling import CALL_TOUCHES, touch_call, touch_call_form
from handlers.chat.forms import answer, drop_question, touch_form
from handlers.chat.room import Room
from handlers.chat.rostering import DUTY_TOUCHES, touch_duty
from handlers.chat.switching import EMERGENCY_TOUCHES, touch_emergencies
from workflows.cases.case import Action, CaseId
from workflows.hotline.taught import SynonymId
from workflows.joint.call_out import CallId
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.rails import Offer, Token
from workflows.refusals import Reason, Refused


async def press(room: Room, actor: Actor, pressed: Pressed) -> str:
    """Do what the button says; returns the words of the toast. Raises Refused."""
    token, offer = await _redeem(room, actor, pressed.token)
    if offer.action in set(Action):
        number = token.subject.partition(":")[2]
        return await act(room, actor, CaseId(int(number)), Action(offer.action))
    return await _touch(room, actor, token.subject, offer)


async def _touch(room: Room, actor: Actor, subject: str, offer: Offer) -> str:
    """Whatever is no action of the law: a form, an answer, a call-out, a look at something."""
    kind, _, number = subject.partition(":")
    touch = Touch(offer.action)
    if touch in DUTY_TOUCHES:
        return await touch_duty(room, actor, subject, touch, offer.args)
    if touch in BY_NUMBER:
        await BY_NUMBER[touch](room, actor, number, touch, offer.args)
    elif kind == "call":
        return await touch_call(room, actor, CallId(int(number)), touch, offer.args)
    elif kind == "draft" or touch in ASKED:
        await _touch_draft(room, actor, DraftId(int(number)), touch, offer.args)
    else:
        await _look(room, actor, touch, offer.args)
    return ""


async def _touch_draft(
    room: Room, actor: Actor, draft: DraftId, touch: Touch, args: Mapping[str, Any]
) -> None:
    """A form, or a question that waits for its answer."""
    if touch is Touch.ANSWER:
        await answer(room, actor, draft, args)
    elif touch is Touch.DROP_QUESTION:
        await drop_question(room, actor, draft)
    elif touch in CALL_TOUCHES:
        await touch_call_form(room, actor, draft, touch, args)
    else:
        await touch_form(room, actor, draft, touch, args)


BY_NUMBER: Final = {
    **dict.fromkeys(EMERGENCY_TOUCHES, touch_emergencies),
    **dict.fromkeys(APPROVING_TOUCHES, touch_approving),
}
"""What people answer to one another, by the number of what is asked."""

ASKED: Final = frozenset({Touch.ANSWER, Touch.DROP_QUESTION, *CALL_TOUCHES})
"""What is pressed on a draft alone, whatever its message is about."""

AT_A_CASE: Final = {
    Touch.OPEN_CASE: open_case,
    Touch.WHY: why,
    Touch.COMPARE: compare,
    Touch.REQUESTS: requests,
}
"""What is opened beside a case, by its number."""


async def _look(room: Room, actor: Actor, touch: Touch, args: Mapping[str, Any]) -> None:
    if touch in AT_A_CASE:
        await AT_A_CASE[touch](room, actor, CaseId(int(args["case"])))
    elif touch in LISTED:
        await LISTED[touch](room, actor, args)
    else:
        raise Refused(Reason.BUTTON_EXPIRED)


async def _page(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    await turn_page(room, actor, args, fresh=False)


async def _language(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    await choose_language(room, actor, str(args["code"]))


async def _synonyms(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    await list_synonyms(room, actor, page=int(args["page"]), fresh=False)


async def _undo_synonym(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    await room.flows.undo_synonym(actor, SynonymId(args["synonym"]), int(args["page"]))


LISTED: Final = {
    Touch.PAGE: _page,
    Touch.LANGUAGE: _language,
    Touch.SYNONYMS: _synonyms,
    Touch.UNDO_SYNONYM: _undo_synonym,
    **AUDIT_TOUCHES,
}
"""Pages, choices and lists that stand beside all cases."""


async def _redeem(room: Room, actor: Actor, data: str) -> tuple[Token, Offer]:
    """The presser, not the addressee, must be the person the button was made for."""
    named = split_token(data)
    token = await room.tokens.redeem(named[0]) if named else None
    if token is None or named is None or named[1] >= len(token.offers):
        raise Refused(Reason.BUTTON_EXPIRED)
    if token.person != actor.id:
        raise Refused(Reason.BUTTON_NOT_YOURS)
    if token.expires_at <= room.flows.now():
        raise Refused(Reason.BUTTON_EXPIRED)
    return token, token.offers[named[1]]
