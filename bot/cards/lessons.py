"""What the ear was taught: the newest corrections, each with a button that takes it back."""

from typing import Final

from bot.cards.choices import pairs
from bot.cards.setting import Setting, name
from bot.chat import Card
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from workflows.hotline.taught import Taught
from workflows.rails import Offer
from workflows.views import Lessons

PAGE: Final = 4
"""Lessons on one page: four buttons to undo, and one row to turn the page."""


def lessons_sheet(lessons: Lessons, page: int, setting: Setting) -> Sheet:
    """Newest first; what somebody has undone stays to be read."""
    tongue = setting.tongue
    if not lessons.total:
        return Sheet(
            Card(
                tongue("📖 Nothing has been taught yet."),
                (tongue("When an operator sends another class than ours, its words come here."),),
            )
        )
    head = tongue.many("📖 {n} correction taught", "📖 {n} corrections taught", n=lessons.total)
    lines = tuple(_line(each, lessons, setting) for each in lessons.taught)
    undo = [
        Choice(
            tongue("↩️ Undo {n}", n=each.id),
            Offer(Touch.UNDO_SYNONYM, {"synonym": each.id, "page": page}),
        )
        for each in lessons.taught
        if each.undone_at is None
    ]
    hint = tongue("Wrong? Somebody other than the one who taught it takes it back.")
    turns = _turns(page, -(-lessons.total // PAGE), setting)
    return Sheet(Card(head, lines, help_line=hint), (*pairs(undo), *((turns,) if turns else ())))


def _line(each: Taught, lessons: Lessons, setting: Setting) -> str:
    tongue = setting.tongue
    line = tongue(
        "{n}. {name} ← {words} · {who}, {time}, #{case}",
        n=each.id,
        name=setting.class_name(each.class_code),
        words=tongue(N_(", ")).join(each.words),
        who=name(lessons.names.get(each.taught_by, "")),
        time=setting.moment(each.taught_at),
        case=each.case_id,
    )
    if each.undone_by is None or each.undone_at is None:
        return line
    who, time = name(lessons.names.get(each.undone_by, "")), setting.moment(each.undone_at)
    return tongue("{line} — undone by {who}, {time}", line=line, who=who, time=time)


def _turns(page: int, pages: int, setting: Setting) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            setting.tongue(label, page=to + 1, pages=pages), Offer(Touch.SYNONYMS, {"page": to})
        )
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    )
