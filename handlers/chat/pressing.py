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
    number = token.subject.partition(":")[2]
    if offer.action in EMERGENCY_TOUCHES:
        await touch_emergencies(room, actor, number, Touch(offer.action), offer.args)
        return ""
    if offer.action in APPROVING_TOUCHES:
        await touch_approving(room, actor, number, Touch(offer.action), offer.args)
        return ""
    if offer.action in set(Action):
        return await act(room, actor, CaseId(int(number)), Action(offer.action))
    if offer.action in DUTY_TOUCHES:
        return await touch_duty(room, actor, token.subject, Touch(offer.action), offer.args)
    if offer.action in AUDIT_TOUCHES:
        await AUDIT_TOUCHES[Touch(offer.action)](room, actor, offer.args)
        return ""
    return await _touch(room, actor, token.subject, offer)


async def _touch(room: Room, actor: Actor, subject: str, offer: Offer) -> str:
    """Whatever is no action of the law: a form, an answer, a call-out, a look at something."""
    kind, _, number = subject.partition(":")
    touch = Touch(offer.action)
    if kind == "call":
        return await touch_call(room, actor, CallId(int(number)), touch, offer.args)
    if touch is Touch.ANSWER:
        await answer(room, actor, DraftId(int(number)), offer.args)
    elif touch in CALL_TOUCHES:
        await touch_call_form(room, actor, DraftId(int(number)), touch, offer.args)
    elif touch is Touch.DROP_QUESTION:
        await drop_question(room, actor, DraftId(int(number)))
    elif kind == "draft":
        await touch_form(room, actor, DraftId(int(number)), touch, offer.args)
    else:
        await _look(room, actor, touch, offer.args)
    return ""


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
        return
    match touch:
        case Touch.PAGE:
            await turn_page(room, actor, args, fresh=False)
        case Touch.LANGUAGE:
            await choose_language(room, actor, str(args["code"]))
        case Touch.SYNONYMS:
            await list_synonyms(room, actor, page=int(args["page"]), fresh=False)
        case Touch.UNDO_SYNONYM:
            await room.flows.undo_synonym(actor, SynonymId(args["synonym"]), int(args["page"]))
        case _:
            raise Refused(Reason.BUTTON_EXPIRED)


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
