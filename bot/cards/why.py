"""Why a case is as it is: class and limit, the steps to its due time, who chose and who acted."""

from collections.abc import Iterator
from typing import Final

from bot.cards.facts import agency_name, deed, head, person
from bot.cards.setting import Setting
from bot.chat import Card
from bot.plain import cut
from bot.sheet import Sheet
from workflows.cases.case import Action
from workflows.rails import CaseView

TEXT_MOST: Final = 3800


def why_sheet(view: CaseView, setting: Setting) -> Sheet:
    """The whole explanation; the oldest lines of the history give way where it is too long."""
    lines = tuple(line for line in _lines(view, setting) if line)
    return Sheet(Card(cut(head(view.case, setting), 200), lines))


def _lines(view: CaseView, setting: Setting) -> Iterator[str]:
    case, tongue = view.case, setting.tongue
    yield tongue("Class: {name}", name=setting.class_of(case))
    if case.assignee is not None:
        yield f"{person(view, case.assignee, setting)} {agency_name(view, setting)}"
    shown = [e for e in view.journal if e.action in set(Action)][-20:]
    yield from (deed(entry, setting) for entry in shown)
