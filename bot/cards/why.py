"""Why a case is as it is: class and limit, the steps to its due time, who chose and who acted."""

from collections.abc import Iterator
from typing import Final

from bot.cards.emergency import why_under
from bot.cards.facts import agency_name, deed, doer, head, latest, person
from bot.cards.setting import Setting, name
from bot.cards.steps import step_lines
from bot.chat import Card
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Sheet
from bot.texts.law import CLOCKS, SOURCES
from bot.texts.leads import STUCK, STUCK_OTHERWISE
from bot.texts.why import BY_DEPARTMENT, RULES, UNTOLD
from workflows.cases.case import Action, RunningClock
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.climb import Untold
from workflows.outages.label import outage_of
from workflows.people import PersonId
from workflows.ports import Written
from workflows.views import CaseView

TEXT_MOST: Final = 4000
SHOWN: Final = 15
"""Acts at the end of the explanation; the journal has them all."""
LOOKS: Final = frozenset({Action.ATTACH_PHOTO, Action.ADD_NOTE})


def why_sheet(view: CaseView, setting: Setting) -> Sheet:
    """The whole explanation; the oldest acts give way where it is too long."""
    top = head(view.case, setting)
    reasons = [*_reasons(view, setting)]
    acts = [*_acts(view, setting)][-SHOWN:]
    while acts and len("\n".join((top, *reasons, *acts))) > TEXT_MOST:
        acts.pop(0)
    return Sheet(Card(top, tuple(cut(line, 500) for line in (*reasons, *acts))))


def _reasons(view: CaseView, setting: Setting) -> Iterator[str]:
    yield _came_in(view, setting)
    yield from why_under(view.case, setting)
    yield from _filed(view, setting)
    clock = _clock(view)
    if clock is not None:
        yield from step_lines(clock, setting)
    yield from _routed(view, setting)
    stuck = view.case.stuck
    if stuck:
        yield setting.tongue("⚠️ {why}", why=setting.tongue(STUCK.get(stuck, STUCK_OTHERWISE)))


def _came_in(view: CaseView, setting: Setting) -> str:
    case, tongue = view.case, setting.tongue
    source, time = tongue(SOURCES[case.source]), setting.moment(case.reported_at)
    if case.source_number:
        number = cut(one_line(case.source_number), 40)
        return tongue(
            "📥 Came in {time} through {source}, there no. {number}",
            time=time,
            source=source,
            number=number,
        )
    return tongue("📥 Came in {time} through {source}", time=time, source=source)


def _filed(view: CaseView, setting: Setting) -> Iterator[str]:
    """Class, condition with its limit, and by which rule it was this one."""
    case, tongue = view.case, setting.tongue
    yield tongue("📂 {name}", name=setting.class_of(case))
    condition = setting.condition(case.filing.condition_id if case.filing else case.condition_id)
    if condition is not None:
        yield tongue(
            "⚖️ {condition} · {limit}",
            condition=tongue.either(condition.zh, condition.en),
            limit=setting.limit(case.filing.limit if case.filing else condition.limit),
        )
    entry = latest(view, Action.FILE)
    if entry is None:
        return
    rule = RULES.get(str(entry.details.get("rule", "")))
    if rule:
        yield tongue("↳ This condition: {rule}", rule=tongue(rule))
    else:
        yield tongue("↳ This condition: chosen by {who}", who=doer(entry, setting))
    if case.filing is not None:
        yield tongue("↳ Numbers in force then: {version}", version=case.filing.policy_version)


def _clock(view: CaseView) -> RunningClock | None:
    """Disposal once it has begun, else the latest stage."""
    return view.case.clock(ClockKind.DISPOSAL) or next(reversed(view.case.clocks), None)


def _routed(view: CaseView, setting: Setting) -> Iterator[str]:
    """Which agency and worker, and what that choice rested on."""
    entry, tongue = latest(view, Action.DISPATCH, Action.REASSIGN), setting.tongue
    if entry is None or view.case.assignee is None:
        return
    who = person(view, view.case.assignee, setting)
    rule = str(entry.details.get("rule", ""))
    if not rule:
        yield tongue("👤 {who}: chosen by {by}", who=who, by=doer(entry, setting))
        return
    agency = agency_name(view, setting)
    if rule in RULES:
        yield tongue("🏢 {agency}: {rule}", agency=agency, rule=tongue(RULES[rule]))
    else:
        kind = rule.removeprefix(BY_DEPARTMENT)
        yield tongue("🏢 {agency}: department type {kind} nearest by", agency=agency, kind=kind)
    yield tongue.many(
        "👤 {who}: the only one on duty here",
        "👤 {who}: fewest open cases of {n} on duty here",
        n=len(entry.details.get("on_duty", ())) or 1,
        who=who,
    )


def _acts(view: CaseView, setting: Setting) -> Iterator[str]:
    """Who acted when; what happened on its own says so."""
    for entry in view.journal:
        if entry.action in set(Action) - LOOKS:
            yield (
                _alert(entry, setting)
                if entry.action == Action.ESCALATE
                else _deed(entry, view, setting)
            )


ALERT: Final = N_("{time} alert {rung} ({clock})")


def _alert(entry: Written, setting: Setting) -> str:
    tongue, rung = setting.tongue, str(entry.details.get("rung", ""))
    time = setting.moment(entry.at)
    if not rung:
        return deed(entry, setting)
    clock = tongue(CLOCKS[ClockKind(entry.details.get("clock", ClockKind.DISPOSAL))])
    words = N_("{time} alert {rung} ({clock}) told again") if "repeat" in entry.details else ALERT
    if outage_of(entry.details):
        words = N_("{time} alert {rung} ({clock}), the service was down then")
    alert = tongue(words, time=time, rung=rung, clock=clock)
    why = str(entry.details.get("why", ""))
    if why not in set(Untold):
        return alert
    return tongue("{alert}, not told: {why}", alert=alert, why=tongue(UNTOLD[Untold(why)]))


def _deed(entry: Written, view: CaseView, setting: Setting) -> str:
    """An act with its reason, or with whom it went to."""
    line, details = deed(entry, setting), entry.details
    if details.get("reason"):
        reason = cut(one_line(str(details["reason"])), 120)
        return setting.tongue("{deed}: {reason}", deed=line, reason=reason)
    if details.get("worker"):
        number = PersonId(int(details["worker"]))
        who = name(view.names[number]) if number in view.names else ""
        return setting.tongue("{deed} to {who}", deed=line, who=who) if who else line
    return line
