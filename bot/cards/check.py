"""A collector's task on site, and for whoever sent them what the look has shown."""

from bot.cards.facts import class_line, due_line, head, place_line
from bot.cards.setting import Setting, brief, fitted
from bot.cards.show import evidence, report_awaits, report_photos
from bot.chat import Card
from bot.plain import cut_bytes, one_line
from bot.texts.checks import INSPECTED, VERIFIED
from workflows.cases.case import Case, Stage, State
from workflows.people import Actor
from workflows.views import CaseView

WORDS_MOST = 80
WHAT_MOST = 300


def check_card(view: CaseView, reader: Actor, lead: str, setting: Setting) -> Card:
    """Where to go, what to look at, how it looked before; the photo first, then the result."""
    case, tongue = view.case, setting.tongue
    assert case.check is not None
    before_filing = case.state is State.VERIFYING
    have = case.photo_counts.get(Stage.CHECK, 0)
    done = evidence(view, reader, setting)

    def make(words: str) -> Card:
        lines = (
            lead,
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            tongue("🔍 To look at: {what}", what=_what(case)),
            tongue("Reported: {words}", words=words) if words else "",
            tongue("📷 Needed: one photo from the same spot ({have} here)", have=have),
        )
        hint = (
            tongue("Or send the photo, then type: it is so {number}", number=case.id)
            if before_filing
            else tongue("Or send the photo, then type: put right {number}", number=case.id)
        )
        return Card(
            head=head(case, setting),
            lines=tuple(line for line in lines if line),
            help_line=hint,
            pictures=report_photos(view, setting) if before_filing else done.pictures,
            awaits=report_awaits(view) if before_filing else done.awaits,
            place=case.place.point,
            place_title=brief(case.place.words or case.place.area_name, 60),
        )

    return fitted(make, case.words, WORDS_MOST)


def check_line(case: Case, setting: Setting) -> str:
    """What the look showed; who is looking while it is open stands elsewhere."""
    check = case.check
    if check is None or check.found is None:
        return ""
    said = VERIFIED if case.filing is None else INSPECTED
    words = setting.tongue(said[check.found])
    note = cut_bytes(one_line(check.note), WHAT_MOST)
    if not note:
        return words
    return setting.tongue("{found} ({note})", found=words, note=note)


def _what(case: Case) -> str:
    assert case.check is not None
    return cut_bytes(one_line(case.check.what), WHAT_MOST)
