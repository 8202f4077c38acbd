"""A swap, an absence and a shift that was given away, as each of those who are told reads it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.cards.choices import Rows, pairs
from bot.cards.lists import open_choice
from bot.cards.roster_words import first_day, last_day, name_of, turn_words
from bot.cards.setting import Setting
from bot.chat import Card, Weight
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.duty import SWAPPED
from workflows.duty.kept import AbsenceView, SwapView
from workflows.duty.shift import SwapState, Turn
from workflows.people import PersonId
from workflows.rails import Offer

TASKS_SHOWN = 4


def swap_sheet(view: SwapView, reader: PersonId, setting: Setting) -> Sheet:
    """Whose shift goes to whom; buttons only for the two, and only while it waits."""
    swap, tongue = view.swap, setting.tongue
    asker, asked = name_of(view.names, swap.asked_by), name_of(view.names, swap.asked_to)
    head = tongue(
        SWAPPED[swap.state],
        asker=asker,
        asked=asked,
        time=setting.moment(swap.ended_at or swap.asked_at),
    )
    gives = tongue(
        "{giver} → {taker}: {turn}",
        giver=asker,
        taker=asked,
        turn=turn_words(swap.shift.turn, setting),
    )
    lines = [gives]
    if swap.back is not None:
        turn = turn_words(swap.back.turn, setting)
        lines.append(tongue("{giver} → {taker}: {turn}", giver=asked, taker=asker, turn=turn))
    elif swap.state is SwapState.ASKED:
        lines.append(tongue("Nothing is taken for it: a favour."))
    if swap.state is not SwapState.ASKED:
        return Sheet(Card(head, tuple(lines)))
    lines += _besides(view, reader, setting)
    hint = tongue("It lapses when the shift begins, {time}.", time=setting.moment(swap.lapses_at))
    return Sheet(Card(head, tuple(lines), help_line=hint), _swap_buttons(view, reader, setting))


def away_sheet(view: AbsenceView, reader: PersonId, setting: Setting) -> Sheet:
    """Who is away, who stands in, and the open work that stays where it is."""
    absence, tongue = view.absence, setting.tongue
    who = name_of(view.names, absence.person)
    if absence.ended_by is not None:
        by, time = name_of(view.names, absence.ended_by), setting.moment(absence.ends_at)
        return Sheet(Card(tongue("🏢 {who} is back ({by}, {time})", who=who, by=by, time=time)))
    head = tongue(
        "🌴 {who} is away {first}–{last}",
        who=who,
        first=first_day(absence, setting),
        last=last_day(absence, setting),
    )
    lines = list(_stands_in(view, setting))
    if absence.note:
        lines.append(tongue("💬 {words}", words=cut(one_line(absence.note), 100)))
    rows: list[Choice] = []
    if reader == absence.replacement:
        rows.append(_answer(tongue("🙅 I cannot"), view, "decline"))
        return Sheet(Card(head, tuple(lines)), pairs(rows))
    if view.tasks:
        lines.append(
            tongue.many(
                "{n} open task stays with {who} until somebody reassigns it:",
                "{n} open tasks stay with {who} until somebody reassigns them:",
                n=len(view.tasks),
                who=who,
            )
        )
        rows += [open_choice(case.id) for case in view.tasks[:TASKS_SHOWN]]
    if absence.ends_at > setting.now:
        label = tongue("↩️ I am back") if reader == absence.person else tongue("↩️ End it")
        rows.append(_answer(label, view, "end"))
    return Sheet(Card(head, tuple(lines)), pairs(rows))


def given_sheet(data: dict[str, Any], names: dict[PersonId, str], setting: Setting) -> Sheet:
    """Instead of whom, who has a shift now, and who said so."""
    turn = Turn(datetime.fromisoformat(data["starts"]), datetime.fromisoformat(data["ends"]))
    head = setting.tongue(
        "✏️ {turn}: {other} instead of {who}",
        turn=turn_words(turn, setting),
        other=name_of(names, PersonId(data["to"])),
        who=name_of(names, PersonId(data["from"])),
    )
    by = name_of(names, PersonId(data["by"]))
    line = setting.tongue("Decided by {who}. /duty shows the roster.", who=by)
    return Sheet(Card(head, (line,)))


def _besides(view: SwapView, reader: PersonId, setting: Setting) -> Iterator[str]:
    if reader != view.swap.asked_to:
        return
    for shift in view.besides[:2]:
        turn = turn_words(shift, setting)
        yield setting.tongue("⚠️ You have another shift then: {turn}", turn=turn)


def _swap_buttons(view: SwapView, reader: PersonId, setting: Setting) -> Rows:
    tongue = setting.tongue
    if reader == view.swap.asked_by:
        return ((_swap_answer(tongue("↩️ Withdraw swap"), "withdraw"),),)
    if reader != view.swap.asked_to:
        return ()
    label, twice = tongue("✅ Agree"), bool(view.besides)
    if twice:
        label = tongue("✅ Agree to both")
    agree = Choice(
        label,
        Offer(Touch.SWAP_ANSWER, {"answer": "accept", "at_once": twice}),
        Weight.PRIMARY,
    )
    return ((agree,), (_swap_answer(tongue("🙅 I cannot"), "decline"),))


def _swap_answer(label: str, answer: str) -> Choice:
    return Choice(label, Offer(Touch.SWAP_ANSWER, {"answer": answer}))


def _answer(label: str, view: AbsenceView, answer: str) -> Choice:
    args = {"absence": view.absence.id, "answer": answer}
    return Choice(label, Offer(Touch.AWAY_ANSWER, args))


def _stands_in(view: AbsenceView, setting: Setting) -> Iterator[str]:
    absence, tongue = view.absence, setting.tongue
    if absence.declined_by is not None and absence.declined_at is not None:
        who, time = name_of(view.names, absence.declined_by), setting.moment(absence.declined_at)
        yield tongue("🙅 {who} cannot stand in ({time})", who=who, time=time)
    if absence.replacement is not None:
        yield tongue(
            "{who} stands in: new orders go there.", who=name_of(view.names, absence.replacement)
        )
    else:
        yield tongue("⚠️ Nobody stands in. New orders go to whoever else is on duty.")
