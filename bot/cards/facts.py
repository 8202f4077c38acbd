"""Single lines about a case: its head, where it is, who has it, what was done; each a sentence."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from bot.cards.setting import Setting, brief, name
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.texts.law import ACTION_NAMES, STATES, STATES_IN_SHORT
from bot.texts.people import ROLES, URGENCIES
from workflows.cases.case import Action, Case, RunningClock, State
from workflows.deadlines.clocks import BESIDE, ClockKind
from workflows.deadlines.limits import instant_at
from workflows.people import Actor, PersonId, Role
from workflows.policy.catalogue import Urgency
from workflows.ports import Written
from workflows.privacy.scopes import Thing, reaches
from workflows.views import CaseView

LOCK_SCREEN: Final = 30
"""Characters of a first line that a phone shows while it is locked (messaging.md 4.2)."""
YELLOW: Final = Decimal("0.8")
"""Green below, yellow above, red when it is late (domain.md 3.5 [UN])."""
PLACE_MOST: Final = 60
NONE_BESIDE: Final[Mapping[str, str]] = {}


def head(case: Case, setting: Setting, *, repeat: bool = False) -> str:
    """Dot, number, class and due time; a long class gives way so that the time can be read."""
    full = one_line(setting.class_of(case))
    due = head_due(case, setting)
    template = N_("{dot} #{number} {due} · {name}")
    if repeat:
        template = N_("{dot} #{number} {due} · repeat · {name}")
    text = ""
    for most in range(len(full), 2, -1):
        text = setting.tongue(
            template, dot=dot(case, setting), number=case.id, due=due, name=cut(full, most)
        )
        if text.find(due) + len(due) <= LOCK_SCREEN:
            break
    return text


def class_line(case: Case, setting: Setting) -> str:
    """The class in full where the first line had to shorten it."""
    full = one_line(setting.class_of(case))
    return "" if full in head(case, setting) else setting.tongue("Class: {name}", name=full)


def head_due(case: Case, setting: Setting) -> str:
    """The due time that matters now; where no clock runs, where the case stands."""
    clock = clock_that_matters(case)
    if clock is None or clock.due_at is None:
        return setting.tongue(STATES_IN_SHORT[case.state])
    return setting.short_due(clock.due_at)


def clock_that_matters(case: Case) -> RunningClock | None:
    """Disposal where it runs, else the stage that waits for somebody."""
    running = [
        clock
        for clock in case.clocks
        if case.is_open and clock.runs and clock.due_at is not None and clock.kind not in BESIDE
    ]
    disposal = next((c for c in running if c.kind is ClockKind.DISPOSAL), None)
    return disposal or min(running, key=lambda c: c.due_at or c.started_at, default=None)


def dot(case: Case, setting: Setting) -> str:
    """A sign for how pressing it is; the words beside it say the same."""
    if not case.is_open:
        return "✅" if case.state is State.CLOSED else "⚫"
    clock = clock_that_matters(case)
    if clock is None or clock.due_at is None:
        return "⚪"
    if setting.now > clock.due_at or case.urgency == Urgency.P1:
        return "🔴"
    warned = instant_at(clock.started_at, clock.whole, setting.book.calendar, clock.pauses, YELLOW)
    return "🟡" if warned is not None and setting.now >= warned else "🟢"


def due_line(case: Case, setting: Setting) -> str:
    clock = clock_that_matters(case)
    if clock is None or clock.due_at is None:
        return ""
    due = setting.due(clock.due_at)
    if not case.urgency:
        return setting.tongue("⏰ {due}", due=due)
    urgency = setting.tongue(URGENCIES[Urgency(case.urgency)])
    return setting.tongue("⏰ {due} · {urgency}", due=due, urgency=urgency)


def exhausted_line(case: Case, setting: Setting) -> str:
    """Since when everybody has been told and nobody has acted."""
    at = case.alarm.exhausted_at
    if at is None:
        return ""
    words = N_("🔚 No alert is left since {time}: everybody was told and nobody acted.")
    return setting.tongue(words, time=setting.moment(at))


def place_line(case: Case, setting: Setting) -> str:
    """Where it is in the people's own words, and the grid it fell into."""
    words = brief(case.place.words, PLACE_MOST)
    area = name(case.place.area_name)
    if words and area:
        return setting.tongue("📍 {place} ({area})", place=words, area=area)
    where = words or area or setting.tongue("no address, see the map")
    return setting.tongue("📍 {place}", place=where)


