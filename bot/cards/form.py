"""The intake form: what is known and missing, what it rests on, one question at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.cards.browse import browse_rows, guess_rows
from bot.cards.choices import Rows, pairs
from bot.cards.known_case import known_lines, known_rows, progress_card
from bot.cards.self_fix import fix_choice, fixed_lines, fixed_rows
from bot.cards.setting import Setting, brief, masked
from bot.cards.turning_away import (
    ground_rows,
    hand_over_rows,
    told_lines,
    told_rows,
    turn_away_choice,
    turned_away,
    warning_lines,
)
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.asking import AWAITING, FIELD_BUTTONS, FIELDS
from workflows.hotline.draft import Draft, DraftState
from workflows.hotline.intake import Field, Intake, intake_of
from workflows.hotline.masking import mask
from workflows.hotline.scanning import without_numbers
from workflows.people import Person, Role
from workflows.rails import Offer
from workflows.views import CaseView

WORDS_MOST: Final = 300
CHANGES: Final = (Field.CLASS, Field.CONDITION, Field.PLACE, Field.CALLER)


@dataclass(frozen=True, slots=True)
class Around:
    """Who fills the form in, and the open case of the same caller and class if there is one."""

    reader: Person
    known: CaseView | None


def form_sheet(
    draft: Draft, reader: Person, setting: Setting, known: CaseView | None = None
) -> Sheet:
    """The form in its present shape; once it is sent or dropped, one line about that.

    `known` is an open case of the same caller and class.
    """
    intake, tongue = intake_of(draft), setting.tongue
    if draft.state is DraftState.DROPPED:
        return Sheet(Card(tongue("🗑 Dropped. Nothing was registered.")))
    if draft.state is DraftState.DONE:
        if intake.again and known is not None:
            return Sheet(progress_card(known, setting))
        done = turned_away if intake.ground else _sent
        return Sheet(Card(done(intake, setting)))
    needs = _missing(intake, reader)
    head = tongue("📝 New report: please check and send it")
    if needs:
        head = tongue("📝 New report: still missing {fields}", fields=listed(needs, setting))
    lines = tuple(line for line in _lines(intake, reader, setting) if line)
    lines = (*lines, *fixed_lines(intake, setting), *known_lines(known, setting))
    asked = Field(intake.awaiting) if intake.awaiting else None
    around = Around(reader, known)
    if asked is not None:
        prompt = tongue(AWAITING[asked])
    elif needs:
        prompt = tongue(AWAITING[needs[0]])
    else:
        prompt = ""
    if asked is Field.CONDITION:
        lines = (*lines, *condition_lines(intake.class_code, setting))
    if asked is Field.TOLD:
        lines = (*lines, *told_lines(intake, setting))
    return Sheet(Card(head, lines, help_line=prompt), _rows(intake, asked, around, setting))


def listed(fields: tuple[Field, ...], setting: Setting) -> str:
    """Names of fields, one after another."""
    return setting.tongue(N_(", ")).join(setting.tongue(FIELDS[field]) for field in fields)


def condition_lines(class_code: str, setting: Setting) -> tuple[str, ...]:
    """The conditions of a class, numbered as their buttons are."""
    entry = setting.entry(class_code)
    return tuple(
        setting.tongue(
            "{n}. {condition} · {limit}",
            n=condition.number,
            condition=setting.tongue.either(condition.zh, condition.en),
            limit=setting.limit(condition.limit),
        )
        for condition in (entry.conditions if entry else ())
    )


def _missing(intake: Intake, reader: Person) -> tuple[Field, ...]:
    return intake.missing(from_street=not reader.holds(Role.OPERATOR))


def _sent(intake: Intake, setting: Setting) -> str:
    return setting.tongue(
        "✅ Registered as #{number} · {name}",
        number=intake.case_id,
        name=setting.class_name(intake.class_code),
    )


def _lines(intake: Intake, reader: Person, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if intake.forwarded_from:
        yield tongue("↪️ Forwarded from: {name}", name=cut(one_line(intake.forwarded_from), 40))
    yield _words_line(intake, setting)
    if reader.holds(Role.OPERATOR):
        yield from warning_lines(intake, setting)
    yield from _class_lines(intake, setting)
    yield _place_line(intake, setting)
    if reader.holds(Role.OPERATOR):
        yield _caller_line(intake, setting)
    if intake.pictures:
        yield tongue.many("🖼 {n} photo", "🖼 {n} photos", n=len(intake.pictures))


def _words_line(intake: Intake, setting: Setting) -> str:
    words = masked(one_line(without_numbers(intake.words)))
    if not words:
        return ""
    if len(words) <= WORDS_MOST:
        return setting.tongue("💬 {words}", words=words)
    return setting.tongue(
        "💬 {words} ({length} characters, all kept)",
        words=cut(words, WORDS_MOST),
        length=len(intake.words),
    )


def _class_lines(intake: Intake, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if not intake.class_code:
        return
    yield tongue("📂 {name}", name=setting.class_name(intake.class_code))
    if intake.resting_on:
        words = tongue(N_(", ")).join(intake.resting_on)
        yield tongue("🔎 Because of: {words}", words=words)
    condition = setting.condition(intake.condition_id)
    if condition is not None:
        yield tongue(
            "⚖️ {condition} · {limit}",
            condition=tongue.either(condition.zh, condition.en),
            limit=setting.limit(condition.limit),
        )


def _place_line(intake: Intake, setting: Setting) -> str:
    tongue = setting.tongue
    words, area = brief(intake.place_words, 80), one_line(intake.area_name)
    has_point = intake.latitude is not None
    if area and words:
        return tongue("📍 {place} ({area})", place=words, area=area)
    if area:
        return tongue("📍 {place}", place=area)
    if has_point:
        return tongue(
            "📍 {place} — outside every grid; the duty chief will be asked",
            place=words or tongue("point on the map"),
        )
    if words:
        return tongue("📍 {place} — not on our map; sending the location helps", place=words)
    return ""


def _caller_line(intake: Intake, setting: Setting) -> str:
    tongue = setting.tongue
    if intake.nobody_waits:
        return tongue("📞 Anonymous: nobody waits for an answer")
    if not intake.caller_known:
        return ""
    caller = one_line(intake.caller_name)
    phone = mask(intake.phone) or one_line(intake.phone)
    known = " · 🏠" if intake.caller_address else ""
    known += " · 🔒" if intake.hidden else ""
    if caller and phone:
        return tongue("📞 Caller: {caller}, {phone}", caller=caller, phone=phone) + known
    if phone:
        return tongue("📞 Caller: {phone}", phone=phone) + known
    return tongue("📞 Caller: {caller}, no number", caller=caller or tongue("no name"))


def _rows(intake: Intake, asked: Field | None, around: Around, setting: Setting) -> Rows:
    """The main rows, or the answers to what is asked and the way back."""
    match asked:
        case Field.CLASS:
            at_the_top = not intake.browsing and intake.page == 0
            guesses = guess_rows(intake, setting) if at_the_top else ()
            return (*guesses, *browse_rows(intake, _back(setting)[0], setting))
        case None | Field.WORDS | Field.PHOTO:
            return _main_rows(intake, around, setting)
        case _:
            return (*_answers(intake, asked, setting), _back(setting))


def _answers(intake: Intake, asked: Field, setting: Setting) -> Rows:
    match asked:
        case Field.CONDITION:
            return condition_rows(intake.class_code, setting)
        case Field.GROUND:
            return ground_rows(intake, setting)
        case Field.TOLD:
            return told_rows(intake, setting)
        case Field.CALLER:
            return (_nobody(setting), hide_row(intake, setting))
        case _:
            return ()


def _main_rows(intake: Intake, around: Around, setting: Setting) -> Rows:
    """Send it, or fill the first gap; below that what can be changed; at the end the bin.

    Where somebody else takes it, or has it already, that comes first.
    """
    reader = around.reader
    needs = _missing(intake, reader)
    begun = bool(intake.words or intake.pictures)
    drop = Choice(setting.tongue("🗑 Drop"), Offer(Touch.DROP_FORM), Weight.DANGER)
    if not begun:
        return ((drop,),)
    away = hand_over_rows(intake, setting) if reader.holds(Role.OPERATOR) else ()
    away = away or known_rows(around.known, setting)
    away = away or fixed_rows(intake, setting, complete=not needs)
    first: Rows = ()
    if not needs:
        weight = Weight.SECONDARY if away else Weight.PRIMARY
        first = ((Choice(setting.tongue("📨 Send"), Offer(Touch.SEND_FORM), weight),),)
    elif not intake.class_code and intake.guesses:
        first = guess_rows(intake, setting)
    beside = [_field(field, setting) for field in CHANGES if _can_change(field, intake, reader)]
    if Field.CALLER in needs:
        beside.append(_nobody(setting)[0])
    if reader.holds(Role.OPERATOR):
        beside.append(turn_away_choice(setting))
    elif intake.pictures and intake.condition_id and not intake.fixed:
        beside.append(fix_choice(setting))
    return (*away, *first, *pairs(beside), (drop,))


def _can_change(field: Field, intake: Intake, reader: Person) -> bool:
    match field:
        case Field.CONDITION:
            return bool(intake.class_code)
        case Field.CALLER:
            return reader.holds(Role.OPERATOR)
        case _:
            return True


def _field(field: Field, setting: Setting) -> Choice:
    offer = Offer(Touch.FIELD, {"field": field.value})
    if field is Field.CLASS:
        offer = Offer(Touch.BROWSE, {"major": "", "page": 0})
    return Choice(setting.tongue(FIELD_BUTTONS[field]), offer)


def condition_rows(class_code: str, setting: Setting) -> Rows:
    """One button a condition: its number; the text stands above."""
    entry = setting.entry(class_code)
    return pairs(
        [
            Choice(
                setting.tongue("⚖️ No. {n}", n=condition.number),
                Offer(Touch.CHOOSE_CONDITION, {"id": condition.id}),
            )
            for condition in (entry.conditions if entry else ())
        ]
    )


def _nobody(setting: Setting) -> tuple[Choice, ...]:
    return (Choice(setting.tongue("🙈 Anonymous"), Offer(Touch.NOBODY_WAITS)),)


def hide_row(intake: Intake, setting: Setting) -> tuple[Choice, ...]:
    """Whether agencies learn who called, where the complaint is about one."""
    if intake.hidden:
        label = setting.tongue("🔓 Show to agency")
    else:
        label = setting.tongue("🔒 Hide from agency")
    return (Choice(label, Offer(Touch.HIDE_CALLER)),)


def _back(setting: Setting) -> tuple[Choice, ...]:
    return (Choice(setting.tongue("↩️ Back"), Offer(Touch.BACK)),)
