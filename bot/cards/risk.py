"""What looks odd about work: for its reviewer with the earlier cases, for its worker kindly."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.cards.setting import Setting
from bot.i18n import N_
from bot.texts.risk import LOOK_TWICE, TO_SENDER
from workflows.cases.case import CaseId, Photo
from workflows.cases.machine import may_see
from workflows.evidence.risk import Cause, Scale, Score
from workflows.evidence.rules_of_risk import Risk
from workflows.people import Actor
from workflows.views import CaseView

MOST_NAMED: Final = 3


def score_of(view: CaseView, setting: Setting) -> Score:
    """By the numbers in force now: the points are an order to look in and nothing that lasts."""
    scale = Scale(setting.book.policy.risk, setting.book.calendar.zone)
    return scale.score(view.seen)


def risk_lines(view: CaseView, setting: Setting, most: int = MOST_NAMED) -> Iterator[str]:
    """For whoever reviews it: the weightiest reasons, and that they decide nothing.

    That photos were used elsewhere has a line of its own, with the cases.
    """
    causes = [cause for cause in score_of(view, setting).causes if cause.risk is not Risk.REUSED]
    if causes and not most:
        yield setting.tongue("🔎 Hints: {n}, see the comparison", n=len(causes))
    elif causes:
        yield setting.tongue(
            "🔎 Worth a second look: {reasons}. Only a hint; you decide.",
            reasons=_joined(causes[:most], LOOK_TWICE, setting) + _more(causes[most:], setting),
        )


def hint_in_short(score: Score, setting: Setting) -> str:
    """For one line of a list: the weightiest reason, and how many more there are."""
    first = _joined(score.causes[:1], LOOK_TWICE, setting)
    return first and f"🔎 {first}{_more(score.causes[1:], setting)}"


def own_risk_lines(view: CaseView, reader: Actor, setting: Setting) -> Iterator[str]:
    """The same reasons for whoever did the work, so that nothing is said behind their back."""
    if view.case.assignee != reader.id:
        return
    causes = score_of(view, setting).causes
    if causes:
        yield setting.tongue(
            "🔎 The reviewer may look twice: {reasons}. "
            "It is no blame; a word or a new photo helps.",
            reasons=_joined(causes[:MOST_NAMED], TO_SENDER, setting)
            + _more(causes[MOST_NAMED:], setting),
        )


def reused_lines(
    view: CaseView, photos: Sequence[Photo], reader: Actor, setting: Setting
) -> Iterator[str]:
    """Where photos have been seen before; a case that the reader may not see stays unnamed."""
    used = {photo.id: photo.reused_from for photo in photos if photo.reused_from is not None}
    if used:
        yield setting.tongue.many(
            "⚠️ {n} photo has been used before, on {others}.",
            "⚠️ {n} photos have been used before, on {others}.",
            n=len(used),
            others=_cases(view, list(used.values()), reader, setting),
        )
    shown = {photo.id for photo in photos} - set(used)
    others = [each for each in view.alike if each.earlier.case != view.case.id]
    alike = {each.photo: each.earlier.case for each in reversed(others) if each.photo in shown}
    if alike:
        yield setting.tongue.many(
            "⚠️ {n} photo looks like one on {others}. Please compare.",
            "⚠️ {n} photos look like some on {others}. Please compare.",
            n=len(alike),
            others=_cases(view, list(alike.values()), reader, setting),
        )


def reasons_one_by_one(view: CaseView, reader: Actor, setting: Setting) -> Iterator[str]:
    """Every reason on a line of its own, in the words that fit this reader."""
    causes = score_of(view, setting).causes
    words = TO_SENDER if view.case.assignee == reader.id else LOOK_TWICE
    for cause in causes:
        yield f"🔎 {_joined((cause,), words, setting)}"
    if causes:
        yield setting.tongue(N_("These are hints: they put it higher in a list, no more."))


def earlier_cases(view: CaseView, reader: Actor) -> tuple[CaseId, ...]:
    """The cases that this one's photos are like, as far as the reader may see them."""
    seen = (number for number, case in view.earlier.items() if may_see(case, reader))
    return tuple(seen)[:MOST_NAMED]


def _cases(view: CaseView, numbers: Sequence[CaseId], reader: Actor, setting: Setting) -> str:
    tongue, known = setting.tongue, view.earlier
    different = dict.fromkeys(numbers)
    named = [f"#{n}" for n in different if n in known and may_see(known[n], reader)]
    if len(named) < len(different):
        named = [*named[: MOST_NAMED - 1], tongue(N_("a case elsewhere"))]
    return tongue(N_(", ")).join(named[:MOST_NAMED])


def _more(rest: Sequence[Cause], setting: Setting) -> str:
    return setting.tongue(" (+{n})", n=len(rest)) if rest else ""


def _joined(causes: Sequence[Cause], words: Mapping[Risk, str], setting: Setting) -> str:
    tongue = setting.tongue
    each = (
        tongue(words[cause.risk], metres=cause.amount, minutes=cause.amount) for cause in causes
    )
    return tongue(N_("; ")).join(each)
