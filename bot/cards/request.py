"""A request on a card: what is asked, by whom and until when, and what can be asked now."""

from collections.abc import Iterator
from typing import Final

from bot.cards.choices import IN_A_LIST, each_alone
from bot.cards.facts import head, person
from bot.cards.setting import Setting, name
from bot.chat import Card
from bot.i18n import N_
from bot.plain import cut_bytes, one_line
from bot.sheet import Choice, Sheet
from bot.texts.asking import RETURN_CODES, SUSPENSION_GROUNDS
from bot.texts.law import ACTIONS
from bot.texts.people import ROLES
from bot.texts.requests import OUTCOMES, REQUESTS
from workflows.cases.case import Action
from workflows.cases.machine import is_askable
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor, PersonId
from workflows.rails import Offer
from workflows.requests.lifecycle import awaited
from workflows.requests.request import Request, RequestKind, ReturnCode, SuspensionGround
from workflows.views import CaseView

WORDS_MOST: Final = 240
"""Bytes of what somebody wrote; the record keeps every word."""
LISTED: Final = frozenset({*ReturnCode, *SuspensionGround})


def request_lines(view: CaseView, setting: Setting) -> Iterator[str]:
    """The latest request for both sides: who asked for what, and whose answer it waits for."""
    if not view.case.requests:
        return
    request = view.case.requests[-1]
    yield _waiting(view, request, setting) if request.waits else _settled(view, request, setting)
    if request.waits or request.to_carry_out:
        yield from _grounds(view, request, setting)
    elif request.decided_words:
        yield setting.tongue("Reason: {reason}", reason=_brief(request.decided_words))


def asks_sheet(view: CaseView, reader: Actor, setting: Setting) -> Sheet:
    """Everything this reader may ask for now, one button each."""
    tongue, case = setting.tongue, view.case
    possible = [a for a in IN_A_LIST if is_askable(case, a, reader, setting.now)]
    lines = [*request_lines(view, setting), *_window(view, possible, setting)]
    if not possible:
        lines.append(tongue("Nothing can be asked for right now."))
    else:
        lines.append(tongue("What do you want to ask for?"))
    rows = each_alone(Choice(tongue(ACTIONS[action]), Offer(action)) for action in possible)
    return Sheet(Card(head(case, setting), tuple(lines)), rows)


def _waiting(view: CaseView, request: Request, setting: Setting) -> str:
    tongue = setting.tongue
    clock = view.case.clock(ClockKind.DECISION)
    roles = awaited(view.case)
    return tongue(
        "📨 {request}: {who} {time} · {outcome} ({role}, {due})",
        request=tongue(REQUESTS[request.kind]),
        who=person(view, request.asked_by, setting),
        time=setting.moment(request.asked_at),
        outcome=tongue(OUTCOMES[request.state]),
        role=tongue(ROLES[roles[0]]) if roles else "",
        due=setting.due(clock.due_at) if clock and clock.due_at else "",
    )


def _settled(view: CaseView, request: Request, setting: Setting) -> str:
    tongue = setting.tongue
    by = request.decided_by or PersonId(0)
    return tongue(
        "📨 {request} {outcome}: {who} {time}",
        request=tongue(REQUESTS[request.kind]),
        outcome=tongue(OUTCOMES[request.state]),
        who=person(view, by, setting) if by else tongue(N_("the system")),
        time=setting.moment(request.decided_at or request.asked_at),
    )


def _grounds(view: CaseView, request: Request, setting: Setting) -> Iterator[str]:
    """Why, what shows it, and what is proposed instead."""
    tongue = setting.tongue
    if request.code in LISTED or request.words:
        reason = code_words(request.code, setting) or _brief(request.words)
        yield tongue("Reason: {reason}", reason=reason)
    if request.proof:
        yield tongue("Shown by: {proof}", proof=_brief(request.proof))
    if request.kind is RequestKind.RETURN:
        known = view.proposed
        agency = tongue.either(known.name, known.name_en) if known else tongue("not known")
        yield tongue("Proposed: {agency}", agency=name(agency))
    if request.until is not None:
        yield tongue(
            "Rests until {until} · {document}",
            until=setting.moment(request.until),
            document=_brief(request.document),
        )


def code_words(code: str, setting: Setting) -> str:
    """A reason for returning or a ground for resting, in words."""
    if code in set(ReturnCode):
        return setting.tongue(RETURN_CODES[ReturnCode(code)])
    return (
        setting.tongue(SUSPENSION_GROUNDS[SuspensionGround(code)])
        if code in set(SuspensionGround)
        else ""
    )


def _window(view: CaseView, possible: list[Action], setting: Setting) -> Iterator[str]:
    """Until when it may be returned, while that is so."""
    clock = view.case.clock(ClockKind.RETURN_WINDOW)
    if Action.ASK_RETURN in possible and clock is not None and clock.due_at is not None:
        yield setting.tongue("↪️ Returning it: {due}", due=setting.due(clock.due_at))


def _brief(words: str) -> str:
    return cut_bytes(one_line(words), WORDS_MOST)
