"""What an export holds, in words: period, area, state, callers, format."""

from collections.abc import Iterator
from datetime import timedelta

from bot.cards.setting import Setting, name
from bot.i18n import N_
from bot.texts.law import STATES
from workflows.cases.case import State
from workflows.exporting.wish import ExportWish

ALL_STATES = {"": N_("All states"), "open": N_("Open"), "closed": N_("Over")}


def state_words(state: str, setting: Setting) -> str:
    known = ALL_STATES.get(state)
    return setting.tongue(known if known is not None else STATES[State(state)])


def wish_lines(wish: ExportWish, setting: Setting) -> Iterator[str]:
    tongue, zone = setting.tongue, setting.book.calendar.zone
    since, until = (at.astimezone(zone) for at in wish.period)
    last = until - timedelta(microseconds=1)
    yield tongue(
        "📅 Reported {since} to {until}", since=f"{since:%Y-%m-%d}", until=f"{last:%Y-%m-%d}"
    )
    area = name(wish.area_name or wish.area) if wish.area else tongue("all that is yours")
    if wish.at_terminal and not wish.area:
        area = tongue("everywhere")
    yield tongue("🗺 {area}", area=area)
    yield f"📂 {state_words(wish.state, setting)}"
    callers = (
        N_("☎️ With names and numbers of callers")
        if wish.callers
        else N_("🔒 Without anything of a caller")
    )
    yield tongue(callers)
    yield f"📄 {wish.format.value.upper()}"
