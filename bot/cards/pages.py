"""One page of a list: what waits, the board and its piles, one's own orders, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.cards.choices import MOST, Rows, pairs
from bot.cards.lists import open_choice
from bot.cards.risk import hint_in_short
from bot.cards.setting import Setting, brief, name
from bot.cards.supervision import order_in_short
from bot.cards.told import reason_line
from bot.chat import Card
from bot.sheet import Choice, Sheet, Touch
from bot.texts.law import STATES, STATES_IN_SHORT
from workflows.cases.case import WITH_WORKER, Case, CaseId, State
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.digest import Gathered
from workflows.evidence.risk import Score
from workflows.lists import Listed, ListKind, Pile
from workflows.notices import NoticeKind
from workflows.people import PersonId
from workflows.rails import Offer

PLACE_MOST: Final = 30
SAID_MOST: Final = 40
PARTED: Final = " · "

Data = Mapping[str, Any]


def tasks_sheet(listed: Listed, data: Data, setting: Setting) -> Sheet:
    """What waits for this person, what is due first at the top."""
    tongue = setting.tongue
    if not listed.total:
        return Sheet(
            Card(
                tongue("☕ Nothing is waiting for you right now."),
                help_line=tongue("What comes in reaches you by itself. /find looks for a case."),
            )
        )
    head = tongue.many("📋 {n} case waits for you", "📋 {n} cases wait for you", n=listed.total)
    return _page(
        head, _standing(listed, setting), listed, {**data, "list": ListKind.TASKS}, setting
    )


def board_sheet(piles: Sequence[Pile], setting: Setting) -> Sheet:
    """How many cases stand where; the five that need most attention have a button."""
    tongue = setting.tongue
    if not piles:
        return Sheet(
            Card(
                tongue("🗂 Nothing is open on your board."),
                help_line=tongue("New cases appear here. /find also finds closed ones."),
            )
        )
    head = tongue(
        "🗂 {open} open, {overdue} overdue",
        open=sum(pile.count for pile in piles),
        overdue=sum(pile.overdue for pile in piles),
    )
    lines = tuple(_pile_line(pile, setting) for pile in piles)
    pressing = sorted(piles, key=lambda pile: (-pile.overdue, -pile.count))[:MOST]
    buttons = [
        Choice(
            tongue("{state} {n}", state=tongue(STATES_IN_SHORT[pile.state]), n=pile.count),
            Offer(Touch.PAGE, {"list": ListKind.BOARD, "state": pile.state}),
        )
        for pile in piles
        if pile in pressing
    ]
    hint = tongue(
        "Press one, or type: /board {state}", state=tongue(STATES_IN_SHORT[piles[0].state])
    )
    return Sheet(Card(head, lines, help_line=hint), pairs(buttons))


def pile_sheet(state: State, listed: Listed, data: Data, setting: Setting) -> Sheet:
    """The cases of a board that are in one state: who has each, and until when."""
    tongue = setting.tongue
    head = tongue("🗂 {state}: {n}", state=tongue(STATES[state]), n=listed.total)
    back = Choice(tongue("↩️ Board"), Offer(Touch.PAGE, {"list": ListKind.BOARD}))
    if not listed.total:
        gone = tongue("Nothing is left here; it has moved on.")
        return Sheet(Card(head, (gone,)), ((back,),))
    lines = [
        _line(case, setting, _holder(case, listed.names), _left(case, setting))
        for case in listed.cases
    ]
    sheet = _page(head, lines, listed, {**data, "list": ListKind.BOARD}, setting)
    return Sheet(sheet.card, (*sheet.choices, (back,)))


def orders_sheet(listed: Listed, data: Data, setting: Setting) -> Sheet:
    """What this person took down, where each stands, the newest first."""
    tongue = setting.tongue
    if not listed.total:
        return Sheet(
            Card(
                tongue("🗒 You have taken nothing down lately."),
                help_line=tongue(
                    "/new begins a report. What ended over two weeks ago: /find and its number."
                ),
            )
        )
    head = tongue.many(
        "🗒 {n} case that you took down", "🗒 {n} cases that you took down", n=listed.total
    )
    return _page(
        head, _standing(listed, setting), listed, {**data, "list": ListKind.ORDERS}, setting
    )


def supervised_sheet(listed: Listed, data: Data, setting: Setting) -> Sheet:
    """Orders that stand: which kind, what each waits for and until when; the newest case first."""
    tongue = setting.tongue
    if not listed.total:
        return Sheet(
            Card(
                tongue("🏛 No supervision order stands."),
                help_line=tongue("A supervisor opens one from a case, or types: supervise 42"),
            )
        )
    head = tongue.many(
        "🏛 {n} supervision order stands", "🏛 {n} supervision orders stand", n=listed.total
    )
    lines = [_line(case, setting, *order_in_short(case, setting)) for case in listed.cases]
    return _page(head, lines, listed, {**data, "list": ListKind.SUPERVISED}, setting)


def reviews_sheet(
    listed: Listed, scored: Mapping[CaseId, Score], data: Data, setting: Setting
) -> Sheet:
    """Work to be judged: what is worth a second look first, each with its weightiest reason."""
    tongue = setting.tongue
    if not listed.total:
        return Sheet(
            Card(
                tongue("☕ Nothing is waiting for your review."),
                help_line=tongue("What is handed in reaches you by itself."),
            )
        )
    head = tongue.many("🔎 {n} case to review", "🔎 {n} cases to review", n=listed.total)
    lines = [
        _line(case, setting, hint_in_short(scored[case.id], setting), _left(case, setting))
        for case in listed.cases
    ]
    sheet = _page(head, lines, listed, {**data, "list": ListKind.REVIEWS}, setting)
    hint = tongue("In the order of hints, which judge nobody. /compare and a number compares.")
    return replace(sheet, card=replace(sheet.card, help_line=hint))


def digest_sheet(
    listed: Listed, said: Mapping[CaseId, Gathered], data: Data, setting: Setting
) -> Sheet:
    """Many messages as one: what each case says for itself, the longest overdue at the top."""
    tongue = setting.tongue
    if data.get("morning"):
        head = tongue.many(
            "🌅 Since last evening: {n} case", "🌅 Since last evening: {n} cases", n=listed.total
        )
    else:
        head = tongue.many(
            "🔔 {n} case needs you, the most overdue first",
            "🔔 {n} cases need you, the most overdue first",
            n=listed.total,
        )
    lines = [_line(case, setting, _said(said[case.id], setting)) for case in listed.cases]
    return _page(head, lines, listed, {**data, "list": NoticeKind.DIGEST}, setting)


def digest_over_sheet(setting: Setting) -> Sheet:
    """Whoever turns a page when nothing on it matters any more."""
    return Sheet(Card(setting.tongue("☕ All of these have been seen to.")))


def _said(gathered: Gathered, setting: Setting) -> str:
    """What the message about it says, and how long there is or how long it is over."""
    case = gathered.case
    clock = gathered.data.get("clock", ClockKind.DISPOSAL)
    words = brief(reason_line(case, gathered.because, clock, setting), SAID_MOST)
    return PARTED.join(part for part in (words, _left(case, setting)) if part)


def found_sheet(listed: Listed, data: Data, setting: Setting) -> Sheet:
    """What a search has found among the cases that this person may see."""
    tongue = setting.tongue
    said = brief(str(data.get("said") or data.get("words", "")), 40)
    if not listed.total:
        hint = tongue(
            "Only cases that you may see are found. Try fewer words, a street or landmark, "
            "a class, or the case number."
        )
        return Sheet(Card(tongue("🔍 Nothing found for “{words}”", words=said), help_line=hint))
    head = tongue.many(
        "🔍 “{words}”: {n} case", "🔍 “{words}”: {n} cases", words=said, n=listed.total
    )
    return _page(
        head, _standing(listed, setting), listed, {**data, "list": ListKind.FOUND}, setting
    )


def _page(head: str, lines: Sequence[str], listed: Listed, about: Data, setting: Setting) -> Sheet:
    hint = setting.tongue("Press a number, or type: /case {number}", number=listed.cases[0].id)
    opened = pairs([open_choice(case.id) for case in listed.cases])
    card = Card(head, tuple(lines), help_line=hint)
    return Sheet(card, (*opened, *_turns(listed, about, setting)))


def _turns(listed: Listed, about: Data, setting: Setting) -> Rows:
    """Where the neighbouring pages begin: at the cases that are shown now."""
    tongue = setting.tongue
    same = {key: value for key, value in about.items() if key not in {"after", "before"}}
    turns = []
    if listed.earlier:
        args = {**same, "before": listed.marks[0].as_json()}
        turns.append(Choice(tongue("‹ {n} before", n=listed.earlier), Offer(Touch.PAGE, args)))
    if listed.later:
        args = {**same, "after": listed.marks[-1].as_json()}
        turns.append(Choice(tongue("{n} more ›", n=listed.later), Offer(Touch.PAGE, args)))
    return (tuple(turns),) if turns else ()


def _standing(listed: Listed, setting: Setting) -> list[str]:
    return [_line(case, setting, *_where(case, listed.names, setting)) for case in listed.cases]


def _where(case: Case, names: Mapping[PersonId, str], setting: Setting) -> tuple[str, ...]:
    """Where it stands: with whom and how long yet, or when it ended."""
    state = _state(case, setting)
    if case.closed_at is not None:
        return (f"{state} {setting.moment(case.closed_at)}",)
    who = _holder(case, names) if case.state in WITH_WORKER else ""
    return (state, who, _left(case, setting))


def _line(case: Case, setting: Setting, *parts: str) -> str:
    """A line of a list; it begins with the number that can be typed."""
    first = setting.tongue("{number} {name}", number=case.id, name=setting.class_of(case))
    place = brief(case.place.words or case.place.area_name, PLACE_MOST)
    return PARTED.join(part for part in (first, *parts, place) if part)


def _pile_line(pile: Pile, setting: Setting) -> str:
    tongue = setting.tongue
    state = tongue(STATES[pile.state])
    if not pile.overdue:
        return tongue("{state}: {count}", state=state, count=pile.count)
    return tongue(
        "{state}: {count}, {overdue} overdue", state=state, count=pile.count, overdue=pile.overdue
    )


def _state(case: Case, setting: Setting) -> str:
    return setting.tongue(STATES_IN_SHORT[case.state])


def _left(case: Case, setting: Setting) -> str:
    return setting.left(case.due_next) if case.due_next is not None else ""


def _holder(case: Case, names: Mapping[PersonId, str]) -> str:
    held = names.get(case.assignee, "") if case.assignee is not None else ""
    return name(held) if held else ""
