"""The buttons of the intake form and of open questions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.sheet import Touch
from handlers.chat.room import Room
from workflows.hotline.intake import Field, Intake
from workflows.hotline.self_fix import harmless
from workflows.hotline.take_down import Change, choose_class
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.policy.catalogue import ClassCode, ConditionId
from workflows.refusals import Reason, Refused


async def touch_form(
    room: Room, actor: Actor, draft_id: DraftId, touch: Touch, args: Mapping[str, Any]
) -> None:
    """One button of a form. Raises Refused."""
    if touch is Touch.SEND_FORM:
        await room.flows.take_down.send(actor, draft_id)
    elif touch is Touch.CLOSE_FIXED:
        await room.flows.self_fix(actor, draft_id)
    elif touch is Touch.CALL_AGAIN:
        await room.flows.call_again(actor, draft_id)
    elif touch is Touch.NOT_TAKEN:
        await room.flows.turn_away(actor, draft_id, str(args["ground"]), str(args["told"]))
    elif touch is Touch.DROP_FORM:
        await room.flows.take_down.drop(actor, draft_id)
    else:
        await room.flows.take_down.change(actor, draft_id, CHANGES[touch](room, args))


async def answer(room: Room, actor: Actor, draft_id: DraftId, args: Mapping[str, Any]) -> None:
    """One choice of an open question. Raises Refused."""
    await room.flows.answer(actor, draft_id, args)


async def drop_question(room: Room, actor: Actor, draft_id: DraftId) -> None:
    """Raises Refused(NO_SUCH_DRAFT)."""
    await room.flows.answer.drop(actor, draft_id)


def _field(_: Room, args: Mapping[str, Any]) -> Change:
    field = Field(args["field"])
    return lambda intake: replace(intake, awaiting=field, browsing="", page=0)


def _class(room: Room, args: Mapping[str, Any]) -> Change:
    entry = room.flows.book.policy.catalogue.classes.get(ClassCode(args["code"]))
    if entry is None:
        raise Refused(Reason.NO_SUCH_CLASS, class_code=args["code"])
    return choose_class(entry.code, room.flows.ear, (entry.default.id,))


def _ground(_: Room, args: Mapping[str, Any]) -> Change:
    ground = str(args["ground"])
    return lambda intake: replace(intake, ground=ground, told="", awaiting=Field.TOLD)


def _condition(room: Room, args: Mapping[str, Any]) -> Change:
    condition = room.flows.book.policy.catalogue.conditions.get(ConditionId(args["id"]))
    if condition is None:
        raise Refused(Reason.NO_SUCH_CLASS, class_code=args["id"])

    def apply(intake: Intake) -> Intake:
        return replace(
            intake,
            class_code=condition.class_code,
            condition_id=condition.id,
            awaiting="",
            browsing="",
        )

    return apply


def _browse(_: Room, args: Mapping[str, Any]) -> Change:
    return lambda intake: replace(
        intake,
        awaiting=Field.CLASS,
        browsing=str(args.get("major", intake.browsing)),
        page=int(args.get("page", 0)),
    )


def _fixed(room: Room, _: Mapping[str, Any]) -> Change:
    """Raises Refused(NOT_FOR_SELF_FIX) where its finder may not close it alone."""

    def apply(intake: Intake) -> Intake:
        harmless(room.flows.book, intake)
        return replace(intake, fixed=True, awaiting="")

    return apply


def _nobody(_: Room, __: Mapping[str, Any]) -> Change:
    return lambda intake: replace(
        intake, caller_name="", phone="", caller_known=True, nobody_waits=True, awaiting=""
    )


def _hide(_: Room, __: Mapping[str, Any]) -> Change:
    return lambda intake: replace(intake, hidden=not intake.hidden)


def _back(_: Room, __: Mapping[str, Any]) -> Change:
    return lambda intake: replace(intake, awaiting="", browsing="", page=0)


CHANGES: Final = {
    Touch.FIELD: _field,
    Touch.CHOOSE_CLASS: _class,
    Touch.CHOOSE_CONDITION: _condition,
    Touch.CHOOSE_GROUND: _ground,
    Touch.BROWSE: _browse,
    Touch.FIXED: _fixed,
    Touch.NOBODY_WAITS: _nobody,
    Touch.HIDE_CALLER: _hide,
    Touch.BACK: _back,
}
