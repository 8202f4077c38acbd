"""The form of an emergency: one question after the other, then what it changes, then ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.choices import Rows, pairs
from bot.cards.emergency import mode_name
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.emergency import EMERGENCY_PROMPTS
from workflows.emergency.form import EmergencyField, EmergencyForm, form_of
from workflows.emergency.under import ModeKey
from workflows.hotline.draft import Draft, DraftState
from workflows.joint.kept import Area
from workflows.rails import Offer

PAGE: Final = 6
HOURS: Final = (6, 12, 24, 48)
"""What is often asked for; any other number can be typed."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the form may need to show: areas to choose from, hours at most, who would be asked."""

    areas: Sequence[Area] = ()
    most: int = 0
    people: int = 0


def emergency_form_sheet(draft: Draft, around: Around, setting: Setting) -> Sheet:
    """The form in its present shape; once it is sent or dropped, one line about that."""
    form, tongue = form_of(draft), setting.tongue
    if draft.state is DraftState.DROPPED:
        return Sheet(Card(tongue("🗑 Dropped. Nothing was asked.")))
    if draft.state is DraftState.DONE:
        return Sheet(
            Card(tongue("🌀 No. {number} waits for approval, see below.", number=form.emergency))
        )
    known = tuple(_known(form, setting))
    asked = form.asks
    if asked is None:
        return _preview(known, form, around, setting)
    head = tongue("🌀 Ask for an emergency")
    if form.extends is not None:
        head = tongue("🌀 Ask for more time, no. {number}", number=form.extends)
    prompt = tongue(EMERGENCY_PROMPTS[asked], most=around.most)
    return Sheet(
        Card(head, known, help_line=prompt),
        (*_answers(asked, form, around, setting), (_drop(setting),)),
    )


def _known(form: EmergencyForm, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if form.mode:
        yield tongue("🌀 {mode}", mode=mode_name(form.mode, setting))
    if form.area:
        yield tongue("🗺 {area}", area=_area_words(form.area, form.area_name, setting))
    if form.hours:
        yield tongue.many("⏱ {n} hour", "⏱ {n} hours", n=form.hours)
    if form.reason:
        yield tongue("💬 {words}", words=cut(one_line(form.reason), 200))


def _preview(
    known: tuple[str, ...], form: EmergencyForm, around: Around, setting: Setting
) -> Sheet:
    tongue = setting.tongue
    edits = [
        (N_("⏱ Hours"), EmergencyField.HOURS),
        (N_("✏️ Reason"), EmergencyField.REASON),
    ]
    if form.extends is None:
        edits.insert(0, (N_("🗺 Area"), EmergencyField.AREA))
    beside = [
        Choice(tongue(label), Offer(Touch.EMERGENCY_EDIT, {"field": field.value}))
        for label, field in edits
    ]
    rest = pairs([*beside, _drop(setting)])
    if not around.people:
        head = tongue("⚠️ Nobody who could approve it is on duty")
        return Sheet(Card(head, known), rest)
    head = tongue.many(
        "🌀 This asks {n} person to approve it. Send it?",
        "🌀 This asks {n} people to approve it. Send it?",
        n=around.people,
    )
    hint = tongue("Once one of them says yes it begins, and everybody on duty there is told.")
    send = Choice(tongue("🌀 Ask now"), Offer(Touch.EMERGENCY_SEND), Weight.PRIMARY)
    return Sheet(Card(head, known, help_line=hint), ((send,), *rest))


def _answers(asked: EmergencyField, form: EmergencyForm, around: Around, setting: Setting) -> Rows:
    match asked:
        case EmergencyField.MODE:
            return pairs([_mode(key, setting) for key in setting.book.policy.emergency.modes])
        case EmergencyField.AREA:
            return _area_rows(form, around, setting)
        case EmergencyField.HOURS:
            offered = sorted({hours for hours in (*HOURS, around.most) if hours <= around.most})
            return pairs([_hours(hours, setting) for hours in offered if hours])
        case _:
            return ()


def _mode(key: ModeKey, setting: Setting) -> Choice:
    label = cut(mode_name(key, setting), 14)
    return Choice(f"🌀 {label}", Offer(Touch.EMERGENCY_MODE, {"mode": key}))


def _hours(hours: int, setting: Setting) -> Choice:
    label = setting.tongue("⏱ {n} h", n=hours)
    return Choice(label, Offer(Touch.EMERGENCY_HOURS, {"hours": hours}))


def _area_rows(form: EmergencyForm, around: Around, setting: Setting) -> Rows:
    pages = max(-(-len(around.areas) // PAGE), 1)
    page = min(max(form.page, 0), pages - 1)
    shown = around.areas[page * PAGE : (page + 1) * PAGE]
    turns = [
        Choice(
            setting.tongue(label, page=to + 1, pages=pages),
            Offer(Touch.EMERGENCY_BROWSE, {"page": to}),
        )
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    ]
    return (*pairs([_area(each, setting) for each in shown]), *pairs(turns))


def _area(area: Area, setting: Setting) -> Choice:
    label = cut(_area_words(area.code, area.name, setting), 16)
    return Choice(f"📍 {label}", Offer(Touch.EMERGENCY_AREA, {"area": area.code}))


def _area_words(code: str, shown: str, setting: Setting) -> str:
    return name(shown) if shown else setting.tongue("district {code}", code=code)


def _drop(setting: Setting) -> Choice:
    return Choice(setting.tongue("🗑 Drop"), Offer(Touch.EMERGENCY_DROP), Weight.DANGER)
