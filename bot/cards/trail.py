"""For auditors: who did what with a case and why, who looked at numbers, line by line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.cards.choices import Rows, pairs
from bot.cards.facts import (
    class_line,
    deed,
    due_line,
    exhausted_line,
    head,
    holder_line,
    place_line,
)
from bot.cards.outage import outage_line
from bot.cards.setting import Setting, brief, name
from bot.chat import Card
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from bot.texts.law import CLOCKS, STATES
from bot.texts.trail import DONE_BESIDE, PURPOSES
from bot.texts.why import BY_DEPARTMENT, RULES
from workflows.cases.case import Action, CaseId
from workflows.deadlines.clocks import ClockKind
from workflows.people import PersonId
from workflows.ports import Written
from workflows.privacy.audits import Leaf, Lines, Looker
from workflows.rails import Offer
from workflows.views import CaseView

REASON_MOST: Final = 60
PARTED: Final = " · "


def trail_card(view: CaseView, setting: Setting, *, repeat: bool) -> Card:
    """A case to an auditor: where it stands and with whom; nothing that anybody said of it."""
    case, tongue = view.case, setting.tongue
    lines = (
        class_line(case, setting),
        place_line(case, setting),
        due_line(case, setting),
        outage_line(view, setting),
        holder_line(view, setting) if case.is_open else tongue(STATES[case.state]),
        exhausted_line(case, setting),
    )
    hint = tongue("Who did what, and who looked: /trail {number}", number=case.id)
    shown = tuple(line for line in lines if line)
    return Card(head(case, setting, repeat=repeat), shown, help_line=hint)


def trail_sheet(case_id: CaseId, read: Lines, setting: Setting) -> Sheet:
    """Every line of a case, the newest first; what callers said is in none of them."""
    tongue = setting.tongue
    top = tongue("🧾 Trail of #{number}", number=case_id)
    if not read.lines:
        return Sheet(Card(top, (tongue("There is nothing in your area under this number."),)))
    lines = tuple(_line(entry, read.names, setting) for entry in read.lines)
    hint = tongue("Newest first. That you read this stands in the log as well.")
    return Sheet(
        Card(top, lines, help_line=hint), _turns(Touch.TRAIL, {"case": case_id}, read, setting)
    )


def lookers_sheet(found: Sequence[Looker], since: datetime, setting: Setting) -> Sheet:
    """Who looked at callers' numbers lately, the most looks first."""
    tongue = setting.tongue
    top = tongue("🔎 Looks at callers' numbers since {time}", time=setting.moment(since))
    if not found:
        return Sheet(Card(top, (tongue("Nobody in your area has looked at one."),)))
    lines = tuple(
        tongue(
            "{who}: looks {n}, cases {cases}, last {time}",
            who=name(one.name),
            n=one.looks,
            cases=one.cases,
            time=setting.moment(one.last),
        )
        for one in found
    )
    each = [
        Choice(name(one.name), Offer(Touch.LOOKS, {"of": int(one.person)})) for one in found[:5]
    ]
    hint = tongue("Press a name, or type: /looks NAME. A count judges nobody.")
    return Sheet(Card(top, lines, help_line=hint), pairs(each))


def looks_sheet(of: PersonId, who: str, read: Lines, setting: Setting) -> Sheet:
    """One person's looks: when, whose, what for."""
    tongue = setting.tongue
    top = tongue("🔎 {who}: looks at callers' numbers", who=name(who))
    if not read.lines:
        return Sheet(Card(top, (tongue("None in your area."),)))
    lines = tuple(
        PARTED.join(part for part in (_case(entry), _line(entry, read.names, setting)) if part)
        for entry in read.lines
    )
    hint = tongue("Newest first. That you read this stands in the log as well.")
    return Sheet(
        Card(top, lines, help_line=hint), _turns(Touch.LOOKS, {"of": int(of)}, read, setting)
    )


def _case(entry: Written) -> str:
    return "" if entry.case_id is None else f"#{entry.case_id}"


def _line(entry: Written, names: Mapping[PersonId, str], setting: Setting) -> str:
    """Who did what when, to whom it went and by which rule, and the reason that was given."""
    parts = (
        _deed(entry, setting),
        _alert(entry, setting),
        _to(entry, names, setting),
        _rule(entry, setting),
        _purpose(entry, setting),
    )
    return PARTED.join(part for part in parts if part)


def _deed(entry: Written, setting: Setting) -> str:
    return deed(entry, setting, DONE_BESIDE)


def _alert(entry: Written, setting: Setting) -> str:
    rung = str(entry.details.get("rung", ""))
    if entry.action != Action.ESCALATE or not rung:
        return ""
    clock = setting.tongue(CLOCKS[ClockKind(entry.details.get("clock", ClockKind.DISPOSAL))])
    return setting.tongue("{rung} ({clock})", rung=rung, clock=clock)


def _to(entry: Written, names: Mapping[PersonId, str], setting: Setting) -> str:
    for fact, words in (
        (("worker", "checker"), N_("to {who}")),
        (("of", "person"), N_("of {who}")),
    ):
        number = next((entry.details[each] for each in fact if entry.details.get(each)), None)
        who = names.get(PersonId(number), "") if isinstance(number, int) else ""
        if who:
            return setting.tongue(words, who=name(who))
    return ""


def _rule(entry: Written, setting: Setting) -> str:
    """By which rule the machine chose, and the version of the numbers it went by."""
    tongue, rule = setting.tongue, str(entry.details.get("rule", ""))
    if rule in RULES:
        return tongue(RULES[rule])
    if rule.startswith(BY_DEPARTMENT):
        return tongue("department type {kind} nearest by", kind=rule.removeprefix(BY_DEPARTMENT))
    return ""


def _purpose(entry: Written, setting: Setting) -> str:
    """Why, in people's own words where they gave a reason; a refusal by the name of its rule."""
    said: Any = next((entry.details[fact] for fact in PURPOSES if entry.details.get(fact)), "")
    words = brief(str(said), REASON_MOST)
    return setting.tongue("why: {words}", words=words) if words else ""


def _turns(touch: Touch, about: Mapping[str, Any], read: Lines, setting: Setting) -> Rows:
    tongue, turns = setting.tongue, []
    if read.newer:
        later = Leaf(after=read.lines[0].seq).as_json()
        turns.append(Choice(tongue("‹ {n} newer", n=read.newer), Offer(touch, {**about, **later})))
    if read.older:
        earlier = Leaf(before=read.lines[-1].seq).as_json()
        turns.append(
            Choice(tongue("{n} older ›", n=read.older), Offer(touch, {**about, **earlier}))
        )
    return (tuple(turns),) if turns else ()