def ground_line(case: Case, setting: Setting) -> str:
    """Why it was not taken."""
    ground = setting.book.policy.grounds.get(case.ground)
    if ground is None:
        return ""
    words = setting.tongue.either(ground.zh, ground.en)
    return setting.tongue("🚫 Not taken: {ground}", ground=words)


def holder_line(view: CaseView, setting: Setting) -> str:
    """Who has it, and since when."""
    case, since = view.case, setting.moment(since_when(view))
    state = setting.tongue(STATES[case.state])
    if case.assignee is None or case.state not in WITH_A_PERSON:
        return setting.tongue("👤 {state} since {time}", state=state, time=since)
    who = person(view, case.assignee, setting)
    if view.agency is None:
        return setting.tongue("👤 {state} since {time}: {who}", state=state, time=since, who=who)
    return setting.tongue(
        "👤 {state} since {time}: {who}, {agency}",
        state=state,
        time=since,
        who=who,
        agency=agency_name(view, setting),
    )


WITH_A_PERSON: Final = (
    State.PENDING_SIGN,
    State.HANDLING,
    State.PENDING_CONFIRM,
    State.FEEDBACK_REVIEW,
    State.SUSPENDED,
)


def since_when(view: CaseView) -> datetime:
    """When it came to where it stands."""
    moves = (
        entry.at
        for entry in reversed(view.journal)
        if entry.from_state != entry.to_state or entry.action == Action.REASSIGN
    )
    return next(moves, view.case.changed_at)


def person(view: CaseView, person_id: PersonId, setting: Setting) -> str:
    known = view.names.get(person_id, "")
    return name(known) if known else setting.tongue("somebody")


def agency_name(view: CaseView, setting: Setting) -> str:
    agency = view.agency
    return name(setting.tongue.either(agency.name, agency.name_en)) if agency else ""


def doer(entry: Written, setting: Setting) -> str:
    """Who did it; the machine's own steps say so."""
    if entry.role is Role.SYSTEM or not entry.person_name:
        return setting.tongue(ROLES[Role.SYSTEM])
    return name(entry.person_name)


def deed(entry: Written, setting: Setting, beside: Mapping[str, str] = NONE_BESIDE) -> str:
    """One line of the history; `beside` has words for what is no move of the law."""
    known = entry.action in set(Action)
    did = ACTION_NAMES[Action(entry.action)] if known else beside.get(entry.action, "")
    did = setting.tongue(did) if did else entry.action
    return setting.tongue(
        "{time} {who}: {did}", time=setting.moment(entry.at), who=doer(entry, setting), did=did
    )


def latest(view: CaseView, *actions: Action) -> Written | None:
    """The last time one of these was done."""
    return next((entry for entry in reversed(view.journal) if entry.action in actions), None)


def deeds(view: CaseView, setting: Setting, *actions: Action) -> Iterator[str]:
    """Who did these, and when; each the last time it was done."""
    found = [entry for action in actions if (entry := latest(view, action))]
    return (deed(entry, setting) for entry in sorted(found, key=lambda e: e.at))


def taken_back_line(view: CaseView, setting: Setting) -> str:
    """Who took back what they had handed in, while nothing else has happened since."""
    moved = (e for e in reversed(view.journal) if e.from_state != e.to_state)
    last = next(moved, None)
    return deed(last, setting) if last and last.action == Action.TAKE_BACK else ""


def reported_line(words: str, setting: Setting) -> str:
    return setting.tongue("Reported: {words}", words=words) if words else ""


def caller_line(view: CaseView, reader: Actor, setting: Setting) -> str:
    """For whom the scopes name the caller at all."""
    theirs = reaches(Thing.CALLER, reader.person, view.case)
    return caller_shown(view.case, setting) if theirs else ""


def caller_shown(case: Case, setting: Setting) -> str:
    """Never more than a surname and a mask (domain.md 6)."""
    order = case.order
    if order is None or not order.phone_hint:
        return ""
    if not order.caller:
        return setting.tongue("📞 Caller: {phone}", phone=order.phone_hint)
    caller = name(order.caller)
    return setting.tongue("📞 Caller: {caller}, {phone}", caller=caller, phone=order.phone_hint)
