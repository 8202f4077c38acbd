"""The parts of other agencies on a case's card: who was whistled for, and where that stands."""

from collections.abc import Iterator
from typing import Final

from bot.cards.facts import head
from bot.cards.setting import Setting, name
from bot.chat import Card
from bot.plain import cut, one_line
from bot.texts.joint import PART_ENDS, WHISTLES
from bot.texts.leads import BECAUSE
from workflows.cases.case import Case
from workflows.cases.consequences import Because
from workflows.joint.part import Part, agencies_of
from workflows.people import Actor

SAID_ON_LEAVING: Final = (Because.CHECK_CALLED_OFF, Because.GRANTED, Because.RETURNED)
"""Why the case is gone, where that is more than that it was taken away."""


def part_lines(case: Case, setting: Setting) -> Iterator[str]:
    """What was asked, once a whistle, and below it each agency's own state."""
    said: set[str] = set()
    for part in case.parts:
        if part.asked and part.asked not in said:
            said.add(part.asked)
            kind = setting.tongue(WHISTLES[part.kind])
            asked = cut(one_line(part.asked), 150)
            yield setting.tongue("📯 {kind}: {asked}", kind=kind, asked=asked)
        yield _part_line(part, setting)


def gone_card(case: Case, reader: Actor, because: str, setting: Setting) -> Card:
    """For whoever has nothing more to do with it; a partner reads what became of their part."""
    ours = [part for part in case.parts if part.agency in agencies_of(reader)]
    if not ours:
        why = Because(because) if because in SAID_ON_LEAVING else Because.TAKEN_AWAY
        return Card(head(case, setting), (setting.tongue(BECAUSE[why]),))
    over = setting.tongue("Your part is over. Thank you.")
    return Card(head(case, setting), (over, *(_part_line(part, setting) for part in ours)))


def _part_line(part: Part, setting: Setting) -> str:
    tongue = setting.tongue
    agency = name(tongue.either(part.name, part.name_en))
    if part.end is not None and part.ended_at is not None:
        report, time = cut(one_line(part.report), 150), setting.moment(part.ended_at)
        return tongue(PART_ENDS[part.end], agency=agency, time=time, report=report)
    if part.responded_at is not None:
        time = setting.moment(part.responded_at)
        return tongue("🤝 {agency}: responded {time}, result to come", agency=agency, time=time)
    due = setting.due(part.due_at)
    return tongue("🤝 {agency}: to respond {due}", agency=agency, due=due)
