"""The form of a call-out: one question after the other, then how many it would wake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.choices import Rows, pairs
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.joint import CALL_PROMPTS, GROUNDS, WHOM
from workflows.hotline.draft import Draft, DraftState
from workflows.joint.call_form import CallField, CallForm, form_of
from workflows.joint.call_out import LONGEST_SENTENCE, Ground
from workflows.joint.kept import Area
from workflows.rails import Offer

PAGE: Final = 6


@dataclass(frozen=True, slots=True)
class Around:
    """What the form may need to show: areas to choose from, and how many would be called."""

    areas: Sequence[Area] = ()
    people: int = 0


def call_form_sheet(draft: Draft, around: Around, setting: Setting) -> Sheet:
    """The form in its present shape; once it is sent or dropped, one line about that."""
    form, tongue = form_of(draft), setting.tongue
    if draft.state is DraftState.DROPPED:
        return Sheet(Card(tongue("🗑 Dropped. Nobody was called.")))
    if draft.state is DraftState.DONE:
        return Sheet(
            Card(tongue("📣 Call {number} is out. The answers come below.", number=form.call_id))
        )
    known = tuple(_known(form, setting))
    asked = form.asks
    if asked is None:
        return _preview(known, around, setting)
    head = tongue("📣 New call")
    return Sheet(
        Card(head, known, help_line=tongue(CALL_PROMPTS[asked])),
        (*_answers(asked, form, around, setting), (_drop(setting),)),
    )


def area_words(code: str, shown: str, setting: Setting) -> str:
    """The name of a street or grid; of anything larger its code."""
    if shown:
        return name(shown)
    return (
        setting.tongue("everything in {code}", code=code) if code else setting.tongue("everywhere")
    )


def ground_words(ground: Ground, words: str, setting: Setting) -> str:
    """The reason, in its own words where it is none of ours."""
    if ground is Ground.OTHER and words:
        return f"❔ {cut(one_line(words), 40)}"
    return setting.tongue(GROUNDS[ground])


def _known(form: CallForm, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if form.area is not None:
        where = area_words(form.area, form.area_name, setting)
        yield tongue("🗺 {area}", area=where)
    if form.whom:
        yield tongue(WHOM[form.whom])
    if form.sentence:
        yield tongue("💬 {words}", words=cut(one_line(form.sentence), LONGEST_SENTENCE))
    if form.ground:
        yield ground_words(Ground(form.ground), form.ground_words, setting)
    if form.place:
        yield tongue("📍 {place}", place=cut(one_line(form.place), 80))
    if form.case_id is not None:
        yield tongue("🔗 About case #{number}", number=form.case_id)


def _preview(known: tuple[str, ...], around: Around, setting: Setting) -> Sheet:
    tongue, people = setting.tongue, around.people
    first: Rows = ()
    head = tongue("⚠️ Nobody is on duty there now: choose another area")
    hint = ""
    if people:
        head = tongue.many(
            "📣 This calls {n} person at once. Send it?",
            "📣 This calls {n} people at once. Send it?",
            n=people,
        )
        hint = tongue("It makes a sound at any hour and stays on record.")
        first = ((Choice(tongue("📣 Call now"), Offer(Touch.CALL_SEND), Weight.PRIMARY),),)
    changes = (
        (N_("✏️ Words"), CallField.SENTENCE),
        (N_("📍 Place"), CallField.PLACE),
        (N_("🗺 Area"), CallField.AREA),
    )
    beside = [
        Choice(tongue(label), Offer(Touch.CALL_EDIT, {"field": field.value}))
        for label, field in changes
    ]
    return Sheet(Card(head, known, help_line=hint), (*first, *pairs([*beside, _drop(setting)])))


def _answers(asked: CallField, form: CallForm, around: Around, setting: Setting) -> Rows:
    tongue = setting.tongue
    match asked:
        case CallField.AREA:
            return _area_rows(form, around, setting)
        case CallField.ROLE:
            return pairs(
                [
                    Choice(tongue(label), Offer(Touch.CALL_ROLE, {"whom": str(whom)}))
                    for whom, label in WHOM.items()
                ]
            )
        case CallField.GROUND:
            return pairs(
                [
                    Choice(tongue(label), Offer(Touch.CALL_GROUND, {"ground": ground.value}))
                    for ground, label in GROUNDS.items()
                ]
            )
        case _:
            return ()


def _area_rows(form: CallForm, around: Around, setting: Setting) -> Rows:
    """The whole of it first; below that its streets, or the grids of the street on show."""
    pages = max(-(-len(around.areas) // PAGE), 1)
    page = min(max(form.page, 0), pages - 1)
    shown = around.areas[page * PAGE : (page + 1) * PAGE]
    turns = [
        Choice(
            setting.tongue(label, page=to + 1, pages=pages),
            Offer(Touch.CALL_BROWSE, {"street": form.street, "page": to}),
        )
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    ]
    return (*pairs([_area(each, setting) for each in shown]), *pairs(turns))


def _area(area: Area, setting: Setting) -> Choice:
    """A street opens its grids; what has a hyphen, or stands for itself, is chosen."""
    label = cut(area_words(area.code, area.name, setting), 14)
    if area.opens:
        return Choice(f"🗺 {label}", Offer(Touch.CALL_BROWSE, {"street": area.code, "page": 0}))
    args = {"area": area.code, "name": area.name}
    return Choice(f"📍 {label}", Offer(Touch.CALL_AREA, args))


def _drop(setting: Setting) -> Choice:
    return Choice(setting.tongue("🗑 Drop"), Offer(Touch.CALL_DROP), Weight.DANGER)
