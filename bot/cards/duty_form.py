"""The form of a swap, of a shift for somebody else, and of time off: one question at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from bot.cards.choices import Rows, pairs
from bot.cards.roster_words import turn_words
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from bot.texts.duty import DUTY_DONE, DUTY_HEADS, DUTY_PROMPTS
from bot.times import day_words
from workflows.duty.form import DutyAct, DutyField, DutyForm, form_of
from workflows.duty.shift import Shift
from workflows.hotline.draft import Draft, DraftState
from workflows.people import Person, PersonId
from workflows.rails import Offer

PAGE: Final = 4
"""Answers on a page, so that with turning and dropping the thumb still finds them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the next question may be answered with; `busy` are those who have a shift then."""

    shifts: Sequence[Shift] = ()
    people: Sequence[Person] = ()
    busy: frozenset[PersonId] = frozenset()
    chosen: Shift | None = None
    names: Mapping[PersonId, str] = field(default_factory=dict)


def duty_form_sheet(draft: Draft, found: Answers, setting: Setting) -> Sheet:
    """The form in its present shape; once it is done or dropped, one line about that."""
    form, tongue = form_of(draft), setting.tongue
    if draft.state is DraftState.DROPPED:
        return Sheet(Card(tongue("🗑 Dropped. The roster stays as it was.")))
    if draft.state is DraftState.DONE:
        return Sheet(Card(tongue(DUTY_DONE[form.act], name=name(form.who_name))))
    asked = form.asks
    assert asked is not None
    choices = list(_choices(asked, form, found, setting))
    pages = max(-(-len(choices) // PAGE), 1)
    page = min(max(form.page, 0), pages - 1)
    shown = choices[page * PAGE : (page + 1) * PAGE]
    prompt = tongue(DUTY_PROMPTS[asked])
    if asked is DutyField.WHO and not found.people:
        prompt = tongue("Nobody else holds the same post there.")
    card = Card(
        tongue(DUTY_HEADS[form.act]), tuple(_known(form, found, setting)), help_line=prompt
    )
    extra = _extra(asked, form, setting)
    drop = Choice(tongue("🗑 Drop"), Offer(Touch.DUTY_DROP), Weight.DANGER)
    return Sheet(card, (*pairs(shown), *_turns(page, pages, setting), *pairs([*extra, drop])))


def _known(form: DutyForm, found: Answers, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if found.chosen is not None:
        who = name(found.names.get(found.chosen.person, ""))
        yield tongue("{who}: {turn}", who=who, turn=turn_words(found.chosen, setting))
    if form.first:
        yield tongue("From {day}", day=day_words(date.fromisoformat(form.first), tongue))
    if form.last:
        yield tongue("Until {day}", day=day_words(date.fromisoformat(form.last), tongue))
    if form.who_name:
        yield tongue("→ {name}", name=name(form.who_name))


def _choices(
    asked: DutyField, form: DutyForm, found: Answers, setting: Setting
) -> Iterator[Choice]:
    tongue = setting.tongue
    match asked:
        case DutyField.SHIFT | DutyField.BACK:
            for shift in found.shifts:
                key = "shift" if asked is DutyField.SHIFT else "back"
                yield _choose(_label(shift, form, found, setting), {key: shift.id})
        case DutyField.FIRST:
            for label, days in ((N_("Today"), 0), (N_("Tomorrow"), 1)):
                yield _choose(tongue(label), {"first": _day(setting, days)})
        case DutyField.LAST:
            first = date.fromisoformat(form.first)
            for label, more in ((N_("That day only"), 0), (N_("3 days"), 2), (N_("7 days"), 6)):
                last = first + timedelta(days=more)
                yield _choose(tongue(label), {"last": last.isoformat()})
        case DutyField.WHO:
            for person in found.people:
                yield _person(person, form, found, setting)


def _person(person: Person, form: DutyForm, found: Answers, setting: Setting) -> Choice:
    """Whoever decides it for others may mean that somebody is there twice; it is said."""
    who = name(person.name)
    if person.id not in found.busy:
        return _choose(who, {"who": person.id})
    label = setting.tongue("⚠️ {who} (on shift)", who=who)
    if form.act is DutyAct.OVERRIDE:
        return _choose(label, {"who": person.id, "at_once": True})
    return _choose(label, {"who": person.id})


def _label(shift: Shift, form: DutyForm, found: Answers, setting: Setting) -> str:
    words = turn_words(shift, setting)
    if form.act is DutyAct.OVERRIDE:
        return f"{name(found.names.get(shift.person, ''))} {words}"
    return words


def _extra(asked: DutyField, form: DutyForm, setting: Setting) -> Iterator[Choice]:
    if asked is DutyField.WHO and form.act is DutyAct.AWAY:
        yield _choose(setting.tongue("🤷 Nobody can"), {"who": 0})
    if asked is DutyField.BACK:
        yield _choose(setting.tongue("🤝 None, a favour"), {"back": 0})


def _choose(label: str, args: Mapping[str, Any]) -> Choice:
    return Choice(label, Offer(Touch.DUTY_CHOOSE, dict(args)))


def _day(setting: Setting, days: int) -> str:
    today = setting.now.astimezone(setting.book.calendar.zone).date()
    return (today + timedelta(days=days)).isoformat()


def _turns(page: int, pages: int, setting: Setting) -> Rows:
    return pairs(
        [
            _choose(setting.tongue(label, page=to + 1, pages=pages), {"page": to})
            for label, to in (
                (N_("‹ {page}/{pages}"), page - 1),
                (N_("{page}/{pages} ›"), page + 1),
            )
            if 0 <= to < pages
        ]
    )
