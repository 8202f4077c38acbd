"""An emergency as it is seen: asked for, in force, over; and the list of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.cards.choices import Rows, pairs
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.emergency import ANSWERED_BY, NOT_GRANTED
from bot.texts.law import ACTION_NAMES
from bot.times import length
from workflows.approving.answer import Answer, is_same
from workflows.cases.case import Action, Case
from workflows.emergency.emergency import Emergency, may_approve, may_ask
from workflows.emergency.kept import EmergencyPage, EmergencyView
from workflows.emergency.mode import Mode
from workflows.emergency.under import ModeKey
from workflows.people import Person, PersonId
from workflows.rails import Offer

PAGE: Final = 4
"""Ended ones on one page of the list."""
NAMES_MOST: Final = 8
Names = Mapping[PersonId, str]


def mode_name(key: str, setting: Setting) -> str:
    """Its name in the district's file; the bare key where the file has lost it."""
    mode = _mode(key, setting)
    return setting.tongue.either(mode.zh, mode.en) if mode else key


def area_name(emergency: Emergency, setting: Setting) -> str:
    """A street by its name, a district by its code."""
    if emergency.area_name:
        return name(emergency.area_name)
    return setting.tongue("district {code}", code=emergency.area)


def emergency_sheet(
    view: EmergencyView, reader: Person, setting: Setting, *, ends: bool = False
) -> Sheet:
    """One emergency for one reader; `ends` asks once more whether it shall end now."""
    emergency = view.emergency
    head = _head(emergency, setting)
    lines = tuple(_lines(view, setting))
    if emergency.waits(setting.now):
        return Sheet(Card(head, lines), _answers(view, reader, setting))
    if emergency.holds(setting.now) and may_approve(reader, emergency.area):
        rows = _surely(setting) if ends else _acts(reader, emergency, setting)
        return Sheet(Card(head, lines), rows)
    return Sheet(Card(head, lines))


