"""A call-out as it is seen: by whoever is called, and by its caller as one live tally."""

from collections.abc import Iterator
from typing import Final

from bot.cards.call_form import area_words, ground_words
from bot.cards.choices import Rows, pairs
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.joint import ANSWERED_CALL, REPLIES, TALLIED, WHOM
from bot.times import length
from workflows.joint.call_form import EVERYBODY
from workflows.joint.call_out import Called, Reply
from workflows.joint.kept import CallView
from workflows.people import PersonId
from workflows.rails import Offer

NAMES_MOST: Final = 20
"""Names in one line of the tally; the numbers in the first line are always whole."""


def called_sheet(view: CallView, reader: PersonId, reminder: int, setting: Setting) -> Sheet:
    """What happened and three answers; afterwards one's own answer, which may still change."""
    call, tongue = view.call, setting.tongue
    mine = call.of(reader)
    sentence = cut(one_line(call.wanted.sentence), 200)
    if not call.is_open:
        head = tongue("📣 Call over: {words}", words=sentence)
        return Sheet(Card(head, tuple(_answered(mine, setting))))
    ground = ground_words(call.wanted.ground, call.wanted.ground_words, setting)
    head = tongue("{ground}: {words}", ground=ground, words=sentence)
    if reminder:
        head = tongue("🔔 Please answer · {head}", head=head)
    waits = mine is not None and mine.reply is Reply.WHERE and not mine.words
    hint = N_("Buttons, or type: coming · can't come")
    if waits:
        hint = N_("Now send the location, or type where you are. Only your words are kept.")
    lines = (*_about(view, setting), *_answered(mine, setting))
    return Sheet(Card(head, lines, help_line=tongue(hint)), _replies(mine, setting))


def tally_sheet(view: CallView, setting: Setting) -> Sheet:
    """How many come, who does, and how often this caller has called lately."""
    call, tongue = view.call, setting.tongue
    counts = {reply: len(call.who(reply)) for reply in TALLIED}
    told = N_(
        "📣 Call {number}: {coming} coming · {where} say where they are · "
        "{cannot} can't · {silent} silent"
    )
    if not call.is_open:
        told = N_(
            "📣 Call {number} closed: {coming} coming · {where} say where they are · "
            "{cannot} can't · {silent} silent"
        )
    head = tongue(
        told,
        number=call.id,
        coming=counts[Reply.COMING],
        where=counts[Reply.WHERE],
        cannot=counts[Reply.CANNOT],
        silent=counts[None],
    )
    close = Choice(tongue("🏁 End call"), Offer(Touch.CALL_CLOSE), Weight.PRIMARY)
    return Sheet(Card(head, tuple(_record(view, setting))), ((close,),) if call.is_open else ())


def replied_words(reply: Reply, setting: Setting) -> str:
    """The toast after an answer."""
    return setting.tongue(ANSWERED_CALL[reply], time=setting.moment(setting.now))


def _record(view: CallView, setting: Setting) -> Iterator[str]:
    call, tongue = view.call, setting.tongue
    yield tongue("💬 {words}", words=cut(one_line(call.wanted.sentence), 200))
    yield from _about(view, setting)
    for reply, words in TALLIED.items():
        if people := call.who(reply):
            yield tongue(words, names=_names(view, people, setting))
    if call.reminded and call.is_open:
        yield tongue.many("🔔 Reminded {n} time", "🔔 Reminded {n} times", n=call.reminded)
    if call.closed_at is not None:
        who = view.names.get(call.by, "") if call.closed_by == call.by else ""
        lasted = length(call.closed_at - call.at, tongue)
        time = setting.moment(call.closed_at)
        if who:
            yield tongue(
                "🏁 {who} closed it {time}, after {length}",
                who=name(who),
                time=time,
                length=lasted,
            )
        else:
            yield tongue("🏁 It closed by itself {time}, after {length}", time=time, length=lasted)
    yield tongue.many(
        "📊 {n} call of yours in the last {days} days",
        "📊 {n} calls of yours in the last {days} days",
        n=view.recent,
        days=setting.book.policy.call_out.counted_for.days,
    )


def _about(view: CallView, setting: Setting) -> Iterator[str]:
    call, tongue = view.call, setting.tongue
    wanted = call.wanted
    yield tongue(
        "📣 {who} · {time} · {ground}",
        who=name(view.names.get(call.by, "")),
        time=setting.moment(call.at),
        ground=ground_words(wanted.ground, wanted.ground_words, setting),
    )
    if wanted.place:
        yield tongue("📍 {place}", place=cut(one_line(wanted.place), 80))
    yield tongue(
        "🗺 {area} · {whom} · {n} called",
        area=area_words(wanted.area, wanted.area_name, setting),
        whom=tongue(WHOM[wanted.role or EVERYBODY]),
        n=len(call.called),
    )
    if wanted.case_id is not None:
        yield tongue("🔗 About case #{number}", number=wanted.case_id)


def _answered(mine: Called | None, setting: Setting) -> Iterator[str]:
    if mine is None or mine.reply is None or mine.replied_at is None:
        return
    said = setting.tongue(ANSWERED_CALL[mine.reply], time=setting.moment(mine.replied_at))
    yield f"{said} {cut(one_line(mine.words), 100)}".strip()


def _replies(mine: Called | None, setting: Setting) -> Rows:
    """Coming alone and big; the answer already given is not offered again."""
    given = mine.reply if mine else None
    open_ones = [reply for reply in Reply if reply is not given or reply is Reply.WHERE]
    choices = [
        Choice(
            setting.tongue(REPLIES[reply]),
            Offer(Touch.CALL_REPLY, {"reply": reply.value}),
            Weight.PRIMARY if reply is Reply.COMING else Weight.SECONDARY,
        )
        for reply in open_ones
    ]
    big = [choice for choice in choices if choice.weight is Weight.PRIMARY]
    rest = [choice for choice in choices if choice.weight is not Weight.PRIMARY]
    return (*pairs(big), *pairs(rest))


def _names(view: CallView, people: tuple[Called, ...], setting: Setting) -> str:
    tongue = setting.tongue
    shown = [_said(view, one) for one in people[:NAMES_MOST]]
    more = len(people) - len(shown)
    if more > 0:
        shown.append(tongue("and {n} more", n=more))
    return tongue(N_(", ")).join(shown)


def _said(view: CallView, one: Called) -> str:
    who = name(view.names.get(one.person, ""))
    return f"{who}（{cut(one_line(one.words), 30)}）" if one.words else who
