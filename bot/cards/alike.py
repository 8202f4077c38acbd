"""Cases that may be one: named with the reason, and shown side by side before one is merged."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cards.setting import Setting, brief, name
from bot.i18n import N_
from bot.texts.checks import SAMENESS
from bot.texts.law import STATES_IN_SHORT
from workflows.cases.alike import Alike
from workflows.cases.case import Case, State
from workflows.cases.lifecycle import BEFORE_WORK
from workflows.views import CaseView

WORDS_MOST: Final = 40
PLACE_MOST: Final = 20
"""Characters of words and place, so that six cases fit on one card."""


def alike_line(case: Case, setting: Setting) -> str:
    """Open cases that may be the same one, each with its reason."""
    if not case.alike or case.state not in BEFORE_WORK:
        return ""
    tongue = setting.tongue
    each = (
        tongue(N_("#{number} ({why})"), number=other.case_id, why=_why(other, setting))
        for other in case.alike
    )
    return tongue("🔗 May be the same as {others}", others=tongue(N_(", ")).join(each))


def masters(
    view: CaseView | None, others: Sequence[CaseView], setting: Setting
) -> Iterator[tuple[int, str]]:
    """Those that a case can be merged into now: number, and number with the reason."""
    if view is None:
        return
    takes = {int(other.case.id) for other in others if _takes_in(other.case, view.case)}
    for each in view.case.alike:
        if each.case_id in takes:
            yield each.case_id, f"#{each.case_id} · {_why(each, setting)}"


def both_sides(view: CaseView, others: Sequence[CaseView], setting: Setting) -> Iterator[str]:
    """This case, then every proposed one: class, state, reason, place, words, who took it in."""
    yield from _side(view, setting.tongue(N_("this one")), setting)
    known = {int(other.case.id): other for other in others}
    for each in view.case.alike:
        why = _why(each, setting)
        if each.case_id in known:
            yield from _side(known[each.case_id], why, setting)
        else:
            yield setting.tongue(
                "#{number} ({why}): not yours to see; acceptance can merge it",
                number=each.case_id,
                why=why,
            )


def _side(view: CaseView, why: str, setting: Setting) -> Iterator[str]:
    case, tongue = view.case, setting.tongue
    yield tongue(
        "▪️ #{number} ({why}) {name} · {state}",
        number=case.id,
        why=why,
        name=name(setting.class_of(case)),
        state=tongue(STATES_IN_SHORT[case.state]),
    )
    words = brief(case.words, WORDS_MOST)
    yield tongue(
        "📍 {place} · “{words}” · {who} {time}",
        place=brief(case.place.words or case.place.area_name, PLACE_MOST) or "?",
        words=words,
        who=name(view.names.get(case.reported_by, "")) or tongue("somebody"),
        time=setting.moment(case.reported_at),
    )


def _takes_in(other: Case, case: Case) -> bool:
    """A duplicate stands for the case that it was merged into, unless that is this very one."""
    return other.is_open or (other.state is State.MERGED and other.merged_into != case.id)


def _why(other: Alike, setting: Setting) -> str:
    return setting.tongue(SAMENESS[other.by], score=f"{other.score:.0f}")