def emergencies_sheet(
    page: EmergencyPage, at_page: int, reader: Person, setting: Setting
) -> Sheet:
    """What holds or waits, then what is over, the newest first."""
    tongue = setting.tongue
    holding = [each for each in page.now if each.holds(setting.now)]
    head = tongue.many("🌀 {n} emergency in force", "🌀 {n} emergencies in force", n=len(holding))
    if not holding:
        head = tongue("🌀 No emergency is in force here")
    lines = [_line(each, page.names, setting) for each in (*page.now, *page.past)]
    if not lines:
        lines = [tongue("There has been none yet.")]
    opened = [
        Choice(f"🔎 {each.id}", Offer(Touch.EMERGENCY_OPEN, {"emergency": each.id}))
        for each in page.now[:PAGE]
    ]
    new = Choice(tongue("🌀 Ask for one"), Offer(Touch.EMERGENCY_NEW), Weight.PRIMARY)
    hint = tongue("A second person has to approve it.") if may_ask(reader) else ""
    turns = _turns(at_page, -(-page.total // PAGE), setting)
    first: Rows = ((new,),) if may_ask(reader) else ()
    return Sheet(
        Card(head, tuple(lines), help_line=hint),
        (*first, *pairs(opened), *((turns,) if turns else ())),
    )


def under_line(case: Case, setting: Setting) -> str:
    """On the card of a case that came in or was filed under an emergency; else nothing."""
    if case.emergency is None:
        return ""
    mode = setting.tongue.either(case.emergency.zh, case.emergency.en)
    return setting.tongue("🌀 Emergency: {mode}", mode=name(mode))


def why_under(case: Case, setting: Setting) -> Iterator[str]:
    """The same with what it rests on."""
    under = case.emergency
    if under is None:
        return
    yield setting.tongue(
        "🌀 Emergency: {mode} (no. {number}, since {time}). Profile {profile} and the ladder it "
        "was filed with stay when it ends.",
        mode=name(setting.tongue.either(under.zh, under.en)),
        number=under.id,
        time=setting.moment(under.began_at),
        profile=case.profile,
    )


def holding_lines(holding: Sequence[Emergency], setting: Setting) -> Iterator[str]:
    """For a summary: what is in force and until when."""
    for each in holding:
        if each.until is not None:
            yield setting.tongue(
                "🌀 Emergency: {mode}, {area}, until {time}",
                mode=mode_name(each.mode, setting),
                area=area_name(each, setting),
                time=setting.moment(each.until),
            )


def _mode(key: str, setting: Setting) -> Mode | None:
    return setting.book.policy.emergency.modes.get(ModeKey(key))


def _head(emergency: Emergency, setting: Setting) -> str:
    tongue = setting.tongue
    places = {
        "mode": mode_name(emergency.mode, setting),
        "area": area_name(emergency, setting),
    }
    if emergency.answer in NOT_GRANTED:
        return tongue(NOT_GRANTED[emergency.answer], **places)
    if emergency.extends is not None:
        longer = N_("🌀 Longer: {mode}, {area}")
        if emergency.answer is None:
            longer = N_("🌀 Longer? {mode}, {area}: please approve")
        return tongue(longer, **places)
    if emergency.until is None:
        return tongue("🌀 Emergency? {mode}, {area}: please approve", **places)
    if emergency.holds(setting.now):
        until = setting.moment(emergency.until)
        return tongue("🌀 Emergency: {mode}, {area}, until {time}", **places, time=until)
    return tongue("🌀 Emergency over: {mode}, {area}", **places)


def _lines(view: EmergencyView, setting: Setting) -> Iterator[str]:
    emergency, tongue = view.emergency, setting.tongue
    if emergency.waits(setting.now) or emergency.holds(setting.now):
        yield from _changes(emergency, setting)
    yield tongue("💬 {words}", words=cut(one_line(emergency.reason), 200))
    yield tongue.many(
        "🗣 {who} asked {time}, for {n} hour",
        "🗣 {who} asked {time}, for {n} hours",
        n=emergency.hours,
        who=_who(view.names, emergency.asked_by),
        time=setting.moment(emergency.asked_at),
    )
    if emergency.waits(setting.now):
        yield tongue(
            "⏳ Waits for one of: {names}. Lapses {time}.",
            names=_several(view, setting),
            time=setting.moment(emergency.lapses_at),
        )
    yield from _became(emergency, view.names, setting)


def _changes(emergency: Emergency, setting: Setting) -> Iterator[str]:
    """What is different meanwhile; what the file has lost changes nothing."""
    mode, tongue = _mode(emergency.mode, setting), setting.tongue
    if mode is None:
        return
    yield tongue("📌 {words}", words=tongue.either(mode.told_zh, mode.told_en))
    taken = setting.book.policy.profiles[mode.profile].system_takes
    acts = [tongue(ACTION_NAMES[each]) for each in Action if each in taken]
    if acts:
        yield tongue("⚙️ By the system itself: {acts}", acts=tongue(N_(", ")).join(acts))
    else:
        yield tongue("⚙️ Every step is taken by people")
    if mode.ladders:
        yield tongue("⏫ Late cases are told sooner and higher up")
    if not mode.quiet_hours:
        yield tongue("🔔 Alerts speak at night as well")


def _became(emergency: Emergency, names: Names, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    if emergency.answer is not None and emergency.answered_at is not None:
        who = _who(names, emergency.answered_by)
        time = setting.moment(emergency.answered_at)
        yield tongue(ANSWERED_BY[emergency.answer], who=who, time=time)
    if emergency.until is None or emergency.holds(setting.now):
        return
    assert emergency.began_at is not None
    lasted = length(emergency.until - emergency.began_at, tongue)
    over = setting.moment(emergency.until)
    who = _who(names, emergency.ended_by)
    if who:
        yield tongue(
            "🏁 {who} ended it {time}, after {length}",
            who=who,
            time=over,
            length=lasted,
        )
    else:
        yield tongue(
            "🏁 It ended at its time, {time}, after {length}",
            time=over,
            length=lasted,
        )
    yield tongue("Cases that came in under it keep their rules.")


def _answers(view: EmergencyView, reader: Person, setting: Setting) -> Rows:
    """Yes and no for whoever may say it; a way back for whoever asked."""
    tongue, emergency = setting.tongue, view.emergency
    if reader.id == emergency.asked_by:
        return ((Choice(tongue("↩️ Withdraw"), Offer(Touch.EMERGENCY_WITHDRAW)),),)
    if not may_approve(reader, emergency.area) or is_same(reader, view.asker):
        return ()
    yes = Choice(tongue("✅ I approve"), Offer(Touch.EMERGENCY_APPROVE), Weight.PRIMARY)
    no = Choice(tongue("🚫 Do not"), Offer(Touch.EMERGENCY_REFUSE), Weight.DANGER)
    return ((yes,), (no,))


def _acts(reader: Person, emergency: Emergency, setting: Setting) -> Rows:
    tongue = setting.tongue
    longer = Choice(tongue("⏳ Longer"), Offer(Touch.EMERGENCY_LONGER))
    end = Choice(tongue("🏁 End it"), Offer(Touch.EMERGENCY_END), Weight.DANGER)
    return ((longer, end),) if may_ask(reader, emergency.area) else ((end,),)


def _surely(setting: Setting) -> Rows:
    tongue = setting.tongue
    end = Choice(
        tongue("🏁 End it now"), Offer(Touch.EMERGENCY_END, {"sure": True}), Weight.DANGER
    )
    keep = Choice(tongue("↩️ Go on"), Offer(Touch.EMERGENCY_KEEP))
    return ((keep, end),)


def _line(emergency: Emergency, names: Names, setting: Setting) -> str:
    """One of the list: which, where, since when or asked when, what became of it."""
    tongue = setting.tongue
    mode, area = mode_name(emergency.mode, setting), area_name(emergency, setting)
    parts = [tongue("{number}. {mode}, {area}", number=emergency.id, mode=mode, area=area)]
    if emergency.extends is not None:
        parts.append(
            tongue("{n} h longer (no. {other})", n=emergency.hours, other=emergency.extends)
        )
    if emergency.began_at is not None and emergency.until is not None:
        since, until = setting.moment(emergency.began_at), setting.moment(emergency.until)
        parts.append(tongue("{since} to {until}", since=since, until=until))
    asked = setting.moment(emergency.asked_at)
    who = _who(names, emergency.asked_by)
    parts.append(tongue("🗣 {who} {time}", who=who, time=asked))
    if emergency.answer is None:
        parts.append(tongue("⏳ waits for approval"))
    elif emergency.answered_at is not None:
        by, time = _who(names, emergency.answered_by), setting.moment(emergency.answered_at)
        parts.append(tongue(ANSWERED_BY[emergency.answer], who=by, time=time))
    if (ended_by := _who(names, emergency.ended_by)) and emergency.answer is Answer.APPROVED:
        parts.append(tongue("🏁 ended by {who}", who=ended_by))
    return " · ".join(parts)


def _who(names: Names, person: PersonId | None) -> str:
    """A name; nothing for the machine's own."""
    return name(names.get(person, "")) if person else ""


def _several(view: EmergencyView, setting: Setting) -> str:
    tongue, asked = setting.tongue, view.emergency.asked
    shown = [_who(view.names, person) for person in asked[:NAMES_MOST]]
    if (more := len(asked) - len(shown)) > 0:
        shown.append(tongue("and {n} more", n=more))
    return tongue(N_(", ")).join(shown)


def _turns(page: int, pages: int, setting: Setting) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            setting.tongue(label, page=to + 1, pages=pages), Offer(Touch.EMERGENCIES, {"page": to})
        )
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    )
